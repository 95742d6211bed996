/**
 * Plan: one county's list of livelihood tasks for a year, and the spec of its breakdown table.
 */
import type { ColumnSpec, SheetSpec } from './sheet-spec.ts'

/** 征集 (units write milestones) → 印发 (number, date; texts frozen) → 归档. */
export type PlanState = 'collecting' | 'issued' | 'archived'

/**
 * How a unit vouches for what it submits: not at all, on paper, or by an 审核 key that releases what
 * 经办 keys saved.
 */
export type SignOff = 'none' | 'paper' | 'reviewer'

/** One period of the plan. Dates are YYYY-MM-DD, inclusive. */
export type Period = {
  key: string
  label: string
  from: string
  to: string
  /** When its target is due; may lie before `to` (a column 2024年1月 due on 12-31). */
  dueOn: string
  /** When the supervision office looks at it. */
  supervisedOn: string
}

/** The columns of a county's table in their order; `milestones` stands for one column a period. */
export type PlanColumnKey = 'number' | 'task' | 'target' | 'milestones' | 'leadUnits' | 'supportingUnits'
export type PlanColumn = { key: PlanColumnKey; header: string; aliases?: string[] }

export type Plan = {
  id: string
  county: string
  year: number
  title: string
  titleLines: string[]
  state: PlanState
  documentNumber?: string
  issuedOn?: string
  /** Absent: none. */
  signOff?: SignOff
  /** Name of the unit that reviews what the others report (县发展改革委), where it is known. */
  reviewer?: string
  periods: Period[]
  columns: PlanColumn[]
}

/** 'P1' → 'milestone.P1'. */
export function milestoneKey(period: string): string {
  return `milestone.${period}`
}

const BREAKDOWN_VERSION = 1

/**
 * Spec of the breakdown table (任务分解表) of a plan. Units write their milestones; a county whose
 * table has only a target column (Chengkou) lets them write that. A county with neither has the
 * task text as its target, written by the commission.
 */
export function breakdownSpec(plan: Plan): SheetSpec {
  const hasMilestones = plan.columns.some((column) => column.key === 'milestones')
  return {
    form: 'breakdown',
    version: BREAKDOWN_VERSION,
    planId: plan.id,
    titleLines: plan.titleLines,
    columns: plan.columns.flatMap((column) => expandColumn(column, plan, hasMilestones)),
    identity: 'rowId',
  }
}

function expandColumn(column: PlanColumn, plan: Plan, hasMilestones: boolean): ColumnSpec[] {
  const { header } = column
  const aliases = [...new Set([...(column.aliases ?? []), ...STANDARD_HEADERS[column.key]])].filter((a) => a !== header)
  const common = { header, aliases, writer: 'commission' as const }
  switch (column.key) {
    case 'number':
      return [{ ...common, key: 'number', kind: 'ordinal', required: true, width: 6 }]
    case 'task':
      return [{ ...common, key: 'task', kind: 'text', required: true, width: hasMilestones ? 36 : 28 }]
    case 'target':
      return [
        {
          ...common,
          key: 'target',
          kind: 'text',
          required: true,
          writer: hasMilestones ? 'commission' : 'lead',
          width: 60,
        },
      ]
    case 'milestones':
      return plan.periods.map((period) => ({
        key: milestoneKey(period.key),
        header: period.label,
        group: header,
        ...(!/20\d\d/.test(period.label) && { aliases: [`${period.to.slice(0, 4)}年${period.label}`] }),
        kind: 'milestone' as const,
        required: true,
        writer: 'lead' as const,
        period: period.key,
        width: 22,
      }))
    case 'leadUnits':
      return [{ ...common, key: 'leadUnits', kind: 'units', required: true, width: 16 }]
    case 'supportingUnits':
      return [{ ...common, key: 'supportingUnits', kind: 'units', required: true, width: 22 }]
  }
}

/** Headers that counties use for the same column; used to find columns and to read a new county's table. */
export const STANDARD_HEADERS: Record<PlanColumnKey, readonly string[]> = {
  number: ['序号', '编号'],
  task: [
    '重点任务',
    '项目名称',
    '任务名称',
    '工作任务',
    '目标任务',
    '重点工作',
    '民生实事',
    '实事项目',
    '实事名称',
    '民生实事项目',
    '重点民生实事',
    '主要任务',
    '任务内容',
    '事项名称',
    '工作事项',
    '任务',
    '项目',
    '事项',
  ],
  target: [
    '年度目标',
    '年度目标任务',
    '工作目标任务',
    '年度工作目标',
    '年度工作目标任务',
    '目标',
    '工作目标',
    '目标要求',
    '全年目标',
    '全年目标任务',
    '年度任务',
    '年度任务目标',
    '建设内容',
    '主要建设内容',
    '建设内容及规模',
    '建设规模及内容',
    '主要内容',
    '工作内容',
    '任务目标',
    '主要目标',
    '具体目标',
    '具体目标任务',
    '具体任务',
    '具体工作任务',
    '具体内容',
    '具体举措',
    '具体措施',
    '工作举措',
    '工作措施',
    '主要举措',
    '主要措施',
    '工作要求',
    '绩效目标',
  ],
  milestones: [
    '每两月工作目标任务',
    '每两月工作目标',
    '每两月目标任务',
    '双月工作目标',
    '阶段性目标',
    '阶段目标',
    '进度安排',
    '时序进度',
    '序时进度',
    '进度目标',
    '进度计划',
    '工作进度',
    '工作进度安排',
    '推进计划',
    '时间节点',
    '节点目标',
    '阶段目标任务',
    '阶段性工作目标',
    '阶段性目标任务',
    '季度目标',
    '季度工作目标',
    '分季度目标',
    '分季度工作目标',
    '每季度工作目标',
    '每季度工作目标任务',
    '月度目标',
    '每月工作目标',
    '分月目标',
    '双月目标',
    '分阶段目标',
    '阶段任务',
    '实施步骤',
    '工作步骤',
    '推进步骤',
    '实施计划',
    '实施进度',
    '实施安排',
    '工作计划',
    '工作安排',
    '形象进度',
    '进度要求',
    '时间进度',
    '时间安排',
  ],
  leadUnits: [
    '牵头单位',
    '责任单位',
    '牵头部门',
    '责任部门',
    '主办单位',
    '牵头责任单位',
    '主要责任单位',
    '主责单位',
    '承办单位',
    '实施单位',
    '责任主体',
    '责任单位及分工',
    '责任单位及职责',
    '责任分工',
    '职责分工',
    '单位分工',
    '部门分工',
  ],
  supportingUnits: [
    '配合单位',
    '配合部门',
    '协办单位',
    '协同单位',
    '参与单位',
    '配合责任单位',
    '责任配合单位',
    '协作单位',
    '协助单位',
  ],
}
