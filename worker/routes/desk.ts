/** 审核台: what waits for the commission. */
import { Desk } from '../../domain/protocol.ts'
import { beijingDate } from '../beijing-date.ts'
import { toDesk } from '../desk.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { isKnown, versionHeaders } from '../etag.ts'
import { loadDesk, readDeskStamp, selectDeskStamp } from '../store/desk.ts'
import { readPlan, selectPlan } from '../store/plans.ts'

/** Raised when the same record gives another desk. */
const DESK_VERSION = 1

export const deskEndpoints: Endpoint[] = [
  endpoint(
    {
      method: 'get',
      path: '/api/plans/:plan/desk',
      summary: '审核台：待审和退回的任务，对非本单位单元格的修改建议，待确认的清空，因差错未汇入的任务',
      roles: ['commission', 'supervision', 'admin'],
      answer: { status: 200, schema: Desk, etag: true },
      refusals: ['plan-not-found'],
    },
    async ({ db, params, services, caller, ifNoneMatch }) => {
      const planId = params.plan ?? ''
      const today = beijingDate(services.now())
      const [plan, ...stamp] = await db.batch([selectPlan(db, planId), ...selectDeskStamp(db, planId, today)])
      readPlan(plan, planId, caller.actor)
      // Read before the desk: at worst it is older than what it names, and the next reader asks again.
      const headers = versionHeaders(`"desk${DESK_VERSION}-${readDeskStamp(stamp)}"`)
      if (isKnown(ifNoneMatch, headers)) return new Response(null, { status: 304, headers })
      return { value: toDesk(await loadDesk(db, planId, caller.actor, today)), headers }
    },
  ),
]
