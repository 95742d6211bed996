/**
 * 代为报送: the commission hands in the returned file of a unit. It is received as if its unit had sent it,
 * with the rights of that unit and of the commission's key, and recorded as that unit's, by that key:
 * docs/decisions/022-review-and-returned-files.md.
 */
import { foldText } from '../../domain/fold.ts'
import type { Receipt } from '../../domain/protocol.ts'
import { createUnitResolver, type UnitRegistry } from '../../domain/units.ts'
import type { Call } from '../endpoint.ts'
import type { Actor } from '../env.ts'
import { Refusal } from '../refusal.ts'
import { findActor } from '../store/actors.ts'
import { readPlan, readRegistry, selectPlan, selectRegistry } from '../store/plans.ts'
import { BROUGHT } from '../store/submissions.ts'
import type { SubmissionBody } from './load.ts'
import { receiveSubmission } from './receive.ts'

/**
 * The receipt of a submission, of the caller's own or of the unit that it names. Throws role-not-allowed,
 * unit-not-found, and whatever a submission is refused for.
 */
export async function receiveOwnOrBrought(call: Call<SubmissionBody>, planId: string): Promise<Receipt> {
  const { body, caller, idempotencyKey } = call
  if (body.behalfOf === undefined) return receiveSubmission(call, planId)
  if (caller.actor.role !== 'commission') {
    throw new Refusal('role-not-allowed', {}, [{ pointer: '/behalfOf', detail: 'commission' }])
  }
  const unit = await findUnit(call, planId, body.behalfOf)
  const acting: Call<SubmissionBody> = {
    ...call,
    // Whoever hands in a unit's file at the commission has it signed off: no reviewer has to release it.
    caller: { actor: unit, key: { ...caller.key, duty: 'reviewer' } },
    idempotencyKey: idempotencyKey === undefined ? undefined : `${BROUGHT}${idempotencyKey}`,
  }
  return receiveSubmission(acting, planId, { broughtBy: caller.actor.name })
}

async function findUnit({ db, caller }: Call<unknown>, planId: string, name: string): Promise<Actor> {
  const [found, ...registryResults] = await db.batch([selectPlan(db, planId), ...selectRegistry(db, planId)])
  const { plan } = readPlan(found, planId, caller.actor)
  const registry = readRegistry(registryResults)
  const unit = unitNamed(registry, name)
  const actor = unit && (await findActor(db, 'unit', plan.county, unit))
  if (actor) return actor
  const near = createUnitResolver({ ...registry, county: plan.county })(name).flatMap(
    ({ unit: meant, candidates = [] }) => (meant === undefined ? candidates : [meant]),
  )
  throw new Refusal('unit-not-found', { unit: name }, [
    { pointer: '/behalfOf', detail: near.length > 0 ? near.join('、') : 'unit' },
  ])
}

/**
 * The name of the one unit that is listed so: by its name, else an alias, else a former name. Nothing is
 * guessed, because this decides who writes.
 */
function unitNamed({ units }: UnitRegistry, name: string): string | undefined {
  const wanted = foldText(name)
  const listed = [
    (unit: (typeof units)[number]) => [unit.name],
    (unit: (typeof units)[number]) => unit.aliases ?? [],
    (unit: (typeof units)[number]) => unit.formerNames ?? [],
  ].map((namesOf) => units.filter((unit) => namesOf(unit).some((known) => foldText(known) === wanted)))
  const meant = listed.find((at) => at.length > 0) ?? []
  return meant.length === 1 ? meant[0]?.name : undefined
}
