import { describe, expect, it } from 'vitest'
import { checkTable } from '../../domain/check.ts'
import type { TableRow } from '../../domain/table.ts'
import { cleanRows, context, issuesOf, spoilt, tableOf } from './checks-support.ts'

/** Rows that differ from the clean ones only in 序号. */
const numbered = (...numbers: string[]): TableRow[] =>
  numbers.map((number, i) => {
    const row = cleanRows()[0]
    return { ...row, rowId: `n${i}`, cells: { ...row.cells, number } }
  })
const noPlan = { ...context, planTasks: undefined }
const numberIssues = (numbers: string[], complete = true) =>
  checkTable(tableOf(numbered(...numbers), complete), noPlan)
    .filter((issue) => issue.code.startsWith('number/'))
    .map((issue) => `${issue.index} ${issue.code}`)

describe('a clean table', () => {
  it('has no issue', () => {
    expect(checkTable(tableOf(cleanRows()), context)).toEqual([])
  })

  it('has none as one unit sees it, with gaps in the numbering', () => {
    expect(checkTable(tableOf([cleanRows()[2]], false), context)).toEqual([])
  })
})

describe('序号', () => {
  it('missing is a warning', () => {
    for (const number of ['', ' ', '——']) {
      expect(issuesOf('number/missing', spoilt({ number }))).toMatchObject([
        { severity: 'warning', rowId: 'r1', column: 'number', index: 0 },
      ])
    }
  })

  it('of a task over several rows counts once; a row copied whole is doubled', () => {
    const rows = numbered('1', '1', '1', '2').map((row, i) => {
      return { ...row, cells: { ...row.cells, task: i < 3 ? '一项任务' : '另一项', 'milestone.P4': `目标${i}` } }
    })
    expect(issuesOf('number/doubled', tableOf(rows), noPlan)).toEqual([])
    expect(issuesOf('number/gap', tableOf(rows), noPlan)).toEqual([])
    const copied = [rows[0]!, { ...rows[0]!, rowId: 'copy' }, rows[3]!]
    expect(issuesOf('number/doubled', tableOf(copied), noPlan).map(({ index }) => index)).toEqual([0, 1])
    const merged = rows.map((row, i) => (i < 3 ? { ...row, mergedDown: ['number'] } : row))
    expect(issuesOf('number/gap', tableOf(merged), noPlan)).toEqual([])
  })

  it('doubled is an error on every row that has it', () => {
    const issues = issuesOf('number/doubled', tableOf(numbered('1', '2', '2', '３', '3.')), noPlan)
    expect(issues.map((issue) => issue.index)).toEqual([1, 2, 3, 4])
    expect(issues[0]).toMatchObject({ severity: 'error', params: { number: 2, count: 2 } })
  })

  it('out of order is a warning on the row that is smaller than the one above', () => {
    expect(numberIssues(['1', '3', '2', '4'])).toEqual(['2 number/out-of-order'])
    expect(issuesOf('number/out-of-order', tableOf(numbered('2', '1')), noPlan)[0]).toMatchObject({
      severity: 'warning',
      params: { number: 1, above: 2 },
    })
  })

  it('with gaps is reported only on the whole table', () => {
    expect(numberIssues(['2', '3', '7'])).toEqual(['0 number/gap', '2 number/gap'])
    expect(numberIssues(['2', '3', '7'], false)).toEqual([])
    expect(issuesOf('number/gap', tableOf(numbered('1', '5')), noPlan)[0]).toMatchObject({
      severity: 'warning',
      params: { from: 2, to: 4 },
    })
    expect(numberIssues(['1', '999999'])).toHaveLength(1)
  })

  it('may begin at 1 in every section, be written otherwise, or serve several rows merged down', () => {
    expect(numberIssues(['1', '2', '3', '1', '2', '1', '2'])).toEqual([])
    expect(numberIssues(['1', '2', '3', '1', '1', '2'])).toEqual([])
    expect(numberIssues(['1', '2', '1'])).toEqual(['0 number/doubled', '2 number/doubled', '2 number/out-of-order'])
    expect(numberIssues(['一', '二', '1.1', '1.1'])).toEqual([])
    const merged = numbered('1', '1', '2').map((row, i) => (i < 2 ? { ...row, mergedDown: ['number'] } : row))
    expect(issuesOf('number/doubled', tableOf(merged), noPlan)).toEqual([])
  })
})

describe('row ids', () => {
  it('carried twice are an error on each row', () => {
    const [first, second, third] = cleanRows()
    const issues = issuesOf('row-id/duplicate', tableOf([first, second, { ...third, rowId: 'r1' }]))
    expect(issues.map(({ index, severity }) => [index, severity])).toEqual([
      [0, 'error'],
      [2, 'error'],
    ])
  })

  it('shifted against the task texts are an error, an edited or swapped-back text is not', () => {
    const [first, second, third] = cleanRows()
    const shifted = tableOf([{ ...first, rowId: 'r2' }, { ...second, rowId: 'r1' }, third])
    expect(issuesOf('row-id/shifted', shifted).map(({ index, severity }) => [index, severity])).toEqual([
      [0, 'error'],
      [1, 'error'],
    ])
    expect(issuesOf('row-id/shifted', spoilt({ task: '新增学位310个。' }))).toEqual([])
    expect(issuesOf('row-id/shifted', spoilt({ task: ' 新增学位300个。\n' }))).toEqual([])
    expect(issuesOf('row-id/shifted', shifted, noPlan)).toEqual([])
  })

  it('of two tasks with the same words are not shifted', () => {
    const planTasks = { r1: '新建公厕。', r2: '新建公厕。' }
    const rows = cleanRows()
    const table = tableOf(rows.slice(0, 2).map((row) => ({ ...row, cells: { ...row.cells, task: '新建公厕。' } })))
    expect(issuesOf('row-id/shifted', table, { ...context, planTasks })).toEqual([])
  })

  it('missing on some rows are an error inside a plan and a hint outside', () => {
    const table = spoilt({}, { rowId: 'sheet-row:5' })
    expect(issuesOf('row-id/missing', table)).toMatchObject([{ severity: 'error', index: 0 }])
    expect(issuesOf('row-id/missing', table, noPlan)).toMatchObject([{ severity: 'hint', index: 0 }])
  })

  it('missing on every row are one hint about the table', () => {
    const table = tableOf(cleanRows().map((row, i) => ({ ...row, rowId: `sheet-row:${i}` })))
    const issues = checkTable(table, context)
    expect(issues).toEqual([{ code: 'row-id/none', severity: 'hint', params: { count: 3 } }])
  })

  it('that the plan does not have are a warning', () => {
    expect(issuesOf('row-id/unknown', spoilt({}, { rowId: 'toString' }))).toMatchObject([
      { severity: 'warning', index: 0, rowId: 'toString' },
    ])
    expect(issuesOf('row-id/unknown', spoilt({}, { rowId: 'other' }), noPlan)).toEqual([])
  })
})

describe('structure', () => {
  it('a cell merged down is a warning, a formula an error, in columns of the table', () => {
    const table = spoilt({}, { mergedDown: ['leadUnits', 'elsewhere'], formulas: ['milestone.P2', 'elsewhere'] })
    expect(checkTable(table, context).map(({ code, severity, column }) => [code, severity, column])).toEqual([
      ['cell/formula', 'error', 'milestone.P2'],
      ['cell/merged-down', 'warning', 'leadUnits'],
    ])
  })

  it('one cell merged down over several rows is one warning, at its first row and with its address', () => {
    const rows = cleanRows().map((row, i) => ({
      ...row,
      mergedDown: ['leadUnits'],
      mergedAreas: { leadUnits: i < 2 ? 'E3:E4' : 'E5:E6' },
    }))
    expect(issuesOf('cell/merged-down', tableOf(rows))).toMatchObject([
      { index: 0, column: 'leadUnits', params: { at: 'E3:E4', count: 2 } },
      { index: 2, column: 'leadUnits', params: { at: 'E5:E6', count: 1 } },
    ])
  })

  it('a formula that counts 序号 is only a hint', () => {
    expect(issuesOf('cell/formula', spoilt({}, { formulas: ['number'] }))).toMatchObject([{ severity: 'hint' }])
  })

  it('a span that leaves the milestones, covers a cell or is no number of columns is an error', () => {
    const withSpans = (spans: Record<string, number>) => issuesOf('span/outside', spoilt({}, { spans }))
    expect(withSpans({ 'milestone.P4': 2 })).toMatchObject([{ severity: 'error', column: 'milestone.P4' }])
    expect(withSpans({ 'milestone.P1': 2 })).toHaveLength(1)
    for (const span of [0, -1, 1.5, Number.NaN, 1e9]) expect(withSpans({ 'milestone.P1': span })).toHaveLength(1)
    expect(withSpans({ task: 2 })).toHaveLength(1)
    expect(withSpans({ 'milestone.P1': 1 })).toEqual([])
  })
})

describe('what must be filled in', () => {
  it('is an error where blank, —— being a value', () => {
    expect(issuesOf('cell/required', spoilt({ task: ' \u3000' }))).toMatchObject([
      { severity: 'error', column: 'task', rowId: 'r1' },
    ])
    expect(issuesOf('cell/required', spoilt({ supportingUnits: '' }))).toMatchObject([{ column: 'supportingUnits' }])
    expect(issuesOf('cell/required', spoilt({ supportingUnits: '-' }))).toEqual([])
  })

  it('includes cells that are absent', () => {
    const [first, ...rest] = cleanRows()
    const { task: _, ...cells } = first.cells
    expect(issuesOf('cell/required', tableOf([{ ...first, cells }, ...rest]))).toHaveLength(1)
  })

  it('a blank milestone is an error, —— and a covered column are not', () => {
    expect(issuesOf('milestone/blank', spoilt({ 'milestone.P2': '\u200B ' }))).toMatchObject([
      { severity: 'error', column: 'milestone.P2' },
    ])
    expect(issuesOf('milestone/blank', spoilt({ 'milestone.P2': '—' }))).toEqual([])
  })

  it('a period that nothing covers is a warning, but not in a row whose spans are unconfirmed', () => {
    const [first, second, third] = cleanRows()
    const table = tableOf([first, { ...second, spans: undefined }, { ...third, spans: { 'milestone.P1': 2 } }])
    const found = (by = context) =>
      issuesOf('period/not-covered', table, by).map(({ index, column }) => `${index} ${column}`)
    expect(found()).toEqual(['1 milestone.P2', '2 milestone.P3', '2 milestone.P4'])
    expect(found({ ...context, unconfirmed: new Set(['r3']) })).toEqual(['1 milestone.P2'])
    expect(issuesOf('period/not-covered', table)[0]?.severity).toBe('warning')
  })
})

describe('the order of issues', () => {
  it('is the table, then rows from the top, then a row as a whole, then columns from the left', () => {
    const [first, second, third] = cleanRows()
    const table = tableOf([
      { ...first, cells: { ...first.cells, supportingUnits: '', task: '', number: '' } },
      { ...second, rowId: 'gone', cells: { ...second.cells, number: '' } },
      third,
    ])
    expect(checkTable(table, context).map(({ index, column }) => `${index} ${column}`)).toEqual([
      '0 number',
      '0 task',
      '0 supportingUnits',
      '1 undefined',
      '1 number',
      '2 number',
    ])
  })
})

describe('the same task on two rows', () => {
  const rows = (...tasks: string[]): TableRow[] =>
    tasks.map((task, i) => {
      const row = cleanRows()[0]
      return { ...row, rowId: `d${i}`, cells: { ...row.cells, number: String(i + 1), task } }
    })

  it('is asked about on both, whatever blanks stand between its words', () => {
    expect(issuesOf('task/doubled', tableOf(rows('新建公园１座', '其他', '新建公园\n1座 ')), noPlan)).toMatchObject([
      { severity: 'ask', rowId: 'd0', column: 'task', params: { count: 2 } },
      { severity: 'ask', rowId: 'd2', column: 'task', params: { count: 2 } },
    ])
  })

  it('is not where a task goes on over several rows, or where no task is given', () => {
    const [first, second] = rows('一项任务', '一项任务')
    const further = { ...second!, cells: { ...second!.cells, number: '1', 'milestone.P4': '另一目标' } }
    expect(issuesOf('task/doubled', tableOf([first!, further]), noPlan)).toEqual([])
    const merged = rows('一项任务', '一项任务').map((row) => ({ ...row, mergedDown: ['task'] }))
    expect(issuesOf('task/doubled', tableOf(merged), noPlan)).toEqual([])
    expect(issuesOf('task/doubled', tableOf(rows('', ' ')), noPlan)).toEqual([])
  })
})
