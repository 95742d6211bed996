/** 报送: a preview from the server first, then the same rows for good, then the sheet brought up to date. */
import type { Submission } from '../../domain/protocol.ts'
import { isProvisional, type Table } from '../../domain/table.ts'
import { Offline, Refusal } from '../api.ts'
import type { Difference, LeftOut } from '../exchange-state.ts'
import { checkGrid } from './check.ts'
import { saidHere } from './check-reading.ts'
import { followReleases } from './drafts.ts'
import { type Flow, notice, run, type Step } from './flow.ts'
import { findGone, sortGone, tryWithout, withGone } from './gone-rows.ts'
import { findLeftOut, lostRows, readerOf } from './left-out.ts'
import { keepRecord, sendEarlier, sendRecord, tellKept } from './outbox.ts'
import {
  activeGrid,
  type FoundReading,
  namedGrid,
  readGrid,
  readLedgerInfos,
  restoreWrites,
  snapshotOf,
  specOf,
} from './reading.ts'
import { refusedCells } from './refused-cells.ts'
import { writeVersions } from './settle.ts'
import { type Arrived, buildSubmission, confirmSubmission, foreignEdits, withReasons } from './submission.ts'

/** Reads the sheet and asks the server what submitting it would do; nothing is stored. */
export function previewSubmission(flow: Flow): Promise<void> {
  return run(flow, 'busy.preview', async (step) => {
    await preview(flow, step)
  })
}

/** Whether a preview is shown; if not, the person was told why. */
async function preview(flow: Flow, step: Step): Promise<boolean> {
  if (!(await sendEarlier(flow, step))) return false
  const reading = await submittableReading(flow)
  if (!reading) return false
  try {
    // A sheet that was written to is read again.
    const current = (await followReleases(flow, step, reading)) ? await submittableReading(flow) : reading
    return current !== undefined && (await previewReading(flow, current))
  } catch (error) {
    if (error instanceof Offline) flow.dispatch({ type: 'previewUnreached' })
    throw error
  }
}

async function previewReading(flow: Flow, reading: FoundReading): Promise<boolean> {
  const { plan } = flow.state()
  if (!plan) return false
  // Fresh rows: what is writable and where the master stands may have changed since they were pulled.
  const rows = await flow.api.rows(plan.plan.id)
  flow.dispatch({ type: 'rowsPulled', rows })
  const { sheet, table } = reading
  const gone = findGone(table, rows)
  const leftOut = findLeftOut(reading, rows, readerOf(flow.state()))
  const whole = withReasons(withGone(buildSubmission(table, rows), gone), table, saidHere(flow, sheet))
  if (whole.rows.length === 0) {
    const text = lostRows(leftOut).length > 0 ? 'submit.recogniseFirst' : 'submit.noRows'
    notice(flow, { tone: 'warning', text, params: { sheet } })
    return false
  }
  const tried = await tryWithout(whole, gone, (submission) =>
    flow.api.submit(plan.plan.id, submission, true, flow.newId()),
  ).catch((error: unknown) => showRefused(flow, reading, whole, error))
  if (!tried) return false
  const { submission, receipt, foreign, unsent } = sortGone(gone, tried.submission, tried.receipt)
  if (receipt.rows.length === 0 && foreign.length === 0 && unsent.length === 0) {
    notice(flow, { tone: 'warning', text: 'submit.noRows' })
    return false
  }
  const sent = new Set(submission.rows.map(({ rowId }) => rowId))
  flow.dispatch({
    type: 'previewed',
    preview: {
      sheet,
      snapshot: snapshotOf(table),
      submission,
      receipt,
      unversioned: countUnversioned(table, sent),
      foreign: [...foreignEdits(table, rows), ...foreign],
      gone,
      unsent,
      leftOut,
      clears: [],
    },
  })
  await checkPreviewed(flow, reading)
  notice(flow, { tone: 'info', text: 'submit.previewed' })
  return true
}

/** Says which cells the server would not take and goes to the first; throws what is about no cell. */
async function showRefused(
  flow: Flow,
  reading: FoundReading,
  submission: Submission,
  error: unknown,
): Promise<undefined> {
  const cells = refusedCells(error, submission, reading)
  const [first] = cells
  if (!first || !(error instanceof Refusal)) throw error
  await flow.host.jump(reading.sheet, first.row, first.column)
  const params = { cells: [...new Set(cells.map(({ address }) => address))].join('、') }
  notice(flow, { tone: 'error', sentence: error.body.detail, also: { text: 'submit.refusedCells', params } })
}

/** Checks the sheet as it was previewed, so that warnings can be explained beside it. A preview does not need it. */
async function checkPreviewed(flow: Flow, { sheet, grid, table }: FoundReading): Promise<void> {
  const { check } = flow.state()
  if (check?.sheet === sheet && check.snapshot === snapshotOf(table)) return
  try {
    await checkGrid(flow, grid, { stays: true })
  } catch {
    // The part of the program that checks could not be fetched.
  }
}

/** How many of the sent rows carry no version: only the preview can tell whether the sheet or the master is newer. */
function countUnversioned(table: Table, sent: ReadonlySet<string>): number {
  return table.rows.filter((row) => sent.has(row.rowId) && !row.ver).length
}

/** The sheet in front where it is known as this plan's, else the one recognised last; says why where there is none. */
export async function submittableReading(flow: Flow): Promise<FoundReading | undefined> {
  const { plan, sheet: last } = flow.state()
  const front = await activeGrid(flow)
  if (!front) return undefined
  const infos = (await readLedgerInfos(flow)).filter(({ planId }) => planId === plan?.plan.id)
  const isOurs = (name: string) => infos.some(({ sheet }) => sheet === name)
  const grid = isOurs(front.name) || last === undefined ? front : await namedGrid(flow, last)
  if (!grid) return undefined
  const info = infos.find(({ sheet }) => sheet === grid.name)
  const { layout, ...reading } = readGrid(grid, specOf(flow), info?.complete)
  if (!layout || !isOurs(grid.name) || reading.table.rows.every((row) => isProvisional(row.rowId))) {
    notice(flow, { tone: 'warning', text: 'submit.recogniseFirst', params: { sheet: grid.name } })
    return undefined
  }
  return { ...reading, layout }
}

/**
 * Submits what was previewed. Where the sheet has changed since, a new preview is shown instead. It
 * goes into the outbox first and stays there until an answer comes.
 */
export function confirmSubmit(flow: Flow): Promise<void> {
  return run(flow, 'busy.submit', async (step) => {
    const { plan, preview: shown } = flow.state()
    if (!plan || !shown) return
    const grid = await namedGrid(flow, shown.sheet)
    if (!grid) return
    const { sheet, snapshot, receipt, leftOut } = shown
    const { table } = readGrid(grid, specOf(flow))
    if (snapshotOf(table) !== snapshot) {
      if (await preview(flow, step)) notice(flow, { tone: 'warning', text: 'submit.changed' })
      return
    }
    // Reasons that were given after the preview go along too.
    const explained = withReasons(shown.submission, table, saidHere(flow, sheet))
    const submission = confirmSubmission(explained, receipt, shown.clears, shown.suggests)
    await deliver(flow, step, { sheet, submission, leftOut })
  })
}

/** Keeps it first, then sends it: to a receipt, to a refusal that is said at once, or to wait. */
async function deliver(
  flow: Flow,
  step: Step,
  content: { sheet: string; submission: Submission; leftOut: LeftOut },
): Promise<void> {
  const after = await sendRecord(flow, await keepRecord(flow, content))
  if (after?.receipt) await finish(flow, step, { ...after, receipt: after.receipt })
  else if (after?.refusal !== undefined) notice(flow, { tone: 'error', sentence: after.refusal })
  else tellKept(flow, lostRows(content.leftOut).length)
}

async function finish(flow: Flow, step: Step, { sheet, submission, receipt, copyId, leftOut }: Arrived): Promise<void> {
  flow.dispatch({ type: 'submitted', done: { sheet, submission, copyId, leftOut, receipt, differing: [] } })
  if (receipt.draftId !== undefined) return notice(flow, { tone: 'info', text: 'draft.arrived' })
  const said = { number: receipt.number }
  try {
    await settle(flow, step)
    notice(flow, { tone: 'success', text: 'submit.done', params: said })
  } catch {
    // The submission stands. With its old versions the sheet merges the same the next time.
    notice(flow, { tone: 'warning', text: 'submit.notSettled', params: said })
  }
}

/**
 * Where no preview could be had: the sheet as it stands goes into the outbox, with no clearing
 * confirmed. Rows without a version cannot go this way, since nobody has compared them with the master.
 */
export function keepForLater(flow: Flow): Promise<void> {
  return run(flow, 'busy.keep', async (step) => {
    const { rows } = flow.state()
    const reading = await submittableReading(flow)
    if (!reading || !rows) return
    const { sheet, table } = reading
    const own = buildSubmission(table, rows)
    // In a sheet of the whole plan most of them are simply other units': without a preview nobody could tell.
    const whole = table.complete ? own : withGone(own, findGone(table, rows))
    const submission = withReasons(whole, table, saidHere(flow, sheet))
    if (submission.rows.length === 0) return notice(flow, { tone: 'warning', text: 'submit.noRows' })
    const count = countUnversioned(table, new Set(submission.rows.map(({ rowId }) => rowId)))
    if (count > 0) return notice(flow, { tone: 'warning', text: 'outbox.needsPreview', params: { rows: count } })
    await deliver(flow, step, { sheet, submission, leftOut: findLeftOut(reading, rows, readerOf(flow.state())) })
  })
}

/** Writes the new versions into the sheet and notes where only the master moved on. */
async function settle(flow: Flow, step: Step): Promise<void> {
  const { done } = flow.state()
  if (!done?.submission) return
  const differing = await writeVersions(flow, step, { ...done, submission: done.submission })
  if (differing) flow.dispatch({ type: 'settled', differing })
}

async function recheck(flow: Flow, sheet: string): Promise<void> {
  const grid = await namedGrid(flow, sheet)
  if (grid) await checkGrid(flow, grid)
}

/** Puts master texts back over the shown sheet texts, in the preview or with a new check. */
export function restoreCells(flow: Flow, sheet: string, cells: Difference[], then: 'preview' | 'check'): Promise<void> {
  return run(flow, 'busy.restore', async (step) => {
    const grid = await namedGrid(flow, sheet)
    if (!grid) return
    const writes = restoreWrites(readGrid(grid, specOf(flow)), cells)
    if (writes.length > 0) await flow.host.write(sheet, writes, step.progress)
    if (then === 'preview') await preview(flow, step)
    else await recheck(flow, sheet)
    const all = writes.length === cells.length
    notice(flow, { tone: all ? 'success' : 'warning', text: all ? 'restore.done' : 'restore.partly' })
  })
}
