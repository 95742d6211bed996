/**
 * Tables and contexts for the tests of the rules: a clean table of three rows, and ways to spoil it.
 */

import { checkTable } from '../../domain/check.ts'
import type { CheckContext } from '../../domain/check-context.ts'
import type { Issue } from '../../domain/issue.ts'
import { breakdownSpec, type Plan } from '../../domain/plan.ts'
import type { Table, TableRow } from '../../domain/table.ts'

const period = (key: string, label: string, from: string, to: string) => ({
  key,
  label,
  from,
  to,
  dueOn: to,
  supervisedOn: to,
})

export const plan: Plan = {
  id: 'plan-1',
  county: '某县',
  year: 2030,
  title: '某县2030年民生实事任务分解表',
  titleLines: ['某县2030年民生实事任务分解表'],
  state: 'collecting',
  periods: [
    period('P1', '3月', '2030-01-01', '2030-03-31'),
    period('P2', '6月', '2030-04-01', '2030-06-30'),
    period('P3', '9月', '2030-07-01', '2030-09-30'),
    period('P4', '12月', '2030-10-01', '2030-12-31'),
  ],
  columns: [
    { key: 'number', header: '序号' },
    { key: 'task', header: '重点任务' },
    { key: 'milestones', header: '每季度工作目标任务' },
    { key: 'leadUnits', header: '牵头\n单位' },
    { key: 'supportingUnits', header: '配合单位' },
  ],
}

export const spec = breakdownSpec(plan)

export const context: CheckContext = {
  periods: plan.periods,
  registry: {
    units: [
      { id: 'education', name: '县教委', aliases: ['县教育委员会', '县教体部门'] },
      { id: 'civil', name: '县民政局', formerNames: ['县民政科'], aliases: ['县教体部门'] },
      { id: 'finance', name: '县财政局' },
      { id: 'labour', name: '县人力社保局', aliases: ['县人社局'] },
    ],
    groups: [{ name: '各乡镇（街道）' }],
  },
  planTasks: { r1: '新增学位300个。', r2: '新增托位50个。', r3: '新建口袋公园1个。' },
}

/** Rows of the plan without any defect; the second has a target that spans two periods. */
export function cleanRows(): [TableRow, TableRow, TableRow] {
  return [
    {
      rowId: 'r1',
      ver: 3,
      cells: {
        number: '1',
        task: '新增学位300个。',
        'milestone.P1': '——',
        'milestone.P2': '新增学位100个。',
        'milestone.P3': '累计新增学位200个。',
        'milestone.P4': '12月底累计新增学位300个。',
        leadUnits: '县教委',
        supportingUnits: '县财政局、各乡镇（街道）',
      },
    },
    {
      rowId: 'r2',
      cells: {
        number: '2',
        task: '新增托位50个。',
        'milestone.P1': '完成选址。',
        'milestone.P3': '开工建设。',
        'milestone.P4': '新增托位50个。',
        leadUnits: '县民政局',
        supportingUnits: '——',
      },
      spans: { 'milestone.P1': 2 },
    },
    {
      rowId: 'r3',
      cells: {
        number: '3',
        task: '新建口袋公园1个。',
        'milestone.P1': '序时推进。',
        leadUnits: '县财政局',
        supportingUnits: '县教委、县民政局',
      },
      spans: { 'milestone.P1': 4 },
    },
  ]
}

export function tableOf(rows: TableRow[], complete = true): Table {
  return { spec, rows, complete }
}

/** The clean table with the first row's cells changed. */
export function spoilt(cells: Record<string, string>, row: Partial<TableRow> = {}): Table {
  const [first, ...rest] = cleanRows()
  return tableOf([{ ...first, ...row, cells: { ...first.cells, ...cells } }, ...rest])
}

/** Issues of one code. */
export function issuesOf(code: string, table: Table, by = context): Issue[] {
  return checkTable(table, by).filter((issue) => issue.code === code)
}

/** Codes found in the milestone cell 6月 of the first row when it reads so, however the other cells of the column end. */
export function codesFor(text: string, column = 'milestone.P2'): string[] {
  return checkTable(spoilt({ [column]: text }), context)
    .filter((issue) => issue.index === 0 && issue.column === column && issue.code !== 'text/no-stop')
    .map((issue) => issue.code)
}

/** What the fix of a code makes of a text in that cell; undefined where it has none. */
export function fixed(code: string, text: string, column = 'milestone.P2'): string | undefined {
  return issuesOf(code, spoilt({ [column]: text })).find((issue) => issue.column === column)?.fix?.[0]?.to
}
