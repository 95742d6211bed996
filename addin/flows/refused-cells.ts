/** Where on the sheet the cells stand that the server would not take: its refusal names them by their place in the request. */
import { cellAddress } from '../../domain/grid.ts'
import type { Submission } from '../../domain/protocol.ts'
import { Refusal } from '../api.ts'
import { type FoundReading, placeOf } from './reading.ts'

export type RefusedCell = { row: number; column: number; address: string }

/** The cells that a refusal of this submission is about, as they stand on the sheet; none where it is about something else. */
export function refusedCells(error: unknown, submission: Submission, reading: FoundReading): RefusedCell[] {
  if (!(error instanceof Refusal)) return []
  const rows = new Map(reading.table.rows.map((row) => [row.rowId, row]))
  return (error.body.errors ?? []).flatMap(({ pointer }) => {
    const [, index, column] = /^\/rows\/(\d+)\/cells\/([^/]+)$/.exec(pointer) ?? []
    const rowId = submission.rows[Number(index)]?.rowId
    const place = placeOf(reading, rowId === undefined ? undefined : rows.get(rowId), column)
    return place ? [{ ...place, address: cellAddress(place.row, place.column) }] : []
  })
}
