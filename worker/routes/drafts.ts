/** 待审报送: what 经办 keys of a unit sent, and its release or return by 审核 keys. */
import { DraftDetail, DraftInfo, DraftList, Receipt, ReleaseDraft, ReturnDraft } from '../../domain/protocol.ts'
import { releaseDraft, returnDraft, showDraft } from '../drafts/decide.ts'
import { type Endpoint, endpoint, endpointWithBody } from '../endpoint.ts'
import { listDrafts } from '../store/drafts.ts'
import { findPlan } from '../store/plans.ts'

export const draftEndpoints: Endpoint[] = [
  endpoint(
    {
      method: 'get',
      path: '/api/plans/:plan/drafts',
      summary: '待审报送：单位见本单位的，其他机构只见各单位待审的件数和时间',
      roles: ['unit', 'commission', 'supervision', 'admin'],
      answer: { status: 200, schema: DraftList },
      refusals: ['plan-not-found'],
    },
    async ({ db, params, caller: { actor } }) => {
      const { plan } = await findPlan(db, params.plan ?? '', actor)
      return { value: { drafts: await listDrafts(db, plan.id, actor.role === 'unit' ? actor.id : undefined) } }
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/api/drafts/:id',
      summary: '一件待审报送及其报送后的结果',
      roles: ['unit'],
      answer: { status: 200, schema: DraftDetail },
      refusals: ['draft-not-found'],
    },
    async (call) => ({ value: await showDraft(call) }),
  ),
  endpointWithBody(
    {
      method: 'post',
      path: '/api/drafts/:id/release',
      summary: '审核通过并报送',
      roles: ['unit'],
      idempotencyKey: 'optional',
      answer: { status: 200, schema: Receipt },
      refusals: [
        'idempotency-key-missing',
        'draft-not-found',
        'duty-not-allowed',
        'draft-decided',
        'plan-not-collecting',
        'plan-archived',
        'row-identity-suspect',
        'changes-too-large',
        'busy',
      ],
    },
    ReleaseDraft,
    async (call) => ({ value: await releaseDraft(call) }),
  ),
  endpointWithBody(
    {
      method: 'post',
      path: '/api/drafts/:id/return',
      summary: '退回经办岗',
      roles: ['unit'],
      idempotencyKey: 'optional',
      answer: { status: 200, schema: DraftInfo },
      refusals: ['idempotency-key-missing', 'draft-not-found', 'duty-not-allowed', 'draft-decided'],
    },
    ReturnDraft,
    async (call) => ({ value: await returnDraft(call) }),
  ),
]
