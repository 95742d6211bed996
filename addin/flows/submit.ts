/** 报送: a preview from the server first, then the same rows for good, then the sheet brought up to date. */
import type { Submission } from '../../domain/protocol.ts'
import { isProvisional } from '../../domain/table.ts'
import type { Difference, Preview } from '../state.ts'
import { type Flow, notice, run, type Step } from './flow.ts'
import {
  activeGrid,
  type FoundReading,
  namedGrid,
  readGrid,
  readLedgerInfos,
  restoreWrites,
  snapshotOf,
  specOf,
  writeCarriers,
} from './reading.ts'
import { buildSubmission, confirmSubmission, foreignEdits, settleSheet } from './submission.ts'

/** Reads the sheet and asks the server what submitting it would do; nothing is stored. */
export function previewSubmission(flow: Flow): Promise<void> {
  return run(flow, 'busy.preview', () => preview(flow))
}

async function preview(flow: Flow): Promise<void> {
  const { plan } = flow.state()
  const reading = await submittableReading(flow)
  if (!plan || !reading) return
  // Fresh rows: what is writable and where the master stands may have changed since they were pulled.
  const rows = await flow.api.rows(plan.plan.id)
  flow.dispatch({ type: 'rowsPulled', rows })
  const submission = buildSubmission(reading.table, rows)
  if (submission.rows.length === 0) return notice(flow, { tone: 'warning', text: 'submit.noRows' })
  const receipt = await flow.api.submit(plan.plan.id, submission, true, flow.newId())
  const { sheet, table } = reading
  const sent = new Set(submission.rows.map(({ rowId }) => rowId))
  flow.dispatch({
    type: 'previewed',
    preview: {
      sheet,
      snapshot: snapshotOf(table),
      submission,
      receipt,
      unversioned: table.rows.filter((row) => sent.has(row.rowId) && !row.ver).length,
      foreign: foreignEdits(table, rows),
      clears: [],
    },
  })
  notice(flow, { tone: 'info', text: 'submit.previewed' })
}

/** The sheet in front where it is known as this plan's, else the one recognised last; says why where there is none. */
async function submittableReading(flow: Flow): Promise<FoundReading | undefined> {
  const { plan, sheet: last } = flow.state()
  const front = await activeGrid(flow)
  if (!front) return undefined
  const infos = (await readLedgerInfos(flow)).filter(({ planId }) => planId === plan?.plan.id)
  const isOurs = (name: string) => infos.some(({ sheet }) => sheet === name)
  const grid = isOurs(front.name) || last === undefined ? front : await namedGrid(flow, last)
  if (!grid) return undefined
  const { layout, ...reading } = readGrid(grid, specOf(flow))
  if (!layout || !isOurs(grid.name) || reading.table.rows.every((row) => isProvisional(row.rowId))) {
    notice(flow, { tone: 'warning', text: 'submit.recogniseFirst', params: { sheet: grid.name } })
    return undefined
  }
  return { ...reading, layout }
}

/**
 * Submits what was previewed. Where the sheet has changed since, a new preview is shown instead.
 * An attempt that met no answer goes out again under its key, so it can never count twice.
 */
export function confirmSubmit(flow: Flow): Promise<void> {
  return run(flow, 'busy.submit', async (step) => {
    const { plan, preview: shown } = flow.state()
    if (!plan || !shown) return
    const grid = await namedGrid(flow, shown.sheet)
    if (!grid) return
    if (snapshotOf(readGrid(grid, specOf(flow)).table) !== shown.snapshot) {
      await preview(flow)
      return notice(flow, { tone: 'warning', text: 'submit.changed' })
    }
    const submission = confirmSubmission(shown.submission, shown.receipt, shown.clears)
    const receipt = await flow.api.submit(plan.plan.id, submission, false, attemptKey(flow, shown, submission))
    flow.dispatch({ type: 'submitted', done: { sheet: shown.sheet, receipt, differing: [] } })
    const said = { number: receipt.number }
    try {
      await settle(flow, step)
      notice(flow, { tone: 'success', text: 'submit.done', params: said })
    } catch {
      // The submission stands. With its old versions the sheet merges the same the next time.
      notice(flow, { tone: 'warning', text: 'submit.notSettled', params: said })
    }
  })
}

/** The key of the attempt under way where it carried this very body, else a new one. */
function attemptKey(flow: Flow, { attempt }: Preview, submission: Submission): string {
  const body = JSON.stringify(submission)
  if (attempt?.body === body) return attempt.key
  const key = flow.newId()
  flow.dispatch({ type: 'attempted', attempt: { key, body } })
  return key
}

/** Writes the new versions into the sheet and notes where only the master moved on. */
async function settle(flow: Flow, step: Step): Promise<void> {
  const { plan, done } = flow.state()
  if (!plan || !done) return
  const rows = await flow.api.rows(plan.plan.id)
  flow.dispatch({ type: 'rowsPulled', rows })
  const grid = await namedGrid(flow, done.sheet)
  if (!grid) return
  const reading = readGrid(grid, specOf(flow))
  if (!reading.layout) return
  const { carriers, differing } = settleSheet(reading.table, rows, done.receipt)
  const changed = carriers.flatMap(({ row, ver }) =>
    row.at === undefined || row.ver === ver ? [] : [{ at: row.at, rowId: row.rowId, ver }],
  )
  if (changed.length > 0) await writeCarriers(flow, { ...reading, layout: reading.layout }, changed, step.progress)
  flow.dispatch({ type: 'settled', differing })
}

/** Puts master texts back over the shown sheet texts, in the preview or after the receipt. */
export function restoreCells(
  flow: Flow,
  sheet: string,
  cells: Difference[],
  then: 'preview' | 'settle',
): Promise<void> {
  return run(flow, 'busy.restore', async (step) => {
    const grid = await namedGrid(flow, sheet)
    if (!grid) return
    const writes = restoreWrites(readGrid(grid, specOf(flow)), cells)
    if (writes.length > 0) await flow.host.write(sheet, writes, step.progress)
    if (then === 'preview') await preview(flow)
    else await settle(flow, step)
    const all = writes.length === cells.length
    notice(flow, { tone: all ? 'success' : 'warning', text: all ? 'restore.done' : 'restore.partly' })
  })
}
