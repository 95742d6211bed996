/** What the server would make of a returned file, and handing it in as its unit's. */
import { breakdownSpec } from '../../domain/plan.ts'
import type { Receipt, Submission } from '../../domain/protocol.ts'
import { isProvisional, type Table } from '../../domain/table.ts'
import { Refusal } from '../api.ts'
import { LEAVE_OUT } from '../checking-state.ts'
import type { Flow, Step } from './flow.ts'
import { findGone, sortGone, tryWithout, withGone } from './gone-rows.ts'
import { attemptOf } from './intake-earlier.ts'
import { type IntakeItem, type IntakePreview, stepOf } from './intake-item.ts'
import { changeItem, contextOf, findItem, itemsOf } from './intake-items.ts'
import { asSeenBy } from './intake-unit.ts'
import { buildSubmission, cellKey, confirmSubmission, differences, rowsById } from './submission.ts'

/** Previews each that waits for nothing else. Rejects where the server cannot be asked, or when cancelled. */
export async function previewWaiting(flow: Flow, step: Step): Promise<void> {
  for (const item of itemsOf(flow).filter((item) => stepOf(item) === 'preview')) {
    step.signal.throwIfAborted()
    await previewItem(flow, item.id, step)
  }
}

/** Asks the server what the table would do as its unit's; a refusal is noted on the item. */
export async function previewItem(flow: Flow, id: string, { signal }: Step): Promise<void> {
  const item = findItem(flow, id)
  const { plan, rows } = contextOf(flow)
  if (!item?.found || item.unit === undefined) return
  const { unit } = item
  const table = tableOf(item)
  const own = asSeenBy(unit, rows, breakdownSpec(plan.plan))
  const gone = findGone(table, own)
  const whole: Submission = { ...withGone(buildSubmission(table, own), gone), behalfOf: unit }
  if (whole.rows.length === 0) return changeItem(flow, id, { problem: { text: 'intake.notOfUnit', params: { unit } } })
  try {
    const tried = await tryWithout(whole, gone, (submission) =>
      flow.api.submit(plan.plan.id, submission, true, flow.newId(), signal),
    )
    const { submission, receipt, foreign, unsent } = sortGone(gone, tried.submission, tried.receipt)
    const preview: IntakePreview = {
      submission,
      receipt,
      unversioned: table.rows.filter(({ rowId, ver }) => !ver && submission.rows.some((row) => row.rowId === rowId))
        .length,
      foreign: [...foreignEdits(table, own), ...foreign],
      gone,
      unsent,
      clears: item.preview?.clears ?? [],
      kept: item.preview?.kept ?? [],
    }
    changeItem(flow, id, { preview, failure: undefined })
  } catch (error) {
    if (!(error instanceof Refusal) || error.body.status === 401) throw error
    changeItem(flow, id, { failure: error.body.detail })
  }
}

/** The table with the ids that were matched or chosen, none of them with a version; what was left out has none. */
function tableOf({ found, recognition }: IntakeItem): Table {
  if (!found) throw new Error('the file has no table')
  const chosen = (recognition?.open ?? []).flatMap(({ index, choice }) =>
    choice === '' || choice === LEAVE_OUT ? [] : [{ index, rowId: choice }],
  )
  const ids = new Map([...(recognition?.matched ?? []), ...chosen].map(({ index, rowId }) => [index, rowId]))
  return {
    ...found.table,
    rows: found.table.rows.flatMap((row, index) => {
      const rowId = ids.get(index)
      if (rowId === undefined) return isProvisional(row.rowId) ? [] : [row]
      const { ver: _, ...rest } = row
      return [{ ...rest, rowId }]
    }),
  }
}

/**
 * Edits in rows of other units: certain where the row has the master's version, and shown too where it has none.
 * An older one may differ only because the master moved on.
 */
function foreignEdits(table: Table, own: ReturnType<typeof asSeenBy>) {
  const heads = rowsById(own)
  return table.rows.flatMap((row) => {
    const head = heads.get(row.rowId)
    if (!head || head.writable.length > 0 || (row.ver && row.ver !== head.ver)) return []
    return differences(row, head, Object.keys(head.cells))
  })
}

/** Submits what was previewed, as its unit's. The table goes, the receipt stays. */
export async function sendItem(flow: Flow, id: string): Promise<void> {
  const item = findItem(flow, id)
  const planId = contextOf(flow).plan.plan.id
  if (!item?.preview) return
  const { submission, receipt: shown, clears, kept } = item.preview
  const confirmed = withoutKept(confirmSubmission(submission, shown, clears), kept)
  let receipt: Receipt
  try {
    // Once on its way it is waited for: a cancelled one might have arrived.
    receipt = await flow.api.submit(planId, confirmed, false, await attemptOf(flow, item))
  } catch (error) {
    if (!(error instanceof Refusal) || error.body.status === 401) throw error
    return changeItem(flow, id, { failure: error.body.detail })
  }
  changeItem(flow, id, { receipt, preview: undefined, found: undefined, recognition: undefined, failure: undefined })
}

/** Cells in which the person kept the master's text are not part of it. */
function withoutKept(submission: Submission, kept: readonly string[]): Submission {
  if (kept.length === 0) return submission
  return {
    ...submission,
    rows: submission.rows.map((row) => ({
      ...row,
      cells: Object.fromEntries(
        Object.entries(row.cells).filter(([column]) => !kept.includes(cellKey(row.rowId, column))),
      ),
    })),
  }
}
