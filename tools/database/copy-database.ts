/** A whole database as lines of SQL, of one moment although others write meanwhile. */
import { createHash } from 'node:crypto'
import type { Database } from '../wrangler.ts'
import { DatabaseBusy, readChangingTables, readPages, type StoredRow } from './pages.ts'
import { readSchema, type TableInfo } from './schema.ts'
import { insertRow, PIECE_TABLE, type SqlValue } from './sql-text.ts'

/** What was copied: of each table its rows, its last rowid and a hash over the lines that make them. */
export type Copied = {
  tables: Record<string, { rows: number; last: number; sha256: string }>
  /** Over the SQL of tables, indexes and triggers. */
  schemaSha256: string
}

/** Copies a database line by line. Throws DatabaseBusy where no quiet moment was found in five tries. */
export async function copyDatabase(database: Database, write: (line: string) => Promise<void>): Promise<Copied> {
  const schema = await readSchema(database)
  const { marks, rows: changing } = await readChangingTables(database, schema.tables)
  const tables: Copied['tables'] = {}

  const frozen = readPages(
    database,
    schema.tables.filter(({ isAppendOnly }) => isAppendOnly),
    marks,
  )
  await write('PRAGMA defer_foreign_keys = TRUE;')
  for (const { sql } of schema.tables) await write(`${sql};`)
  await write(PIECE_TABLE.create)
  for (const table of schema.tables) {
    const { rows, last } = marks.get(table.name) ?? { rows: 0, last: 0 }
    const hash = createHash('sha256')
    const take = async (row: StoredRow) => {
      for (const line of insertRow(table.name, columnsOf(table), valuesOf(table, row))) {
        hash.update(`${line}\n`)
        await write(line)
      }
    }
    for (const row of changing.get(table.name) ?? []) await take(row)
    for (let left = table.isAppendOnly ? rows : 0; left > 0; ) {
      const { value: page } = await frozen.next()
      if (page?.table !== table.name) throw new DatabaseBusy(`${table.name} changed while it was copied`)
      for (const row of page.rows) await take(row)
      left -= page.rows.length
    }
    tables[table.name] = { rows, last, sha256: hash.digest('hex') }
  }
  await write(PIECE_TABLE.drop)
  for (const sql of schema.rest) await write(`${sql};`)
  const schemaText = [...schema.tables.map(({ sql }) => sql), ...schema.rest].join('\n')
  return { tables, schemaSha256: createHash('sha256').update(schemaText).digest('hex') }
}

function columnsOf({ columns, isRowidHidden }: TableInfo): string[] {
  return isRowidHidden ? ['rowid', ...columns] : columns
}

function valuesOf(table: TableInfo, row: StoredRow): SqlValue[] {
  const values = table.columns.map((column) => row[column] ?? null)
  return table.isRowidHidden ? [row['#'] ?? null, ...values] : values
}
