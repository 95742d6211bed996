/** The year in a title, held against the plan's: last year's table is told, and nothing else is. */
import { describe, expect, test } from 'vitest'
import type { Grid } from '../../domain/grid.ts'
import { findOtherYear } from '../../domain/infer-title.ts'
import { gridOf } from '../support/model-grid.ts'

const PLAN = { year: 2023, title: '奉节县2023年保障和改善民生行动计划任务分解表' }

function sheet(lines: string[], name = '任务分解表'): [Grid, number] {
  return [gridOf([...lines.map((line) => [line, '']), ['序号', '重点任务']], name), lines.length]
}

describe('the year of another plan', () => {
  test.each([
    ['last year', ['奉节县2022年保障和改善民生行动计划任务分解表'], 2022],
    ['last year in Chinese figures', ['附件', '奉节县二〇二二年民生实事任务分解表'], 2022],
    ['over two lines', ['奉节县保障和改善民生行动计划', '（任务分解表）', '2024年度民生实事'], 2024],
    ['in full width', ['奉节县２０２２年度民生实事'], 2022],
    ['years that all lie before', ['奉节县2021—2022年民生实事'], 2021],
  ])('is found: %s', (_name, lines, year) => {
    expect(findOtherYear(...sheet(lines), PLAN)).toBe(year)
  })

  test('is found in the name of the sheet where the title names none', () => {
    expect(findOtherYear(...sheet(['任务分解表'], '2022年'), PLAN)).toBe(2022)
    expect(findOtherYear(...sheet(['奉节县2023年任务分解表'], '2022年'), PLAN)).toBeUndefined()
  })

  test.each([
    ['none', ['民生实事任务分解表']],
    ['no title at all', []],
    ['the plan’s', ['奉节县2023年保障和改善民生行动计划任务分解表']],
    ['the plan’s beside another', ['奉节县2022年续建和2023年新建民生实事']],
    ['years around it', ['奉节县2021—2025年民生实事任务分解表']],
    ['a month', ['民生实事任务分解表（截至2024年1月）']],
    ['months', ['民生实事任务分解表（2022年10-12月）']],
    ['a day', ['填报日期：2024年1月5日']],
    ['a document', ['奉节府办发〔2022〕36号']],
  ])('is none where the title names %s', (_name, lines) => {
    expect(findOtherYear(...sheet(lines), PLAN)).toBeUndefined()
  })

  test('is none where the plan’s own title names it', () => {
    const plan = { year: 2023, title: '奉节县2022年度跨年民生实事' }
    expect(findOtherYear(...sheet(['奉节县2022年度跨年民生实事']), plan)).toBeUndefined()
  })
})
