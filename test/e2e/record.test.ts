/** The commands of the record over a real database and its backup: verify, export, and what tampering leads to. */
import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SealList } from '../../domain/protocol.ts'
import { adminActor, demoActors, loadPlan } from '../../tools/demo.ts'
import { insertDemoActors, migrate, startWorker } from '../../tools/local-worker.ts'
import { readSeed } from '../../tools/read-seed.ts'

let folder: string
let seal: SealList['seals'][number]
let backup: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-record-'))
  await migrate(folder)
  const file = await readSeed('chengkou-2023')
  const [admin = ''] = await insertDemoActors(folder, [adminActor(), ...demoActors(file)], new Date())
  const worker = await startWorker(folder)
  try {
    await loadPlan(worker.url, admin, file)
    // What cron does on a deployed Worker.
    await fetch(`${worker.url}/cdn-cgi/local/scheduled?cron=*/15+*+*+*+*`)
    const answer = await fetch(`${worker.url}/api/seals`, { headers: { authorization: `Bearer ${admin}` } })
    seal = ((await answer.json()) as SealList).seals[0]!
  } finally {
    await worker.stop()
  }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function run(tool: string, ...args: string[]): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`tools/${tool}.ts`, ...args], {
    encoding: 'utf8',
    env: { ...process.env, LEDGER_FOLDER: folder, NODE_NO_WARNINGS: '1' },
  })
  return { status, text: stdout + stderr }
}

test('an export holds every entry, its seal, and is itself recorded, which no seal covers yet', async () => {
  const out = join(folder, 'audit.jsonl')
  const done = run('export-record', '--from', '2020-01-01', '--to', '2099-12-31', '--out', out)
  expect([done.status, done.text]).toEqual([0, expect.stringContaining('已导出')])
  const lines = (await readFile(out, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines.pop()).toMatchObject({ count: lines.length, seal, unsealed: 0 })
  expect(lines.map(({ kind }) => kind)).toContain('plan')
  expect(run('export-record', '--from', '2020').status).toBe(2)

  const verified = run('verify-record')
  expect([verified.status, verified.text]).toEqual([0, expect.stringContaining('核验通过')])
  expect(verified.text).toContain(seal.hash)
  expect(verified.text).toContain('尚未封存 1 条：操作记录 1')
})

test('a backup verifies without the database, and against a seal that was kept', async () => {
  const made = run('backup', '--out', join(folder, 'backups'))
  expect([made.status, made.text]).toEqual([0, expect.stringContaining('已备份')])
  const [name] = (await readdir(join(folder, 'backups'))).filter((file) => file.endsWith('.sql'))
  backup = join(folder, 'backups', name!)
  const printed = (hash: string) => run('verify-record', '--file', backup, '--printed', `${seal.n}:${hash}`)
  expect(printed(seal.hash.slice(0, 16))).toEqual({ status: 0, text: expect.stringContaining('核验通过') })
  expect(printed('0'.repeat(16))).toEqual({ status: 1, text: expect.stringContaining('与留存的封存校验值不同') })
  expect(run('verify-record', '--file', backup, '--printed', 'twelve').status).toBe(2)
})

test('what was changed in it is named, the first place first', async () => {
  const sql = await readFile(backup, 'utf8')
  const text = '"column":"task","old":null,"new":"'
  expect(sql).toContain(text)
  const changed = join(folder, 'changed.sql')
  await writeFile(changed, sql.replace(text, `${text}不`))
  const found = run('verify-record', '--file', changed)
  expect(found.status).toBe(1)
  expect(found.text).toContain('第 1 号封存，变更记录（row_event），第 1 条：内容被改动')
  expect(found.text).toContain('seal 1, row_event, line 1: the line was changed')
})
