/**
 * Cases from other people's own test suites, with what they expect. Translated, not copied:
 * daff (github.com/paulfitz/daff, MIT): harness/MergeTest.hx, test/test_merge.js, test/test_dupes.js;
 * Dolt (github.com/dolthub/dolt, Apache-2.0): go/libraries/doltcore/merge/{merge_test,row_merge_test,
 * data_merge_test}.go, integration-tests/bats/conflict-detection*.bats;
 * ODK Central (github.com/getodk/central-backend, Apache-2.0): soft and hard conflicts of its entities;
 * node-diff3 (github.com/bhousel/node-diff3, MIT): test/diff3Merge.test.js, where a line is a row.
 *
 * Peers delete a row by leaving it out; here that is said explicitly. Where the design decides
 * otherwise than a peer, the test says so.
 */
import { describe, expect, test } from 'vitest'
import { type MergeInput, type MergeResult, mergeTable } from '../../domain/merge.ts'
import type { Row } from '../../domain/table.ts'

type Cells = Record<string, string>

/** Rows by their ids: `[id, cells]`. */
const rowsOf = (...rows: [string, Cells][]): Row[] => rows.map(([rowId, cells]) => ({ rowId, cells }))
const textsOf = ({ rows }: MergeResult, columns: string[]) =>
  rows.map(({ cells }) => columns.map((column) => cells[column] ?? null))

/** A merge in which the submission deletes every base row that it leaves out, as the peers have it. */
function mergeWhole(input: Omit<MergeInput, 'deletes'>): MergeResult {
  const kept = new Set(input.submitted.map(({ rowId }) => rowId))
  return mergeTable({ ...input, deletes: input.base.map(({ rowId }) => rowId).filter((rowId) => !kept.has(rowId)) })
}

describe('daff', () => {
  const table = (a: string, b: string, c: string, d: string) =>
    rowsOf(['1', { Name: a, Number: b }], ['2', { Name: c, Number: d }])
  const places = [0, 1, 2, 3]
  const texts = ['John', '14', 'Jane', '99'] as const
  const zap = (...with_: [number, string][]) => {
    const [a, b, c, d] = texts.map((text, i) => with_.find(([at]) => at === i)?.[1] ?? text)
    return table(a!, b!, c!, d!)
  }
  const pairs = places.flatMap((a) => places.map((b) => [a, b] as const))
  test.each(pairs)('one side changes cell %i, the other cell %i', (a, b) => {
    const columns = ['Name', 'Number']
    const head = zap([a, 'zap_a'])
    const result = mergeWhole({ columns, base: zap(), head, submitted: zap([b, 'zap_b']) })
    if (a === b) {
      expect(result.conflicts).toMatchObject([{ kind: 'cell', head: 'zap_a', submitted: 'zap_b' }])
      // daff writes both texts into the cell; here the head stays and the other text is kept beside it.
      expect(result.rows).toEqual(head)
    } else {
      expect(result.conflicts).toEqual([])
      expect(result.rows).toEqual(zap([a, 'zap_a'], [b, 'zap_b']))
    }
  })

  const john: [string, Cells] = ['john', { Name: 'John', Number: '14' }]
  const jane: [string, Cells] = ['jane', { Name: 'Jane', Number: '99' }]
  const max: [string, Cells] = ['max', { Name: 'Max', Number: '101' }]
  test('one side deletes the first row, the other adds one above it', () => {
    const columns = ['Name', 'Number']
    const input = { columns, base: rowsOf(john, jane), head: rowsOf(jane), submitted: rowsOf(max, john, jane) }
    const result = mergeWhole(input)
    expect(result.conflicts).toEqual([])
    expect(result.rows).toEqual(rowsOf(max, jane))
    const flipped = mergeWhole({ ...input, head: input.submitted, submitted: input.head })
    expect([flipped.conflicts, flipped.rows]).toEqual([[], rowsOf(max, jane)])
  })
  test('the side that deletes also adds a column, in front or behind', () => {
    for (const columns of [
      ['Name', 'Number', 'Dream'],
      ['Number', 'Dream', 'Name'],
    ]) {
      const head = rowsOf(['jane', { Name: 'Jane', Number: '99', Dream: 'Space' }])
      const result = mergeWhole({ columns, base: rowsOf(john, jane), head, submitted: rowsOf(max, john, jane) })
      expect(result.conflicts).toEqual([])
      expect(result.held).toEqual([])
      expect(result.rows).toEqual([...rowsOf(max), ...head])
    }
  })
  test('one side adds a column, the other renames', () => {
    const head = rowsOf(
      ['john', { Name: 'John', Color: 'Red', Number: '14' }],
      ['jane', { Name: 'Jane', Color: 'Green', Number: '99' }],
    )
    const submitted = rowsOf(['john', { Name: 'Johnny', Number: '14' }], jane)
    const result = mergeWhole({ columns: ['Name', 'Color', 'Number'], base: rowsOf(john, jane), head, submitted })
    expect(result.conflicts).toEqual([])
    expect(textsOf(result, ['Name', 'Color', 'Number'])).toEqual([
      ['Johnny', 'Red', '14'],
      ['Jane', 'Green', '99'],
    ])
  })
  test('one side drops two columns, the other changes a name', () => {
    const base = rowsOf(
      ['john', { Zig: 'aa', Zag: 'AA', Name: 'John', Number: '14' }],
      ['jane', { Zig: 'bb', Zag: 'BB', Name: 'Jane', Number: '99' }],
    )
    const submitted = rowsOf(
      ['john', { Zig: 'aa', Zag: 'AA', Name: 'John', Number: '14' }],
      ['jane', { Zig: 'bb', Zag: 'BB', Name: 'June', Number: '99' }],
    )
    for (const columns of [
      ['Zig', 'Zag', 'Name', 'Number'],
      ['Name', 'Number'],
    ]) {
      const result = mergeWhole({ columns, base, head: rowsOf(john, jane), submitted })
      expect([result.conflicts, result.held]).toEqual([[], []])
      expect(result.rows).toEqual(rowsOf(john, ['jane', { Name: 'June', Number: '99' }]))
    }
    // The other way round daff drops the columns. Here columns belong to the form: a submission that
    // leaves one out did not touch it.
    const flipped = mergeWhole({
      columns: ['Zig', 'Zag', 'Name', 'Number'],
      base,
      head: submitted,
      submitted: rowsOf(john, jane),
    })
    expect([flipped.conflicts, flipped.rows]).toEqual([[], submitted])
  })

  const capitals = ['Country', 'Code', 'Capital']
  const place = (Country: string, Capital: string, Code?: string): Cells =>
    Code === undefined ? { Country, Capital } : { Country, Capital, Code }
  const countries = (spain: string, mine: string) => ({
    columns: capitals,
    base: rowsOf(
      ['ireland', place('Ireland', 'Dublin')],
      ['france', place('France', 'Paris')],
      ['spain', place('Spain', 'Barcelona')],
    ),
    head: rowsOf(
      ['ireland', place('Ireland', 'Dublin', 'ie')],
      ['france', place('France', 'Paris', 'fr')],
      ['spain', place('Spain', spain, 'es')],
      ['germany', place('Germany', 'Berlin', 'de')],
    ),
    submitted: rowsOf(
      ['ireland', place('Dear old Ireland', 'Dublin')],
      ['spain', place('Spain', mine)],
      ['finland', place('Finland', 'Helsinki')],
    ),
  })
  const merged = (spain: string) => [
    ['Dear old Ireland', 'ie', 'Dublin'],
    ['Spain', 'es', spain],
    ['Finland', null, 'Helsinki'],
    ['Germany', 'de', 'Berlin'],
  ]
  test.each([
    ['unconflicted', 'Madrid', 'Barcelona', 'Madrid', 0],
    ['conflicted', 'Madrid', 'Lisbon', 'Madrid', 1],
    ['changed to the same value', 'Lisbon', 'Lisbon', 'Lisbon', 0],
  ])('a new column, a deleted and two new rows, a renamed one: %s', (_, head, mine, result, conflicts) => {
    const of = mergeWhole(countries(head, mine))
    expect(textsOf(of, capitals)).toEqual(merged(result))
    expect(of.conflicts).toHaveLength(conflicts)
    expect(of.deleted).toEqual(['france'])
  })
  test('but a row in which the head filled in a cell is not deleted in silence', () => {
    const { base, head } = countries('Madrid', 'Barcelona')
    const once = [
      head[0]!,
      ...rowsOf(['france', place('France', 'Paris', 'fr')]),
      ...rowsOf(['spain', place('Spain', 'Madrid')]),
    ]
    const result = mergeTable({ columns: capitals, base, head: once, submitted: [], deletes: ['france'] })
    expect(result.conflicts).toEqual([{ kind: 'edit-delete', rowId: 'france' }])
    const single = mergeTable({
      columns: capitals,
      base: [base[1]!],
      head: [head[1]!],
      submitted: [],
      deletes: ['france'],
    })
    expect(single.conflicts).toEqual([{ kind: 'edit-delete', rowId: 'france' }])
  })
  test('a row deleted by one side and edited by the other: daff loses the edit, here it is a conflict', () => {
    const edited = rowsOf(['john', { Name: 'John', Number: '15' }], jane)
    const input = { columns: ['Name', 'Number'], base: rowsOf(john, jane) }
    const deleting = mergeWhole({ ...input, head: edited, submitted: rowsOf(jane) })
    expect([deleting.conflicts, deleting.rows]).toEqual([[{ kind: 'edit-delete', rowId: 'john' }], edited])
    const editing = mergeWhole({ ...input, head: rowsOf(jane), submitted: edited })
    expect([editing.conflicts, editing.rows]).toEqual([[{ kind: 'delete-edit', rowId: 'john' }], rowsOf(jane)])
  })
  test('rows of the same words are told apart by their ids', () => {
    const same: Cells = { color: 'yellow', sound: 'whine' }
    const base = rowsOf(
      ['a', { color: 'red', sound: 'boink' }],
      ['b', same],
      ['c', same],
      ['d', { color: 'gold', sound: 'jingle' }],
    )
    const columns = ['color', 'sound']
    expect(mergeWhole({ columns, base, head: base, submitted: base })).toMatchObject({
      rows: base,
      applied: [],
      conflicts: [],
    })
    const head = base.map((row) => (row.rowId === 'b' ? { rowId: 'b', cells: { ...same, sound: 'b' } } : row))
    const submitted = base.map((row) => (row.rowId === 'c' ? { rowId: 'c', cells: { ...same, sound: 'c' } } : row))
    expect(textsOf(mergeWhole({ columns, base, head, submitted }), ['sound']).flat()).toEqual([
      'boink',
      'b',
      'c',
      'jingle',
    ])
  })
})

describe('Dolt', () => {
  type Values = [string, string] | undefined
  const columns = ['col1', 'col2']
  const row = (values: Values): Row[] => (values ? rowsOf(['k', { col1: values[0], col2: values[1] }]) : [])
  /** Left is the head, right the submission. `expected`: the row afterwards. */
  const CASES: [name: string, base: Values, left: Values, right: Values, conflicts: number, expected: Values][] = [
    ['no-op, no-op', ['0', '0'], ['0', '0'], ['0', '0'], 0, ['0', '0']],
    ['no-op, update', ['1', '1'], ['1', '1'], ['-1', '-1'], 0, ['-1', '-1']],
    ['no-op, delete', ['2', '2'], ['2', '2'], undefined, 0, undefined],
    ['update, no-op', ['3', '3'], ['-3', '-3'], ['3', '3'], 0, ['-3', '-3']],
    ['identical updates', ['4', '4'], ['-4', '-4'], ['-4', '-4'], 0, ['-4', '-4']],
    ['conflicting updates', ['5', '5'], ['-5', '5'], ['0', '5'], 1, ['-5', '5']],
    ['updates of different cells', ['6', '6'], ['-6', '6'], ['6', '-6'], 0, ['-6', '-6']],
    ['update, delete', ['7', '7'], ['-7', '-7'], undefined, 1, ['-7', '-7']],
    ['delete, no-op', ['8', '8'], undefined, ['8', '8'], 0, undefined],
    ['delete, update', ['9', '9'], undefined, ['-9', '-9'], 1, undefined],
    ['delete, delete', ['10', '10'], undefined, undefined, 0, undefined],
    ['nothing at all', undefined, undefined, undefined, 0, undefined],
    ['no-op, insert', undefined, undefined, ['12', '12'], 0, ['12', '12']],
    ['insert, no-op', undefined, ['13', '13'], undefined, 0, ['13', '13']],
    ['identical inserts', undefined, ['14', '14'], ['14', '14'], 0, ['14', '14']],
    ['conflicting inserts', undefined, ['15', '15'], ['15', '-15'], 1, ['15', '15']],
    ['overlapping updates, one cell alike', ['one', '2'], ['two', '3'], ['one', '3'], 0, ['two', '3']],
    ['a value where there was none, two different', ['one', ''], ['one', 'a'], ['one', 'b'], 1, ['one', 'a']],
    ['five cells, all different, one conflict each', ['0', '0'], ['1', '1'], ['11', '11'], 2, ['1', '1']],
  ]
  test.each(CASES)('%s', (_, base, left, right, conflicts, expected) => {
    const result = mergeWhole({ columns, base: row(base), head: row(left), submitted: row(right) })
    expect(result.rows).toEqual(row(expected))
    expect(result.conflicts).toHaveLength(conflicts)
  })
  test('one of the sides adds a column', () => {
    const base = rowsOf(['k', { a: 'one', b: '2' }])
    const head = rowsOf(['k', { a: 'two', b: '2' }])
    const submitted = rowsOf(['k', { a: 'one', b: '3', c: 'f' }])
    const result = mergeWhole({ columns: ['a', 'b', 'c'], base, head, submitted })
    expect([result.conflicts, result.rows]).toEqual([[], rowsOf(['k', { a: 'two', b: '3', c: 'f' }])])
  })
  test('a value in one column here, in the other there: NULL and blank are one thing in a sheet, so nothing clashes', () => {
    const base = rowsOf(['k', { a: 'one' }])
    const head = rowsOf(['k', { a: 'one', b: '', c: 'f' }])
    const submitted = rowsOf(['k', { a: 'one', b: 'f', c: '' }])
    const result = mergeWhole({ columns: ['a', 'b', 'c'], base, head, submitted })
    expect([result.conflicts, result.rows]).toEqual([[], rowsOf(['k', { a: 'one', b: 'f', c: 'f' }])])
  })
  test('two rows added in different places of a long table', () => {
    const long = Array.from({ length: 64 }, (_, i): [string, Cells] => [
      String(i).padStart(2, '0'),
      { t: '1'.repeat(255) },
    ])
    const holes = (...without: number[]) => rowsOf(...long.filter((_, i) => !without.includes(i)))
    for (const [head, submitted] of [
      [holes(15), holes(40)],
      [holes(40), holes(15)],
    ] as const) {
      const result = mergeWhole({ columns: ['t'], base: holes(15, 40), head, submitted })
      expect([result.conflicts, result.rows]).toEqual([[], holes()])
    }
  })
  test('one side deletes all rows, the other edits every second: a conflict for each edited one', () => {
    const base = rowsOf(...['1', '2', '3', '4', '5'].map((id): [string, Cells] => [id, { c: '1' }]))
    const odd = base.map((row) => (Number(row.rowId) % 2 === 1 ? { ...row, cells: { c: '2' } } : row))
    const deleted = mergeWhole({ columns: ['c'], base, head: odd, submitted: [] })
    expect(deleted.conflicts.map(({ kind, rowId }) => [kind, rowId])).toEqual(
      ['1', '3', '5'].map((id) => ['edit-delete', id]),
    )
    expect(deleted.rows.map(({ rowId }) => rowId)).toEqual(['1', '3', '5'])
    const edited = mergeWhole({ columns: ['c'], base, head: [], submitted: odd })
    expect(edited.conflicts.map(({ kind, rowId }) => [kind, rowId])).toEqual(
      ['1', '3', '5'].map((id) => ['delete-edit', id]),
    )
    expect(edited.rows).toEqual([])
  })
})

describe('ODK Central', () => {
  const columns = ['label', 'age', 'first_name']
  const base = rowsOf(['e', { label: 'Johnny Doe', age: '22', first_name: 'Johnny' }])
  test('a soft conflict, two properties changed from one base: Central flags it, here both simply land', () => {
    const head = rowsOf(['e', { label: 'Johnny Doe', age: '99', first_name: 'Johnny' }])
    const result = mergeTable({ columns, base, head, submitted: rowsOf(['e', { first_name: 'Alicia' }]) })
    expect([result.conflicts, result.rows]).toEqual([
      [],
      rowsOf(['e', { label: 'Johnny Doe', age: '99', first_name: 'Alicia' }]),
    ])
  })
  test('a hard conflict, the same property: Central lets the later one overwrite, here the head stays', () => {
    const head = rowsOf(['e', { label: 'Johnny Doe', age: '99', first_name: 'Johnny' }])
    const result = mergeTable({ columns, base, head, submitted: rowsOf(['e', { age: '85', label: 'Alicia (85)' }]) })
    expect(result.conflicts).toEqual([
      { kind: 'cell', rowId: 'e', column: 'age', base: '22', head: '99', submitted: '85' },
    ])
    expect(result.rows[0]?.cells).toEqual({ label: 'Alicia (85)', age: '99', first_name: 'Johnny' })
  })
})

describe('node-diff3, a line as a row', () => {
  const lines = (text: string) => rowsOf(...text.split(' ').map((line): [string, Cells] => [line, { line }]))
  test('avoids improper sorting of what either side adds', () => {
    const base = lines('n32 n91 n36 n83 n84 n85 n89 n90 n76')
    const head = lines('n32 n91 n36 n-1 n83 n84 n85 n89 n90 n76')
    const submitted = lines('n32 n91 n36 n83 n84 n85 n89 n18 n90 n17 n76')
    const result = mergeWhole({ columns: ['line'], base, head, submitted })
    expect(result.rows.map(({ rowId }) => rowId).join(' ')).toBe('n32 n91 n36 n-1 n83 n84 n85 n89 n18 n90 n17 n76')
  })
  test('the same lines added by both stand once', () => {
    const result = mergeWhole({
      columns: ['line'],
      base: lines('AA ZZ'),
      head: lines('AA a b c ZZ'),
      submitted: lines('AA a b c ZZ'),
    })
    expect([result.conflicts, result.rows]).toEqual([[], lines('AA a b c ZZ')])
  })
  test('different lines added in one place both stand, in the order of their ids, whoever came first', () => {
    const [mine, theirs] = [lines('AA a d c ZZ'), lines('AA a b c ZZ')]
    const [one, two] = [
      mergeWhole({ columns: ['line'], base: lines('AA ZZ'), head: theirs, submitted: mine }),
      mergeWhole({ columns: ['line'], base: lines('AA ZZ'), head: mine, submitted: theirs }),
    ]
    expect(one.rows).toEqual(two.rows)
    expect(one.conflicts).toEqual([])
  })
})
