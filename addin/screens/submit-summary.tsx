/** What submitting would do, in one sentence, before the list of cells. */

import type { ConflictBody } from '../../domain/protocol.ts'
import type { LeftOut, Preview } from '../exchange-state.ts'
import { isNothingLeftOut } from '../flows/left-out.ts'
import { cellKey } from '../flows/submission.ts'
import type { Translate } from '../messages.ts'

/** `kept`: cells, as `rowId column`, in which the person let the master's text stand. */
type Shown = Pick<Preview, 'receipt' | 'clears' | 'foreign'> & { kept?: readonly string[]; leftOut?: LeftOut }

const isOpen = ({ status }: ConflictBody) => status === 'open'

export function SubmitSummary({ preview, t }: { preview: Shown; t: Translate }) {
  const { receipt, clears, foreign, kept = [], leftOut } = preview
  const isWhole = !leftOut || isNothingLeftOut(leftOut)
  const { totals, rows } = receipt
  const isSent = ({ rowId, column }: { rowId: string; column?: string | undefined }) =>
    column === undefined || !kept.includes(cellKey(rowId, column))
  const left = (cells: readonly { rowId: string; column?: string | undefined }[]) => cells.filter(isSent).length
  const sum = (count: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + count(row), 0)
  const counts: [key: Parameters<Translate>[0], count: number][] = [
    ['submit.will.applied', kept.length > 0 ? sum(({ applied }) => left(applied)) : totals.applied],
    ['submit.will.clear', clears.length],
    [
      'submit.will.conflicts',
      kept.length > 0 ? sum(({ conflicts }) => left(conflicts.filter(isOpen))) : totals.conflicts,
    ],
    ['submit.will.decided', totals.decided ?? 0],
    ['submit.will.held', Math.max(0, totals.held - clears.length)],
    ['submit.will.blocked', totals.blocked],
    ['submit.will.notSent', totals.notWritable + foreign.length],
  ]
  const parts = counts.flatMap(([key, count]) => (count > 0 ? [t(key, { count })] : []))
  return (
    <p class="number">
      <strong>
        {parts.length > 0
          ? t('submit.will', { rows: rows.length, parts: parts.join(t('semicolon')) })
          : t(isWhole ? 'submit.nothing' : 'submit.nothingOfSent')}
      </strong>
    </p>
  )
}
