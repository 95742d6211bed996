/**
 * Keeps requests to Excel bounded: Excel on the web takes 5 MB at a time, and between requests the
 * pane shows progress and can stop.
 */
import type { Area } from '../../domain/grid.ts'

/** Estimated bytes of one request. */
const REQUEST_BYTES = 500_000

/** UTF-8 needs three bytes for a Chinese character; the rest covers quotes and the comma. */
export function textBytes(text: string): number {
  return text.length * 3 + 4
}

/** Cuts an area into horizontal strips of about `limit` bytes; a single row is never cut. */
export function splitByBytes<A extends Area>(
  area: A,
  textOf: (row: number, column: number) => string,
  limit = REQUEST_BYTES,
): (A & { bytes: number })[] {
  const strips: (A & { bytes: number })[] = []
  for (let row = area.row; row < area.row + area.rows; row += 1) {
    let bytes = 0
    for (let column = area.column; column < area.column + area.columns; column += 1)
      bytes += textBytes(textOf(row, column))
    const last = strips.at(-1)
    if (last && last.bytes + bytes <= limit) {
      last.rows += 1
      last.bytes += bytes
    } else strips.push({ ...area, row, rows: 1, bytes })
  }
  return strips
}

/** Puts neighbouring items together as long as their bytes fit one request. */
export function packRequests<T extends { bytes: number }>(items: readonly T[], limit = REQUEST_BYTES): T[][] {
  const requests: T[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const item of items) {
    if (bytes + item.bytes > limit) {
      requests.push([])
      bytes = 0
    }
    requests.at(-1)?.push(item)
    bytes += item.bytes
  }
  return requests
}

/** The texts of an area, row by row, as Office.js wants them. */
export function matrixOf<T>(area: Area, at: (row: number, column: number) => T): T[][] {
  return Array.from({ length: area.rows }, (_, r) =>
    Array.from({ length: area.columns }, (_, c) => at(area.row + r, area.column + c)),
  )
}
