/**
 * `npm run restore -- FILE [--remote] [--into NAME] [--exact]`: puts a backup into an empty database and
 * proves that everything is there. It never deletes: a database that holds anything is refused. --exact,
 * for drills and moves, leaves the copy as it is; see skipVersions.
 */
import { copyDatabase } from './database/copy-database.ts'
import { findDifferences, hashFile, type Manifest, readLatest, readManifest } from './database/manifest.ts'
import { listTables } from './database/schema.ts'
import { quoteName } from './database/sql-text.ts'
import { readArguments } from './read-arguments.ts'
import { chooseDatabase, type Database, executeFile, queryDatabase } from './wrangler.ts'

/** More commits than any county makes between a backup and a loss. */
const SKIPPED_VERSIONS = 1_000_000

const { values, positionals } = readArguments(
  {
    allowPositionals: true,
    options: {
      remote: { type: 'boolean', default: false },
      into: { type: 'string', default: 'DB' },
      exact: { type: 'boolean', default: false },
    },
  },
  'npm run restore -- 备份文件.sql [--remote] [--into 数据库名] [--exact]',
)
const [file, ...more] = positionals
if (file === undefined || more.length > 0) {
  fail('用法 usage: npm run restore -- 备份文件.sql [--remote] [--into 数据库名] [--exact]', 2)
}
const database = chooseDatabase(values.remote, values.into)

const manifest = await readManifest(file).catch((error: Error) =>
  fail(`找不到或读不懂备份清单（与备份文件同名的 .json）：${error.message}`),
)
const sha256 = await hashFile(file).catch((error: Error) => fail(`打不开备份文件：${error.message}`))
if (sha256 !== manifest.sha256) {
  fail(`备份文件已损坏或被改动，没有恢复。
  清单中的校验值 ${manifest.sha256}
  文件的校验值   ${sha256}
The file is not the one that was backed up; nothing was restored.`)
}
await refuseUnlessEmpty(database)

process.stdout.write(`正在恢复 ${file}（截至提交序号 ${manifest.latestCommit}）…  Restoring…\n`)
await executeFile(database, file)

process.stdout.write('正在核对…  Comparing…\n')
const restored = await copyDatabase(database, async () => undefined)
const differences = findDifferences(manifest, restored)
const latest = await readLatest(database, restored)
if (differences.length > 0 || !isSameEnd(manifest, latest)) {
  fail(`恢复后的数据与备份不一致，请勿启用：${differences.join('、')}
The restored database differs from the backup: do not use it.`)
}
if (!values.exact) await skipVersions(database, latest.latestCommit)
const rows = Object.values(manifest.tables).reduce((sum, table) => sum + table.rows, 0)
process.stdout.write(`
已恢复并逐行核对：${Object.keys(manifest.tables).length} 张表，${rows} 行，截至提交序号 ${latest.latestCommit}${
  latest.latestSeal ? `，封存记录第 ${latest.latestSeal.n} 号` : ''
}。
请确认 KEY_PEPPER 与备份时相同，否则全部访问密钥都不能使用。
Restored and compared row by row. KEY_PEPPER must be the same as then, or no key works.
`)

/**
 * Versions that were given out after the backup are in sheets and caches out there, and would be given
 * again to other changes. A line for each sheet lets the next commits begin far beyond them, so that an
 * old sheet's version is unknown, which is said, and not mistaken for another, which would be merged.
 */
async function skipVersions(target: Database, latestCommit: number): Promise<void> {
  await queryDatabase(target, [
    `INSERT INTO commit_log (seq, sheet_id, kind, actor_id, key_id, at)
     SELECT ${latestCommit + SKIPPED_VERSIONS} + row_number() OVER (ORDER BY id), id, 'restored',
       (SELECT id FROM actor ORDER BY role = 'admin' DESC LIMIT 1), '', strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
     FROM sheet`,
  ])
}

async function refuseUnlessEmpty(target: Database): Promise<void> {
  const tables = await listTables(target)
  if (tables.length === 0) return
  const counts = await queryDatabase(
    target,
    tables.map((table) => `SELECT count(*) AS rows FROM ${quoteName(table)}`),
  )
  const held = tables.map((table, i) => `  ${table}：${counts[i]?.[0]?.rows} 行`)
  fail(`数据库“${target.name}”不是空的，没有恢复，也没有改动其中任何内容。其中已有：
${held.join('\n')}
请新建一个数据库（不要执行 migrations），再恢复到其中。
The database is not empty and was left as it is. Restore into a new one, without migrations.`)
}

function isSameEnd(backup: Manifest, restored: Pick<Manifest, 'latestCommit' | 'latestSeal' | 'migrations'>): boolean {
  const { latestCommit, latestSeal, migrations } = backup
  return (
    JSON.stringify([latestCommit, latestSeal, migrations]) ===
    JSON.stringify([restored.latestCommit, restored.latestSeal, restored.migrations])
  )
}

function fail(message: string, code = 1): never {
  process.stderr.write(`${message}\n`)
  process.exit(code)
}
