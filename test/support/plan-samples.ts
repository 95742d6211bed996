/**
 * Two plans shaped as the two real notices are, and arbitrary plans and tables for laws that hold for any.
 */
import fc from 'fast-check'
import type { Period, Plan, PlanColumn } from '../../domain/plan.ts'
import { breakdownSpec, milestoneKey } from '../../domain/plan.ts'
import { milestoneKeys } from '../../domain/sheet-spec.ts'
import type { Table, TableRow } from '../../domain/table.ts'

function period(key: string, label: string, month: number): Period {
  const two = (n: number) => String(n).padStart(2, '0')
  const day = `2023-${two(month)}-28`
  return { key, label, from: `2023-${two(month)}-01`, to: day, dueOn: day, supervisedOn: day }
}

export const FENGJIE: Plan = {
  id: 'fengjie-2023',
  county: '奉节县',
  year: 2023,
  title: '奉节县2023年保障和改善民生行动计划任务分解表',
  titleLines: ['附件', '奉节县2023年保障和改善民生行动计划任务分解表'],
  state: 'collecting',
  periods: ['3月', '5月', '7月', '9月', '11月', '2024年1月'].map((label, i) => period(`P${i + 1}`, label, i + 1)),
  columns: [
    { key: 'number', header: '序号' },
    { key: 'task', header: '重点任务' },
    { key: 'milestones', header: '每两月工作目标任务' },
    { key: 'leadUnits', header: '牵头单位' },
    { key: 'supportingUnits', header: '配合单位' },
  ],
}

export const CHENGKOU: Plan = {
  id: 'chengkou-2023',
  county: '城口县',
  year: 2023,
  title: '2023年城口县重点民生实事工作目标任务',
  titleLines: ['附件', '2023年城口县重点民生实事工作目标任务'],
  state: 'collecting',
  periods: [],
  columns: [
    { key: 'number', header: '序号' },
    { key: 'task', header: '项目名称' },
    { key: 'leadUnits', header: '责任单位' },
    { key: 'target', header: '2023年工作目标任务' },
  ],
}

/** Any plan: with or without milestones (1 to 12 periods), target, supporting units, in any column order. */
export const anyPlan: fc.Arbitrary<Plan> = fc
  .record({
    periods: fc.integer({ min: 0, max: 12 }),
    target: fc.boolean(),
    supporting: fc.boolean(),
    order: fc.constantFrom(1, -1),
    titleLines: fc.subarray(['附件2', '填报单位：某某局', '某县2023年民生实事任务分解表']),
  })
  .map(({ periods, target, supporting, order, titleLines }) => {
    const columns: PlanColumn[] = [
      { key: 'number', header: '序号' },
      { key: 'task', header: '重点任务' },
    ]
    if (target) columns.push({ key: 'target', header: '年度目标' })
    if (periods > 0) columns.push({ key: 'milestones', header: '工作目标' })
    columns.push({ key: 'leadUnits', header: '牵头单位' })
    if (supporting) columns.push({ key: 'supportingUnits', header: '配合单位' })
    return {
      ...FENGJIE,
      titleLines,
      periods: Array.from({ length: periods }, (_, i) => period(`P${i + 1}`, `${i + 1}月`, i + 1)),
      columns: order > 0 ? columns : columns.reverse(),
    }
  })

const anyText = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '',
      '——',
      '城镇新增就业2500人。',
      '第一行\n第二行',
      '  前后有空格  ',
      '一、推动就业',
      '注：说明',
      '序号',
      '合计',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) },
)

/** Any table of the plan: any texts, any spans inside the milestone columns, any versions. */
export function anyTableOf(plan: Plan): fc.Arbitrary<Table> {
  const spec = breakdownSpec(plan)
  const milestones = milestoneKeys(spec)
  const row = fc.record({
    texts: fc.array(anyText, { minLength: spec.columns.length, maxLength: spec.columns.length }),
    lengths: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 12, maxLength: 12 }),
    ver: fc.nat(),
  })
  return fc.array(row, { maxLength: 6 }).map((rows) => ({
    spec,
    complete: false,
    rows: rows.map(({ texts, lengths, ver }, index): TableRow => {
      const cells: Record<string, string> = {}
      for (const [i, { key }] of spec.columns.entries()) cells[key] = texts[i]!
      const spans: Record<string, number> = {}
      for (let from = 0, i = 0; from < milestones.length; i++) {
        const length = Math.min(lengths[i]!, milestones.length - from)
        if (length > 1) spans[milestones[from]!] = length
        for (const covered of milestones.slice(from + 1, from + length)) delete cells[covered]
        from += length
      }
      return { rowId: `r${index}`, ver, cells, ...(Object.keys(spans).length > 0 && { spans }) }
    }),
  }))
}

/** Fengjie's row as in the notice: milestones from the first period on, [text, periods covered] each. */
export function fengjieRow(
  rowId: string,
  number: string,
  task: string,
  milestones: [string, number][],
  lead: string,
  supporting: string,
): TableRow {
  const cells: Record<string, string> = { number, task }
  const spans: Record<string, number> = {}
  let at = 1
  for (const [text, length] of milestones) {
    cells[milestoneKey(`P${at}`)] = text
    if (length > 1) spans[milestoneKey(`P${at}`)] = length
    at += length
  }
  cells.leadUnits = lead
  cells.supportingUnits = supporting
  return { rowId, ver: 1, cells, ...(Object.keys(spans).length > 0 && { spans }) }
}
