/**
 * A county's year so far, backed up and put into another database by the commands themselves: the same
 * master, record, seals and keys come out, and what could lose anything is refused.
 */
import { spawnSync } from 'node:child_process'
import { appendFile, copyFile, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { History, Master, PlanFile, Receipt, RowList, SealList } from '../../domain/protocol.ts'
import { readSchema } from '../../tools/database/schema.ts'
import { adminActor, demoActors, loadPlan } from '../../tools/demo.ts'
import { insertDemoActors, type LocalWorker, migrate, startWorker } from '../../tools/local-worker.ts'
import { readSeed } from '../../tools/read-seed.ts'
import { type Database, queryDatabase } from '../../tools/wrangler.ts'
import { readWorkbook } from '../../xlsx/read.ts'

const PLAN = 'fengjie-2023'
/** Quotes, a typed backslash n beside a real line break, what SQL could take for its own, characters beyond the BMP. */
const AWKWARD = `“完成”'一期' "二期"\n𠮷田镇改造3处\\n，BEGIN TRANSACTION; COMMIT; -- 👍🏽 /* \` [`
/** Long enough that no statement, and no first piece of a submission, can hold them. */
const LONG = '推进项目前期工作，完成选址、立项、可行性研究报告批复。'.repeat(1_000)

type Snapshot = { master: Master; cells: string[][][]; history: History[]; seals: SealList; audit: unknown }

let folder: string
let source: Database
let target: Database
let backup: string
let keys: { admin: string; commission: string; unit: string }
let before: Snapshot
let conflictedRow: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-backup-'))
  const from = join(folder, 'from')
  source = { name: 'DB', persistTo: join(from, 'state') }
  target = { name: 'DB', persistTo: join(folder, 'to', 'state') }
  const file = await readSeed(PLAN)
  await migrate(from)
  const actors = [adminActor(), ...demoActors(file)]
  const [admin = '', commission = '', , unit = ''] = await insertDemoActors(from, actors, new Date())
  keys = { admin, commission, unit }
  const worker = await startWorker(from)
  try {
    await liveThroughTheYear(worker, file)
    before = await takeSnapshot(worker)
  } finally {
    await worker.stop()
  }
  // A row that went leaves a gap, which the rowids after it must keep.
  await queryDatabase(source, ['DELETE FROM unit_alias WHERE rowid = 2'])
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function call<T>({ url }: LocalWorker, key: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${url}/api/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      ...(body !== undefined && { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }),
    },
    // Indented, so that bodies hold line breaks beside the escaped ones of their texts.
    body: body === undefined ? undefined : JSON.stringify(body, null, 1),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`)
  return JSON.parse(text) as T
}

async function liveThroughTheYear(worker: LocalWorker, file: PlanFile): Promise<void> {
  await loadPlan(worker.url, keys.admin, file)
  const pulled = (await call<RowList>(worker, keys.unit, `plans/${PLAN}/rows`)).rows.filter(
    ({ writable, spans }) => writable.length > 0 && spans === undefined,
  )
  const send = (rows: { rowId: string; texts: Record<string, string> }[]) =>
    call<Receipt>(worker, keys.unit, `plans/${PLAN}/submissions`, {
      form: 'breakdown',
      specVersion: 1,
      rows: rows.map(({ rowId, texts }) => {
        const row = pulled.find((candidate) => candidate.rowId === rowId)
        return { rowId, baseVer: row?.ver, cells: { ...row?.cells, ...texts } }
      }),
    })
  const [first, ...others] = pulled
  if (!first) throw new Error('the unit leads no row')
  conflictedRow = first.rowId
  const [column = ''] = first.writable
  expect((await send([{ rowId: first.rowId, texts: { [column]: AWKWARD } }])).totals.applied).toBe(1)
  // The same row from the same base, on another device.
  expect((await send([{ rowId: first.rowId, texts: { [column]: '完成一期。' } }])).totals.conflicts).toBe(1)
  const long = await send(
    others.map(({ rowId, writable }) => ({
      rowId,
      texts: Object.fromEntries(writable.slice(0, 6).map((it, i) => [it, `${LONG}${i}`])),
    })),
  )
  expect(long.totals.applied).toBeGreaterThan(6)
  const { conflicts } = await call<{ conflicts: { id: string; ver: number }[] }>(
    worker,
    keys.unit,
    `plans/${PLAN}/conflicts?status=open`,
  )
  const [conflict] = conflicts
  await call(worker, keys.unit, `conflicts/${conflict?.id}/resolution`, {
    choose: 'submitted',
    ver: conflict?.ver,
    reason: '以第二次报送为准',
  })
  await call(worker, keys.commission, `plans/${PLAN}/issue`, {
    documentNumber: '奉节府办发〔2023〕7号',
    issuedOn: '2023-03-13',
  })
  const sealed = await fetch(`${worker.url}/cdn-cgi/local/scheduled?cron=*/15+*+*+*+*`)
  expect(await sealed.text()).toBe('ok')
}

async function takeSnapshot(worker: LocalWorker): Promise<Snapshot> {
  const answer = await fetch(`${worker.url}/api/plans/${PLAN}/master.xlsx`, {
    headers: { authorization: `Bearer ${keys.commission}` },
  })
  expect(answer.status).toBe(200)
  const { sheets } = await readWorkbook(new Uint8Array(await answer.arrayBuffer()))
  const master = await call<Master>(worker, keys.commission, `plans/${PLAN}/master`)
  return {
    master,
    cells: sheets.map(({ grid }) => grid.texts),
    history: await Promise.all(
      master.rows.map(({ rowId }) => call<History>(worker, keys.commission, `plans/${PLAN}/rows/${rowId}/history`)),
    ),
    seals: await call<SealList>(worker, keys.unit, 'seals'),
    audit: await call(worker, keys.admin, 'audit?limit=500'),
  }
}

/** Runs one of the commands over a folder's database. */
function run(command: 'backup' | 'restore' | 'rebuild', at: 'from' | 'to' | 'live', ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`tools/${command}.ts`, ...args], {
    env: { ...process.env, LEDGER_FOLDER: join(folder, at) },
    encoding: 'utf8',
  })
  return { status, output: stdout + stderr }
}

/** Every rowid of every table that has them. */
async function readRowids(database: Database): Promise<unknown> {
  const { tables } = await readSchema(database)
  const counted = tables.filter(({ hasRowid }) => hasRowid)
  const rowids = await queryDatabase(
    database,
    counted.map(({ name }) => `SELECT rowid AS id FROM ${name} ORDER BY rowid`),
  )
  return counted.map(({ name }, i) => [name, rowids[i]?.map(({ id }) => id).join()])
}

async function restarted<T>(at: 'to' | 'live', work: (worker: LocalWorker) => Promise<T>): Promise<T> {
  await copyFile(join(folder, 'from', 'vars'), join(folder, at, 'vars'))
  const worker = await startWorker(join(folder, at))
  try {
    return await work(worker)
  } finally {
    await worker.stop()
  }
}

test('a backup is one file and a manifest, in statements that D1 takes, and warns of the pepper', async () => {
  const out = join(folder, 'out')
  const { status, output } = run('backup', 'from', '--out', out)
  expect(output).toContain('已备份')
  expect(status).toBe(0)
  expect(output).toContain('KEY_PEPPER')
  const [manifest, sql, ...more] = (await readdir(out)).sort()
  expect(more).toEqual([])
  expect(sql).toMatch(/^ledger-\d{8}T\d{6}Z\.sql$/)
  backup = join(out, sql as string)
  expect((await stat(backup)).mode & 0o077).toBe(0)
  const { seals } = before.seals
  expect(JSON.parse(await readFile(join(out, manifest as string), 'utf8'))).toMatchObject({
    latestCommit: before.master.seq,
    latestSeal: { n: seals[0]?.n, hash: seals[0]?.hash },
    migrations: (await readdir('worker/migrations')).sort(),
  })
  const lines = (await readFile(backup, 'utf8')).split('\n')
  expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThan(100_000)
  expect(lines.length).toBeGreaterThan(1_000)
})

test('a changed file, or one without its manifest, is refused, and the target stays empty', async () => {
  const changed = join(folder, 'changed.sql')
  await copyFile(backup, changed)
  const alone = run('restore', 'to', changed)
  expect(alone).toMatchObject({ status: 1 })
  expect(alone.output).toContain('备份清单')
  await copyFile(backup.replace('.sql', '.json'), join(folder, 'changed.json'))
  await appendFile(changed, '\n')
  const refused = run('restore', 'to', changed)
  expect(refused).toMatchObject({ status: 1 })
  expect(refused.output).toContain('已损坏或被改动')
  expect((await readSchema(target)).tables).toEqual([])
})

test('restored, it gives the same master, workbook, history, seals and record to the same keys', async () => {
  const { status, output } = run('restore', 'to', backup, '--exact')
  expect(output).toContain('已恢复并逐行核对')
  expect(status).toBe(0)
  expect(await readRowids(target)).toEqual(await readRowids(source))
  const after = await restarted('to', takeSnapshot)
  expect(after).toEqual(before)
  expect(JSON.stringify(after.history)).toContain(JSON.stringify(AWKWARD).slice(1, -1))
})

test('the restored record is append-only, and its guard and numbering go on where they were', async () => {
  for (const statement of [
    "UPDATE row_event SET kind = 'update'",
    'DELETE FROM submission',
    'DELETE FROM commit_log',
  ]) {
    await expect(queryDatabase(target, [statement])).rejects.toThrow(/append_only/)
  }
  await expect(queryDatabase(target, ['INSERT INTO guard (row_fresh) VALUES (0)'])).rejects.toThrow(/stale_row/)
})

test('a database that holds anything is refused by name and left as it was', async () => {
  const held = await readRowids(target)
  const { status, output } = run('restore', 'to', backup)
  expect(status).toBe(1)
  expect(output).toContain('不是空的')
  expect(output).toMatch(/row_event：\d+ 行/)
  expect(await readRowids(target)).toEqual(held)
})

test('rows that are gone or wrong are named by a check, without their texts', async () => {
  await queryDatabase(target, [
    "UPDATE row_state SET cells = json_set(cells, '$.task', '错') WHERE rowid % 2 = 0",
    'DELETE FROM row_state WHERE rowid % 2 = 1',
  ])
  const { status, output } = run('rebuild', 'to', '--check')
  expect(status).toBe(1)
  expect(output).toContain(`${before.master.rows.length} 行与变更记录不一致`)
  expect(output).toContain(conflictedRow)
  expect(output).not.toContain('错')
})

test('and are made anew from their events: the master is what it was', async () => {
  const { status, output } = run('rebuild', 'to')
  expect(output).toContain('已全部按变更记录改正')
  expect(status).toBe(0)
  const { master, cells } = await restarted('to', takeSnapshot)
  expect(master).toEqual(before.master)
  expect(cells).toEqual(before.cells)
})

test('restored to go on with, it gives no version again that a sheet out there may have from the time that was lost', async () => {
  expect(run('restore', 'live', backup)).toMatchObject({ status: 0 })
  const row = await restarted('live', async (worker) => {
    const { rows } = await call<RowList>(worker, keys.commission, `plans/${PLAN}/rows`)
    const [first] = rows
    const change = { rowId: first?.rowId, baseVer: first?.ver, cells: { task: `${first?.cells.task}。` } }
    await call(worker, keys.commission, `plans/${PLAN}/adjustments`, {
      kind: 'erratum',
      reason: '漏标点',
      rows: [change],
    })
    return (await call<RowList>(worker, keys.commission, `plans/${PLAN}/rows`)).rows[0]
  })
  expect(row?.ver).toBeGreaterThan(before.master.seq + 1_000_000)
})
