import { describe, expect, test } from 'vitest'
import { inferPeriods } from '../../domain/infer-periods.ts'
import { parsePeriodLabel } from '../../domain/period-label.ts'

const columns = (...labels: string[]) => labels.map((label) => ({ label, texts: [] }))

describe('a period label', () => {
  test.each([
    ['3月', { toMonth: 3 }],
    ['3月份', { toMonth: 3 }],
    ['３ 月', { toMonth: 3 }],
    ['三月底', { toMonth: 3 }],
    ['十一月', { toMonth: 11 }],
    ['3月底前', { toMonth: 3 }],
    ['6月30日前完成', { toMonth: 6 }],
    ['截至4月', { toMonth: 4 }],
    ['至11月底', { toMonth: 11 }],
    ['12月底工作目标', { toMonth: 12 }],
    ['1-2月', { fromMonth: 1, toMonth: 2 }],
    ['1—6月', { fromMonth: 1, toMonth: 6 }],
    ['7月至9月', { fromMonth: 7, toMonth: 9 }],
    ['第一季度', { fromMonth: 1, toMonth: 3 }],
    ['四季度目标', { fromMonth: 10, toMonth: 12 }],
    ['第3季度末', { fromMonth: 7, toMonth: 9 }],
    ['上半年', { fromMonth: 1, toMonth: 6 }],
    ['下半年', { fromMonth: 7, toMonth: 12 }],
    ['年底前', { toMonth: 12 }],
    ['2024年1月', { year: 2024, toMonth: 1 }],
    ['2023年11月至2024年1月', { year: 2024, fromMonth: 11, toMonth: 1 }],
    ['2024年第一季度', { year: 2024, fromMonth: 1, toMonth: 3 }],
    ['2023/3/1', { year: 2023, toMonth: 3 }],
    ['2023-03-31', { year: 2023, toMonth: 3 }],
    ['Mar-23', { year: 2023, toMonth: 3 }],
  ])('%s is read', (text, expected) => {
    expect(JSON.parse(JSON.stringify(parsePeriodLabel(text)))).toEqual(expected)
  })

  test.each([
    '',
    '3',
    '13月',
    '年度目标',
    '目标任务',
    '完成时限',
    '2023年',
    '2023年工作目标任务',
    '3月完成情况',
    '备注',
    '牵头单位',
    '任务',
    '第一阶段',
    '月',
  ])('%s is none', (text) => {
    expect(parsePeriodLabel(text)).toBeUndefined()
  })
})

describe('inferred periods', () => {
  test('follow each other without a gap and end with their last month', () => {
    const { periods, doubts } = inferPeriods(columns('1-2月', '4月', '上半年', '三季度', '12月底前'), 2024)
    expect(doubts).toEqual([])
    expect(periods.map(({ key, from, to }) => [key, from, to])).toEqual([
      ['P1', '2024-01-01', '2024-02-29'],
      ['P2', '2024-03-01', '2024-04-30'],
      ['P3', '2024-05-01', '2024-06-30'],
      ['P4', '2024-07-01', '2024-09-30'],
      ['P5', '2024-10-01', '2024-12-31'],
    ])
    expect(periods.every((period) => period.dueOn === period.to && period.supervisedOn === period.to)).toBe(true)
  })

  test('of the next year fall due at the end of the plan year only where most texts say so', () => {
    const dueOn = (texts: string[]) =>
      inferPeriods([...columns('11月'), { label: '2024年1月', texts }], 2023).periods[1]!.dueOn
    expect(dueOn(['12月底全面完工。', '12月底完成验收。', '——', '', '查漏补缺。'])).toBe('2023-12-31')
    expect(dueOn(['12月底全面完工。', '查漏补缺。'])).toBe('2024-01-31')
    expect(dueOn([])).toBe('2024-01-31')
  })

  test('that are not plain come with a doubt', () => {
    expect(inferPeriods(columns('9月', '11月', '1月'), 2023)).toMatchObject({
      periods: [{}, {}, { from: '2023-12-01', to: '2024-01-31' }],
      doubts: [{ code: 'period/next-year', params: { label: '1月', year: 2024 } }],
    })
    expect(inferPeriods(columns('6月', '6月'), 2023).doubts).toEqual([
      { code: 'period/unordered', params: { label: '6月' } },
    ])
    expect(inferPeriods(columns('3月', '第二阶段'), 2023)).toMatchObject({
      periods: [{}, { from: '2023-04-01', to: '2023-12-31' }],
      doubts: [{ code: 'period/undated', params: { label: '第二阶段' } }],
    })
  })
})
