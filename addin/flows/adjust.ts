/**
 * 任务调整 and 勘误: after a plan was issued it changes by paper only. The commission edits the table itself; what
 * differs from the master is shown kind by kind, and what is chosen of it goes with its paper as one change.
 */
import type { Plan } from '../../domain/plan.ts'
import type { AdjustPlan, PlanChanged, RowList } from '../../domain/protocol.ts'
import { Refusal } from '../api.ts'
import { beijingDay } from '../ui/time.ts'
import { adjustmentBody, refusedParts, undoBody } from './adjust-body.ts'
import { compareTable, findStrangers } from './adjust-draft.ts'
import type { Adjustment, AdjustmentPaper } from './adjustment.ts'
import { type Flow, notice, run, type Step } from './flow.ts'
import {
  activeGrid,
  type FoundReading,
  namedGrid,
  readGrid,
  readLedgerInfos,
  snapshotOf,
  specOf,
  writeCarriers,
} from './reading.ts'

/** So many rows that the plan once had are looked up; a sheet with more of them is no table of this plan. */
const MOST_STRANGERS = 20

/** Reads the sheet in front and shows where it differs from the master. */
export function draftAdjustment(flow: Flow): Promise<void> {
  return run(flow, 'busy.adjustDraft', async () => {
    const { plan, adjustment: earlier } = flow.state()
    const grid = plan && (await activeGrid(flow))
    if (!plan || !grid) return
    const rows = await flow.api.rows(plan.plan.id)
    flow.dispatch({ type: 'rowsPulled', rows })
    const infos = await readLedgerInfos(flow)
    const info = infos.find(({ sheet, planId }) => sheet === grid.name && planId === plan.plan.id)
    const spec = specOf(flow)
    const { table, layout } = readGrid(grid, spec, info?.complete)
    const removals = await findRemovals(
      flow,
      plan.plan.id,
      findStrangers(table, rows).map(({ rowId }) => rowId),
    )
    const registry = { ...plan.registry, county: plan.plan.county }
    const differences = compareTable({ spec, table, rows, registry, removals, newId: flow.newId })
    flow.dispatch({ type: 'adjustmentDrafted', adjustment: undefined })
    if (!layout || !differences) {
      return notice(flow, { tone: 'warning', text: 'adjust.noRows', params: { sheet: grid.name } })
    }
    const adjustment: Adjustment = {
      sheet: grid.name,
      snapshot: snapshotOf(table),
      attempt: flow.newId(),
      ...differences,
      paper: earlier?.paper ?? blankPaper(flow, plan.plan),
    }
    flow.dispatch({ type: 'adjustmentDrafted', adjustment })
  })
}

/** Units answer from today on, or from the first day of a plan that has not begun. */
function blankPaper(flow: Flow, { year, periods }: Plan): AdjustmentPaper {
  const [firstDay = ''] = [`${year}-01-01`, ...periods.map(({ from }) => from)].sort()
  const today = beijingDay(flow.now())
  const effectiveOn = today < firstDay ? firstDay : today
  return { kind: 'adjustment', reason: '', documentNumber: '', effectivePeriod: '', effectiveOn }
}

/** The versions at which these rows were removed; of a row that the plan never had, none. */
async function findRemovals(flow: Flow, planId: string, rowIds: string[]): Promise<Map<string, number>> {
  const removals = new Map<string, number>()
  for (const rowId of rowIds.slice(0, MOST_STRANGERS)) {
    try {
      const last = (await flow.api.history(planId, rowId)).events.at(-1)
      if (last) removals.set(rowId, last.seq)
    } catch (error) {
      if (!(error instanceof Refusal) || error.body.code !== 'row-not-found') throw error
    }
  }
  return removals
}

/** Asks the server whether it would take what is chosen; nothing is stored. */
export function tryAdjustment(flow: Flow): Promise<void> {
  return run(flow, 'busy.adjustTry', async () => {
    const found = await readAgain(flow)
    if (!found) return
    const { planId, adjustment, rows } = found
    const body = adjustmentBody(adjustment, rows)
    await refusable(flow, body, () => flow.api.adjust(planId, body, adjustment.attempt, true))
    flow.dispatch({ type: 'adjustmentEdited', changes: { isTried: true, refused: {} } })
    notice(flow, { tone: 'info', text: 'adjust.tried' })
  })
}

/** Sends what is chosen as one change, then writes ids and new versions into the sheet. */
export function sendAdjustment(flow: Flow): Promise<void> {
  return run(flow, 'busy.adjust', async (step) => {
    const found = await readAgain(flow)
    if (!found) return
    const { planId, adjustment, rows, reading } = found
    const body = adjustmentBody(adjustment, rows)
    const done = await refusable(flow, body, () => flow.api.adjust(planId, body, adjustment.attempt))
    const undo = { body: undoBody(specOf(flow), { body, before: rows, done }), attempt: flow.newId() }
    const at = flow.now().toISOString()
    flow.dispatch({
      type: 'adjusted',
      adjusted: { sheet: adjustment.sheet, body, seq: done.seq, at, before: rows, undo },
    })
    flow.dispatch({ type: 'rowsPulled', rows: await flow.api.rows(planId) })
    const places = new Map(adjustment.sequence.map(({ rowId, at: place }) => [rowId, place]))
    await writeVersions(flow, step, reading, done, places)
    notice(flow, { tone: 'success', text: 'adjust.done', params: { seq: done.seq } })
  })
}

/** Takes back what was recorded last, by the opposite change with its own reason. */
export function undoAdjustment(flow: Flow, reason: string): Promise<void> {
  return run(flow, 'busy.adjustUndo', async (step) => {
    const { plan, adjusted } = flow.state()
    if (!plan || !adjusted || adjusted.undone !== undefined) return
    const done = await flow.api.adjust(plan.plan.id, { ...adjusted.undo.body, reason }, adjusted.undo.attempt)
    flow.dispatch({ type: 'adjusted', adjusted: { ...adjusted, undone: done.seq } })
    flow.dispatch({ type: 'rowsPulled', rows: await flow.api.rows(plan.plan.id) })
    const grid = await flow.host.read(adjusted.sheet)
    const { layout, ...reading } = grid ? readGrid(grid, specOf(flow)) : {}
    // The sheet goes on saying what it said: it differs from the master again, and is known to.
    if (layout && 'sheet' in reading) await writeVersions(flow, step, { ...reading, layout }, done)
    notice(flow, { tone: 'success', text: 'adjust.undone', params: { seq: done.seq } })
  })
}

/** What was drafted and the sheet as it stands; undefined, after saying so, where it has changed since. */
async function readAgain(
  flow: Flow,
): Promise<{ planId: string; adjustment: Adjustment; rows: RowList; reading: FoundReading } | undefined> {
  const { plan, adjustment, rows } = flow.state()
  const grid = plan && adjustment && (await namedGrid(flow, adjustment.sheet))
  if (!plan || !adjustment || !rows || !grid) return undefined
  const { layout, ...reading } = readGrid(grid, specOf(flow))
  if (layout && snapshotOf(reading.table) === adjustment.snapshot) {
    return { planId: plan.plan.id, adjustment, rows, reading: { ...reading, layout } }
  }
  notice(flow, { tone: 'warning', text: 'adjust.changed' })
  return undefined
}

/** Notes beside the changes what the server would not take; the refusal itself is said as ever. */
async function refusable(flow: Flow, body: AdjustPlan, ask: () => Promise<PlanChanged>): Promise<PlanChanged> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof Refusal) {
      const refused = refusedParts(body, error.body.errors ?? [])
      flow.dispatch({ type: 'adjustmentEdited', changes: { isTried: false, refused } })
    }
    throw error
  }
}

/** Writes the versions that rows have now. `places`: where rows stand; without it, where their ids say. */
async function writeVersions(
  flow: Flow,
  { progress }: Step,
  reading: FoundReading,
  { rows }: PlanChanged,
  places: ReadonlyMap<string, number | undefined> = new Map(reading.table.rows.map(({ rowId, at }) => [rowId, at])),
): Promise<void> {
  const carriers = rows.flatMap(({ rowId, ver }) => {
    const at = places.get(rowId)
    return at === undefined ? [] : [{ at, rowId, ver }]
  })
  if (carriers.length > 0) await writeCarriers(flow, reading, carriers, progress)
}
