import { describe, expect, test } from 'vitest'
import { DuplicateRowIdError, type MergeInput, mergeTable } from '../../domain/merge.ts'
import type { Row } from '../../domain/table.ts'

const columns = ['task', 'P1', 'P2', 'P3']
const row = (rowId: string, cells: Record<string, string>, spans?: Record<string, number>): Row =>
  spans ? { rowId, cells, spans } : { rowId, cells }

/** One cell of one row in three versions. */
function mergeOne(base: string, head: string, submitted: string, clears?: MergeInput['clears']) {
  const cell = (text: string) => [row('r', { task: 't', P1: text, P2: '——', P3: '' })]
  const result = mergeTable({ columns, base: cell(base), head: cell(head), submitted: cell(submitted), clears })
  return { ...result, text: result.rows[0]?.cells.P1 }
}

describe('a cell in three versions', () => {
  test('keeps the head when the submission changed nothing', () => {
    const merged = mergeOne('甲', '乙', '甲')
    expect(merged.text).toBe('乙')
    expect([merged.applied, merged.converged, merged.conflicts, merged.held]).toEqual([[], [], [], []])
  })
  test('takes the submission when the head is as it was', () => {
    const merged = mergeOne('甲', '甲', '乙')
    expect(merged.text).toBe('乙')
    expect(merged.applied).toEqual([{ rowId: 'r', column: 'P1', old: '甲', new: '乙' }])
  })
  test('takes a change that only folding hides, because what was typed is what is stored', () => {
    expect(mergeOne('甲', '甲', ' 甲').text).toBe(' 甲')
  })
  test('converges when both sides wrote the same but for blanks, and keeps the head', () => {
    const merged = mergeOne('甲', '乙', '乙\u3000')
    expect(merged.text).toBe('乙')
    expect(merged.converged).toEqual([{ rowId: 'r', column: 'P1', old: '甲', new: '乙' }])
    expect(merged.conflicts).toEqual([])
  })
  test('is a conflict when both changed it differently; the head stays', () => {
    const merged = mergeOne('甲', '乙', '丙')
    expect(merged.text).toBe('乙')
    expect(merged.conflicts).toEqual([
      { kind: 'cell', rowId: 'r', column: 'P1', base: '甲', head: '乙', submitted: '丙' },
    ])
  })
  test('holds a clearing until it is confirmed', () => {
    const held = mergeOne('甲', '甲', ' ')
    expect(held.text).toBe('甲')
    expect(held.held).toEqual([{ rowId: 'r', column: 'P1', head: '甲' }])
    const cleared = mergeOne('甲', '甲', '', [{ rowId: 'r', column: 'P1' }])
    expect(cleared.text).toBe('')
    expect(cleared.held).toEqual([])
  })
  test('does not let a confirmation meant for another cell clear this one', () => {
    expect(mergeOne('甲', '甲', '', [{ rowId: 'r', column: 'P2' }]).held).toHaveLength(1)
  })
  test('holds —— cleared to blank, and takes blank filled with ——', () => {
    expect(mergeOne('——', '——', '').held).toHaveLength(1)
    expect(mergeOne('', '', '——').text).toBe('——')
  })
  test('is a conflict when a text was cleared here and changed there', () => {
    expect(mergeOne('甲', '乙', '', [{ rowId: 'r', column: 'P1' }]).conflicts).toHaveLength(1)
    expect(mergeOne('甲', '', '乙').conflicts).toHaveLength(1)
  })
  test('converges when both cleared it', () => {
    const merged = mergeOne('甲', '', ' ')
    expect([merged.text, merged.conflicts, merged.held]).toEqual(['', [], []])
    expect(merged.converged).toHaveLength(1)
  })
  test('converges on different spellings of ——', () => {
    expect(mergeOne('甲', '——', '--').converged).toHaveLength(1)
  })
  test('leaves a column alone that the submission does not mention', () => {
    const merged = mergeTable({
      columns,
      base: [row('r', { task: 't', P1: 'a' })],
      head: [row('r', { task: 't', P1: 'b' })],
      submitted: [row('r', { task: 'u' })],
    })
    expect(merged.rows).toEqual([row('r', { task: 'u', P1: 'b' })])
  })
  test('holds an unknown column instead of dropping it', () => {
    const known = [row('r', { task: 't' })]
    const merged = mergeTable({
      columns: ['task'],
      base: known,
      head: known,
      submitted: [row('r', { task: 't', note: '备注' })],
    })
    expect(merged.held).toEqual([{ rowId: 'r', column: 'note', head: '' }])
    expect(merged.rows).toEqual(known)
  })
  test('holds an unknown column only where it says something new', () => {
    const merge = (base: string, head: string, submitted: string) => {
      const one = (note: string) => [row('r', { note })]
      return mergeTable({ columns: ['task'], base: one(base), head: one(head), submitted: one(submitted) }).held
    }
    expect(merge('a', 'b', 'a')).toEqual([])
    expect(merge('a', 'b', 'b')).toEqual([])
    expect(merge('a', 'b', 'c')).toEqual([{ rowId: 'r', column: 'note', head: 'b' }])
  })
})

describe('spans', () => {
  const single = row('r', { task: 't', P1: 'a', P2: 'b', P3: '' })
  const merged12 = row('r', { task: 't', P1: 'a', P3: '' }, { P1: 2 })
  const merge = (base: Row, head: Row, submitted: Row, clears?: MergeInput['clears']) =>
    mergeTable({ columns, base: [base], head: [head], submitted: [submitted], clears })

  test('covering a text is a clearing that waits for confirmation', () => {
    const held = merge(single, single, merged12)
    expect(held.held).toEqual([{ rowId: 'r', column: 'P2', columns: ['P1', 'P2'], head: 'b' }])
    expect(held.rows[0]).toBe(single)
    const done = merge(single, single, merged12, [{ rowId: 'r', column: 'P2' }])
    expect(done.rows[0]).toEqual(merged12)
    expect(done.applied).toEqual([
      { rowId: 'r', column: 'P1', old: 'a', new: 'a', spans: [1, 2] },
      { rowId: 'r', column: 'P2', old: 'b', new: null },
    ])
  })
  test('covering a blank cell needs no confirmation', () => {
    const wide = row('r', { task: 't', P1: 'a', P2: 'b' }, { P2: 2 })
    expect(merge(single, single, wide).rows[0]).toEqual(wide)
  })
  test('unmerging into filled cells is applied and can be undone from its changes', () => {
    const result = merge(merged12, merged12, single)
    expect(result.rows[0]).toEqual(single)
    expect(result.applied).toEqual([
      { rowId: 'r', column: 'P1', old: 'a', new: 'a', spans: [2, 1] },
      { rowId: 'r', column: 'P2', old: null, new: 'b' },
    ])
  })
  test('a new span against a changed text inside its union is one conflict over the union', () => {
    const edited = row('r', { task: 't', P1: 'a', P2: 'c', P3: '' })
    const result = merge(single, edited, merged12, [{ rowId: 'r', column: 'P2' }])
    expect(result.conflicts).toMatchObject([
      { kind: 'span', rowId: 'r', columns: ['P1', 'P2'], base: 'a | b', head: 'a | c', submitted: 'a' },
    ])
    expect(result.conflicts[0]?.tuples).toEqual({
      base: { cells: { P1: 'a', P2: 'b' }, spans: {} },
      head: { cells: { P1: 'a', P2: 'c' }, spans: {} },
      submitted: { cells: { P1: 'a' }, spans: { P1: 2 } },
    })
    expect(result.rows[0]).toBe(edited)
  })
  test('a change outside the union is not drawn into the conflict', () => {
    const head = row('r', { task: 't', P1: 'x', P2: 'b', P3: '' })
    const submitted = row('r', { task: 't', P1: 'a', P3: 'new' }, { P1: 2 })
    const result = merge(single, head, submitted)
    expect(result.conflicts).toHaveLength(1)
    expect(result.rows[0]?.cells.P3).toBe('new')
  })
  test('overlapping spans of three versions form one union', () => {
    const left = row('r', { task: 't', P1: 'x', P3: '' }, { P1: 2 })
    const right = row('r', { task: 't', P1: 'a', P2: 'y' }, { P2: 2 })
    const blank = row('r', { task: 't', P1: 'a', P2: '', P3: '' })
    expect(merge(blank, left, right).conflicts).toMatchObject([{ kind: 'span', columns: ['P1', 'P2', 'P3'] }])
  })
  test('beside a span, a single cell is still compared as a cell', () => {
    const base = row('r', { task: 't', P1: 'a', P3: 'x' }, { P1: 2 })
    const head = row('r', { task: 't', P1: 'a', P3: 'y' }, { P1: 2 })
    const result = merge(base, head, row('r', { task: '', P1: 'a', P3: 'z' }, { P1: 2 }))
    expect(result.conflicts).toEqual([{ kind: 'cell', rowId: 'r', column: 'P3', base: 'x', head: 'y', submitted: 'z' }])
    expect(result.held).toEqual([{ rowId: 'r', column: 'task', head: 't' }])
  })
  test('a span longer than the table ends with the table', () => {
    const result = merge(single, single, row('r', { task: 't', P1: 'a', P2: 'b', P3: 'c' }, { P3: 9 }))
    expect(result.rows[0]).toEqual(row('r', { task: 't', P1: 'a', P2: 'b', P3: 'c' }))
  })
  test('the same new span with texts that fold to the same converges, and keeps the head', () => {
    const result = merge(single, merged12, row('r', { task: 't', P1: 'a ', P3: '' }, { P1: 2 }))
    expect([result.conflicts, result.held, result.rows[0]]).toEqual([[], [], merged12])
  })
  test('the same new span on both sides converges', () => {
    const result = merge(single, merged12, merged12)
    expect([result.conflicts, result.held, result.applied]).toEqual([[], [], []])
    expect(result.converged).toHaveLength(2)
  })
  test('a new text in an unchanged span is an ordinary edit', () => {
    const result = merge(merged12, merged12, row('r', { task: 't', P1: 'z', P3: '' }, { P1: 2 }))
    expect(result.rows[0]).toEqual(row('r', { task: 't', P1: 'z', P3: '' }, { P1: 2 }))
    expect(result.applied).toEqual([{ rowId: 'r', column: 'P1', old: 'a', new: 'z', spans: [2, 2] }])
  })
  test('a client that leaves spans out does not unmerge what it did not mention', () => {
    const result = merge(merged12, merged12, row('r', { P1: 'z' }))
    expect(result.rows[0]).toEqual(row('r', { task: 't', P1: 'z', P3: '' }, { P1: 2 }))
  })
  test('a span that claims a column with its own text ends before it: nothing is lost', () => {
    const result = merge(single, single, row('r', { task: 't', P1: 'a', P2: 'b2', P3: '' }, { P1: 3 }))
    expect(result.rows[0]).toEqual(row('r', { task: 't', P1: 'a', P2: 'b2', P3: '' }))
  })
})

describe('rows', () => {
  const a = row('a', { task: '1' })
  const b = row('b', { task: '2' })
  const c = row('c', { task: '3' })
  const merge = (input: Partial<MergeInput>) =>
    mergeTable({ columns, base: [a, b], head: [a, b], submitted: [], ...input })

  test('an absent row is untouched', () => {
    expect(merge({ submitted: [a] }).rows).toEqual([a, b])
  })
  test('a new row stands after its predecessor', () => {
    const result = merge({ submitted: [a, c, b] })
    expect(result.rows).toEqual([a, c, b])
    expect(result.inserted).toEqual(['c'])
    expect(merge({ submitted: [c] }).rows).toEqual([c, a, b])
    expect(merge({ submitted: [b, c] }).rows).toEqual([a, b, c])
  })
  test('a new row keeps its spans, and its unknown columns are held', () => {
    const fresh = row('n', { task: 't', P1: 'x', P3: '', note: '备注' }, { P1: 2 })
    const result = merge({ submitted: [b, fresh] })
    expect(result.rows[2]).toEqual(row('n', { task: 't', P1: 'x', P3: '' }, { P1: 2 }))
    expect(result.held).toEqual([{ rowId: 'n', column: 'note', head: '' }])
    expect(merge({ submitted: [b, row('n', { task: 't' }, {})] }).rows[2]).toEqual(row('n', { task: 't' }))
  })
  test('a row added on both sides converges or conflicts cell by cell', () => {
    expect(merge({ head: [a, b, c], submitted: [c] })).toMatchObject({ conflicts: [], inserted: [] })
    expect(merge({ head: [a, b, c], submitted: [row('c', { task: 'x' })] }).conflicts).toHaveLength(1)
  })
  test('an explicit delete of an unchanged row removes it', () => {
    const result = merge({ deletes: ['a'] })
    expect(result.rows).toEqual([b])
    expect(result.deleted).toEqual(['a'])
  })
  test('a delete against an edit is a conflict; the row stays as at the head', () => {
    const edited = row('a', { task: 'x' })
    const result = merge({ head: [edited, b], deletes: ['a'] })
    expect(result.conflicts).toEqual([{ kind: 'edit-delete', rowId: 'a' }])
    expect(result.rows).toEqual([edited, b])
  })
  test('an edit against a delete is a conflict; the row stays deleted', () => {
    const result = merge({ head: [b], submitted: [row('a', { task: 'x' })] })
    expect(result.conflicts).toEqual([{ kind: 'delete-edit', rowId: 'a' }])
    expect(result.rows).toEqual([b])
  })
  test('an unchanged row that was deleted at the head stays deleted, silently', () => {
    expect(merge({ head: [b], submitted: [a] })).toMatchObject({ rows: [b], conflicts: [] })
  })
  test('a deleted row whose cell the submission cleared is a conflict too', () => {
    expect(merge({ head: [b], submitted: [row('a', { task: '' })] }).conflicts).toHaveLength(1)
  })
  test('both deleting is no conflict', () => {
    expect(merge({ head: [b], deletes: ['a'] })).toMatchObject({ rows: [b], conflicts: [], deleted: [] })
  })
  test('deleting a row that the base never had is a conflict, not a delete', () => {
    expect(merge({ head: [a, b, c], deletes: ['c'] }).conflicts).toEqual([{ kind: 'edit-delete', rowId: 'c' }])
  })
  test('the same id twice is refused by name', () => {
    expect(() => merge({ submitted: [a, a] })).toThrow(DuplicateRowIdError)
  })
  test('moving a row moves nothing: order is not the submitter’s', () => {
    expect(merge({ submitted: [b, a] }).rows).toEqual([a, b])
  })
})
