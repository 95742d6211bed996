/** What was recorded last, as a receipt, and the way to take it back. */
import { useState } from 'preact/hooks'
import { undoAdjustment } from '../flows/adjust.ts'
import type { Adjusted } from '../flows/adjustment.ts'
import { ConfirmButton } from '../ui/confirm-button.tsx'
import { TextField } from '../ui/field.tsx'
import { formatTime } from '../ui/time.ts'
import { describeCounts } from './adjust-paper.tsx'
import { planOf } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'

export function AdjustedCard(props: ScreenProps & { adjusted: Adjusted }) {
  const { adjusted, state, t } = props
  const { body, seq, at, undone } = adjusted
  const period = planOf(state)?.periods.find(({ key }) => key === body.effectivePeriod)?.label
  const facts: [label: string, text: string | undefined][] = [
    [t('adjust.kind'), t(`adjust.kindName.${body.kind}`)],
    [t('adjust.number'), body.documentNumber],
    [t('adjust.period'), period],
    [t('adjust.unitsFrom'), body.effectiveOn],
    [t('adjust.reason'), body.reason],
    [t('adjust.content'), describeCounts(body, t)],
    [t('adjust.at'), formatTime(at)],
    [t('adjust.version'), String(seq)],
  ]
  return (
    <section class="card" aria-label={t('adjust.receipt')}>
      <h3>{t('adjust.receipt')}</h3>
      <dl class="facts">
        {facts.map(([label, text]) =>
          text === undefined ? null : [<dt key={`${label}-label`}>{label}</dt>, <dd key={label}>{text}</dd>],
        )}
      </dl>
      {undone === undefined ? <Undo {...props} /> : <p>{t('adjust.undone', { seq: undone })}</p>}
    </section>
  )
}

function Undo({ state, flow, t }: ScreenProps) {
  const [reason, setReason] = useState('')
  const busy = state.busy !== undefined
  return (
    <details>
      <summary>{t('adjust.undo')}</summary>
      <div class="stack narrow">
        <p class="hint">{t('adjust.undoAbout')}</p>
        <TextField label={t('adjust.undoReason')} value={reason} onInput={setReason} disabled={busy} />
        <ConfirmButton
          label={t('adjust.undo')}
          about={t('adjust.undoConfirmAbout')}
          confirm={t('adjust.undoConfirm')}
          cancel={t('cancel')}
          disabled={busy || reason.trim() === ''}
          onConfirm={() => void undoAdjustment(flow, reason.trim())}
        />
      </div>
    </details>
  )
}
