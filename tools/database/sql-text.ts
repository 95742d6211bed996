/**
 * Rows as SQL that every D1 takes back exactly. `wrangler d1 export` cannot serve: it turns a typed
 * `\n` into a line break wherever the same text holds a real one, drops the rowids that seals refer
 * to, and writes statements beyond the 100 KB that an import takes.
 */
import { chunkText } from '../../worker/store/batch.ts'

/** D1 refuses statements over 100,000 bytes. */
const MAX_STATEMENT_BYTES = 90_000
/** A piece takes at most six bytes for each three of these: as hexadecimal, two for one. */
const PIECE_BYTES = 36_000

/** Holds one row's long texts while they are put together; made before the rows, dropped after them. */
export const PIECE_TABLE = {
  create: 'CREATE TABLE backup_piece (col INTEGER PRIMARY KEY, text TEXT NOT NULL);',
  drop: 'DROP TABLE backup_piece;',
}

export type SqlValue = string | number | null

/**
 * Statements of one line each that put a row into a table. Texts that would make one too long go
 * through backup_piece: a CHECK such as json_valid would refuse a text that is filled in bit by bit.
 * Throws for a number that JavaScript cannot hold exactly.
 */
export function insertRow(table: string, columns: readonly string[], values: readonly SqlValue[]): string[] {
  const literals = values.map(toLiteral)
  const build = () =>
    `INSERT INTO ${quoteName(table)} (${columns.map(quoteName).join(', ')}) VALUES (${literals.join(', ')});`
  const pieces: string[] = []
  let statement = build()
  while (Buffer.byteLength(statement) > MAX_STATEMENT_BYTES) {
    const longest = literals.reduce(
      (best, literal, i) => (literal.length > (literals[best] ?? '').length ? i : best),
      0,
    )
    pieces.push(...buildPieces(longest, String(values[longest])))
    literals[longest] = `(SELECT text FROM backup_piece WHERE col = ${longest})`
    statement = build()
  }
  return pieces.length === 0 ? [statement] : [...pieces, statement, 'DELETE FROM backup_piece;']
}

function buildPieces(col: number, text: string): string[] {
  return chunkText(text, PIECE_BYTES, PIECE_BYTES).map((piece, i) =>
    i === 0
      ? `INSERT INTO backup_piece (col, text) VALUES (${col}, ${toLiteral(piece)});`
      : `UPDATE backup_piece SET text = text || ${toLiteral(piece)} WHERE col = ${col};`,
  )
}

/** Line breaks, control characters and what wrangler's own reading of SQL stumbles over. */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp};\ufeff]|transaction/iu

/** A value as SQL. A text that not every reader of SQL leaves alone is written as hexadecimal. */
export function toLiteral(value: SqlValue): string {
  if (value === null) return 'NULL'
  if (typeof value === 'number') {
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw new Error(`not exact as a number: ${value}`)
    return String(value)
  }
  if (UNSAFE.test(value)) return `CAST(X'${Buffer.from(value).toString('hex')}' AS TEXT)`
  return `'${value.replaceAll("'", "''")}'`
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
