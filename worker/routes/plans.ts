/** Plans: created from a seed folder or a recognised sheet (the same body), read, issued. */

import type { z } from 'zod/mini'
import { breakdownSpec, type Plan } from '../../domain/plan.ts'
import { IssuePlan, PlanCreated, PlanDetail, PlanFile, PlanList } from '../../domain/protocol.ts'
import { changePlan } from '../changes/change-plan.ts'
import { type Call, type Endpoint, endpoint, endpointWithBody } from '../endpoint.ts'
import { actsFor } from '../env.ts'
import { findDoubts, refusePlanFile } from '../plan-file.ts'
import { notCollecting } from '../plan-state.ts'
import { Refusal } from '../refusal.ts'
import { emptyGuard, guardKey, runBatch } from '../store/batch.ts'
import { planStatements } from '../store/create-plan.ts'
import { markIssued } from '../store/plan-changes.ts'
import { listPlans, readPlan, readRegistry, selectPlan, selectRegistry, sheetIdOf } from '../store/plans.ts'
import {
  insertSubmission,
  NO_TOTALS,
  readCommitted,
  readSubmission,
  replayOf,
  selectByIdempotencyKey,
  selectCommitted,
} from '../store/submissions.ts'

const EVERYONE = ['unit', 'commission', 'supervision', 'admin'] as const
type Created = z.infer<typeof PlanCreated>

export const planEndpoints: Endpoint[] = [
  endpoint(
    {
      method: 'get',
      path: '/api/plans',
      summary: '本县各年度计划',
      roles: EVERYONE,
      answer: { status: 200, schema: PlanList },
      refusals: [],
    },
    async ({ db, caller }) => ({ value: { plans: await listPlans(db, caller.actor) } }),
  ),
  endpointWithBody(
    {
      method: 'post',
      path: '/api/plans',
      summary: '建立计划',
      roles: ['commission', 'admin'],
      query: { dryRun: '1：只预览，不保存' },
      idempotencyKey: 'required',
      answer: { status: 201, schema: PlanCreated },
      refusals: [
        'idempotency-key-missing',
        'county-not-yours',
        'plan-exists',
        'unit-id-taken',
        'duplicate-row-id',
        'formula-like-text',
        'idempotency-key-reused',
        'changes-too-large',
      ],
    },
    PlanFile,
    (call) => createPlan(call),
  ),
  endpoint(
    {
      method: 'get',
      path: '/api/plans/:plan',
      summary: '计划与单位名录',
      roles: EVERYONE,
      answer: { status: 200, schema: PlanDetail },
      refusals: ['plan-not-found'],
    },
    showPlan,
  ),
  endpointWithBody(
    {
      method: 'post',
      path: '/api/plans/:plan/issue',
      summary: '印发：文本固定',
      roles: ['commission'],
      idempotencyKey: 'optional',
      answer: { status: 200, schema: PlanDetail },
      refusals: [
        'plan-not-found',
        'plan-not-collecting',
        'plan-archived',
        'busy',
        'idempotency-key-missing',
        'idempotency-key-reused',
      ],
    },
    IssuePlan,
    issuePlan,
  ),
]

/** Two plans that name a new unit at the same moment collide; the second finds it on its second try. */
const MAX_TRIES = 3

async function createPlan(call: Call<PlanFile>, tries = 1): Promise<{ status?: number; value: Created }> {
  const { db, body: file, caller, raw, services, dryRun, idempotencyKey = '' } = call
  const { actor } = caller
  if (!actsFor(actor, file.plan.county))
    throw new Refusal('county-not-yours', { county: file.plan.county, own: actor.county })
  const { county } = file.plan
  const [earlierResult, known, units] = await db.batch([
    selectByIdempotencyKey(db, actor.id, idempotencyKey),
    db.prepare('SELECT id FROM plan WHERE id = ?1').bind(file.plan.id),
    db.prepare('SELECT id, name FROM unit WHERE county = ?1').bind(county),
  ])
  const earlier = readSubmission(earlierResult)
  if (earlier && !dryRun) return { value: replayPlan(replayOf(earlier, call)) }
  if ((known?.results.length ?? 0) > 0) throw new Refusal('plan-exists', { plan: file.plan.id })

  const plan: Plan = { ...file.plan, state: 'collecting' }
  const knownUnits = (units?.results ?? []) as { id: string; name: string }[]
  refusePlanFile(breakdownSpec(plan), file, new Set(knownUnits.map(({ id }) => id)))
  const unitIds = assignUnitIds(file, knownUnits)
  const created: Created = {
    plan,
    dryRun,
    rows: file.rows.map(({ rowId }) => ({ rowId, ver: 0 })),
    doubts: findDoubts(file),
  }
  if (dryRun) return { status: 200, value: created }

  const at = services.now().toISOString()
  const submissionId = services.newId()
  const commit = {
    sheetId: sheetIdOf(plan.id),
    kind: 'plan' as const,
    actorId: actor.id,
    keyId: caller.key.id,
    at,
  }
  const submission = insertSubmission(db, {
    id: submissionId,
    planId: plan.id,
    sheetId: commit.sheetId,
    kind: 'plan',
    path: call.path,
    actorId: actor.id,
    keyId: caller.key.id,
    idempotencyKey,
    bodySha256: raw.sha256,
    body: raw.text,
    at,
    status: 'accepted',
    hasCommit: true,
    rowOutcomes: [],
    totals: NO_TOTALS,
    result: JSON.stringify(created),
  })
  try {
    const results = await runBatch(db, [
      guardKey(db, { keyId: caller.key.id, at }),
      ...(await planStatements(db, plan, file, unitIds, commit)),
      ...submission,
      emptyGuard(db),
      selectCommitted(db, submissionId),
    ])
    return { value: settlePlan(created, readCommitted(results.at(-1)).seq) }
  } catch (error) {
    if (error instanceof Refusal) throw error
    // The same request may have come twice at once, or another one with the same plan id.
    const [again, other] = await db.batch([
      selectByIdempotencyKey(db, actor.id, idempotencyKey),
      db.prepare('SELECT id FROM plan WHERE id = ?1').bind(plan.id),
    ])
    const stored = readSubmission(again)
    if (stored) return { value: replayPlan(replayOf(stored, call)) }
    if ((other?.results.length ?? 0) > 0) throw new Refusal('plan-exists', { plan: plan.id })
    if (String(error).includes('UNIQUE constraint failed') && tries < MAX_TRIES) return createPlan(call, tries + 1)
    throw error
  }
}

function replayPlan({ result, seq }: { result: string; seq: number | null }): Created {
  return settlePlan(JSON.parse(result) as Created, seq)
}

/** Every row of a new plan has the version of the commit that created it. */
function settlePlan(created: Created, seq: number | null): Created {
  return { ...created, rows: created.rows.map(({ rowId }) => ({ rowId, ver: seq ?? 0 })) }
}

/** Ids by name: a unit that the county already has keeps its id, whatever the file calls it. */
function assignUnitIds(file: PlanFile, known: { id: string; name: string }[]): Map<string, string> {
  const ids = new Map(known.map(({ id, name }) => [name, id]))
  const owners = new Map(known.map(({ id, name }) => [id, name]))
  for (const { id, name } of file.registry.units) {
    if (ids.has(name)) continue
    if (owners.has(id)) throw new Refusal('unit-id-taken', { unit: id })
    ids.set(name, id)
    owners.set(id, name)
  }
  return ids
}

async function issuePlan(call: Call<z.infer<typeof IssuePlan>>) {
  const { db, body } = call
  await changePlan(call, {
    prepare: ({ plan }) => {
      if (plan.state !== 'collecting') throw notCollecting(plan)
      return {
        kind: 'issue',
        raisesEpoch: true,
        statements: [markIssued(db, plan.id, body.documentNumber, body.issuedOn)],
        rows: [],
      }
    },
  })
  // The same request again is done already, and the plan is answered as it is now.
  return showPlan(call)
}

async function showPlan({ db, params, caller }: Call<unknown>) {
  const planId = params.plan ?? ''
  const [plan, ...registry] = await db.batch([selectPlan(db, planId), ...selectRegistry(db, planId)])
  return { value: { plan: readPlan(plan, planId, caller.actor).plan, registry: readRegistry(registry) } }
}
