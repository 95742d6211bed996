/** 建立计划: a plan from the county's own table, looked at before it is made. */

import type { Grid } from '../../domain/grid.ts'
import { breakdownSpec, type Period } from '../../domain/plan.ts'
import type { PlanCreated, PlanFile } from '../../domain/protocol.ts'
import { Refusal } from '../api.ts'
import type { Notice, PlanDraft } from '../state.ts'
import { type Flow, notice, run } from './flow.ts'
import { inferSheet } from './inferred-plan.ts'
import { activeGrid, namedGrid, readGrid, readLedgerInfos, snapshotOf, writeCarriers, writeLedger } from './reading.ts'
import { pullPlan } from './session.ts'

/** What the commission may correct in the draft. `dueOn`: dates by the key of their period, where corrected. */
export type PlanFields = { county: string; year: string; title: string; dueOn: Record<string, string> }

/** Reads the open sheet and shows the plan that it would make; the server is asked, nothing is stored. */
export function draftPlan(flow: Flow): Promise<void> {
  return run(flow, 'busy.draft', async () => {
    flow.dispatch({ type: 'drafted', draft: undefined })
    const grid = await activeGrid(flow)
    if (!grid) return
    const { file, doubts } = await inferSheet(flow, grid, flow.newId(), flow.newId)
    if (!file) return notice(flow, { tone: 'warning', text: 'sheet.noTable', params: { sheet: grid.name } })
    const tried = await tryInOwnCounty(flow, file)
    const draft = { sheet: grid.name, snapshot: snapshot(grid, file), file: tried.file, attempt: flow.newId() }
    const read = tried.county ? [{ code: 'plan/other-county', params: tried.county }, ...doubts] : doubts
    flow.dispatch({ type: 'drafted', draft: { ...draft, doubts: joinDoubts(read, tried.answer.doubts) } })
    const info = (await readLedgerInfos(flow)).find(({ sheet }) => sheet === grid.name)
    const known: Told[] = info ? [{ text: 'createPlan.known', params: { plan: info.planTitle ?? info.planId } }] : []
    const foreign: Told[] = tried.county ? [{ text: 'createPlan.otherCounty', params: tried.county }] : []
    const [first, also] = [...foreign, ...known]
    if (first) notice(flow, { tone: 'warning', ...first, ...(also && { also }) })
  })
}

type Told = NonNullable<Notice['also']>

type Tried = { file: PlanFile; answer: PlanCreated; county?: { found: string; own: string } }

/**
 * Asks the server what it makes of the file. A table that names a county other than the key's is put into the key's,
 * and both are told: the person knows whether the wrong file is open or only the name is wrong.
 */
async function tryInOwnCounty(flow: Flow, file: PlanFile): Promise<Tried> {
  try {
    return { file, answer: await flow.api.createPlan(file, true, flow.newId()) }
  } catch (error) {
    const own = error instanceof Refusal && error.body.code === 'county-not-yours' ? error.body.params.own : undefined
    if (typeof own !== 'string') throw error
    const moved = { ...file, plan: { ...file.plan, county: own } }
    const answer = await flow.api.createPlan(moved, true, flow.newId())
    return { file: moved, answer, county: { found: file.plan.county, own } }
  }
}

function snapshot(grid: Grid, file: PlanFile): string {
  return snapshotOf(readGrid(grid, specOfFile(file)).table)
}

function specOfFile(file: PlanFile) {
  return breakdownSpec({ ...file.plan, state: 'collecting' })
}

/** What the server judges as well, by the same registry; its word is the one that counts. */
const JUDGED_BY_SERVER = new Set(['unit/unresolved', 'lead/none'])

/** Doubts of reading the sheet with those that the server answered. */
export function joinDoubts(read: PlanDraft['doubts'], answered: PlanDraft['doubts']): PlanDraft['doubts'] {
  return [...read.filter(({ code }) => !JUDGED_BY_SERVER.has(code)), ...answered]
}

/** Creates the drafted plan with the corrected fields, then writes its ids into the sheet it came from. */
export function createPlan(flow: Flow, fields: PlanFields): Promise<void> {
  return run(flow, 'busy.createPlan', async ({ progress }) => {
    const { draft } = flow.state()
    if (!draft) return
    const grid = await namedGrid(flow, draft.sheet)
    if (!grid) return
    const file = await withFields(flow, draft.file, fields, grid)
    if (!file) return notice(flow, { tone: 'warning', text: 'createPlan.badFields' })
    if (snapshot(grid, draft.file) !== draft.snapshot) {
      flow.dispatch({ type: 'drafted', draft: undefined })
      return notice(flow, { tone: 'warning', text: 'createPlan.changed' })
    }
    const created = await flow.api.createPlan(file, false, draft.attempt)
    flow.dispatch({ type: 'signedIn', me: await flow.api.me() })
    await pullPlan(flow, created.plan.id)
    const { layout, ...reading } = readGrid(grid, breakdownSpec(created.plan))
    if (layout) {
      const versions = new Map(created.rows.map(({ rowId, ver }) => [rowId, ver]))
      const carriers = file.rows.flatMap(({ rowId }, index) => {
        const at = reading.table.rows[index]?.at
        return at === undefined ? [] : [{ at, rowId, ver: versions.get(rowId) ?? 0 }]
      })
      await writeCarriers(flow, { ...reading, layout }, carriers, progress)
      await writeLedger(flow, created.plan, draft.sheet, true)
      flow.dispatch({ type: 'sheetTaken', sheet: draft.sheet })
    }
    const params = { title: created.plan.title, rows: created.rows.length }
    notice(flow, { tone: 'success', text: 'createPlan.done', params })
  })
}

/** The file with the corrected fields; undefined where one is no good. Another year moves the periods with it, corrected or not. */
async function withFields(flow: Flow, file: PlanFile, fields: PlanFields, grid: Grid): Promise<PlanFile | undefined> {
  const year = Number(fields.year)
  const [county, title] = [fields.county.trim(), fields.title.trim()]
  if (!Number.isInteger(year) || year < 2000 || year > 2100 || county === '' || title === '') return undefined
  if (Object.values(fields.dueOn).some((day) => !/^\d{4}-\d{2}-\d{2}$/.test(day))) return undefined
  const periods =
    year === file.plan.year ? withDueDates(file.plan.periods, fields.dueOn) : await periodsIn(flow, year, file, grid)
  return { ...file, plan: { ...file.plan, county, title, year, periods } }
}

function withDueDates(periods: Period[], dueOn: Record<string, string>): Period[] {
  return periods.map((period) => ({ ...period, dueOn: dueOn[period.key] ?? period.dueOn }))
}

async function periodsIn(flow: Flow, year: number, { plan }: PlanFile, grid: Grid): Promise<Period[]> {
  const { inferPlan } = await flow.checking()
  const inferred = inferPlan(grid, { planId: plan.id, county: plan.county, year, newId: () => 'row' })
  return inferred.file?.plan.periods ?? plan.periods
}
