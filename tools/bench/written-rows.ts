/** Rows that a request writes, counted by comparing the database before and after. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** New and changed rows of all tables, by table. Rows that come and go within the request do not show. */
export async function countWrittenRows(
  state: string,
  request: () => Promise<unknown>,
): Promise<Record<string, number>> {
  const before = await readAll(state)
  await request()
  const after = await readAll(state)
  const written: Record<string, number> = {}
  for (const [table, rows] of after) {
    const known = new Set(before.get(table))
    const count = rows.filter((row) => !known.has(row)).length
    if (count > 0) written[table] = count
  }
  return written
}

async function readAll(state: string): Promise<Map<string, string[]>> {
  const database = new DatabaseSync(await findDatabase(state), { readOnly: true })
  try {
    const tables = database
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%'",
      )
      .all()
    return new Map(
      tables.map(({ name }) => [
        String(name),
        database
          .prepare(`SELECT * FROM "${name}"`)
          .all()
          .map((row) => JSON.stringify(row)),
      ]),
    )
  } finally {
    database.close()
  }
}

/** The local D1 is one SQLite file beside the simulator's own metadata. */
async function findDatabase(state: string): Promise<string> {
  const folder = join(state, 'v3', 'd1')
  const files = await readdir(folder, { recursive: true })
  const [file, ...others] = files.filter((name) => name.endsWith('.sqlite') && !name.endsWith('metadata.sqlite'))
  if (file === undefined || others.length > 0) throw new Error(`${folder}: not one database but ${files.join(', ')}`)
  return join(folder, file)
}
