import { describe, expect, it } from 'vitest'
import { checkTable, RULES } from '../../domain/check.ts'
import type { Issue } from '../../domain/issue.ts'
import { issueText, MESSAGES } from '../../domain/messages.ts'
import type { Table } from '../../domain/table.ts'
import { cleanRows, context, spec, spoilt, tableOf } from './checks-support.ts'
import { BROKEN_TARGETS } from './targets-support.ts'

/** Between them these tables break every rule. */
function brokenTables(): Issue[] {
  const [first, second, third] = cleanRows()
  const withoutIds = tableOf(cleanRows().map((row, i) => ({ ...row, rowId: `sheet-row:${i}` })))
  const rows = tableOf([
    { ...first, rowId: 'sheet-row:1', formulas: ['task'], mergedDown: ['task'], cells: { ...first.cells, number: '' } },
    { ...second, rowId: 'r1', spans: { 'milestone.P4': 2 }, cells: { ...second.cells, number: '5', leadUnits: '' } },
    { ...third, rowId: 'other', cells: { ...third.cells, number: '2' } },
    { ...first, cells: { ...first.cells, number: '9', task: second.cells.task ?? '' } },
    { ...first, cells: { ...first.cells, number: '9', task: '', supportingUnits: '', 'milestone.P1': '' } },
  ])
  const cells = [
    spoilt({
      task: '字'.repeat(40_000),
      'milestone.P1': '完\u0007成',
      'milestone.P2': '=A1',
      'milestone.P3': ' 完成 ',
    }),
    spoilt({ task: '完成，。', 'milestone.P1': '完成“选址', 'milestone.P2': '完成,选址', 'milestone.P3': '完 成' }),
    spoilt({
      leadUnits: '县教委、县民正局',
      supportingUnits: '县教委，县人社局、县民政科、县教体部门、县供销联社、县人社局',
    }),
    spoilt({ 'milestone.P2': '完成 ', 'milestone.P3': '待定', 'milestone.P4': '完成投资XX万元。' }),
    spoilt({ 'milestone.P2': `完成选址 mt_${'a'.repeat(8)}_${'b'.repeat(30)}_${'c'.repeat(6)}` }),
    spoilt({
      task: '开展“四送“五进”温暖”活动•惠民。',
      'milestone.P1': '//',
      'milestone.P2': '开展"护苗"行动２次，布署推进工工作，9月底前完成，',
      'milestone.P3': '，履行职则，2月30日开工，6月底前完成验收。——',
      'milestone.P4': '开展西苑小学进行改造。制定农村公路养护办法，落实经费，制定农村公路养护办法',
    }),
    pastedTable(),
    spoilt({ leadUnits: '各乡镇（街道）', supportingUnits: '县人力社保局', 'milestone.P2': '由县人社局牵头。' }),
  ]
  const reader: Issue[] = [
    { code: 'header/missing', severity: 'error', column: 'task', params: { header: '重点任务' } },
    { code: 'header/doubled', severity: 'error', column: 'task', params: { header: '重点任务', at: 'B3、C3' } },
    { code: 'row/id-malformed', severity: 'error', params: { text: '1', at: 'Z4' } },
    { code: 'span/outside', severity: 'error', column: 'milestone.P4', params: { at: 'F5:G5' } },
    {
      code: 'review/returned',
      severity: 'warning',
      column: 'milestone.P4',
      params: { reason: '缺少完成数量', by: '县发展改革委', at: '2023-11-10T01:02:03Z' },
    },
  ]
  return [
    ...[withoutIds, rows, ...cells, ...BROKEN_TARGETS].flatMap((table) =>
      checkTable(table, { ...context, reviewer: '县教委' }),
    ),
    ...reader,
  ]
}

/** Two tasks with one text in the same period, beside texts of which one lacks its full stop. */
function pastedTable(): Table {
  const texts = [
    '城北片区污水干管完成设计并通过专家评审。',
    '城北片区污水干管完成设计并通过专家评审。',
    '完成选址。',
    '完成立项。',
    '完成招标。',
    '组织施工单位进场施工',
  ]
  const [first] = cleanRows()
  return tableOf(
    texts.map((text, i) => ({
      ...first,
      rowId: `p${i}`,
      cells: { ...first.cells, task: `任务${i}。`, 'milestone.P2': text },
    })),
  )
}

describe('messages', () => {
  it('exist for every rule, and every rule can be broken', () => {
    const codes = RULES.map(({ code }) => code)
    expect(new Set(codes).size).toBe(codes.length)
    expect(Object.keys(MESSAGES)).toEqual(expect.arrayContaining(codes))
    const broken = new Set(brokenTables().map(({ code }) => code))
    expect(Object.keys(MESSAGES).filter((code) => !broken.has(code))).toEqual([])
  })

  it('leave nothing unfilled in either language', () => {
    for (const issue of brokenTables()) {
      for (const locale of ['zh', 'en'] as const) {
        const text = issueText(issue, spec, locale)
        expect(text).not.toMatch(/undefined|NaN|“”|（）|\(\)|[{}]/)
        expect(text).toMatch(locale === 'zh' ? /[。？]$/ : /[.?]$/)
        expect(text).not.toContain('milestone.')
      }
    }
  })

  it('call columns by their headers, on one line', () => {
    const blank: Issue = { code: 'milestone/blank', severity: 'error', column: 'milestone.P1', params: {} }
    expect(issueText(blank, spec)).toBe('“3月”未填写。本期无工作任务的，请填“——”。')
    const lead: Issue = { code: 'units/no-lead', severity: 'error', column: 'leadUnits', params: {} }
    expect(issueText(lead, spec)).toBe('“牵头单位”未明确单位。每项任务应至少有一个负责单位。')
    expect(issueText(lead, spec, 'en')).toContain('“牵头单位”')
  })

  it('say something about a code that only a newer server knows', () => {
    const issue: Issue = { code: 'toString', severity: 'hint', params: {} }
    expect(issueText(issue, spec)).toBe('发现一处问题（代码：toString）。')
    expect(issueText(issue, spec, 'en')).toContain('toString')
  })
})
