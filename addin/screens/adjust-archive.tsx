/** 归档: what is still open, what archiving means, and that it is for good. */
import { useState } from 'preact/hooks'
import { archivePlan } from '../flows/adjust-archive.ts'
import { ConfirmButton } from '../ui/confirm-button.tsx'
import { TextField } from '../ui/field.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import { Screen } from '../ui/screen.tsx'
import { StillMissing } from '../ui/still-missing.tsx'
import { useElementId } from '../ui/use-element-id.ts'
import { planOf } from './labels.ts'
import { homeward, type ScreenProps } from './screen-props.ts'

export function ArchiveScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const [reason, setReason] = useState('')
  const [isKept, setIsKept] = useState(false)
  const missing = useElementId()
  const plan = planOf(state)
  if (!state.master || !plan) return null
  const busy = state.busy !== undefined
  const isIssued = plan.state === 'issued'
  const conflicts = state.master.conflicts.filter(({ status }) => status === 'open').length
  const unconfirmed = state.master.rows.filter(({ spansConfirmed }) => !spansConfirmed).length
  return (
    <Screen title={t('archive.title')} back={homeward(props)}>
      <MessageBar tone="warning" label={t('tone.notice')}>
        {t('archive.warning')}
      </MessageBar>
      <section class="stack">
        <h3>{t('archive.means')}</h3>
        <ul class="stack">
          <li>{t('archive.reads')}</li>
          <li>{t('archive.writes')}</li>
          <li>{t('archive.keys')}</li>
        </ul>
      </section>
      <section class="stack">
        <h3>{t('issue.open')}</h3>
        <dl class="facts">
          <dt>{t('issue.conflicts')}</dt>
          <dd class="number">{conflicts}</dd>
          <dt>{t('issue.unconfirmed')}</dt>
          <dd class="number">{unconfirmed}</dd>
        </dl>
        <p class="hint">{t(conflicts + unconfirmed === 0 ? 'issue.openNone' : 'archive.openSome')}</p>
      </section>
      <div class="stack narrow">
        <TextField
          label={t('archive.reason')}
          hint={t('archive.reasonHint')}
          value={reason}
          onInput={setReason}
          disabled={busy || !isIssued}
        />
        <label class="choice">
          <input
            type="checkbox"
            checked={isKept}
            disabled={busy || !isIssued}
            onChange={(event) => setIsKept(event.currentTarget.checked)}
          />
          {t('archive.kept')}
        </label>
        <StillMissing
          id={missing}
          text={
            !isIssued || (reason.trim() !== '' && isKept)
              ? ''
              : reason.trim() === ''
                ? t('form.missing', { fields: t('archive.reason') })
                : t('archive.keepFirst')
          }
        />
        <ConfirmButton
          label={t('archive.title')}
          about={t('archive.about', { title: plan.title })}
          confirm={t('archive.confirm')}
          cancel={t('cancel')}
          describedBy={missing}
          disabled={busy || !isIssued || !isKept || reason.trim() === ''}
          onConfirm={() => void archivePlan(flow, reason.trim())}
        />
      </div>
    </Screen>
  )
}
