/** One returned table in the list: whose it is, what it holds, and the next thing to do with it. */
import { openEarlier, openItem, previewAgain, removeItem } from '../flows/intake.ts'
import { type IntakeItem, type IntakeStep, stepOf } from '../flows/intake-item.ts'
import type { Translate } from '../messages.ts'
import { Button } from '../ui/button.tsx'
import { formatTime } from '../ui/time.ts'
import { useElementId } from '../ui/use-element-id.ts'
import type { ScreenProps } from './screen-props.ts'
import { Totals } from './totals.tsx'

const TONES: Record<IntakeStep, string> = {
  problem: 'issue error',
  refused: 'issue error',
  confirm: 'issue ask',
  look: 'issue warning',
  preview: 'issue',
  nothing: 'issue',
  clean: 'issue',
  done: 'issue',
  earlier: 'issue',
}

/** Steps in which the details are worth opening. */
const OPENABLE: readonly IntakeStep[] = ['confirm', 'look', 'nothing', 'clean', 'done', 'refused']

export function IntakeEntry({ item, state, flow, t }: ScreenProps & { item: IntakeItem }) {
  const id = useElementId()
  const step = stepOf(item)
  const busy = state.busy !== undefined
  return (
    <li class={TONES[step]}>
      <h3 id={id}>{item.file}</h3>
      <p class="where">{whereOf(item, t)}</p>
      <p>
        <strong>{t(`intake.step.${step}`)}</strong>
        {saidOf(item, t)}
      </p>
      {item.receipt ? <Totals totals={item.receipt.totals} t={t} /> : null}
      {item.preview ? <Totals totals={item.preview.receipt.totals} t={t} /> : null}
      <div class="actions">
        {OPENABLE.includes(step) ? (
          <Button small describedBy={id} disabled={busy} onClick={() => openItem(flow, item)}>
            {t(`intake.open.${step === 'confirm' ? 'confirm' : step === 'done' ? 'receipt' : 'look'}`)}
          </Button>
        ) : null}
        {step === 'preview' || step === 'refused' ? (
          <Button small describedBy={id} disabled={busy} onClick={() => void previewAgain(flow, item)}>
            {t('intake.previewAgain')}
          </Button>
        ) : null}
        {step === 'earlier' ? (
          <Button small describedBy={id} disabled={busy} onClick={() => void openEarlier(flow, item)}>
            {t('submissions.receipt')}
          </Button>
        ) : null}
        {step === 'done' ? null : (
          <Button small describedBy={id} disabled={busy} onClick={() => removeItem(flow, item)}>
            {t('intake.remove')}
          </Button>
        )}
      </div>
    </li>
  )
}

/** Sheet and unit, as far as they are known. */
function whereOf({ found, unit, receipt, isConfirmed, earlier }: IntakeItem, t: Translate): string {
  const known = receipt?.by ?? unit
  const parts = [
    found ? t('intake.sheet', { sheet: found.sheet }) : '',
    known === undefined
      ? ''
      : t(isConfirmed || receipt || earlier ? 'intake.unit' : 'intake.unitProposed', { unit: known }),
  ]
  return parts.filter((part) => part !== '').join(' · ')
}

function saidOf({ problem, failure, earlier, receipt, overlaps = [] }: IntakeItem, t: Translate): string {
  if (receipt) return t('intake.received', { number: receipt.number })
  if (problem) return 'sentence' in problem ? problem.sentence : t(problem.text, problem.params)
  if (earlier) return t('intake.earlier', { number: earlier.number, at: formatTime(earlier.at) })
  if (failure !== undefined) return failure
  return overlaps.length > 0 ? t('intake.overlaps', { sheets: overlaps.join('、') }) : ''
}
