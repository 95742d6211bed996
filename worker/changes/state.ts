/** The end of a plan (归档), and its settings. */
import type { ArchivePlan, PlanChanged, PlanSettings } from '../../domain/protocol.ts'
import type { Call } from '../endpoint.ts'
import { Refusal } from '../refusal.ts'
import { markArchived, setSignOff } from '../store/plan-changes.ts'
import { changePlan } from './change-plan.ts'

/** 归档: an issued plan changes no more. Throws plan-not-issued. */
export async function archivePlan(call: Call<ArchivePlan>): Promise<PlanChanged> {
  const { db, body } = call
  return changePlan(call, {
    prepare: ({ plan }) => {
      if (plan.state === 'collecting') throw new Refusal('plan-not-issued')
      return {
        kind: 'archive',
        why: { reason: body.reason },
        raisesEpoch: true,
        statements: [markArchived(db, plan.id)],
        rows: [],
      }
    },
  })
}

/** How units vouch for what they submit. Whoever read the plan before submits by the new way. */
export async function changeSettings(call: Call<PlanSettings>): Promise<PlanChanged> {
  const { db, body } = call
  return changePlan(call, {
    prepare: ({ plan }) => ({
      kind: 'settings',
      raisesEpoch: true,
      statements: [setSignOff(db, plan.id, body.signOff)],
      rows: [],
    }),
  })
}
