/** What the table's check says of target arithmetic, at which cell, and where it keeps silent. */
import { describe, expect, it } from 'vitest'
import { checkTable } from '../../domain/check.ts'
import { issueText } from '../../domain/messages.ts'
import type { Table } from '../../domain/table.ts'
import type { TargetAnswer } from '../../domain/targets.ts'
import { context, spec, spoilt } from './checks-support.ts'
import { rowOf } from './targets-support.ts'

function said(table: Table, by = context): string[] {
  const issues = checkTable(table, by).filter(({ index, code }) => index === 0 && code.startsWith('target/'))
  return issues.map(({ code, severity, column, params }) => `${code} ${severity} ${column ?? 'row'} ${params.subject}`)
}

const SHORT = ['新增学位100个。', '新增学位50个。', '新增学位50个。', '新增学位50个。'] as const

describe('target arithmetic in a table', () => {
  it('points at the last cell that could mend a shortfall, or at the row', () => {
    expect(said(rowOf('新增学位300个。', ...SHORT))).toEqual(['target/falls-short warning milestone.P4 学位 300个'])
    expect(said(rowOf('新增学位250个，入园率达到95%。', ...SHORT))).toEqual([
      'target/not-covered warning row 入园率 95%',
    ])
  })

  it('says a shortfall with its sum', () => {
    const [issue] = checkTable(rowOf('新增学位300个。', ...SHORT), context).filter(
      ({ code }) => code === 'target/falls-short',
    )
    expect(issue && issueText(issue, spec)).toBe(
      '“重点任务”提出“学位300个”，各期合计250个（100+50+50+50），少50个。请核对各期数字；另有安排的，请注明。',
    )
  })

  it('speaks once of figures that belong together', () => {
    const steps = ['小区完成选址。', '小区完成设计。', '小区开工。', '小区施工。'] as const
    expect(said(rowOf('改造老旧小区7个，1608户，93栋。', ...steps))).toHaveLength(1)
    const shares = ['累计完成工程量的50%。', '累计完成工程量的30%。', '——', '全面完工。'] as const
    expect(said(rowOf('改造老旧小区7个，1608户，93栋。', ...shares))).toHaveLength(1)
  })

  it('says nothing of what is missing while milestones are blank, uncovered or not confirmed', () => {
    expect(said(rowOf('新增学位300个。', '新增学位100个。', '', '——', '——'))).toEqual([])
    const table = rowOf('新增学位300个。', ...SHORT)
    expect(said(table, { ...context, unconfirmed: new Set(['r1']) })).toEqual([])
    expect(said(spoilt({}, { mergedDown: ['task'] }))).toEqual([])
  })

  it('takes answers, and asks again for none of them', () => {
    const rising = rowOf('新增学位300个。', '新增学位100个。', '新增学位200个。', '——', '新增学位300个。')
    const answers = (answer: TargetAnswer['answer']) => ({
      ...context,
      answers: new Map([['r1', [{ subject: '学位 300个', answer }]]]),
    })
    expect(said(rising)).toEqual(['target/ambiguous ask milestone.P4 学位 300个'])
    expect(said(rising, answers('cumulative'))).toEqual([])
    expect(said(rising, answers('increment'))).toEqual(['target/exceeds hint milestone.P4 学位 300个'])
    expect(said(rowOf('新增学位300个。', ...SHORT), answers('elsewhere'))).toEqual([])
  })

  it('counts the names of a list in any cell', () => {
    expect(said(spoilt({ task: '建成3座公园：东湖公园、西山公园。', 'milestone.P2': '——' }))).toContain(
      'target/list-count warning task 3座公园：东湖公园、西山公园',
    )
  })
})
