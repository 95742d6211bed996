/**
 * `npm run verify:record -- [--remote | --file BACKUP] [--printed N:HASH]…`: checks the whole record
 * against its seals with the code that made them. --printed: a seal as it stands in a workbook that was
 * kept, its hash whole or from the beginning. Exit 1 where something does not hold.
 */
import { type PrintedSeal, verifyRecord } from '../worker/record/verify.ts'
import { readArguments } from './read-arguments.ts'
import { describeVerification } from './record/findings.ts'
import { readBackup, readDatabase } from './record/read-record.ts'

const { values } = readArguments(
  {
    options: {
      remote: { type: 'boolean', default: false },
      file: { type: 'string' },
      printed: { type: 'string', multiple: true, default: [] },
    },
  },
  'npm run verify:record -- [--remote | --file 备份文件.sql] [--printed 封存号:校验值开头]',
)
const printed = values.printed.map(readPrinted)
const read = values.file === undefined ? readDatabase(values.remote) : await readBackup(values.file)
const found = await verifyRecord(read, printed)
process.stdout.write(`${describeVerification(found)}\n`)
if (found.findings.length > 0) process.exitCode = 1

function readPrinted(text: string): PrintedSeal {
  const match = /^(\d+):([0-9a-f]{8,64})$/i.exec(text)
  if (!match?.[1] || !match[2]) {
    process.stdout.write(
      `--printed 应写作 编号:校验值，例如 12:ab12cd34…（至少 8 位）。 Write --printed N:HASH, not ${text}\n`,
    )
    process.exit(2)
  }
  return { n: Number(match[1]), hash: match[2] }
}
