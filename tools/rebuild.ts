/**
 * `npm run rebuild -- [--remote] [--check]`: makes the rows as they stand anew from the record of their
 * changes and compares. --check only tells which rows differ; without it those are put right.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { correctionSql, findWrongRows, readState, type WrongRow } from './database/row-state.ts'
import { readArguments } from './read-arguments.ts'
import { chooseDatabase, executeFile } from './wrangler.ts'

/** Rows that one transaction puts right. */
const BATCH = 500

const { values } = readArguments(
  {
    options: { remote: { type: 'boolean', default: false }, check: { type: 'boolean', default: false } },
  },
  'npm run rebuild -- [--remote] [--check]',
)
const say = (line: string) => process.stdout.write(`${line}\n`)
const database = chooseDatabase(values.remote)

const state = await readState(database)
const wrong = findWrongRows(state)
if (wrong.length === 0) {
  say(`${state.rows.length} 行均与变更记录一致（截至提交序号 ${state.latestCommit}）。`)
  say('Every row is what its events say.')
} else {
  report(wrong)
  if (values.check) process.exitCode = 1
  else await correct()
}

function report(rows: WrongRow[]): void {
  say(`${rows.length} 行与变更记录不一致 rows differ from their events:`)
  for (const { sheetId, rowId, fields } of rows) say(`  ${sheetId}  ${rowId}  ${fields.join('、')}`)
}

async function correct(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-rebuild-'))
  try {
    for (let from = 0; from < wrong.length; from += BATCH) {
      const file = join(folder, 'correct.sql')
      const lines = correctionSql(wrong.slice(from, from + BATCH), state.latestCommit)
      await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 })
      await executeFile(database, file)
    }
  } catch (error) {
    if (!String(error).includes('changed_scope')) throw error
    say('期间有新的报送，未写入的部分请再运行一次。  Somebody wrote meanwhile: run it again.')
    process.exitCode = 1
    return
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  const left = findWrongRows(await readState(database))
  say(left.length === 0 ? '已全部按变更记录改正。  All put right.' : '改正后仍有不一致。  Some still differ.')
  if (left.length > 0) process.exitCode = 1
}
