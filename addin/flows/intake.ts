/**
 * 收回的文件: files that came back by mail or on a stick are read in the browser, previewed by the server as their
 * unit's, and submitted in its place. None of them is put into the open workbook or kept in the outbox.
 */
import { breakdownSpec } from '../../domain/plan.ts'
import type { Receipt, Submission } from '../../domain/protocol.ts'
import { isProvisional, type Table } from '../../domain/table.ts'
import { Offline, Refusal } from '../api.ts'
import { LEAVE_OUT } from '../state.ts'
import { type Flow, notice, run, type Step } from './flow.ts'
import { findGone, sortGone, tryWithout, withGone } from './gone-rows.ts'
import { type IntakeItem, type IntakePreview, stepOf } from './intake-item.ts'
import { hashOf, type IntakeContext, type ReturnedFile, readReturned, recogniseFor } from './intake-read.ts'
import { asSeenBy } from './intake-unit.ts'
import { rememberVisit } from './remember-visit.ts'
import { buildSubmission, cellKey, confirmSubmission, differences, rowsById } from './submission.ts'

/** Reads the files one by one and previews what needs no question; one that cannot be read stops no other. */
export function takeFiles(flow: Flow, files: readonly ReturnedFile[]): Promise<void> {
  const left = [...files]
  return run(
    flow,
    'busy.intake',
    async (step) => {
      await loadReader()
      await refreshRows(flow)
      const earlier = await readEarlier(flow)
      const total = left.length
      for (let file = left[0]; file; file = left[0]) {
        step.signal.throwIfAborted()
        const items = await readReturned(file, itemsOf(flow), contextOf(flow))
        flow.dispatch({ type: 'intakeAdded', items: await markEarlier(flow, items, earlier) })
        left.shift()
        step.progress(total - left.length, total)
      }
      await previewWaiting(flow, step)
      tellFound(flow)
    },
    { cancellable: true },
  )
}

/** A missing network must not look like a damaged file. */
async function loadReader(): Promise<void> {
  try {
    await Promise.all([import('../file/open-file.ts'), import('../../xlsx/edit.ts'), import('../../xlsx/guard.ts')])
  } catch {
    throw new Offline()
  }
}

function tellFound(flow: Flow): void {
  const steps = itemsOf(flow).map(stepOf)
  const count = (...wanted: (typeof steps)[number][]) => steps.filter((step) => wanted.includes(step)).length
  notice(flow, {
    tone: 'info',
    text: 'intake.read',
    params: { clean: count('clean'), look: count('confirm', 'look', 'preview', 'refused'), problem: count('problem') },
  })
}

/** Files that were submitted before under the keys that this program gives them, by key. */
type Earlier = Map<string, NonNullable<IntakeItem['earlier']>>

async function readEarlier(flow: Flow): Promise<Earlier> {
  const earlier: Earlier = new Map()
  let cursor: string | undefined
  do {
    const page = await flow.api.submissions(contextOf(flow).plan.plan.id, cursor)
    for (const { attempt, id, number, at, status } of page.submissions)
      if (attempt !== undefined && status === 'accepted') earlier.set(attempt, { submissionId: id, number, at })
    cursor = page.next
  } while (cursor !== undefined)
  return earlier
}

/**
 * Looked up under the unit that it is, or seems to be. Where nothing in it differs from the master any more, the
 * person may have said another unit the first time.
 */
async function markEarlier(flow: Flow, items: IntakeItem[], earlier: Earlier): Promise<IntakeItem[]> {
  if (earlier.size === 0) return items
  return Promise.all(
    items.map(async (item) => {
      const { found, unit, proposed, isConfirmed } = item
      if (!found) return item
      const isSpent = !isConfirmed && proposed.every(({ edited }) => edited === 0)
      const units = [...(unit === undefined ? [] : [unit]), ...(isSpent ? proposed.map((one) => one.unit) : [])]
      for (const one of units) {
        const known = earlier.get(await attemptOf(flow, { ...item, unit: one }))
        if (known) return { ...item, unit: one, earlier: known }
      }
      return item
    }),
  )
}

/** The Idempotency-Key of a table: the same of the same file always, so that handing it in twice makes one submission. */
async function attemptOf(flow: Flow, { hash, unit = '', found }: IntakeItem): Promise<string> {
  const planId = contextOf(flow).plan.plan.id
  return `file-${await hashOf(JSON.stringify([planId, unit, found?.sheet ?? '', hash]))}`
}

/** Another unit than was proposed: which rows are asked about changes with it. */
export function chooseUnit(flow: Flow, item: IntakeItem, unit: string): void {
  const recognition = unit === '' ? undefined : recogniseFor(item, unit, contextOf(flow))
  change(flow, item.id, { unit: unit === '' ? undefined : unit, recognition, isConfirmed: false, preview: undefined })
}

/** Which row of the plan an open row is, as the person says. */
export function chooseRow(flow: Flow, item: IntakeItem, index: number, choice: string): void {
  if (!item.recognition) return
  const open = item.recognition.open.map((row) => (row.index === index ? { ...row, choice } : row))
  change(flow, item.id, { recognition: { ...item.recognition, open } })
}

/** 确认: unit and rows are as shown; previews it. */
export function confirmItem(flow: Flow, item: IntakeItem): Promise<void> {
  return runSteps(flow, 'busy.preview', async (step) => {
    await refreshRows(flow)
    const [{ earlier } = item] = await markEarlier(flow, [{ ...item, isConfirmed: true }], await readEarlier(flow))
    change(flow, item.id, { isConfirmed: true, failure: undefined, earlier })
    if (earlier) openItem(flow, undefined)
    else await previewItem(flow, item.id, step)
  })
}

/** Asks the server anew what it would do. */
export function previewAgain(flow: Flow, item: IntakeItem): Promise<void> {
  return confirmItem(flow, item)
}

/** 已核对: the person has seen file against master, and everything that is not plain. */
export function submitItem(flow: Flow, item: IntakeItem): Promise<void> {
  return runSteps(flow, 'busy.submit', async () => {
    change(flow, item.id, { isSeen: true })
    await sendItem(flow, item.id)
    await refreshRows(flow)
  })
}

/** 全部报送: those that hold plain changes only. Where one of them has become doubtful meanwhile it waits for a person. */
export function submitClean(flow: Flow): Promise<void> {
  return runSteps(flow, 'busy.submit', async (step) => {
    const clean = itemsOf(flow).filter((item) => stepOf(item) === 'clean')
    let sent = 0
    for (const [i, { id }] of clean.entries()) {
      step.signal.throwIfAborted()
      // What went before it may have changed the same rows.
      if (i > 0) await previewItem(flow, id, step)
      const item = findItem(flow, id)
      if (item && stepOf(item) === 'clean') {
        await sendItem(flow, id)
        if (findItem(flow, id)?.receipt) sent++
      }
      step.progress(i + 1, clean.length)
    }
    await refreshRows(flow)
    const isWhole = sent === clean.length
    notice(flow, {
      tone: isWhole ? 'success' : 'warning',
      text: isWhole ? 'intake.sent' : 'intake.sentPartly',
      params: { count: sent, left: clean.length - sent },
    })
  })
}

export function removeItem(flow: Flow, { id }: IntakeItem): void {
  flow.dispatch({ type: 'intakeRemoved', id })
}

/** Opens one of them, or with none given the list. */
export function openItem(flow: Flow, item: IntakeItem | undefined): void {
  flow.dispatch({ type: 'intakeOpened', id: item?.id })
}

/** Opens the receipt of a file that was handed in before. */
export function openEarlier(flow: Flow, item: IntakeItem): Promise<void> {
  return runSteps(flow, 'busy.receipt', async () => {
    if (item.earlier) change(flow, item.id, { receipt: await flow.api.receipt(item.earlier.submissionId) })
  })
}

/** Confirms a clearing, or keeps the master's text in a cell, or takes that back. */
export function toggleCell(flow: Flow, item: IntakeItem, which: 'clears' | 'kept', cell: string): void {
  const { preview } = item
  if (!preview) return
  const had = preview[which].includes(cell)
  const cells = had ? preview[which].filter((known) => known !== cell) : [...preview[which], cell]
  change(flow, item.id, { preview: { ...preview, [which]: cells } })
}

/** Work that may be sent again as it was: each part of it that is done is not done twice. */
function runSteps(flow: Flow, text: Parameters<typeof run>[1], work: (step: Step) => Promise<void>): Promise<void> {
  return run(flow, text, work, { cancellable: true })
}

async function previewWaiting(flow: Flow, step: Step): Promise<void> {
  for (const item of itemsOf(flow).filter((item) => stepOf(item) === 'preview')) {
    step.signal.throwIfAborted()
    await previewItem(flow, item.id, step)
  }
}

/** Asks the server what the table would do as its unit's; a refusal is noted on the item. */
async function previewItem(flow: Flow, id: string, { signal }: Step): Promise<void> {
  const item = findItem(flow, id)
  const { plan, rows } = contextOf(flow)
  if (!item?.found || item.unit === undefined) return
  const { unit } = item
  const table = tableOf(item)
  const own = asSeenBy(unit, rows, breakdownSpec(plan.plan))
  const gone = findGone(table, own)
  const whole: Submission = { ...withGone(buildSubmission(table, own), gone), behalfOf: unit }
  if (whole.rows.length === 0) return change(flow, id, { problem: { text: 'intake.notOfUnit', params: { unit } } })
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
    change(flow, id, { preview, failure: undefined })
  } catch (error) {
    if (!(error instanceof Refusal) || error.body.status === 401) throw error
    change(flow, id, { failure: error.body.detail })
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
async function sendItem(flow: Flow, id: string): Promise<void> {
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
    return change(flow, id, { failure: error.body.detail })
  }
  change(flow, id, { receipt, preview: undefined, found: undefined, recognition: undefined, failure: undefined })
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

async function refreshRows(flow: Flow): Promise<void> {
  flow.dispatch({ type: 'rowsPulled', rows: await flow.api.rows(contextOf(flow).plan.plan.id) })
  await rememberVisit(flow)
}

function itemsOf(flow: Flow): IntakeItem[] {
  return flow.state().intake?.items ?? []
}

function findItem(flow: Flow, id: string): IntakeItem | undefined {
  return itemsOf(flow).find((item) => item.id === id)
}

function change(flow: Flow, id: string, changes: Partial<IntakeItem>): void {
  flow.dispatch({ type: 'intakeChanged', id, changes })
}

/** The screen is only offered with a plan open. */
function contextOf(flow: Flow): IntakeContext {
  const { plan, rows, locale } = flow.state()
  if (!plan || !rows) throw new Error('no plan is open')
  return { plan, rows, locale, newId: flow.newId }
}
