/** 我的报送 as the commission has judged it: how many rows wait, were sent back or accepted, and which. */
import { breakdownSpec } from '../../domain/plan.ts'
import type { ServerRow } from '../../domain/protocol.ts'
import { findReturned } from '../flows/submission.ts'
import { jumpToCell } from '../flows/submission-places.ts'
import { PagedList } from '../ui/more.tsx'
import { planOf, rowLabel } from './labels.ts'
import { ReturnedCells } from './returned-cells.tsx'
import type { ScreenProps } from './screen-props.ts'

/** What a unit has to do first stands first. */
const STATES = ['returned', 'pending', 'accepted', 'none'] as const

export function ReviewStates(props: ScreenProps) {
  const { state, flow, t } = props
  const { rows, sheet } = state
  const plan = planOf(state)
  const own = rows?.rows.filter(({ role }) => role === 'lead') ?? []
  if (!plan || !rows || own.length === 0) return null
  const jump =
    sheet === undefined
      ? undefined
      : (rowId: string, column: string | undefined) => void jumpToCell(flow, sheet, rowId, column)
  return (
    <section class="stack">
      <h3>{t('reviewed.title')}</h3>
      <p class="number">
        {STATES.map((one) => t(`reviewed.${one}`, { rows: countOf(own, one) })).join(t('comma'))}
        {t('fullStop')}
      </p>
      <ReturnedCells {...props} cells={findReturned(breakdownSpec(plan), own, rows)} jump={jump} />
      {STATES.filter((one) => countOf(own, one) > 0).map((one) => (
        <details key={one}>
          <summary>{t(`reviewed.${one}`, { rows: countOf(own, one) })}</summary>
          <PagedList
            items={own.filter((row) => stateOf(row) === one)}
            more={(left) => t('more', { left })}
            render={({ rowId }) => <li key={rowId}>{rowLabel(rows, rowId)}</li>}
          />
        </details>
      ))}
    </section>
  )
}

function stateOf({ review = 'none' }: ServerRow): (typeof STATES)[number] {
  return review
}

function countOf(rows: readonly ServerRow[], state: (typeof STATES)[number]): number {
  return rows.filter((row) => stateOf(row) === state).length
}
