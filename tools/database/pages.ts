/**
 * Tables read in pages that wrangler can carry, and of one moment although others write meanwhile:
 * tables that may change are read again until nothing moved while they were read; what is append-only
 * can then be read up to where it had come.
 */
import { type Database, queryDatabase } from '../wrangler.ts'
import type { TableInfo } from './schema.ts'
import { quoteName, type SqlValue } from './sql-text.ts'

const PAGE_BYTES = 4_000_000
const PAGE_ROWS = 5_000
const MAX_TRIES = 5

/** Where a table had come: its rows, the last rowid (0 without), the bytes of its values. */
export type Mark = { rows: number; last: number; bytes: number }
export type Marks = Map<string, Mark>

/** A row by its columns; `#` is its rowid. */
export type StoredRow = Record<string, SqlValue>

/** Somebody wrote all the time, or a table changed that never may. */
export class DatabaseBusy extends Error {}

/**
 * The rows of those tables that may change, all of one moment, and how far every table had come at
 * that moment. A change shows in the marks, because every one that matters adds a line to the record;
 * when a key was last used, which adds none, may be of another moment. Throws DatabaseBusy where no quiet moment was found in five tries.
 */
export async function readChangingTables(
  database: Database,
  tables: TableInfo[],
): Promise<{ marks: Marks; rows: Map<string, StoredRow[]> }> {
  const changing = tables.filter(({ isAppendOnly }) => !isAppendOnly)
  let marks = await measure(database, tables)
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const found = new Map(changing.map(({ name }): [string, StoredRow[]] => [name, []]))
    for await (const { table, rows } of readPages(database, changing, marks)) found.get(table)?.push(...rows)
    const after = await measure(database, tables)
    if (JSON.stringify([...marks]) === JSON.stringify([...after])) return { marks, rows: found }
    marks = after
  }
  throw new DatabaseBusy('the database changed during each of five tries')
}

async function measure(database: Database, tables: TableInfo[]): Promise<Marks> {
  const results = await queryDatabase(
    database,
    tables.map(
      (table) =>
        `SELECT count(*) AS rows, ${table.hasRowid ? 'coalesce(max(rowid), 0)' : '0'} AS last,
         coalesce(sum(${bytesOf(table)}), 0) AS bytes FROM ${quoteName(table.name)}`,
    ),
  )
  return new Map(tables.map(({ name }, i) => [name, results[i]?.[0] as Mark]))
}

/** The rows of tables up to their marks, table after table, as many of them in one call as fit a page. */
export async function* readPages(
  database: Database,
  tables: TableInfo[],
  marks: Marks,
): AsyncGenerator<{ table: string; rows: StoredRow[] }, undefined> {
  const waiting = tables
    .map((table) => ({ table, mark: marks.get(table.name) as Mark, read: 0, after: 0 }))
    .filter(({ mark }) => mark.rows > 0)
  while (waiting.length > 0) {
    let room = PAGE_BYTES
    const asked: typeof waiting = []
    for (const it of waiting) {
      asked.push(it)
      room -= it.mark.bytes
      if (room < 0 || it.mark.rows - it.read > PAGE_ROWS) break
    }
    const results = await queryDatabase(
      database,
      asked.map(({ table, mark, read, after }) => selectPage(table, mark, read, after)),
    )
    for (const [i, it] of asked.entries()) {
      const found = results[i] ?? []
      it.read += found.length
      it.after = Number(found.at(-1)?.['#'] ?? it.mark.last)
      if (found.length === 0 || it.read >= it.mark.rows) waiting.splice(waiting.indexOf(it), 1)
      if (found.length > 0) yield { table: it.table.name, rows: found as StoredRow[] }
    }
  }
}

/** The next rows, the first of them however long, the others while the page has room. */
function selectPage(table: TableInfo, mark: Mark, read: number, after: number): string {
  const name = quoteName(table.name)
  const columns = table.columns.map(quoteName).join(', ')
  const position = table.hasRowid ? 'rowid' : String(read)
  const where = table.hasRowid ? `WHERE rowid > ${after} AND rowid <= ${mark.last}` : ''
  const offset = table.hasRowid ? '' : `OFFSET ${read}`
  const order = table.hasRowid ? '"#"' : table.key
  return `SELECT "#", ${columns} FROM (
      SELECT *, sum("#bytes") OVER (ORDER BY ${order} ROWS UNBOUNDED PRECEDING) AS "#total" FROM (
        SELECT ${position} AS "#", ${columns}, ${bytesOf(table)} AS "#bytes" FROM ${name} ${where}
        ORDER BY ${table.key} LIMIT ${PAGE_ROWS} ${offset})
    ) WHERE "#total" - "#bytes" < ${PAGE_BYTES} ORDER BY ${order}`
}

function bytesOf({ columns }: TableInfo): string {
  return columns.map((column) => `coalesce(octet_length(${quoteName(column)}), 0)`).join(' + ')
}
