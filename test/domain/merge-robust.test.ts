/** mergeTable on tables that are odd, wrong, empty or long: anybody may call it. */
import { describe, expect, test } from 'vitest'
import { DuplicateRowIdError, type MergeInput, mergeTable } from '../../domain/merge.ts'
import type { Row } from '../../domain/table.ts'
import { sameUnitSet } from '../../domain/unit-list.ts'

const columns = ['task', 'P1', 'P2', 'P3']
const row = (rowId: string, cells: Record<string, string>, spans?: Record<string, number>): Row =>
  spans ? { rowId, cells, spans } : { rowId, cells }
const merge = (input: Partial<MergeInput>) => mergeTable({ columns, base: [], head: [], submitted: [], ...input })

/** Frozen to the last text: a merge that writes into its input throws. */
function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) deepFreeze(part)
  }
  return value
}

describe('empty and missing', () => {
  const nothing = { rows: [], applied: [], converged: [], conflicts: [], held: [], inserted: [], deleted: [] }
  test('three empty tables, and no columns at all, give an empty one', () => {
    expect(merge({})).toEqual(nothing)
    expect(merge({ columns: [] })).toEqual(nothing)
  })
  test('a first table is inserted whole, in its order', () => {
    const rows = [row('b', { task: '2' }), row('a', { task: '1' })]
    expect(merge({ submitted: rows })).toMatchObject({ rows, inserted: ['b', 'a'], conflicts: [] })
  })
  test('a cell that no version has is blank: filling it in is an edit, leaving it out is none', () => {
    const base = [row('r', { task: 't' })]
    expect(merge({ base, head: base, submitted: [row('r', { P1: 'x' })] }).rows).toEqual([
      row('r', { task: 't', P1: 'x' }),
    ])
    expect(merge({ base, head: base, submitted: [row('r', {})] })).toMatchObject({ rows: base, applied: [], held: [] })
    expect(merge({ base, head: base, submitted: [row('r', { P1: '' })] }).applied).toEqual([])
  })
  test('a cell missing in the base counts as blank on both sides', () => {
    const base = [row('r', { task: 't' })]
    const head = [row('r', { task: 't', P1: '甲' })]
    expect(merge({ base, head, submitted: [row('r', { P1: '乙' })] }).conflicts).toEqual([
      { kind: 'cell', rowId: 'r', column: 'P1', base: '', head: '甲', submitted: '乙' },
    ])
    expect(merge({ base, head, submitted: [row('r', { P1: '甲' })] }).converged).toHaveLength(1)
  })
  test('a cell missing at the head was cleared there', () => {
    const base = [row('r', { task: 't', P1: '甲' })]
    const head = [row('r', { task: 't' })]
    expect(merge({ base, head, submitted: [row('r', { P1: '甲' })] })).toMatchObject({ rows: head, conflicts: [] })
    expect(merge({ base, head, submitted: [row('r', { P1: '乙' })] }).conflicts).toMatchObject([
      { head: '', submitted: '乙' },
    ])
  })
})

describe('ids', () => {
  const a = row('a', { task: '1' })
  test.each(['base', 'head', 'submitted'] as const)('twice in %s are refused by name', (version) => {
    const all = { base: [a], head: [a], submitted: [a] }
    const twice = () => merge({ ...all, [version]: [a, row('b', {}), a, row('b', {})] })
    expect(twice).toThrow(DuplicateRowIdError)
    expect(twice).toThrow('a, b')
    const refused = (() => {
      try {
        return twice()
      } catch (error) {
        return error
      }
    })()
    expect(refused).toMatchObject({ rowIds: ['a', 'b'] })
  })
  test('that nobody knows can be deleted without effect, also twice', () => {
    expect(merge({ base: [a], head: [a], deletes: ['x', 'x'] })).toMatchObject({
      rows: [a],
      deleted: [],
      conflicts: [],
    })
  })
  test('deleted and edited by the same submission are deleted', () => {
    const edited = row('a', { task: 'x' })
    expect(merge({ base: [a], head: [a], submitted: [edited], deletes: ['a'] })).toMatchObject({
      rows: [],
      deleted: ['a'],
      applied: [],
    })
  })
  test('a new row behind a deleted one stands behind the row before it', () => {
    const [b, n] = [row('b', { task: '2' }), row('n', { task: 'n' })]
    const result = merge({ base: [a, b], head: [b], submitted: [a, n, b] })
    expect(result.rows).toEqual([n, b])
  })
})

describe('confirmed clearings', () => {
  test('of cells that are not blank, of other rows and of columns left out change nothing', () => {
    const base = [row('r', { task: 't', P1: 'x' })]
    const clears = ['task', 'P1', 'P3', 'nix'].flatMap((column) => ['r', 's'].map((rowId) => ({ rowId, column })))
    const result = merge({ base, head: base, submitted: [row('r', { P1: 'y' })], clears })
    expect(result).toMatchObject({ rows: [row('r', { task: 't', P1: 'y' })], held: [] })
    expect(result.applied).toHaveLength(1)
  })
})

describe('a list in which order means nothing', () => {
  const sameText = (column: string, x: string, y: string) => column === 'P1' && sameUnitSet(x, y)
  const of = (text: string, column = 'P1') => [row('r', { task: 't', [column]: text })]
  const merged = (base: string, head: string, submitted: string, column?: string) =>
    merge({ base: of(base, column), head: of(head, column), submitted: of(submitted, column), sameText })

  test('converges where both sides name the same units in another order', () => {
    const result = merged('县教委', '县教委、县财政局', '县财政局，县教委')
    expect(result.rows).toEqual(of('县教委、县财政局'))
    expect(result.converged).toEqual([{ rowId: 'r', column: 'P1', old: '县教委', new: '县教委、县财政局' }])
    expect(result.conflicts).toEqual([])
  })
  test('and conflicts where one unit differs, or in a column where order counts', () => {
    expect(merged('县教委', '县教委、县财政局', '县财政局、县水利局').conflicts).toHaveLength(1)
    expect(merged('县教委', '县教委、县财政局', '县财政局、县教委、县水利局').conflicts).toHaveLength(1)
    expect(merged('县教委', '县教委、县财政局', '县财政局、县教委', 'P2').conflicts).toHaveLength(1)
  })
  test('takes a new order alone, because what was typed is what is stored', () => {
    expect(merged('县教委、县财政局', '县教委、县财政局', '县财政局、县教委').rows).toEqual(of('县财政局、县教委'))
  })
  test('names are compared without blanks and full width; —— is no list and equals no blank', () => {
    expect(sameUnitSet('县 教委（本级）、县财政局', '县财政局\n县教委(本级)')).toBe(true)
    expect(sameUnitSet('县教委、县教委', '县教委')).toBe(true)
    expect(sameUnitSet('——', '')).toBe(false)
    expect(sameUnitSet('县教委', '县教育委员会')).toBe(false)
  })
})

describe('spans', () => {
  test('of a covered column, of no column and of length 1 say nothing', () => {
    const base = [row('r', { task: 't', P1: 'a', P3: 'c' }, { P1: 2 })]
    const odd = row('r', { task: 't', P1: 'a', P3: 'c' }, { P1: 2, P2: 2, nix: 3, P3: 1 })
    expect(merge({ base, head: base, submitted: [odd] })).toMatchObject({
      rows: base,
      applied: [],
      conflicts: [],
      held: [],
    })
  })
  test('over all columns, the first included, can be taken and undone', () => {
    const base = [row('r', { task: 't', P1: '', P2: '', P3: '' })]
    const wide = [row('r', { task: 't' }, { task: 4 })]
    expect(merge({ base, head: base, submitted: wide }).rows).toEqual(wide)
    expect(merge({ base: wide, head: wide, submitted: base }).rows).toEqual(base)
  })
  test('changed at the head while the submission edits a text inside it: one conflict, both texts in it', () => {
    const base = [row('r', { task: 't', P1: 'a', P2: 'b', P3: '' })]
    const head = [row('r', { task: 't', P1: 'a、b', P3: '' }, { P1: 2 })]
    const { conflicts, rows } = merge({ base, head, submitted: [row('r', { P2: 'b2' })] })
    expect(rows).toEqual(head)
    expect(conflicts).toMatchObject([
      { kind: 'span', columns: ['P1', 'P2'], base: 'a | b', head: 'a、b', submitted: 'a | b2' },
    ])
  })
  test('changed at the head and left alone by the submission stay', () => {
    const base = [row('r', { task: 't', P1: 'a', P2: 'b', P3: '' })]
    const head = [row('r', { task: 't', P1: 'a、b', P3: '' }, { P1: 2 })]
    expect(merge({ base, head, submitted: base })).toMatchObject({ rows: head, conflicts: [], applied: [] })
  })
})

describe('a row cut anew', () => {
  const wide = (text: string, p3 = 'c') => [row('r', { task: 't', P1: text, P3: p3 }, { P1: 2 })]
  const cut = (p1: string, p2: string, p3 = 'c') => [row('r', { task: 't', P1: p1, P2: p2, P3: p3 })]
  test('by both sides, with other texts, is one conflict over all columns that hang together', () => {
    const { conflicts, rows } = merge({ base: wide('a'), head: cut('a', 'b'), submitted: cut('a', 'x') })
    expect(conflicts).toMatchObject([
      { kind: 'span', columns: ['P1', 'P2'], base: 'a', head: 'a | b', submitted: 'a | x' },
    ])
    expect(rows).toEqual(cut('a', 'b'))
  })
  test('by both sides alike converges', () => {
    const result = merge({ base: wide('a'), head: cut('a', 'b'), submitted: cut('a', 'b ') })
    expect([result.conflicts, result.rows]).toEqual([[], cut('a', 'b')])
  })
  test('wider than it was covers the next column, and against a text there it is one conflict', () => {
    const wider = [row('r', { task: 't', P1: 'a' }, { P1: 3 })]
    expect(merge({ base: wide('a', ''), head: wide('a', ''), submitted: wider }).rows).toEqual(wider)
    const { conflicts, rows } = merge({ base: wide('a', ''), head: wider, submitted: wide('a', 'd') })
    expect(conflicts).toMatchObject([{ kind: 'span', columns: ['P1', 'P2', 'P3'], head: 'a', submitted: 'a | d' }])
    expect(rows).toEqual(wider)
  })
  test('beside a column that no version has leaves that column alone', () => {
    const base = [row('r', { task: 't', P1: 'a' }, { P1: 2 })]
    const submitted = [row('r', { task: 't', P1: 'a', P2: 'b' })]
    expect(merge({ base, head: base, submitted }).rows).toEqual(submitted)
  })
  test('by a text under a span that all versions have: the span ends before it', () => {
    const odd = [row('r', { task: 't', P1: 'a', P2: 'x', P3: 'c' }, { P1: 2 })]
    expect(merge({ base: wide('a'), head: wide('a'), submitted: odd }).rows).toEqual(cut('a', 'x'))
  })
  test('narrower by both sides converges in the columns that changed', () => {
    const widest = [row('r', { task: 't', P1: 'a' }, { P1: 3 })]
    const { converged, conflicts } = merge({ base: widest, head: wide('a'), submitted: wide('a') })
    expect(converged).toEqual([
      { rowId: 'r', column: 'P1', old: 'a', new: 'a', spans: [3, 2] },
      { rowId: 'r', column: 'P3', old: null, new: 'c' },
    ])
    expect(conflicts).toEqual([])
  })
  test('leaves the cells beside it single: they clash as cells, and agree as lists do', () => {
    const clash = merge({ base: wide('a'), head: wide('a', 'd'), submitted: cut('a', 'b', 'e') })
    expect(clash.conflicts).toEqual([{ kind: 'cell', rowId: 'r', column: 'P3', base: 'c', head: 'd', submitted: 'e' }])
    expect(clash.rows).toEqual(cut('a', 'b', 'd'))
    const sameText = (_: string, x: string, y: string) => sameUnitSet(x, y)
    const agree = merge({ base: wide('a'), head: wide('a', '甲、乙'), submitted: cut('a', 'b', '乙、甲'), sameText })
    expect([agree.conflicts, agree.rows]).toEqual([[], cut('a', 'b', '甲、乙')])
  })
})

describe('a column that came later', () => {
  const [a, b] = [row('a', { task: '1' }), row('b', { task: '2' })]
  const [withA, withB] = [row('a', { task: '1', P1: 'x' }), row('b', { task: '2', P1: 'y' })]
  test('stops no deletion where the whole table was given it', () => {
    expect(merge({ base: [a, b], head: [withA, withB], deletes: ['a'] })).toMatchObject({
      rows: [withB],
      conflicts: [],
    })
  })
  test.each([
    ['another row of the base has it', [a, withB], [withA, withB]],
    ['a span of the base covers it', [a, row('b', { task: '2' }, { task: 2 })], [withA, withB]],
    ['a row of the head lacks it', [a, b], [withA, b]],
    ['the deleted row differs elsewhere too', [a, b], [row('a', { task: '1x', P1: 'x' }), withB]],
  ])('is an edit like any other where %s', (_, base, head) => {
    expect(merge({ base, head, deletes: ['a'] }).conflicts).toEqual([{ kind: 'edit-delete', rowId: 'a' }])
  })
})

test('the input is never written to', () => {
  const input = deepFreeze({
    columns,
    base: [row('a', { task: '1', P1: 'x', P2: 'y', P3: '' }), row('b', { task: '2' }), row('c', { task: '3' })],
    head: [row('a', { task: '1', P1: 'x', P3: '' }, { P1: 2 }), row('b', { task: '2b' }), row('c', { task: '3' })],
    submitted: [
      row('a', { task: '1a', P1: 'z', P2: 'y' }),
      row('n', { task: 'n', nix: '?' }),
      row('b', { task: '2c' }),
    ],
    deletes: ['c'],
    clears: [{ rowId: 'a', column: 'P2' }],
  })
  const result = mergeTable(input)
  expect(result.rows.map(({ rowId }) => rowId)).toEqual(['a', 'n', 'b'])
  expect(result.conflicts.map(({ kind }) => kind)).toEqual(['span', 'cell'])
})

test('five thousand rows of twelve columns, every tenth with a span, take well under a second', () => {
  const names = Array.from({ length: 12 }, (_, i) => `c${i}`)
  const version = (change: (i: number, column: string) => string) =>
    Array.from({ length: 5_000 }, (_, i) => {
      const kept = i % 10 === 0 ? names.filter((name) => name !== 'c5') : names
      const cells = Object.fromEntries(kept.map((name) => [name, `第${i}行${name}${change(i, name)}`]))
      return i % 10 === 0 ? row(`r${i}`, cells, { c4: 2 }) : row(`r${i}`, cells)
    })
  const base = version(() => '')
  const head = version((i, column) => (i % 3 === 0 && column === 'c1' ? '甲' : ''))
  const submitted = version((i, column) => (i % 5 === 0 && column === 'c1' ? '乙' : ''))
  const added = Array.from({ length: 500 }, (_, i) => row(`n${i}`, { c0: `新${i}` }))
  const started = performance.now()
  const result = mergeTable({ columns: names, base, head, submitted: [...submitted, ...added], deletes: [] })
  expect(performance.now() - started).toBeLessThan(1_000)
  expect([result.conflicts.length, result.applied.length, result.inserted.length]).toEqual([334, 666 + 500, 500])
})
