/**
 * Earlier versions of rows: the base that 更新本表 compares a sheet with. A sheet carries only the number of the
 * version that it was pulled at; what stood there, the store alone can say.
 */
import { AskVersions, RowVersions } from '../../domain/protocol.ts'
import { beijingDate } from '../beijing-date.ts'
import { type Call, type Endpoint, endpointWithBody } from '../endpoint.ts'
import { groupBy } from '../group-by.ts'
import { rowAt } from '../history.ts'
import { Refusal } from '../refusal.ts'
import { readPlan, readRegistry, selectPlan, selectRegistry, sheetIdOf } from '../store/plans.ts'
import {
  type RowEvent,
  readEvents,
  readParties,
  readRows,
  roleOn,
  selectEventsSince,
  selectParties,
  selectSomeRows,
} from '../store/rows.ts'

export const rowVersionEndpoints: Endpoint[] = [
  endpointWithBody(
    {
      method: 'post',
      path: '/api/plans/:plan/rows/versions',
      summary: '任务在所列版本时的文本，及其后各列最近由谁更改（只读，不留下任何改动）',
      roles: ['unit', 'commission', 'supervision', 'admin'],
      answer: { status: 200, schema: RowVersions },
      refusals: ['plan-not-found', 'duplicate-row-id'],
    },
    AskVersions,
    showVersions,
  ),
]

async function showVersions({ db, params, services, caller, body }: Call<AskVersions>) {
  const planId = params.plan ?? ''
  const sheetId = sheetIdOf(planId)
  refuseDoubled(body)
  const rowIds = JSON.stringify(body.rows.map(({ rowId }) => rowId))
  const [planResult, rowResult, eventResult, partyResult, ...registry] = await db.batch([
    selectPlan(db, planId),
    selectSomeRows(db, sheetId, rowIds),
    selectEventsSince(db, sheetId, JSON.stringify(body.rows)),
    selectParties(db, sheetId, beijingDate(services.now()), rowIds),
    ...selectRegistry(db, planId),
  ])
  const { plan } = readPlan(planResult, planId, caller.actor)
  const heads = new Map(readRows(rowResult).map((head) => [head.row.rowId, head]))
  const eventsOf = groupBy(readEvents(eventResult), ({ rowId }) => rowId)
  const parties = readParties(partyResult)
  const units = readRegistry(registry)
  const rows = body.rows.flatMap(({ rowId, ver }) => {
    const head = heads.get(rowId)
    if (!head || head.deleted) return []
    if (caller.actor.role === 'unit' && roleOn(parties.get(rowId), caller.actor, units) === 'none') return []
    const events = eventsOf.get(rowId) ?? []
    // A version that the row never had is no base, whatever undoing events would make of it.
    const row = events.some(({ seq }) => seq === ver) ? rowAt(head, events, ver) : undefined
    return row ? [{ ...row, ver, changed: lastChanges(events, ver) }] : []
  })
  return { value: { planId: plan.id, rows } }
}

/** Who changed each column last after a version, and when. */
function lastChanges(events: readonly RowEvent[], ver: number) {
  const last = new Map<string, { column: string; by: string; at: string }>()
  for (const { seq, changes, actorName: by, at } of events) {
    if (seq > ver) for (const { column } of changes) last.set(column, { column, by, at })
  }
  return [...last.values()]
}

function refuseDoubled({ rows }: AskVersions): void {
  const seen = new Set<string>()
  const doubled = rows.flatMap(({ rowId }, i) => {
    if (seen.has(rowId)) return [{ pointer: `/rows/${i}/rowId`, detail: 'duplicate-row-id' }]
    seen.add(rowId)
    return []
  })
  if (doubled.length > 0) throw new Refusal('duplicate-row-id', { count: doubled.length }, doubled)
}
