/** What submitting would do, in one sentence, before the list of cells. */
import type { Translate } from '../messages.ts'
import type { Preview } from '../state.ts'

export function SubmitSummary({ preview, t }: { preview: Preview; t: Translate }) {
  const { totals, rows } = preview.receipt
  const cleared = preview.clears.length
  const notSent = totals.notWritable + preview.foreign.length
  const counts: [key: Parameters<Translate>[0], count: number][] = [
    ['submit.will.applied', totals.applied],
    ['submit.will.clear', cleared],
    ['submit.will.conflicts', totals.conflicts],
    ['submit.will.held', Math.max(0, totals.held - cleared)],
    ['submit.will.blocked', totals.blocked],
    ['submit.will.notSent', notSent],
  ]
  const parts = counts.flatMap(([key, count]) => (count > 0 ? [t(key, { count })] : []))
  return (
    <p class="number">
      <strong>
        {parts.length > 0
          ? t('submit.will', { rows: rows.length, parts: parts.join(t('semicolon')) })
          : t('submit.nothing')}
      </strong>
    </p>
  )
}
