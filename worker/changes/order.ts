/** The order of rows: the commission's, and no part of any submission. */
import type { MoveRows, PlanChanged } from '../../domain/protocol.ts'
import type { Call } from '../endpoint.ts'
import { readRows, selectRows } from '../store/rows.ts'
import { PENDING_VER } from '../store/submissions.ts'
import { changePlan } from './change-plan.ts'
import { placeRows } from './place-rows.ts'
import { refuseAt, requireRows } from './refuse-rows.ts'

/**
 * Puts rows behind another. Their versions rise; texts sent from older versions merge as ever. Throws
 * row-not-found, duplicate-row-id, invalid.
 */
export async function moveRows(call: Call<MoveRows>): Promise<PlanChanged> {
  const { db, body } = call
  return changePlan(call, {
    select: (sheetId) => [selectRows(db, sheetId)],
    prepare: (_, [rows]) => {
      const heads = readRows(rows).filter(({ deleted }) => !deleted)
      const moved = requireRows(body.rowIds, heads, (i) => `/rowIds/${i}`)
      if (body.after !== undefined) requireRows([body.after], heads, () => '/after')
      if (body.after !== undefined && body.rowIds.includes(body.after)) refuseAt('invalid', ['/after'], {}, 'moved')
      const byId = new Map(heads.map((head) => [head.row.rowId, head]))
      const outline = heads.map(({ row, orderKey }) => ({ rowId: row.rowId, orderKey }))
      const { placed, around } = placeRows(outline, body.rowIds, body.after)
      const changed = new Set(placed.map(({ rowId }) => rowId))
      const versions = new Map(heads.map(({ row, ver }) => [row.rowId, ver]))
      const stays = moved.filter(({ row }) => !changed.has(row.rowId))
      return {
        kind: 'order',
        // The rows around the gap too: if one of them moves meanwhile, the gap is elsewhere.
        expected: [...new Set([...changed, ...body.rowIds, ...around])].map((rowId) => ({
          rowId,
          ver: versions.get(rowId) ?? 0,
        })),
        writes: placed.map(({ rowId, orderKey }) => ({
          row: byId.get(rowId)!.row,
          kind: 'move' as const,
          changes: [],
          orderKey,
        })),
        rows: [
          ...placed.map(({ rowId }) => ({ rowId, ver: PENDING_VER })),
          ...stays.map(({ row, ver }) => ({ rowId: row.rowId, ver })),
        ],
      }
    },
  })
}
