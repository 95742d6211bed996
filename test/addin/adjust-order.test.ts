/** Whatever rows a person inserts, deletes and moves: what is sent makes the master's order the sheet's, and taking it back makes it what it was. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { adjustmentBody, undoBody } from '../../addin/flows/adjust-body.ts'
import { compareTable } from '../../addin/flows/adjust-draft.ts'
import { itemKey } from '../../addin/flows/adjustment.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type { AdjustPlan, RowList } from '../../domain/protocol.ts'
import { readTable } from '../../domain/read-table.ts'
import { COUNTY_UNITS, drawnTable, ISSUED, TASKS } from './adjust-sheet.ts'

const SPEC = breakdownSpec(ISSUED)
const PAPER = {
  kind: 'erratum' as const,
  reason: '印刷有误。',
  documentNumber: '',
  effectivePeriod: '',
  effectiveOn: '',
}

const edit = fc.oneof(
  fc.record({ what: fc.constant('remove' as const), at: fc.nat(11) }),
  fc.record({ what: fc.constant('move' as const), at: fc.nat(11), to: fc.nat(11) }),
  fc.record({ what: fc.constant('insert' as const), at: fc.nat(11) }),
)

/** The order after a change, as the server makes it: what ends, then what moves, then what is new. */
function applyOrder(order: readonly string[], { removed = [], moved = [], added = [] }: Omit<AdjustPlan, 'reason'>) {
  const gone = new Set(removed.map(({ rowId }) => rowId))
  let rows = order.filter((rowId) => !gone.has(rowId))
  for (const { rowId, after } of [...moved, ...added]) {
    rows = rows.filter((other) => other !== rowId)
    const at = after === undefined ? 0 : rows.indexOf(after) + 1
    if (after !== undefined && at === 0) throw new Error(`${after} is not there`)
    rows.splice(at, 0, rowId)
  }
  return rows
}

test('inserted, deleted and moved rows arrive where the sheet has them, and go back to where they were', () => {
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 12 }), fc.nat(), (edits, seed) => {
      const tasks = Array.from({ length: 8 }, (_, i) => ({
        ...TASKS[0]!,
        rowId: `t${i}`,
        cells: { ...TASKS[0]!.cells, number: String(i + 1), task: `第${i + 1}项任务。` },
      }))
      const rows: RowList = { planId: ISSUED.id, state: 'issued', seq: 9, rows: tasks }
      const grid = drawnTable(tasks)
      const [head, body] = [grid.texts.slice(0, 2), grid.texts.slice(2)]
      let inserted = 0
      for (const { at, ...one } of edits) {
        const place = at % (body.length + 1)
        if (one.what === 'insert')
          body.splice(place, 0, ['', `新增第${++inserted}项。`, '——', '建成。', '县水利局', '——', ''])
        else if (body.length > 1) {
          const [cut = []] = body.splice(at % body.length, 1)
          if (one.what === 'move') body.splice(one.to % (body.length + 1), 0, cut)
        }
      }
      const { table } = readTable({ ...grid, texts: [...head, ...body] }, SPEC, { complete: true })
      let ids = 0
      const registry = COUNTY_UNITS
      const found = compareTable({ spec: SPEC, table, rows, registry, removals: new Map(), newId: () => `n${++ids}` })
      if (!found) return
      // What ends is chosen by the person: here some of it.
      const ended = found.removed.filter((_, i) => (seed >> i) % 2 === 0).map(({ rowId }) => itemKey('removed', rowId))
      const adjustment = {
        ...{ ...found, sheet: grid.name, snapshot: '', attempt: 'a', paper: PAPER },
        chosen: [...found.chosen, ...ended],
      }
      const sent = adjustmentBody(adjustment, rows)
      const before = tasks.map(({ rowId }) => rowId)
      const after = applyOrder(before, sent)
      const onSheet = new Set(found.sequence.map(({ rowId }) => rowId))
      expect(after.filter((rowId) => onSheet.has(rowId))).toEqual(found.sequence.map(({ rowId }) => rowId))
      expect(after.filter((rowId) => !onSheet.has(rowId))).toHaveLength(found.removed.length - ended.length)
      const undo = undoBody(SPEC, { body: sent, before: rows, done: { seq: 10, rows: [] } })
      expect(applyOrder(after, undo)).toEqual(before)
    }),
    { seed: 26, numRuns: 200 },
  )
})
