/** Limits and the fields that requests are made of. */
import * as z from 'zod/mini'

z.config({ jitless: true })

/** Excel's limit for one cell, in UTF-16 units. */
export const MAX_CELL_LENGTH = 32_767
/** Rows in one submission or plan; the largest known county table has under 300. */
export const MAX_ROWS = 5_000
/** Bytes of a request body, refused before parsing. */
export const MAX_BODY_BYTES = 8 * 1024 * 1024

/** A key such as `constructor` or `__proto__` finds something on every object: no id and no column has it. */
export const ownName = z.refine<string>((key) => !(key in Object.prototype), 'reserved name')
/** No colon and no @: a provisional row id never passes, and the carrier can write rowId@ver. */
export const id = z.string().check(z.regex(/^[A-Za-z0-9_.-]{1,64}$/), ownName)
export const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/), z.refine<string>(isDay, 'no such day'))
/** What the issue of a text says that holds a character we refuse for what it does to the reader. */
export const ILLEGAL_CHARACTER = 'illegal-character'
/**
 * Embeddings, overrides and isolates make a text read otherwise than it is stored: 1000 can be shown
 * as 0001, on the screen and on paper. Chinese prose never needs them.
 */
const REORDERING = /[\u202A-\u202E\u2066-\u2069]/
const plain = z.refine<string>((value) => !REORDERING.test(value), ILLEGAL_CHARACTER)
/** One line that is shown and printed: no control characters, which no workbook can hold. */
export const line = z.string().check(z.maxLength(200), z.regex(/^[^\p{Cc}\u2028\u2029\uFFFE\uFFFF]*$/u), plain)
export const name = line.check(z.minLength(1))
export const columnKey = z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9.]{0,63}$/), ownName)
export const text = z.string().check(z.maxLength(MAX_CELL_LENGTH))
/** Some lines that are shown and printed. */
export const prose = z
  .string()
  .check(z.maxLength(500), z.regex(/^[^\p{Cc}\uFFFE\uFFFF]*(?:[\t\r\n][^\p{Cc}\uFFFE\uFFFF]*)*$/u), plain)

/** 2023-02-31 is none. */
function isDay(value: string): boolean {
  const time = Date.parse(`${value}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value)
}
/** No county has half as many units. */
export const names = z.array(name).check(z.maxLength(1_000))
export const spans = z.record(columnKey, z.int().check(z.gte(2), z.lte(60)))
export const cells = z.record(columnKey, text)
export const cellRef = z.object({ rowId: id, column: columnKey })
