/** A record that was tampered with past its triggers, in a copy of what a run left, is found by its seals. */
import { beforeAll, expect, test } from 'vitest'
import { bindings } from './bindings.ts'
import { checkRun } from './checker.ts'
import { copyDatabase, emptyDatabase, runPastTriggers } from './database-copy.ts'
import { silenceInjected } from './quiet.ts'
import { inspectRecord } from './record.ts'
import { type Run, runCounty } from './run.ts'

const { DB, REPLICA } = bindings
silenceInjected()
let run: Run
beforeAll(async () => {
  run = await runCounty('1', bindings)
}, 60_000)

const FIRST_EVENT = '(SELECT min(rowid) FROM row_event)'
const TAMPERED = [
  [
    'a changed text',
    `UPDATE row_event SET changes = replace(changes, '"new":"', '"new":"不') WHERE rowid = ${FIRST_EVENT}`,
  ],
  ['a removed line', `DELETE FROM row_event WHERE rowid = ${FIRST_EVENT}`],
  ['a removed act', 'DELETE FROM auth_event WHERE rowid = 2'],

  ['another author', "UPDATE commit_log SET actor_id = (SELECT id FROM actor WHERE role = 'admin') WHERE seq = 2"],
  ['a relation that held longer', 'UPDATE row_unit SET to_seq = NULL WHERE to_seq IS NOT NULL'],
  ['a removed seal', 'DELETE FROM seal_page WHERE n = 1; DELETE FROM seal WHERE n = 1'],
  ['a line behind the last seal', "INSERT INTO plan_change (seq, kind, reason) VALUES (1, 'order', '补')"],
] as const

test.each(TAMPERED)('%s is found', async (_, sql) => {
  await emptyDatabase(REPLICA)
  await copyDatabase(DB, REPLICA)
  await runPastTriggers(
    REPLICA,
    sql.split(';').map((statement) => REPLICA.prepare(statement)),
  )
  const { history, evidence } = structuredClone(run)
  evidence.copies[0]!.record = await inspectRecord(REPLICA)
  expect(checkRun(history, evidence).map(({ invariant }) => invariant)).toEqual(
    expect.arrayContaining(['every line is sealed, and every seal holds in every copy']),
  )
})

test('an untouched copy breaks no invariant', async () => {
  await emptyDatabase(REPLICA)
  await copyDatabase(DB, REPLICA)
  const { history, evidence } = structuredClone(run)
  evidence.copies[0]!.record = await inspectRecord(REPLICA)
  expect(checkRun(history, evidence)).toEqual([])
})
