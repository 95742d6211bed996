/** `npm start` as a newcomer runs it: it prints keys that work, keeps the data, and begins again after a reset. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Me, RowList } from '../../domain/protocol.ts'

const PORT = '8799'
let folder: string
let env: NodeJS.ProcessEnv
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-start-'))
  env = { ...process.env, LEDGER_FOLDER: folder, PORT }
})
let running: ChildProcess | undefined
afterAll(async () => {
  if (running) await stop(running)
  await rm(folder, { recursive: true, force: true })
})

async function start(): Promise<{ child: ChildProcess; printed: string }> {
  const child = spawn(process.execPath, ['tools/start.ts'], { env })
  running = child
  let printed = ''
  child.stdout?.on('data', (chunk) => (printed += chunk))
  child.stderr?.on('data', (chunk) => (printed += chunk))
  await expect.poll(() => printed, { timeout: 120_000, interval: 250 }).toContain('Ctrl+C')
  return { child, printed }
}
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const closed = new Promise((done) => child.on('close', done))
  child.kill('SIGTERM')
  await closed
  running = undefined
}
const get = async <T>(path: string, key: string) =>
  (await (
    await fetch(`http://127.0.0.1:${PORT}/api/${path}`, { headers: { authorization: `Bearer ${key}` } })
  ).json()) as T
const keysOf = (printed: string) => printed.match(/mt_\w+/g) ?? []

test('prints keys for every role; a second start keeps keys and data; a reset begins again', async () => {
  const first = await start()
  const keys = keysOf(first.printed)
  const actors = await Promise.all(keys.map(async (key) => (await get<Me>('me', key)).actor))
  expect(new Set(actors.map(({ role }) => role))).toEqual(new Set(['admin', 'commission', 'supervision', 'unit']))
  const unit = keys[actors.findIndex(({ role }) => role === 'unit')] as string
  const { rows } = await get<RowList>('plans/fengjie-2023/rows', unit)
  const row = rows.find(({ writable }) => writable.length > 0)
  const column = row?.writable.find((key) => key in row.cells) as string
  const submitted = await fetch(`http://127.0.0.1:${PORT}/api/plans/fengjie-2023/submissions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${unit}`, 'content-type': 'application/json', 'idempotency-key': 'start-test' },
    body: JSON.stringify({
      form: 'breakdown',
      specVersion: 1,
      rows: [{ rowId: row?.rowId, baseVer: row?.ver, cells: { [column]: '本次启动后报送。' } }],
    }),
  })
  expect(submitted.status).toBe(200)
  const page = await fetch(`http://127.0.0.1:${PORT}/`)
  expect(await page.text()).toContain('民生台账')
  await stop(first.child)

  const textNow = async () =>
    (await get<RowList>('plans/fengjie-2023/rows', unit)).rows.find(({ rowId }) => rowId === row?.rowId)?.cells[column]
  const second = await start()
  expect(keysOf(second.printed)).toEqual(keys)
  expect(await textNow()).toBe('本次启动后报送。')
  await stop(second.child)

  expect(spawnSync(process.execPath, ['tools/reset.ts'], { env }).status).toBe(0)
  const third = await start()
  expect(keysOf(third.printed)).toEqual(keys)
  expect(await textNow()).toBe(row?.cells[column])
  await stop(third.child)
})
