/** What a plan's state forbids, in the words that fit it. */
import type { Plan } from '../domain/plan.ts'
import { Refusal } from './refusal.ts'

/** Why the texts of a plan that is not collecting take no edit: it is issued, or archived and closed for good. */
export function notCollecting({ id, state }: Plan): Refusal {
  return state === 'archived' ? new Refusal('plan-archived') : new Refusal('plan-not-collecting', { plan: id })
}
