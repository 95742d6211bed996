/**
 * Several conflicts decided in one request: one after another, each as if it came alone. What landed of
 * a request whose answer was lost is answered as done when it comes again, the rest is tried.
 */
import type { z } from 'zod/mini'
import type { ResolutionOutcomes, Resolutions, RowOutcome } from '../../domain/protocol.ts'
import { milestoneKeys, type SheetSpec } from '../../domain/sheet-spec.ts'
import { coveredColumns } from '../../domain/table.ts'
import type { Call } from '../endpoint.ts'
import { sha256 } from '../keys.ts'
import { Refusal } from '../refusal.ts'
import { readConflicts, selectConflicts } from '../store/conflicts.ts'
import { findPlan } from '../store/plans.ts'
import { findEarlier, readAccepted, selectAccepted } from '../store/submissions.ts'
import { resolveConflict } from './resolve.ts'

type Decision = z.infer<typeof Resolutions>['decisions'][number]
type Conflict = ReturnType<typeof readConflicts>[number]
/** What the decisions of this request have made of a row: from the version that was seen to the one now. */
type Moved = { from: number; to: number; columns: Set<string> }

/** An outcome or a refusal for each decision, in their order. Throws plan-not-found, idempotency-key-reused. */
export async function resolveSeveral(call: Call<z.infer<typeof Resolutions>>): Promise<ResolutionOutcomes> {
  const { db, body, caller, requestId } = call
  const { plan, spec, sheetId } = await findPlan(db, call.params.plan ?? '', caller.actor)
  const inner = await Promise.all(body.decisions.map((decision, i) => innerCall(call, i, decision)))
  await refuseReusedKey(call, inner)
  const ids = JSON.stringify(body.decisions.map(({ conflictId }) => conflictId))
  const [stored] = await db.batch([selectConflicts(db, sheetId, { ids })])
  const conflicts = new Map(readConflicts(stored).map((conflict) => [conflict.id, conflict]))
  const moved = new Map<string, Moved>()
  const outcomes: ResolutionOutcomes['outcomes'] = []
  for (const one of inner) {
    const decision = one.body
    const { conflictId } = decision
    const conflict = conflicts.get(conflictId)
    const before = conflict && moved.get(conflict.rowId)
    const ver = before && isUntouched(spec, conflict, decision, before) ? before.to : decision.ver
    try {
      const outcome = await resolveConflict({ ...one, body: { ...decision, ver } }, plan.id)
      outcomes.push({ conflictId, outcome })
      follow(moved, decision, outcome)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const { code, detail } = error.toBody(requestId)
      outcomes.push({ conflictId, refusal: { code, detail } })
    }
  }
  return { outcomes }
}

/** One decision as a request of its own. No key of a client holds a blank, so none is like these. */
async function innerCall(call: Call<unknown>, i: number, decision: Decision) {
  const text = JSON.stringify(decision)
  return {
    ...call,
    body: decision,
    path: `/api/conflicts/${decision.conflictId}/resolution`,
    params: { id: decision.conflictId },
    raw: { text, sha256: await sha256(new TextEncoder().encode(text)) },
    idempotencyKey: `${call.idempotencyKey} ${i}`,
  }
}

/** The same key with other decisions is another request, whichever of the first ones landed. */
async function refuseReusedKey(call: Call<unknown>, inner: Call<Decision>[]): Promise<void> {
  if (await findEarlier(call)) throw new Refusal('idempotency-key-reused')
  const wanted = new Map(inner.map(({ idempotencyKey = '', raw }) => [idempotencyKey, raw.sha256]))
  const landed = readAccepted(await selectAccepted(call.db, call.caller.actor.id, [...wanted.keys()]).run())
  if (landed.some(({ key, bodySha256 }) => wanted.get(key) !== bodySha256)) throw new Refusal('idempotency-key-reused')
}

/**
 * Whether a decision still stands on what was seen: the row was changed only by earlier ones of this
 * request, in columns that it has nothing to do with. What concerns a row as a whole is never so.
 */
function isUntouched(spec: SheetSpec, conflict: Conflict, decision: Decision, moved: Moved): boolean {
  const { column, columns = column === undefined ? [] : [column] } = conflict
  if (columns.length === 0 || moved.from !== decision.ver) return false
  const { cells = {}, spans = {} } = decision
  const milestones = milestoneKeys(spec)
  const covered = Object.keys(spans).flatMap((key) =>
    coveredColumns({ rowId: conflict.rowId, cells, spans }, key, milestones),
  )
  return [...columns, ...Object.keys(cells), ...covered].every((key) => !moved.columns.has(key))
}

function follow(moved: Map<string, Moved>, decision: Decision, { rowId, ver, outcome, applied }: RowOutcome): void {
  if (outcome === 'unchanged') return
  const before = moved.get(rowId)
  moved.set(rowId, {
    from: decision.ver,
    to: ver,
    columns: new Set([...(before?.columns ?? []), ...applied.map(({ column }) => column)]),
  })
}
