/** Seals as they are shown: numbers, times and hashes. How they are made: worker/record/. */
import type { Seal } from '../../domain/protocol.ts'

const COLUMNS = "n, at, hash, coalesce(marks ->> '$.commit_log', 0) AS upToSeq"

/** Reads the latest seal. For readSeals. */
export function selectLatestSeal(db: D1Database): D1PreparedStatement {
  return db.prepare(`SELECT ${COLUMNS} FROM seal ORDER BY n DESC LIMIT 1`)
}

/** Reads seals before number `before`, newest first, at most `limit`. For readSeals. */
export function selectSeals(db: D1Database, before: number, limit: number): D1PreparedStatement {
  return db.prepare(`SELECT ${COLUMNS} FROM seal WHERE n < ?1 ORDER BY n DESC LIMIT ?2`).bind(before, limit)
}

export function readSeals(result: D1Result | undefined): Seal[] {
  return (result?.results ?? []) as Seal[]
}
