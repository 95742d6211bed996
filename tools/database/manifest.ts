/** What stands beside a backup file, so that a restore can prove that nothing was lost or changed. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { type Database, queryDatabase } from '../wrangler.ts'
import type { Copied } from './copy-database.ts'

export type Manifest = Copied & {
  format: 1
  /** Name of the file beside this one. */
  file: string
  bytes: number
  sha256: string
  /** When the copy was finished, UTC. */
  at: string
  from: 'remote' | 'local'
  /** Migrations that the database had. */
  migrations: string[]
  /** Sequence of the last commit; 0 where there is none. */
  latestCommit: number
  latestSeal: { n: number; hash: string } | null
}

/** The last commit and seal that a copy holds, and the migrations of its database. */
export async function readLatest(
  database: Database,
  { tables }: Copied,
): Promise<Pick<Manifest, 'migrations' | 'latestCommit' | 'latestSeal'>> {
  const [migrations = [], seals = []] = await queryDatabase(database, [
    'SELECT name FROM d1_migrations ORDER BY id',
    `SELECT n, hash FROM seal WHERE n = ${tables.seal?.last ?? 0}`,
  ])
  const [seal] = seals as { n: number; hash: string }[]
  return {
    migrations: migrations.map(({ name }) => String(name)),
    latestCommit: tables.commit_log?.last ?? 0,
    latestSeal: seal ?? null,
  }
}

export function manifestName(file: string): string {
  return file.replace(/\.sql$/, '.json')
}

/** The manifest beside a backup file. Throws where there is none or another format. */
export async function readManifest(file: string): Promise<Manifest> {
  const manifest = JSON.parse(await readFile(manifestName(file), 'utf8')) as Manifest
  if (manifest.format !== 1) throw new Error(`unknown format of a backup: ${manifest.format}`)
  return manifest
}

export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/** Tables in which a database differs from a backup, and 'schema' where its tables or triggers do. */
export function findDifferences(manifest: Manifest, restored: Copied): string[] {
  const names = new Set([...Object.keys(manifest.tables), ...Object.keys(restored.tables)])
  const different = [...names].filter((name) => {
    return JSON.stringify(manifest.tables[name]) !== JSON.stringify(restored.tables[name])
  })
  return manifest.schemaSha256 === restored.schemaSha256 ? different : ['schema', ...different]
}
