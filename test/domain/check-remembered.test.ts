/** A check that remembers gives the same as one that does not, and looks only at what changed. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkTable, createChecker } from '../../domain/check.ts'
import type { CheckContext } from '../../domain/check-context.ts'
import { ORDERED_RULES } from '../../domain/checks/index.ts'
import type { Table, TableRow } from '../../domain/table.ts'
import { cleanRows, context, spec } from './checks-support.ts'

const TEXTS = [
  '——',
  '',
  '新增学位100个。。',
  '完成选址,开工建设。',
  '累计新增学位90个。',
  '县教委、县财政局',
  '县人社局',
  '12月底完成。',
]
const columns = spec.columns.map(({ key }) => key)

/** One step of somebody who edits a sheet while it is checked. */
const step = fc.oneof(
  fc.record({
    do: fc.constant('edit'),
    row: fc.nat(9),
    column: fc.constantFrom(...columns),
    text: fc.constantFrom(...TEXTS),
  }),
  fc.record({ do: fc.constantFrom('copy', 'delete', 'insert', 'span', 'formula', 'merged'), row: fc.nat(9) }),
  fc.record({
    do: fc.constantFrom('unconfirm', 'answer', 'withdraw', 'rename', 'retarget', 'registry', 'periods', 'review'),
  }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

function take(table: Table, known: CheckContext, one: Step): [Table, CheckContext] {
  const rows = [...table.rows]
  const at = 'row' in one ? one.row % Math.max(1, rows.length) : 0
  const row = rows[at]
  if (one.do === 'unconfirm') return [table, { ...known, unconfirmed: new Set(['r1']) }]
  if (one.do === 'answer') {
    const answer = { subject: '学位 300个', answer: 'cumulative' as const }
    return [table, { ...known, answers: new Map([['r1', [answer]]]) }]
  }
  if (one.do === 'withdraw') return [table, { ...known, answers: new Map() }]
  if (one.do === 'retarget') return [table, { ...known, planTexts: { r2: { task: '改名。', target: '改了目标。' } } }]
  if (one.do === 'review') return [table, { ...known, reviewer: '县教委' }]
  if (one.do === 'rename') return [table, { ...known, planTasks: { ...known.planTasks, r2: '改名。' } }]
  if (one.do === 'registry') return [table, { ...known, registry: { units: known.registry.units.slice(1) } }]
  if (one.do === 'periods') return [table, { ...known, periods: known.periods.slice(0, 3) }]
  if (!row) return [table, known]
  if (one.do === 'edit' && 'column' in one) rows[at] = { ...row, cells: { ...row.cells, [one.column]: one.text } }
  if (one.do === 'copy') rows.push({ ...row })
  if (one.do === 'delete') rows.splice(at, 1)
  if (one.do === 'insert') rows.splice(at, 0, { rowId: `sheet-row:${rows.length}`, cells: { task: '新任务' } })
  if (one.do === 'span') rows[at] = spanned(row)
  if (one.do === 'formula') rows[at] = { ...row, formulas: ['task'] }
  if (one.do === 'merged') rows[at] = { ...row, mergedDown: ['task'] }
  return [{ ...table, rows }, known]
}

function spanned(row: TableRow): TableRow {
  const { 'milestone.P2': _, ...cells } = row.cells
  return { ...row, cells, spans: { 'milestone.P1': 2 } }
}

describe('a check that remembers', () => {
  test('gives after any edits what a check of the whole table gives', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.boolean(), (steps, complete) => {
        const check = createChecker()
        let table: Table = { spec, rows: cleanRows(), complete }
        let known = context
        expect(check(table, known)).toEqual(checkTable(table, known))
        for (const one of steps) {
          ;[table, known] = take(table, known, one)
          expect(check(table, known)).toEqual(checkTable(table, known))
        }
      }),
      { numRuns: 120 },
    )
  })

  test.each<[string, Partial<CheckContext>]>([
    ['that the plan has the row no more', { planTasks: {} }],
    ['an answer', { answers: new Map([['r1', [{ subject: '学位 300个', answer: 'elsewhere' }]]]) }],
    ['spans that wait to be confirmed', { unconfirmed: new Set(['r1']) }],
    ['other periods', { periods: context.periods.map((period) => ({ ...period, dueOn: '2030-12-31' })) }],
    ['another registry', { registry: { units: [] } }],
    ['a reviewer', { reviewer: '县教委' }],
  ])('learns of %s, though the row is the same', (_, news) => {
    const [row] = cleanRows()
    const cells: TableRow['cells'] = { ...row.cells, leadUnits: '县教委、县某局' }
    for (const column of columns) if (column.startsWith('milestone.')) cells[column] = '——'
    cells['milestone.P1'] = '9月底前新增学位100个。'
    const table: Table = { spec, rows: [{ ...row, cells }], complete: false }
    const check = createChecker()
    const before = check(table, context)
    const after = check(table, { ...context, ...news })
    expect(after).not.toEqual(before)
    expect(after).toEqual(checkTable(table, { ...context, ...news }))
  })

  test('asks the rules of cells and rows only about the row that was edited, and no rule about kinds of cells that it does not know', () => {
    const asked: string[] = []
    const rules = ORDERED_RULES.map((rule) => {
      if (rule.per === 'cell') {
        return {
          ...rule,
          check: (...[cell, scope]: Parameters<typeof rule.check>) => {
            asked.push(cell.row.rowId)
            expect(rule.kinds ?? [cell.column.kind]).toContain(cell.column.kind)
            return rule.check(cell, scope)
          },
        }
      }
      if (rule.per === 'row') {
        return {
          ...rule,
          check: (...[row, scope]: Parameters<typeof rule.check>) => {
            asked.push(row.rowId)
            return rule.check(row, scope)
          },
        }
      }
      return rule
    })
    const check = createChecker(rules)
    const [first, second, third] = cleanRows()
    check({ spec, rows: [first, second, third], complete: true }, context)
    expect(new Set(asked)).toEqual(new Set(['r1', 'r2', 'r3']))
    asked.length = 0
    const edited = { ...second, cells: { ...second.cells, 'milestone.P1': '完成选址和设计。' } }
    check({ spec, rows: [third, { ...first }, edited], complete: true }, context)
    expect(new Set(asked)).toEqual(new Set(['r2']))
  })
})
