/**
 * Whole databases: emptied, so that no run depends on an earlier one, and copied line by line as a
 * backup does. Past the triggers that keep the record append-only, as only its owner can.
 */

type Table = { name: string; sql: string }
type Rows = Record<string, unknown>[]

/** Characters of one value that is sent; D1 takes 2,000,000 bytes. */
const CHUNK = 500_000

/** Deletes every line of every table. */
export async function emptyDatabase(db: D1Database): Promise<void> {
  const tables = await listTables(db)
  await runPastTriggers(
    db,
    tables.map(({ name }) => db.prepare(`DELETE FROM ${name}`)),
  )
}

/** Copies every line of every table, with the rowids that seals refer to, into an empty database. */
export async function copyDatabase(from: D1Database, to: D1Database): Promise<void> {
  const statements: D1PreparedStatement[] = []
  for (const { name, sql } of await listTables(from)) {
    const own = /WITHOUT ROWID|INTEGER (NOT NULL )?PRIMARY KEY/.test(sql) ? '' : 'rowid AS "rowid", '
    const { results } = await from.prepare(`SELECT ${own}* FROM ${name}`).run<Record<string, unknown>>()
    const columns = Object.keys(results[0] ?? {})
    const values = columns.map((_, i) => `value ->> '$[${i}]'`).join(', ')
    const insert = `INSERT INTO ${name} (${columns.join(', ')}) SELECT ${values} FROM json_each(?1)`
    for (const chunk of cutRows(results)) statements.push(to.prepare(insert).bind(JSON.stringify(chunk)))
  }
  await runPastTriggers(to, statements)
}

/** Runs statements as one batch in which no trigger fires and order does not matter. */
export async function runPastTriggers(db: D1Database, statements: D1PreparedStatement[]): Promise<void> {
  const { results } = await db
    .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    .run<{ name: string; sql: string }>()
  await db.batch([
    db.prepare('PRAGMA defer_foreign_keys = on'),
    ...results.map(({ name }) => db.prepare(`DROP TRIGGER ${name}`)),
    ...statements,
    ...results.map(({ sql }) => db.prepare(sql)),
  ])
}

async function listTables(db: D1Database): Promise<Table[]> {
  const { results } = await db
    .prepare(
      `SELECT name, sql FROM sqlite_master
       WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\'
         AND name NOT LIKE 'd1\\_%' ESCAPE '\\'`,
    )
    .run<Table>()
  return results
}

function* cutRows(rows: Rows): Generator<unknown[][]> {
  let open: unknown[][] = []
  let size = 0
  for (const row of rows) {
    const values = Object.values(row)
    open.push(values)
    size += JSON.stringify(values).length
    if (size < CHUNK) continue
    yield open
    open = []
    size = 0
  }
  if (open.length > 0) yield open
}
