/** 更新本表 against the merge: what a pull leaves in a sheet submits to what the sheet would have submitted to before. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeTable } from '../../domain/merge.ts'
import { comparePull, type PullDecision, pullKey, settlePull, withCells } from '../../domain/pull.ts'
import type { Row, TableRow } from '../../domain/table.ts'
import { sameUnitSet } from '../../domain/unit-list.ts'

const columns = ['c0', 'c1', 'c2', 'c3', 'supportingUnits']
const text = fc.constantFrom('', ' ', '甲', '甲 ', '乙', '丙', '——', '--', '甲、乙', '乙、甲')

/** A row whose columns are cut into spans at random. */
const cellsOf = fc
  .tuple(
    fc.array(fc.constantFrom(1, 1, 1, 2, 3), { minLength: 5, maxLength: 5 }),
    fc.array(text, { minLength: 5, maxLength: 5 }),
  )
  .map(([lengths, texts]) => {
    const cells: Record<string, string> = {}
    const spans: Record<string, number> = {}
    for (let at = 0, n = 0; at < columns.length; n++) {
      const column = columns[at] as string
      const span = Math.min(lengths[n] ?? 1, columns.length - at)
      cells[column] = texts[at] ?? ''
      if (span > 1) spans[column] = span
      at += span
    }
    return Object.keys(spans).length > 0 ? { cells, spans } : { cells }
  })
const rowsOf = (ids: string[]) => fc.tuple(...ids.map((rowId) => cellsOf.map((cells): Row => ({ rowId, ...cells }))))

/** Some rows as they were, some changed in one cell, some wholly other ones. */
const variantOf = (rows: Row[]): fc.Arbitrary<Row[]> =>
  fc
    .tuple(
      fc.array(fc.constantFrom('same', 'one', 'other'), { minLength: rows.length, maxLength: rows.length }),
      rowsOf(rows.map(({ rowId }) => rowId)),
      fc.nat(4),
      text,
    )
    .map(([ways, others, at, typed]) =>
      rows.map((row, i) => {
        const column = Object.keys(row.cells)[at] ?? 'c0'
        if (ways[i] === 'one') return { ...row, cells: { ...row.cells, [column]: typed } }
        return ways[i] === 'other' ? (others[i] as Row) : row
      }),
    )

const HEAD_VER = 7
const BASE_VER = 3
const decision = fc.constantFrom<PullDecision | undefined>('mine', 'theirs', undefined)
const situation = rowsOf(['a', 'b']).chain((base) =>
  fc.record({
    base: fc.constant(base),
    head: variantOf(base),
    sheet: variantOf(base),
    decided: fc.array(decision, { minLength: 8, maxLength: 8 }),
  }),
)
type Situation = { base: Row[]; head: Row[]; sheet: Row[]; decided: (PullDecision | undefined)[] }

const submit = (base: Row[], head: Row[], submitted: Row[], clears: { rowId: string; column: string }[] = []) =>
  mergeTable({
    columns,
    base,
    head,
    submitted: submitted.map(({ rowId, cells, spans }) => (spans ? { rowId, cells, spans } : { rowId, cells })),
    clears,
    // As the server compares supporting units.
    sameText: (column, a, b) => column === 'supportingUnits' && sameUnitSet(a, b),
  })

/** The sheet after a pull, its rows with the versions that they then carry. */
function pullInto(rows: TableRow[], { base, head, decided }: Omit<Situation, 'sheet'>, isKept = () => false) {
  const heads = head.map((row) => ({ ...row, ver: HEAD_VER }))
  const pull = comparePull({ columns, present: new Set(columns), sheet: rows, heads, bases: base })
  const decisions: Record<string, PullDecision> = {}
  for (const [i, conflict] of pull.conflicts.entries()) {
    const chosen = decided[i % decided.length]
    if (chosen) decisions[pullKey(conflict)] = chosen
  }
  const settled = settlePull(pull, decisions, isKept)
  const after = rows.map((row) => {
    const carried = settled.rows.find(({ rowId }) => rowId === row.rowId)
    const own = settled.cells.filter(({ rowId }) => rowId === row.rowId)
    const written = own.reduce((done, cells) => withCells(done, cells), row)
    return carried ? { ...written, ver: carried.to } : written
  })
  return { pull, decisions, settled, after }
}

const carrying = (rows: Row[], ver: number): TableRow[] => rows.map((row) => ({ ...row, ver }))
const baseFor = (rows: TableRow[], base: Row[], head: Row[]) =>
  rows.map((row, i) => (row.ver === HEAD_VER ? head : base)[i] as Row)

describe('a pull', () => {
  test('changes nothing of what submitting gives, except in cells that the person decided', () => {
    fc.assert(
      fc.property(situation, fc.boolean(), ({ base, head, sheet, decided }, isConfirmed) => {
        const clears = isConfirmed ? base.flatMap(({ rowId }) => columns.map((column) => ({ rowId, column }))) : []
        const { pull, decisions, after } = pullInto(carrying(sheet, BASE_VER), { base, head, decided })
        const before = submit(base, head, sheet, clears)
        const later = submit(baseFor(after, base, head), head, after, clears)
        const open = new Set(
          pull.conflicts
            .filter((cells) => decisions[pullKey(cells)])
            .flatMap(({ rowId, columns: of }) => of.map((column) => `${rowId} ${column}`)),
        )
        const others = (rows: Row[]) =>
          rows.map(({ rowId, cells, spans }) => [
            rowId,
            columns
              .filter((column) => !open.has(`${rowId} ${column}`))
              .map((column) => [column, cells[column], spans?.[column]]),
          ])
        expect(others(later.rows)).toEqual(others(before.rows))
        const waiting = ({ conflicts }: typeof before) =>
          conflicts.filter(({ rowId, column }) => !open.has(`${rowId} ${column}`))
        expect(waiting(later)).toEqual(waiting(before))
        const heldOf = (result: typeof before) =>
          result.held.map(({ rowId, column }) => `${rowId} ${column}`).filter((cell) => !open.has(cell))
        expect(heldOf(later)).toEqual(heldOf(before))
      }),
    )
  })

  test('done twice changes nothing the second time', () => {
    fc.assert(
      fc.property(situation, ({ base, head, sheet, decided }) => {
        const once = pullInto(carrying(sheet, BASE_VER), { base, head, decided })
        const twice = pullInto(once.after, { base, head, decided: [undefined] })
        expect(twice.pull.updates).toEqual([])
        expect(twice.after).toEqual(once.after)
      }),
    )
  })

  test('leaves every unsent edit in the sheet byte for byte, and every open conflict', () => {
    fc.assert(
      fc.property(situation, ({ base, head, sheet, decided }) => {
        const { pull, decisions, after } = pullInto(carrying(sheet, BASE_VER), { base, head, decided })
        const kept = [
          ...pull.unsent,
          ...pull.conflicts
            .filter((cells) => decisions[pullKey(cells)] !== 'theirs')
            .flatMap(({ rowId, columns: of }) => of.map((column) => ({ rowId, column }))),
        ]
        for (const { rowId, column } of kept) {
          const then = sheet.find((row) => row.rowId === rowId)
          const now = after.find((row) => row.rowId === rowId)
          expect([now?.cells[column], now?.spans?.[column]]).toEqual([then?.cells[column], then?.spans?.[column]])
        }
      }),
    )
  })

  test('with everything decided leaves nothing older behind: what is not unsent or kept is the head', () => {
    fc.assert(
      fc.property(situation, ({ base, head, sheet }) => {
        const { pull, after } = pullInto(carrying(sheet, BASE_VER), { base, head, decided: ['theirs'] })
        const unsent = new Set(pull.unsent.map(({ rowId, column }) => `${rowId} ${column}`))
        for (const [i, row] of after.entries()) {
          expect(row.ver).toBe(HEAD_VER)
          for (const column of columns) {
            if (!unsent.has(`${row.rowId} ${column}`)) expect(row.cells[column]).toBe(head[i]?.cells[column])
          }
        }
      }),
    )
  })

  test('that can write nothing leaves every row at its version, so that submitting undoes nothing of others', () => {
    fc.assert(
      fc.property(situation, ({ base, head, sheet }) => {
        const { after } = pullInto(carrying(sheet, BASE_VER), { base, head, decided: [undefined] }, () => true)
        const [before, later] = [submit(base, head, sheet), submit(baseFor(after, base, head), head, after)]
        expect(later).toEqual({ ...before, converged: later.converged })
      }),
    )
  })
})

test('without a known base every difference is the person’s to decide, and an equal row just gets the version', () => {
  const sheet: TableRow[] = [
    { rowId: 'a', cells: { c0: '甲 ', c1: '乙' }, ver: 0 },
    { rowId: 'b', cells: { c0: '甲', c1: '旧' } },
  ]
  const heads = [
    { rowId: 'a', cells: { c0: '甲', c1: '乙' }, ver: 4 },
    { rowId: 'b', cells: { c0: '甲', c1: '新' }, ver: 5 },
  ]
  const pull = comparePull({ columns: ['c0', 'c1'], present: new Set(['c0', 'c1']), sheet, heads, bases: [] })
  expect(pull.updates).toEqual([])
  expect(pull.conflicts).toEqual([
    {
      rowId: 'b',
      columns: ['c1'],
      before: { cells: { c1: '旧' }, spans: {} },
      after: { cells: { c1: '新' }, spans: {} },
    },
  ])
  expect(settlePull(pull, {}, () => false)).toEqual({ cells: [], rows: [{ rowId: 'a', from: 0, to: 4 }] })
  expect(settlePull(pull, { 'b c1': 'mine' }, () => false).rows.map(({ rowId }) => rowId)).toEqual(['a', 'b'])
})

test('rows that the master lacks are gone, rows that the sheet lacks are missing, doubled ids are left alone', () => {
  const cells = { c0: '甲' }
  const sheet: TableRow[] = [
    { rowId: 'sheet-row:3', cells },
    { rowId: 'x', cells, ver: 1 },
    { rowId: 'a', cells, ver: 1 },
    { rowId: 'a', cells, ver: 1 },
  ]
  const heads = ['a', 'b'].map((rowId) => ({ rowId, cells: { c0: '乙' }, ver: 2 }))
  const pull = comparePull({ columns: ['c0'], present: new Set(['c0']), sheet, heads, bases: [] })
  expect(pull).toMatchObject({ updates: [], conflicts: [], rows: [], doubled: ['a'], missing: ['b'] })
  expect(pull.gone.map(({ rowId }) => rowId)).toEqual(['x'])
})

test('a column that the sheet does not show is no update and does not hold its row', () => {
  const sheet: TableRow[] = [{ rowId: 'a', cells: { c0: '甲' }, ver: 1 }]
  const heads = [{ rowId: 'a', cells: { c0: '甲', c1: '新' }, ver: 2 }]
  const bases = [{ rowId: 'a', cells: { c0: '甲', c1: '旧' } }]
  const pull = comparePull({ columns: ['c0', 'c1'], present: new Set(['c0']), sheet, heads, bases })
  expect(pull.updates).toEqual([])
  expect(settlePull(pull, {}, () => false).rows).toEqual([{ rowId: 'a', from: 1, to: 2 }])
})

test('supporting units in another order are no conflict: the master’s order comes in, so that it is no edit later', () => {
  const row = (supportingUnits: string) => ({ rowId: 'a', cells: { supportingUnits } })
  const pull = comparePull({
    columns: ['supportingUnits'],
    present: new Set(['supportingUnits']),
    sheet: [{ ...row('乙、甲'), ver: 1 }],
    heads: [{ ...row('甲、乙'), ver: 2 }],
    bases: [row('——')],
  })
  expect(pull.conflicts).toEqual([])
  expect(pull.updates).toMatchObject([{ after: { cells: { supportingUnits: '甲、乙' } } }])
})
