/**
 * `npm run export:record -- --from 2023-01-01 --to 2023-12-31 [--remote] --out FILE.jsonl`: 操作记录 of
 * some days in Beijing, one JSON object a line, oldest first; the last line says how many there are and
 * which seal covers them. That it was exported is itself recorded.
 */
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { readArguments } from './read-arguments.ts'
import { exportRecord, recordExport } from './record/export.ts'
import { chooseDatabase } from './wrangler.ts'

const { values } = readArguments(
  {
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      out: { type: 'string' },
      remote: { type: 'boolean', default: false },
    },
  },
  'npm run export:record -- --from 2023-01-01 --to 2023-12-31 [--remote] --out 文件.jsonl',
)
const DATE = /^\d{4}-\d\d-\d\d$/
const { from, to, out } = values
if (!from || !to || !out || !DATE.test(from) || !DATE.test(to) || from > to) {
  process.stdout.write(
    '用法：npm run export:record -- --from 2023-01-01 --to 2023-12-31 [--remote] --out 文件.jsonl（日期按北京时间，首尾均含）\n' +
      'Usage: the line above; dates in Beijing, both included.\n',
  )
  process.exit(2)
}
const database = chooseDatabase(values.remote)
const unfinished = `${out}.part`
try {
  const { lines, summary } = exportRecord(database, from, to)
  await pipeline(lines, createWriteStream(unfinished, { mode: 0o600 }))
  const { count, seal, unsealed } = summary()
  // Recorded before the file has its name: no export without its line.
  await recordExport(database, { from, to, count }, randomUUID(), new Date())
  await rename(unfinished, out)
  process.stdout.write(`已导出 ${count} 条：${out}。 Exported ${count} lines.\n`)
  if (!seal) process.stdout.write('尚无封存记录。 No seal yet.\n')
  else {
    process.stdout.write(`封存记录第 ${seal.n} 号，校验值 ${seal.hash}。 The latest seal, with its hash.\n`)
    if (unsealed > 0) process.stdout.write(`其中 ${unsealed} 条尚未封存。 ${unsealed} of them are not sealed yet.\n`)
  }
} catch (error) {
  await rm(unfinished, { force: true })
  throw error
}
