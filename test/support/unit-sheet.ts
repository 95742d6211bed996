/** One unit, two of its rows and one that it supports, and a sheet of them as it circulated before it had ids. */
import { breakdownSpec, type Plan } from '../../domain/plan.ts'
import type { ServerRow } from '../../domain/protocol.ts'
import { milestoneKeys } from '../../domain/sheet-spec.ts'
import type { UnitRegistry } from '../../domain/units.ts'
import { gridOf } from './model-grid.ts'
import { FENGJIE } from './plan-samples.ts'

export const PLAN: Plan = { ...FENGJIE, periods: FENGJIE.periods.slice(0, 2) }
const MILESTONES = milestoneKeys(breakdownSpec(PLAN))

export const REGISTRY: UnitRegistry = {
  units: [
    { id: 'u1', name: '县人力社保局' },
    { id: 'u2', name: '县医保局' },
  ],
}

export function serverRow(
  rowId: string,
  task: string,
  milestones: [string, string],
  mine: boolean,
  ver = 3,
): ServerRow {
  return {
    rowId,
    ver,
    cells: {
      number: rowId.slice(1),
      task,
      'milestone.P1': milestones[0],
      'milestone.P2': milestones[1],
      leadUnits: mine ? '县人力社保局' : '县医保局',
      supportingUnits: mine ? '县医保局' : '县人力社保局',
    },
    spansConfirmed: true,
    role: mine ? 'lead' : 'supporting',
    writable: mine ? MILESTONES : [],
    lead: [mine ? '县人力社保局' : '县医保局'],
    supporting: [mine ? '县医保局' : '县人力社保局'],
    openConflicts: 0,
  }
}

export const ROWS: ServerRow[] = [
  serverRow('r1', '城镇新增就业10000人以上。', ['新增就业2500人。', '新增就业5000人。'], true),
  serverRow('r2', '开发公益性岗位2000个以上。', ['制定工作方案。', '开发公益性岗位1000个。'], true),
  serverRow('r3', '城乡居民参保率达到95%以上。', ['参保率达到50%。', '参保率达到95%。'], false),
]

export const SHEET = '任务分解表'

/** Header in rows 0 and 1, the three rows from row 2 on; no ids. */
export function circulatedSheet() {
  const head = [
    ['序号', '重点任务', '每两月工作目标任务', '<', '牵头单位', '配合单位'],
    ['^', '^', '3月', '5月', '^', '^'],
  ]
  const rows = ROWS.map(({ cells }) => [
    cells.number ?? '',
    cells.task ?? '',
    cells['milestone.P1'] ?? '',
    cells['milestone.P2'] ?? '',
    cells.leadUnits ?? '',
    cells.supportingUnits ?? '',
  ])
  return gridOf([...head, ...rows], SHEET)
}

/** Sheet positions of what the tests touch. */
export const AT = { r1: 2, r2: 3, r3: 4, p1: 2, p2: 3, carrier: 6 }
