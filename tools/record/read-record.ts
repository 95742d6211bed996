/** Where the commands of the record read: the deployed or local D1, or a backup on this machine. */
import { readFile } from 'node:fs/promises'
import type { ReadRecord } from '../../worker/record/verify.ts'
import { chooseDatabase, queryDatabase } from '../wrangler.ts'

/** Reads a backup: a `.sql` file is loaded into memory, any other opened as a SQLite database, read only. */
export async function readBackup(file: string): Promise<ReadRecord> {
  const { DatabaseSync } = await import('node:sqlite')
  const isSql = file.toLowerCase().endsWith('.sql')
  const database = isSql ? new DatabaseSync(':memory:') : new DatabaseSync(file, { readOnly: true })
  if (isSql) database.exec(await readFile(file, 'utf8'))
  return async (statements) =>
    statements.map(
      (sql) =>
        database
          .prepare(sql)
          .all()
          .map((row) => ({ ...row })) as Record<string, unknown>[],
    )
}

/** Reads the deployed database, or the local one of LEDGER_FOLDER. */
export function readDatabase(isRemote: boolean): ReadRecord {
  const database = chooseDatabase(isRemote)
  return (statements) => queryDatabase(database, statements)
}
