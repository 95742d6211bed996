/**
 * `npm run backup -- [--remote] [--out DIR]`: the whole database as one file of SQL named by its time,
 * and a manifest by which a restore proves itself. Without --remote, the local one that `npm start` serves.
 */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { copyDatabase } from './database/copy-database.ts'
import { hashFile, type Manifest, manifestName, readLatest } from './database/manifest.ts'
import { DatabaseBusy } from './database/pages.ts'
import { readArguments } from './read-arguments.ts'
import { chooseDatabase } from './wrangler.ts'

const { values } = readArguments(
  {
    options: { remote: { type: 'boolean', default: false }, out: { type: 'string', default: 'backups' } },
  },
  'npm run backup -- [--remote] [--out 存放目录]',
)
const say = (line: string) => process.stdout.write(`${line}\n`)
const database = chooseDatabase(values.remote)
await mkdir(values.out, { recursive: true })
const file = `ledger-${new Date()
  .toISOString()
  .replace(/\.\d+Z$/, 'Z')
  .replaceAll(/[-:]/g, '')}.sql`
const path = join(values.out, file)
const unfinished = `${path}.part`

const stream = createWriteStream(unfinished, { mode: 0o600 })
try {
  const copied = await copyDatabase(database, async (line) => {
    if (!stream.write(`${line}\n`)) await once(stream, 'drain')
  })
  stream.end()
  await once(stream, 'close')
  const manifest: Manifest = {
    format: 1,
    file,
    bytes: (await stat(unfinished)).size,
    sha256: await hashFile(unfinished),
    at: new Date().toISOString(),
    from: values.remote ? 'remote' : 'local',
    ...(await readLatest(database, copied)),
    ...copied,
  }
  await writeFile(manifestName(path), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 })
  await rename(unfinished, path)
  report(manifest)
} catch (error) {
  stream.destroy()
  await rm(unfinished, { force: true })
  if (!(error instanceof DatabaseBusy)) throw error
  say('备份期间不断有人报送，未能取得同一时刻的数据，没有留下文件。请稍后再试。')
  say(`Not backed up, try again in a quiet moment: ${error.message}`)
  process.exitCode = 1
}

function report({ tables, latestCommit, latestSeal, sha256, bytes }: Manifest): void {
  const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0)
  say(`已备份 Backed up: ${path}`)
  say(`  ${Object.keys(tables).length} 张表，${rows} 行，${bytes} 字节；截至提交序号 ${latestCommit}`)
  say(latestSeal ? `  封存记录第 ${latestSeal.n} 号，校验值 ${latestSeal.hash}` : '  尚无封存记录')
  say(`  文件校验值 sha256 ${sha256}`)
  say(`
请将该文件和同名的 .json 清单一并存放到云外的两处以上。文件含全部报送内容，应按内部资料保管。
备份不含 KEY_PEPPER：没有它，恢复后全部访问密钥都不能使用。请另行密封保存，不要与备份放在一处。
The backup does not hold KEY_PEPPER; without it no key works after a restore. Keep it elsewhere, sealed.`)
}
