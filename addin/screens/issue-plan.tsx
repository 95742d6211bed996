/** 印发: what is still open, what issuing means, and the document's number and date. */
import { useState } from 'preact/hooks'
import type { Master } from '../../domain/protocol.ts'
import { issuePlan } from '../flows/issue-plan.ts'
import { Button } from '../ui/button.tsx'
import { DateField, TextField } from '../ui/field.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import { Screen } from '../ui/screen.tsx'
import { StillMissing } from '../ui/still-missing.tsx'
import { beijingDay } from '../ui/time.ts'
import { useElementId } from '../ui/use-element-id.ts'
import { homeward, type ScreenProps } from './screen-props.ts'

export function IssuePlanScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const [documentNumber, setDocumentNumber] = useState('')
  const [issuedOn, setIssuedOn] = useState(() => beijingDay(flow.now()))
  const [isChecked, setIsChecked] = useState(false)
  const missing = useElementId()
  if (!state.master) return null
  const busy = state.busy !== undefined
  const open = openMatters(state.master)
  const blank = [
    ...(documentNumber.trim() === '' ? [t('issue.number')] : []),
    ...(issuedOn === '' ? [t('issue.date')] : []),
  ]
  return (
    <Screen title={t('issue.title')} back={homeward(props)}>
      <MessageBar tone="warning" label={t('tone.notice')}>
        {t('issue.warning')}
      </MessageBar>
      <section class="stack">
        <h3>{t('issue.open')}</h3>
        <dl class="facts">
          {open.map(([label, count]) => [
            <dt key={`${label}-label`}>{t(label)}</dt>,
            <dd key={label} class="number">
              {count}
            </dd>,
          ])}
        </dl>
        <p class="hint">{t(open.every(([, count]) => count === 0) ? 'issue.openNone' : 'issue.openSome')}</p>
      </section>
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

/** What a commission would want settled before the texts stand. */
function openMatters(master: Master) {
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)
  return [
    ['issue.silent', master.status.filter(({ submissions }) => submissions === 0).length],
    ['issue.errors', sum(master.status.map(({ errors }) => errors))],
    ['issue.conflicts', master.conflicts.filter(({ status }) => status === 'open').length],
    ['issue.unconfirmed', master.rows.filter(({ spansConfirmed }) => !spansConfirmed).length],
  ] as const
}
