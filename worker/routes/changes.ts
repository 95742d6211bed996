/** Changes of a plan after it was made: who answers, the order, units, adjustments, archive, settings. */
import {
  AdjustPlan,
  ArchivePlan,
  ChangeRelations,
  ChangeUnits,
  MoveRows,
  PlanChanged,
  PlanSettings,
  RelationList,
} from '../../domain/protocol.ts'
import { adjustPlan } from '../changes/adjust.ts'
import { moveRows } from '../changes/order.ts'
import { changeRelations, listRelations } from '../changes/relations.ts'
import { archivePlan, changeSettings } from '../changes/state.ts'
import { changeUnits } from '../changes/units.ts'
import { type Description, type Endpoint, endpoint, endpointWithBody } from '../endpoint.ts'
import type { RefusalCode } from '../refusal.ts'

/** Every change is the commission's, is sent under a key, and is one commit. */
function describeChange(
  name: string,
  summary: string,
  refusals: readonly RefusalCode[],
  roles: Description['roles'] = ['commission'],
): Description {
  return {
    method: 'post',
    path: `/api/plans/:plan/${name}`,
    summary,
    roles,
    idempotencyKey: 'required',
    answer: { status: 200, schema: PlanChanged },
    refusals: [
      'idempotency-key-missing',
      'idempotency-key-reused',
      'plan-not-found',
      'plan-archived',
      'changes-too-large',
      'busy',
      ...refusals,
    ],
  }
}

const ROW_REFUSALS = ['row-not-found', 'duplicate-row-id', 'invalid'] as const

export const changeEndpoints: Endpoint[] = [
  endpoint(
    {
      method: 'get',
      path: '/api/plans/:plan/relations',
      summary: '某日各项任务的牵头与配合单位，及历次登记',
      roles: ['commission', 'supervision', 'admin'],
      query: { on: '日期（北京时间，YYYY-MM-DD），缺省为今日', row: '只查一项任务' },
      answer: { status: 200, schema: RelationList },
      refusals: ['plan-not-found', 'invalid'],
    },
    listRelations,
  ),
  endpointWithBody(
    describeChange('relations', '变更牵头、配合单位，自某日起', [...ROW_REFUSALS, 'lead-missing', 'unit-not-found']),
    ChangeRelations,
    async (call) => ({ value: await changeRelations(call) }),
  ),
  endpointWithBody(describeChange('order', '调整任务次序', ROW_REFUSALS), MoveRows, async (call) => ({
    value: await moveRows(call),
  })),
  endpointWithBody(
    describeChange(
      'units',
      '增改单位名录：名称、简称、曾用名、存续时间、承接单位与泛指单位',
      ['unit-in-use', 'unit-not-found', 'invalid'],
      ['commission', 'admin'],
    ),
    ChangeUnits,
    async (call) => ({ value: await changeUnits(call) }),
  ),
  endpointWithBody(
    {
      ...describeChange('adjustments', '任务调整、勘误：修改文字、增减任务、变更单位、调整次序，一次登记', [
        ...ROW_REFUSALS,
        'plan-not-issued',
        'row-changed',
        'period-closed',
        'lead-missing',
        'unit-not-found',
      ]),
      query: { dryRun: '1：只试算，不保存' },
    },
    AdjustPlan,
    async (call) => ({ value: await adjustPlan(call) }),
  ),
  endpointWithBody(describeChange('archive', '归档', ['plan-not-issued']), ArchivePlan, async (call) => ({
    value: await archivePlan(call),
  })),
  endpointWithBody(
    describeChange('settings', '设置：报送是否须经本单位审核岗', [], ['commission', 'admin']),
    PlanSettings,
    async (call) => ({ value: await changeSettings(call) }),
  ),
]
