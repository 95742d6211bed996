/** 印发: what is still open, what issuing means, and the document's number and date. */
import { useState } from 'preact/hooks'
import { issuePlan } from '../flows/issue-plan.ts'
import { Button } from '../ui/button.tsx'
import { DateField, TextField } from '../ui/field.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import { Screen } from '../ui/screen.tsx'
import { StillMissing } from '../ui/still-missing.tsx'
import { beijingDay } from '../ui/time.ts'
import { useElementId } from '../ui/use-element-id.ts'
import { OpenMatters } from './open-matters.tsx'
import { homeward, type ScreenProps } from './screen-props.ts'

export function IssuePlanScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const [documentNumber, setDocumentNumber] = useState('')
  const [issuedOn, setIssuedOn] = useState(() => beijingDay(flow.now()))
  const [isChecked, setIsChecked] = useState(false)
  const missing = useElementId()
  if (!state.master) return null
  const busy = state.busy !== undefined
  const blank = [
    ...(documentNumber.trim() === '' ? [t('issue.number')] : []),
    ...(issuedOn === '' ? [t('issue.date')] : []),
  ]
  return (
    <Screen title={t('issue.title')} back={homeward(props)}>
      <MessageBar tone="warning" label={t('tone.notice')}>
        {t('issue.warning')}
      </MessageBar>
      <OpenMatters {...props} master={state.master} />
      <div class="stack narrow">
        <TextField
          label={t('issue.number')}
          hint={t('issue.numberHint')}
          value={documentNumber}
          onInput={setDocumentNumber}
          disabled={busy}
        />
        <DateField label={t('issue.date')} value={issuedOn} onInput={setIssuedOn} disabled={busy} />
        <label class="choice">
          <input
            type="checkbox"
            checked={isChecked}
            disabled={busy}
            onChange={(event) => setIsChecked(event.currentTarget.checked)}
          />
          {t('issue.checked')}
        </label>
        <StillMissing
          id={missing}
          text={
            blank.length > 0 ? t('form.missing', { fields: blank.join('、') }) : isChecked ? '' : t('issue.checkFirst')
          }
        />
        <div class="actions">
          <Button
            primary
            disabled={busy || blank.length > 0 || !isChecked}
            describedBy={missing}
            onClick={() => void issuePlan(flow, { documentNumber: documentNumber.trim(), issuedOn })}
          >
            {t('issue.confirm')}
          </Button>
        </div>
      </div>
    </Screen>
  )
}
