/** 报送: submitting rows, and the receipts given for it. */
import { Receipt, Submission, SubmissionList } from '../../domain/protocol.ts'
import { type Endpoint, endpoint, endpointWithBody } from '../endpoint.ts'
import { readCount } from '../query.ts'
import { Refusal } from '../refusal.ts'
import { findPlan } from '../store/plans.ts'
import { listSubmissions, MAX_LISTED } from '../store/submission-list.ts'
import { readReceipt, readSubmission, selectSubmission } from '../store/submissions.ts'
import { receiveOwnOrBrought } from '../submission/on-behalf.ts'

export const submissionEndpoints: Endpoint[] = [
  endpointWithBody(
    {
      method: 'post',
      path: '/api/plans/:plan/submissions',
      summary: '报送，或由发展改革部门代为报送；计划要求审核的，经办岗的报送待本单位审核岗审核',
      roles: ['unit', 'commission'],
      query: { dryRun: '1：只试算，不保存' },
      idempotencyKey: 'required',
      answer: { status: 200, schema: Receipt },
      refusals: [
        'idempotency-key-missing',
        'plan-not-found',
        'unit-not-found',
        'plan-not-collecting',
        'plan-archived',
        'delete-not-allowed',
        'duplicate-row-id',
        'base-unknown',
        'row-id-deleted',
        'row-identity-suspect',
        'idempotency-key-reused',
        'changes-too-large',
        'busy',
      ],
      keepsRefused: true,
    },
    Submission,
    async (call) => ({ value: await receiveOwnOrBrought(call, call.params.plan ?? '') }),
  ),
  endpoint(
    {
      method: 'get',
      path: '/api/plans/:plan/submissions',
      summary: '报送记录：单位只见本单位的，最近的在前',
      roles: ['unit', 'commission', 'supervision', 'admin'],
      query: { cursor: '上一次应答的 next：从该处继续', limit: `一次最多几条，1 至 ${MAX_LISTED}` },
      answer: { status: 200, schema: SubmissionList },
      refusals: ['plan-not-found', 'invalid'],
    },
    async ({ db, params, query, caller: { actor } }) => {
      const before = readCount(query, 'cursor', { min: 1, max: Number.MAX_SAFE_INTEGER })
      const limit = readCount(query, 'limit', { min: 1, max: MAX_LISTED })
      const { plan } = await findPlan(db, params.plan ?? '', actor)
      const actorId = actor.role === 'unit' ? actor.id : undefined
      return { value: await listSubmissions(db, plan.id, actorId, { before, limit }) }
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/api/submissions/:id',
      summary: '回执',
      roles: ['unit', 'commission', 'supervision', 'admin'],
      answer: { status: 200, schema: Receipt },
      refusals: ['submission-not-found'],
    },
    async ({ db, params, caller: { actor } }) => {
      const id = params.id ?? ''
      const [result] = await db.batch([selectSubmission(db, id)])
      const stored = readSubmission(result)
      // A plan's creation and a resolution are kept the same way but have no receipt.
      const isReceipt = stored?.status === 'accepted' && stored.number !== ''
      const isOwn = stored?.actorId === actor.id
      if (!stored || !isReceipt || (actor.role === 'unit' && !isOwn)) throw new Refusal('submission-not-found')
      try {
        await findPlan(db, stored.planId, actor)
      } catch (error) {
        throw error instanceof Refusal ? new Refusal('submission-not-found') : error
      }
      return { value: readReceipt(stored, false) }
    },
  ),
]
