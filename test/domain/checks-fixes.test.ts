import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyFix, isSafeFix } from '../../domain/apply-fix.ts'
import { checkTable, RULES } from '../../domain/check.ts'
import { combineFixes } from '../../domain/combine-fixes.ts'
import { type Issue, invertFix } from '../../domain/issue.ts'
import type { Table, TableRow } from '../../domain/table.ts'
import { cleanRows, context, issuesOf, spec, spoilt, tableOf } from './checks-support.ts'

/** Any UTF-16 unit, lone surrogates included. */
const codeUnit = fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code))

const WORDS = [
  '县教委', '县人社局', '县教育委员会', '县民正局', '县民政科', '各乡镇（街道）', '等27个部门', '等', '完成选址', '12%', '1', '2',
  '，', ',', '、', '。', '.', '；', '(', ')', '（', '）', '“', '”', ' ', '\u3000', '\u200B', '\n', '\t', '\u0007', '\uFFFD', '=', '-', '——', 'HPV',
  '布署', '职则', '的', '工', '工作', '进行', '２', '．', '"', '“', '”', '《', '》', '〉', '•', '开展', '12月底', '前', '无', '：', '！', '完成工作任务落实到位',
] // biome-ignore format: one list

const text = fc.oneof(
  fc.array(fc.constantFrom(...WORDS), { maxLength: 8 }).map((words) => words.join('')),
  fc.array(codeUnit, { maxLength: 6 }).map((units) => units.join('')),
)
const columns = [...spec.columns.map(({ key }) => key), 'elsewhere']
const column = fc.constantFrom(...columns)
const row: fc.Arbitrary<TableRow> = fc.record(
  {
    rowId: fc.constantFrom('r1', 'r2', 'r3', 'sheet-row:1', '__proto__', ''),
    cells: fc.dictionary(column, text),
    spans: fc.dictionary(column, fc.oneof(fc.integer({ min: -1, max: 9 }), fc.double())),
    mergedDown: fc.array(column, { maxLength: 2 }),
    formulas: fc.array(column, { maxLength: 2 }),
  },
  { requiredKeys: ['rowId', 'cells'] },
)
const anyTable: fc.Arbitrary<Table> = fc
  .tuple(fc.array(row, { maxLength: 5 }), fc.boolean())
  .map(([rows, complete]) => tableOf(rows, complete))

/** Fixes name rows by id, so their laws are stated for tables whose ids are unique. */
const fixable = anyTable.map((table) => ({ ...table, rows: table.rows.map((r, i) => ({ ...r, rowId: `x${i}` })) }))

const same = (a: Issue, b: Issue) => a.code === b.code && a.index === b.index && a.column === b.column
const count = (issues: Issue[], like: Issue) => issues.filter((issue) => same(issue, like)).length

describe('checkTable', () => {
  it('never throws, and every issue has a declared code and stands on a row that exists', () => {
    const declared = new Set(RULES.map(({ code }) => code))
    fc.assert(
      fc.property(anyTable, (table) => {
        for (const issue of checkTable(table, context)) {
          expect(declared).toContain(issue.code)
          if (issue.index === undefined) expect(issue.rowId).toBeUndefined()
          else expect(issue.rowId).toBe(table.rows[issue.index]?.rowId)
          for (const { from, to, ...place } of issue.fix ?? []) {
            expect(place).toEqual({ rowId: issue.rowId, column: issue.column })
            expect(table.rows[issue.index ?? -1]?.cells[place.column]).toBe(from)
            expect(to).not.toBe(from)
          }
        }
      }),
    )
  })

  it('reads each cell a bounded number of times, whatever the number of rows', () => {
    const readsFor = (rows: number): number => {
      let reads = 0
      const counted = Array.from({ length: rows }, (_, i) => {
        const { cells } = cleanRows()[0]
        const get = (target: Record<string, string>, key: string) => {
          reads++
          return target[key]
        }
        return {
          rowId: `x${i}`,
          cells: new Proxy({ ...cells, number: String(i + 1) }, { get }) as Record<string, string>,
        }
      })
      checkTable(tableOf(counted), context)
      return reads
    }
    // The first row has none above it to be compared with: a few reads less, whatever the size.
    const fixed = readsFor(200) * 2 - readsFor(400)
    expect(Math.abs(fixed)).toBeLessThan(20)
    expect(readsFor(800)).toBe(readsFor(400) * 2 - fixed)
  })

  it('takes a cell of the greatest length apart without hanging', () => {
    const long = (part: string) => part.repeat(Math.floor(32_000 / part.length))
    for (const part of [
      '（',
      '部门（',
      '等部门',
      '。',
      '.',
      '、，',
      '等',
      '1）',
      '“',
      '(',
      `甲${' '.repeat(7_999)}`,
      '的',
      '工作',
      '一',
      '进行',
      '开展甲',
      '12月底',
      '布署',
      '，，',
      '甲，',
      '"',
      '——',
      '２',
      '《',
      '职则',
      '\n',
    ]) {
      checkTable(spoilt({ 'milestone.P2': long(part), supportingUnits: long(part) }), context)
    }
  }, 30_000)

  it('names at most fifty units of one cell', () => {
    const repeated = spoilt({ supportingUnits: '县人社局、'.repeat(900) })
    for (const code of ['units/alias', 'units/doubled']) expect(issuesOf(code, repeated)).toHaveLength(50)
  })
})

describe('fixes', () => {
  it('remove the issue that they belong to, and their inverse restores the table', () => {
    fc.assert(
      fc.property(fixable, (table) => {
        const issues = checkTable(table, context)
        for (const issue of issues) {
          if (!issue.fix) continue
          const mended = applyFix(table, issue.fix)
          expect(count(checkTable(mended, context), issue)).toBeLessThan(count(issues, issue))
          expect(applyFix(mended, invertFix(issue.fix))).toEqual(table)
        }
      }),
    )
  })

  it('leave a cell alone that reads otherwise, and other rows and columns as they are', () => {
    const table = spoilt({ task: '甲' })
    const change = { rowId: 'r1', column: 'task', from: '乙', to: '丙' }
    expect(applyFix(table, [change])).toEqual(table)
    expect(applyFix(table, [{ ...change, column: 'elsewhere' }])).toEqual(table)
    const mended = applyFix(table, [{ ...change, from: '甲' }])
    expect(mended.rows[0]?.cells).toEqual({ ...table.rows[0]?.cells, task: '丙' })
    expect(mended.rows.slice(1)).toEqual(table.rows.slice(1))
    expect(table.rows[0]?.cells.task).toBe('甲')
  })
})

describe('combineFixes', () => {
  it('joins all fixes of a cell into one change', () => {
    const table = spoilt({ supportingUnits: ' 县人社局，县民政科、县人社局 ', 'milestone.P2': '完成(一 期).。' })
    const fix = combineFixes(checkTable(table, context), table, context)
    expect(fix.map(({ column: key, to }) => [key, to])).toEqual([
      ['milestone.P2', '完成（一期）。'],
      ['supportingUnits', '县人力社保局，县民政局'],
    ])
    expect(checkTable(applyFix(table, fix), context)).toEqual([])
    expect(applyFix(applyFix(table, fix), invertFix(fix))).toEqual(table)
  })

  it('follows only the issues that it was given', () => {
    const table = spoilt({ supportingUnits: '县人社局，县民政科、县财政局', task: '新增学位 300个。。' })
    const given = checkTable(table, context).filter((issue) => issue.code === 'units/alias')
    expect(combineFixes(given, table, context).map(({ to }) => to)).toEqual(['县人力社保局，县民政科、县财政局'])
    expect(combineFixes([], table, context)).toEqual([])
  })

  it('leaves no safe fix of a table undone', () => {
    fc.assert(
      fc.property(fixable, (table) => {
        const safe = checkTable(table, context).filter(isSafeFix)
        const mended = applyFix(table, combineFixes(safe, table, context))
        const left = checkTable(mended, context).filter(isSafeFix)
        expect(left.filter((issue) => count(safe, issue) > 0)).toEqual([])
      }),
    )
  })

  it('counts guesses and removals as not safe', () => {
    const table = spoilt({ leadUnits: '县民正局', supportingUnits: '县民正局、县财政局' })
    const fixes = checkTable(table, context).filter((issue) => issue.fix)
    expect(fixes.length).toBeGreaterThan(1)
    expect(fixes.filter(isSafeFix)).toEqual([])
  })

  it.each([
    ['布署推进老旧小区改造。', 'text/slip'],
    ['将资金拔付至各单位。', 'text/near-miss'],
    ['开展展专项检查。', 'text/doubled'],
    ['完成选址，', 'text/stray-end'],
    ['，完成选址。', 'text/stray-start'],
    ['完成“选址“。', 'punctuation/unbalanced'],
  ])('lets a person look at “%s” first (%s)', (text, code) => {
    const fixes = checkTable(spoilt({ 'milestone.P2': text }), context).filter((issue) => issue.fix)
    expect(fixes.map((issue) => issue.code)).toContain(code)
    expect(fixes.filter(isSafeFix)).toEqual([])
  })
})
