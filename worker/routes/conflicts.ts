/** Conflicts: listed to those they concern, and decided. */
import {
  type ConflictBody,
  ConflictList,
  Resolution,
  ResolutionOutcomes,
  Resolutions,
  RowOutcome,
} from '../../domain/protocol.ts'
import { applyChanges } from '../../domain/replay.ts'
import { beijingDate } from '../beijing-date.ts'
import { type Call, type Endpoint, endpoint, endpointWithBody } from '../endpoint.ts'
import { readChoice, readCount } from '../query.ts'
import { concerns, readConflictPage, type StoredConflict, selectConflicts, toConflictBody } from '../store/conflicts.ts'
import { readPlan, readRegistry, selectPlan, selectRegistry, sheetIdOf } from '../store/plans.ts'
import { readParties, roleOn, selectParties } from '../store/rows.ts'
import { isForActor, resolveConflict } from '../submission/resolve.ts'
import { resolveSeveral } from '../submission/resolve-several.ts'
import { mayWriteRow, needsRelease } from '../submission/writable.ts'

/** Most conflicts of one page. */
const MAX_LISTED = 1_000

export const conflictEndpoints: Endpoint[] = [
  endpoint(
    {
      method: 'get',
      path: '/api/plans/:plan/conflicts',
      summary: '冲突：单位见其提交的与其牵头任务的',
      roles: ['unit', 'commission', 'supervision', 'admin'],
      query: {
        status: 'open：只列待处理的；resolved：只列已处理的',
        cursor: '上一次应答的 next：从该处继续',
        limit: `一次最多查几项，1 至 ${MAX_LISTED}；不写即不分页`,
      },
      answer: { status: 200, schema: ConflictList },
      refusals: ['plan-not-found', 'invalid'],
    },
    listConflicts,
  ),
  endpointWithBody(
    {
      method: 'post',
      path: '/api/conflicts/:id/resolution',
      summary: '处理冲突',
      roles: ['unit', 'commission'],
      idempotencyKey: 'optional',
      answer: { status: 200, schema: RowOutcome },
      refusals: [
        'conflict-not-found',
        'conflict-not-yours',
        'duty-not-allowed',
        'conflict-resolved',
        'conflict-outdated',
        'row-changed',
        'plan-not-collecting',
        'plan-archived',
        'idempotency-key-missing',
        'idempotency-key-reused',
      ],
    },
    Resolution,
    async (call) => ({ value: await resolveConflict(call) }),
  ),
  endpointWithBody(
    {
      method: 'post',
      path: '/api/plans/:plan/resolutions',
      summary: '一次处理多项冲突：逐项办理，一项不成不影响其余',
      roles: ['unit', 'commission'],
      idempotencyKey: 'required',
      answer: { status: 200, schema: ResolutionOutcomes },
      refusals: ['plan-not-found', 'idempotency-key-missing', 'idempotency-key-reused'],
    },
    Resolutions,
    async (call) => ({ value: await resolveSeveral(call) }),
  ),
]

async function listConflicts({ db, params, query, services, caller }: Call<undefined>) {
  const { actor } = caller
  const planId = params.plan ?? ''
  const sheetId = sheetIdOf(planId)
  const status = readChoice(query, 'status', ['open', 'resolved'])
  const after = readCount(query, 'cursor', { min: 0, max: Number.MAX_SAFE_INTEGER })
  const limit = readCount(query, 'limit', { min: 1, max: MAX_LISTED })
  const [plan, result, related, ...registry] = await db.batch([
    selectPlan(db, planId),
    selectConflicts(db, sheetId, { status, after, limit: limit && limit + 1 }),
    selectParties(db, sheetId, beijingDate(services.now())),
    ...selectRegistry(db, planId),
  ])
  const found = readPlan(plan, planId, actor)
  const parties = readParties(related)
  const units = readRegistry(registry)
  const { conflicts, ...more } = readConflictPage(result, limit)
  const list = conflicts.filter((conflict) =>
    concerns(conflict, actor, roleOn(parties.get(conflict.rowId), actor, units)),
  )
  const isReleased = found.plan.state !== 'archived' && !needsRelease(found.plan, caller)
  const mayDecide = async (conflict: StoredConflict) =>
    conflict.isOpen &&
    isReleased &&
    mayWriteRow(caller, planId, conflict.rowId) &&
    isForActor(conflict, parties.get(conflict.rowId)?.lead ?? [], found.plan.county, actor)
  const bodies = list.map(async (conflict) => ({
    ...toConflictBody(conflict),
    ...restoredRow(conflict),
    mayDecide: await mayDecide(conflict),
  }))
  return { value: { conflicts: await Promise.all(bodies), ...more } }
}

/** The row as an open edit of it brings it back; nothing where the row is there. */
function restoredRow({ isOpen, proposal, current }: StoredConflict): Pick<ConflictBody, 'restored'> {
  if (!isOpen || !proposal || !current?.deleted) return {}
  const { cells, spans = {} } = applyChanges(current.row, proposal)
  return { restored: { cells, spans } }
}
