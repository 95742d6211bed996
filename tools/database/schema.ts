/** What a database is made of, read from the database itself: a table of a later migration comes along. */
import { type Database, queryDatabase } from '../wrangler.ts'
import { quoteName } from './sql-text.ts'

export type TableInfo = {
  name: string
  sql: string
  columns: string[]
  /** What a row is found by, as SQL: its rowid, or its primary key in a table without. */
  key: string
  hasRowid: boolean
  /** Whether the rowid is no column of its own, so that it has to be kept beside them. */
  isRowidHidden: boolean
  /** Whether a trigger forbids to change a row: all that is there stays, more may come. */
  isAppendOnly: boolean
}

export type Schema = {
  /** Tables that others refer to come first. */
  tables: TableInfo[]
  /** SQL of the indexes, then of the views, then of the triggers. */
  rest: string[]
}

/** Not ours: the platform's own tables and SQLite's. */
const OURS = "name NOT LIKE '\\_cf\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"

type ColumnRow = { name: string; col: string; type: string; pk: number }

/** Throws for a table that holds binary values, which do not come through wrangler whole. */
export async function readSchema(database: Database): Promise<Schema> {
  const [objects = [], columnRows = [], references = []] = (await queryDatabase(database, [
    `SELECT type, name, tbl_name AS "table", sql FROM sqlite_schema WHERE sql NOT NULL AND ${OURS} ORDER BY rowid`,
    `SELECT t.name, c.name AS col, c.type, c.pk FROM (SELECT name FROM sqlite_schema WHERE type = 'table' AND ${OURS}) t
     JOIN pragma_table_info(t.name) c ORDER BY t.name, c.cid`,
    `SELECT t.name, f."table" AS parent FROM (SELECT name FROM sqlite_schema WHERE type = 'table' AND ${OURS}) t
     JOIN pragma_foreign_key_list(t.name) f`,
  ])) as [{ type: string; name: string; table: string; sql: string }[], ColumnRow[], { name: string; parent: string }[]]

  const frozen = new Set(
    objects
      .filter(({ type, name, table }) => type === 'trigger' && name === `${table}_update`)
      .map(({ table }) => table),
  )
  const tables = objects
    .filter(({ type }) => type === 'table')
    .map(({ name, sql }) =>
      describeTable(
        name,
        sql,
        columnRows.filter((row) => row.name === name),
        frozen.has(name),
      ),
    )
  const of = (kind: string) => objects.filter(({ type }) => type === kind).map(({ sql }) => sql)
  return { tables: sortByReference(tables, references), rest: [...of('index'), ...of('view'), ...of('trigger')] }
}

/** Names of a database's own tables. */
export async function listTables(database: Database): Promise<string[]> {
  const [rows = []] = await queryDatabase(database, [
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND ${OURS} ORDER BY name`,
  ])
  return rows.map(({ name }) => String(name))
}

function describeTable(name: string, sql: string, columns: ColumnRow[], isAppendOnly: boolean): TableInfo {
  if (columns.some(({ type }) => /blob/i.test(type))) throw new Error(`${name} holds binary values`)
  const hasRowid = !/\bWITHOUT\s+ROWID\b/i.test(sql)
  const primary = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk)
  const isAlias = hasRowid && primary.length === 1 && primary[0]?.type.toUpperCase() === 'INTEGER'
  return {
    name,
    sql,
    columns: columns.map(({ col }) => col),
    key: hasRowid ? 'rowid' : primary.map(({ col }) => quoteName(col)).join(', '),
    hasRowid,
    isRowidHidden: hasRowid && !isAlias,
    isAppendOnly,
  }
}

/** Each table after those that it refers to, otherwise in the order given. Throws where they refer in a ring. */
function sortByReference(tables: TableInfo[], references: { name: string; parent: string }[]): TableInfo[] {
  const sorted: TableInfo[] = []
  let waiting = tables
  while (waiting.length > 0) {
    const isFree = ({ name }: TableInfo) =>
      references.every(
        (it) => it.name !== name || it.parent === name || !waiting.some((other) => other.name === it.parent),
      )
    const next = waiting.find(isFree)
    if (!next) throw new Error(`tables refer to each other in a ring: ${waiting.map(({ name }) => name).join(', ')}`)
    sorted.push(next)
    waiting = waiting.filter((table) => table !== next)
  }
  return sorted
}
