/** Laws of the merge over arbitrary tables, spans included. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldText, isBlank } from '../../domain/fold.ts'
import { type MergeResult, mergeTable } from '../../domain/merge.ts'
import { applyChanges, undoChanges } from '../../domain/replay.ts'
import type { Row } from '../../domain/table.ts'

const columns = ['c0', 'c1', 'c2', 'c3', 'c4']
const runs = { numRuns: 3_000 }
const text = fc.constantFrom('', ' ', '甲', '甲 ', '乙', '丙', '——', '--', '丁\n戊')

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

const version = (ids: string[]) => fc.tuple(...ids.map((rowId) => cellsOf.map((cells): Row => ({ rowId, ...cells }))))
const variant = (base: Row[]) =>
  fc
    .tuple(
      fc.array(fc.boolean(), { minLength: base.length, maxLength: base.length }),
      version(base.map(({ rowId }) => rowId)),
    )
    .map(([same, other]) => base.map((row, i) => (same[i] ? row : (other[i] as Row))))
const insertion = (id: string) =>
  fc
    .tuple(fc.nat(3), fc.boolean(), cellsOf)
    .map(([at, used, cells]) => (used ? [{ at, row: { rowId: id, ...cells } as Row }] : []))

type Submission = { submitted: Row[]; deletes: string[]; clears: { rowId: string; column: string }[] }
const submission = (base: Row[], newId: string): fc.Arbitrary<Submission> =>
  fc
    .record({
      rows: variant(base),
      added: insertion(newId),
      absent: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
      deletes: fc.subarray(
        base.map(({ rowId }) => rowId),
        { maxLength: 1 },
      ),
      clears: fc.boolean(),
    })
    .map(({ rows, added, absent, deletes, clears }) => {
      const submitted = rows.filter((_, i) => !absent[i])
      for (const { at, row } of added) submitted.splice(at, 0, row)
      return {
        submitted,
        deletes,
        clears: clears ? base.flatMap(({ rowId }) => columns.map((column) => ({ rowId, column }))) : [],
      }
    })
const situation = version(['a', 'b', 'c']).chain((base) =>
  fc.record({ base: fc.constant(base), first: submission(base, 'n1'), second: submission(base, 'n2') }),
)
const run = (base: Row[], head: Row[], s: Submission): MergeResult => mergeTable({ columns, base, head, ...s })

/** Columns of a row that a result left open. */
function openColumns(...results: MergeResult[]): Set<string> {
  const open = new Set<string>()
  for (const { conflicts, held } of results)
    for (const { rowId, column, columns: union } of [...conflicts, ...held]) {
      const all = union ?? (column ? [column] : columns)
      for (const each of all) open.add(`${rowId}/${each}`)
    }
  return open
}
const textsOf = (rows: Row[]) =>
  new Set(rows.flatMap(({ rowId, cells }) => Object.values(cells).map((t) => `${rowId}/${t}`)))

describe('mergeTable', () => {
  test('submitting the base changes nothing, whatever the head', () => {
    fc.assert(
      fc.property(situation, ({ base, first }) => {
        const head = run(base, base, first).rows
        const again = run(base, head, { submitted: base, deletes: [], clears: [] })
        expect(again.rows).toEqual(head)
        expect([again.applied, again.conflicts, again.held]).toEqual([[], [], []])
      }),
      runs,
    )
  })
  test('replaying a submission changes nothing', () => {
    fc.assert(
      fc.property(situation, ({ base, first, second }) => {
        const head = run(base, run(base, base, first).rows, second).rows
        const once = run(base, head, second)
        const twice = run(base, once.rows, second)
        expect(twice.rows).toEqual(once.rows)
      }),
      runs,
    )
  })
  test('invents no text', () => {
    fc.assert(
      fc.property(situation, ({ base, first, second }) => {
        const head = run(base, base, first).rows
        const known = new Set([...textsOf(head), ...textsOf(second.submitted)])
        const blanks = new Set(['a/', 'b/', 'c/', 'n1/', 'n2/'])
        for (const t of textsOf(run(base, head, second).rows)) expect(known.has(t) || blanks.has(t)).toBe(true)
      }),
      runs,
    )
  })
  test('loses nothing: every submitted edit is in the result, a conflict, a hold or converged', () => {
    fc.assert(
      fc.property(situation, ({ base, first, second }) => {
        const head = run(base, base, first).rows
        const result = run(base, head, second)
        const open = openColumns(result)
        for (const row of second.submitted) {
          if (second.deletes.includes(row.rowId)) continue
          const was = base.find(({ rowId }) => rowId === row.rowId)
          const is = result.rows.find(({ rowId }) => rowId === row.rowId)
          for (const column of columns) {
            const typed = row.cells[column]
            if (typed === undefined || typed === was?.cells[column] || open.has(`${row.rowId}/${column}`)) continue
            expect(foldText(is?.cells[column] ?? '')).toBe(foldText(typed))
          }
        }
      }),
      runs,
    )
  })
  test('never blanks or covers a head text without a confirmation', () => {
    fc.assert(
      fc.property(situation, ({ base, first, second }) => {
        const head = run(base, base, first).rows
        const result = run(base, head, { ...second, clears: [], deletes: [] })
        for (const row of head) {
          const after = result.rows.find(({ rowId }) => rowId === row.rowId)
          for (const column of columns) {
            if (isBlank(row.cells[column] ?? '')) continue
            expect(isBlank(after?.cells[column] ?? '')).toBe(false)
          }
        }
      }),
      runs,
    )
  })
  test('no row disappears without an explicit delete', () => {
    fc.assert(
      fc.property(situation, ({ base, first, second }) => {
        const head = run(base, base, first).rows
        const ids = run(base, head, { ...second, deletes: [] }).rows.map(({ rowId }) => rowId)
        for (const { rowId } of head) expect(ids).toContain(rowId)
        expect(new Set(ids).size).toBe(ids.length)
      }),
      runs,
    )
  })
  test('two submissions in either order give the same table outside conflicts and holds', () => {
    fc.assert(
      fc.property(situation, ({ base, first, second }) => {
        const [f1, s1] = [run(base, base, first), run(base, base, second)]
        const [f2, s2] = [run(base, f1.rows, second), run(base, s1.rows, first)]
        const open = openColumns(f1, s1, f2, s2)
        const rowOpen = (rowId: string) => columns.every((column) => open.has(`${rowId}/${column}`))
        const ids = (rows: Row[]) => rows.map(({ rowId }) => rowId).filter((rowId) => !rowOpen(rowId))
        // A row inserted beside one that the other side deletes has lost its neighbour: its place then
        // depends on the order of arrival, its content never.
        const deletes = first.deletes.length + second.deletes.length > 0
        const order = (rowIds: string[]) => (deletes ? rowIds.sort() : rowIds)
        expect(order(ids(f2.rows))).toEqual(order(ids(s2.rows)))
        for (const row of f2.rows) {
          const other = s2.rows.find(({ rowId }) => rowId === row.rowId)
          for (const column of columns) {
            if (open.has(`${row.rowId}/${column}`)) continue
            expect(foldText(other?.cells[column] ?? '')).toBe(foldText(row.cells[column] ?? ''))
            expect(other?.spans?.[column] ?? 1).toBe(row.spans?.[column] ?? 1)
          }
        }
      }),
      runs,
    )
  })
  test('its changes turn the old row into the new one and back', () => {
    fc.assert(
      fc.property(situation, ({ base, first, second }) => {
        const head = run(base, base, first).rows
        const result = run(base, head, second)
        for (const row of result.rows) {
          const before = head.find(({ rowId }) => rowId === row.rowId) ?? { rowId: row.rowId, cells: {} }
          const changes = result.applied.filter(({ rowId }) => rowId === row.rowId)
          expect(applyChanges(before, changes)).toEqual(row)
          expect(undoChanges(row, changes)).toEqual(before)
        }
      }),
      runs,
    )
  })
})
