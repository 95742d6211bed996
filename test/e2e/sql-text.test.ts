/** Any row as SQL text comes back exactly, through wrangler's own way of taking a file apart. */
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { unstable_splitSqlQuery } from 'wrangler'
import { insertRow, PIECE_TABLE, type SqlValue } from '../../tools/database/sql-text.ts'

const COLUMNS = ['rowid', 'a', 'b', 'c']

/** Writes rows as a backup does, runs the file statement by statement, and reads them back. */
function roundTrip(rows: SqlValue[][]): { rows: SqlValue[][]; longest: number } {
  const database = new DatabaseSync(':memory:')
  const table = 'CREATE TABLE "odd name" (a TEXT, b TEXT CHECK (b IS NULL OR json_valid(b)), c INTEGER) STRICT;'
  const inserts = rows.flatMap((row) => insertRow('odd name', COLUMNS, row))
  const file = [table, PIECE_TABLE.create, ...inserts, PIECE_TABLE.drop].join('\n')
  const statements = unstable_splitSqlQuery(`${file}\n`)
  expect(statements).toHaveLength(inserts.length + 3)
  for (const statement of statements) database.prepare(statement).run()
  const read = database.prepare('SELECT rowid, a, b, c FROM "odd name" ORDER BY rowid').all() as Record<
    string,
    SqlValue
  >[]
  database.close()
  return {
    rows: read.map((row) => COLUMNS.map((column) => row[column] ?? null)),
    longest: Math.max(...statements.map((statement) => Buffer.byteLength(statement))),
  }
}

const words = fc.constantFrom(
  "'",
  '"',
  ';',
  '\n',
  '\r\n',
  '\\n',
  '--',
  '/*',
  '*/',
  '`',
  '[',
  ']',
  'BEGIN TRANSACTION',
  'COMMIT;',
  'end',
  '𠮷',
  '👍🏽',
  '\ufeff',
  '\u2028',
  '县',
)
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.array(words, { maxLength: 12 }).map((list) => list.join('')),
)

test('texts of any characters, numbers and nothing', () => {
  const row = fc.tuple(fc.option(text), fc.option(text.map((it) => JSON.stringify(it))), fc.option(fc.maxSafeInteger()))
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (list) => {
      const rows = list.map((values, i): SqlValue[] => [i * 3 + 1, ...values])
      expect(roundTrip(rows).rows).toEqual(rows)
    }),
  )
})

test.each([
  ['quoted', '推进项目前期工作'],
  ['hexadecimal', '𠮷\n"\';'],
  ['nothing but quotes', "'"],
])(
  'texts of nearly two megabytes, %s, in statements under 100 KB and without breaking a CHECK on the way',
  (_, unit) => {
    const long = unit.repeat(Math.floor(1_900_000 / Buffer.byteLength(unit)))
    const rows: SqlValue[][] = [
      [7, long, JSON.stringify([long.slice(0, 300_000)]), 1],
      [9, 'short', '{}', 2],
      [12, null, JSON.stringify([long.slice(0, 50_000)]), null],
    ]
    const read = roundTrip(rows)
    expect(read.rows).toEqual(rows)
    expect(read.longest).toBeLessThan(100_000)
  },
)

test('a number that JavaScript cannot hold exactly is no number to write', () => {
  expect(() => insertRow('odd name', ['c'], [2 ** 53])).toThrow(/not exact/)
})
