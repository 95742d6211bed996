/** 校验报告: what it says of issues and targets, and how it is drawn. */
import { describe, expect, it } from 'vitest'
import { type CheckReport, checkReport } from '../../domain/check-report.ts'
import type { Quantity } from '../../domain/quantity.ts'
import type { Row } from '../../domain/table.ts'
import { subjectOf, type TargetCheck } from '../../domain/targets.ts'
import { spec } from './checks-support.ts'

const rows: Row[] = [
  {
    rowId: 'r1',
    cells: { number: '1', task: '新增学位\n2000个', 'milestone.P1': '新增500个', leadUnits: '县教委、县财政局' },
  },
  { rowId: 'r2', cells: { number: '2', task: `整治河道${'若干'.repeat(30)}`, leadUnits: '县水利局' } },
]
const quantity = (of: Partial<Quantity>): Quantity => ({
  text: '2000个',
  start: 4,
  end: 9,
  value: 2000,
  unit: '个',
  normalizedValue: 2000,
  normalizedUnit: '个',
  comparator: '=',
  metric: '学位',
  ...of,
})
const targetCheck = (of: Partial<TargetCheck>): TargetCheck => ({
  metric: '学位',
  target: quantity({}),
  verdict: 'adds-up',
  severity: 'ok',
  confidence: 1,
  evidence: [],
  ...of,
})

function linesOf(report: Partial<CheckReport>): string[] {
  const at = '2023-11-10T01:05:00.000Z'
  const { cells } = checkReport({ title: '某县民生实事', spec, rows, issues: [], targets: [], at, ...report })
  return cells.map((row) => row.map(({ text }) => text).join('|'))
}

describe('issues', () => {
  const doubled = {
    code: 'punctuation/doubled',
    severity: 'warning' as const,
    rowId: 'r1',
    column: 'milestone.P1',
    params: { found: '。。', excerpt: '完成。。' },
  }

  it('say where, how grave, what, why it stays and whose they are', () => {
    const reason = { text: '原文如此', by: '县教委', at: '2023-11-09T01:05:00.000Z' }
    const lines = linesOf({ issues: [{ ...doubled, reason }] })
    expect(lines[1]).toBe('截至2023-11-10 09:05　错误0条，需处理1条，请确认0条，提示0条；已说明保留理由1条||||||')
    expect(lines[3]).toBe('一、校验提示（1条）||||||')
    expect(lines[4]).toMatch(/^1\|新增学位2000个\|3月\|需处理\|.*“。。”.*。\|原文如此（县教委）\|县教委、县财政局$/)
  })

  it('in cells that units do not write, and of the whole table, are the commission’s', () => {
    const lines = linesOf({
      issues: [
        { code: 'number/gap', severity: 'hint', params: { missing: '3' } },
        { ...doubled, column: 'task' },
        { code: 'row/id-missing', severity: 'ask', rowId: 'r2', params: {} },
      ],
    })
    expect(lines[4]).toMatch(/^\|\|全表\|提示\|.+\|\|县发展改革委$/)
    expect(lines[5]).toMatch(/\|重点任务\|需处理\|.+\|\|县发展改革委$/)
    expect(lines[6]).toMatch(/\|整行\|请确认\|.+\|\|县水利局$/)
  })

  it('name the approved units where they are known, and shorten a long task', () => {
    const [line = ''] = linesOf({
      rows: [{ ...rows[1]!, lead: ['县水利局', '县农业农村委'] }],
      issues: [{ ...doubled, rowId: 'r2' }],
    }).slice(4)
    expect(line).toMatch(/\|县水利局、县农业农村委$/)
    expect(line.split('|')[1]).toBe(`整治河道${'若干'.repeat(10)}…`)
  })

  it('that are none are said to be none', () => {
    expect(linesOf({}).slice(3)).toEqual(['一、校验提示：未发现问题||||||'])
  })
})

describe('targets', () => {
  const task = {
    target: '新增学位2000个',
    milestones: [
      { periods: ['P1'], text: '新增500个' },
      { periods: ['P2', 'P3'], text: '再新增1000\n个以上' },
    ],
  }
  const short = targetCheck({
    verdict: 'falls-short',
    severity: 'warning',
    arithmetic: '500+1000=1500个，目标2000个，少500个',
    evidence: [
      { milestone: 0, start: 2, end: 6 },
      { milestone: 1, start: 3, end: 9 },
    ],
  })

  it('say what was promised, what each period brings, the sum and the verdict', () => {
    const rate = quantity({ text: '95%', metric: '入学率', comparator: '>=' })
    const checks = [short, targetCheck({ metric: '入学率', target: rate, verdict: 'rate-ok' })]
    const params = { subject: '学位 2000个', metric: '学位' }
    const issues = [{ code: 'target/falls-short', severity: 'warning' as const, rowId: 'r1', params }]
    expect(linesOf({ issues, targets: [{ rowId: 'r1', task, checks }] }).slice(5)).toEqual([
      '二、目标核算（2项）||||||',
      '1|新增学位2000个|学位 2000个|各期安排未达目标\n（需处理）|3月：500个；6月至9月：1000个|500+1000=1500个，目标2000个，少500个|县教委、县财政局',
      '1|新增学位2000个|入学率 ≥95%|比率达到目标|||——',
    ])
  })

  it('are nobody’s to mend where the check did not speak of them, as in a row that is not filled in yet', () => {
    const params = { subject: '学位 2000个', metric: '学位' }
    const issues = [{ code: 'target/falls-short', severity: 'warning' as const, rowId: 'r2', params }]
    const lines = linesOf({ issues, targets: [{ rowId: 'r1', task, checks: [short] }] })
    expect(lines.at(-1)).toMatch(/\|各期安排未达目标\|.*\|——$/)
  })

  it('tell what was answered, by whom, at the target that was asked about', () => {
    const again = targetCheck({ target: quantity({ start: 20, end: 25 }), verdict: 'not-covered' })
    const answers = [
      { subject: subjectOf(again.target, 1), answer: 'elsewhere' as const, by: '县教委' },
      { subject: '别的目标', answer: 'increment' as const, by: '县财政局' },
    ]
    const lines = linesOf({ targets: [{ rowId: 'r1', task, checks: [short, again], answers }] })
    expect(lines.slice(5).map((line) => line.split('|')[5])).toEqual([
      '500+1000=1500个，目标2000个，少500个',
      '另有安排（县教委）',
    ])
  })
})

it('is printed on A4 across, with its header on every page and lines over all columns', () => {
  const report = { title: '某县', spec, rows, issues: [], at: '2023-11-10T01:05:00.000Z' }
  const task = { target: '', milestones: [] }
  const model = checkReport({ ...report, targets: [{ rowId: 'r1', task, checks: [targetCheck({})] }] })
  expect(model.name).toBe('校验报告')
  expect(model.frozen).toEqual({ rows: 3, columns: 0 })
  expect(model.print).toEqual({
    paper: 'A4',
    orientation: 'landscape',
    repeatRows: [2, 2],
    lastColumn: 6,
    lastRow: model.cells.length - 1,
  })
  expect(model.merges.map(({ row, columns }) => [row, columns])).toEqual([
    [0, 7],
    [1, 7],
    [3, 7],
    [4, 7],
  ])
  expect(model.rowHeights).toHaveLength(model.cells.length)
})
