/** What people and cron see of the record: seals, 操作记录, the seal in the master, pruning. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { type AuditEntry, AuditList, Master, SealList } from '../../domain/protocol.ts'
import { SYSTEM } from '../../worker/env.ts'
import { pruneRefusedKeys } from '../../worker/record/prune.ts'
import { runScheduled } from '../../worker/record/scheduled.ts'
import { sheetIdOf } from '../../worker/store/plans.ts'
import { readWorkbook } from '../../xlsx/read.ts'
import {
  COUNTY,
  call,
  createPlan,
  edit,
  type Keys,
  NOW,
  pull,
  receiptOf,
  seedKeys,
  send,
  submit,
  TEST_SERVICES,
} from './county.ts'
import { seal, tamper, verify } from './record-tools.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

async function listAudit(key: string, query = ''): Promise<AuditEntry[]> {
  const all: AuditEntry[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const more: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const reply = await call(`/api/audit?limit=3${query}${more}`, { key })
    expect([reply.status, reply.json]).toEqual([200, expect.anything()])
    const { entries, next } = AuditList.parse(reply.json)
    all.push(...entries)
    cursor = next
  }
  return all
}

test('the line that a restore leaves, which no submission made, is listed, sealed and verified, and work goes on after it', async () => {
  const planId = await createPlan(keys)
  await seal()
  // As tools/restore.ts writes it.
  await env.DB.prepare(
    `INSERT INTO commit_log (seq, sheet_id, kind, actor_id, key_id, at)
     SELECT (SELECT max(seq) FROM commit_log) + 1000000, ?1, 'restored', (SELECT id FROM actor WHERE role = 'admin'), '', ?2`,
  )
    .bind(sheetIdOf(planId), TEST_SERVICES.now().toISOString())
    .run()
  const entries = await listAudit(keys.commission, `&plan=${planId}`)
  expect(entries.map(({ kind, by, keyId, status }) => [kind, by, keyId, status]).at(-1)).toEqual([
    'restored',
    '系统管理员',
    '',
    'done',
  ])
  expect((await verify()).findings).toEqual([])
  const rows = await pull(planId, keys.edu)
  const receipt = await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '完成选址和立项' })])
  expect(receipt.seq).toBeGreaterThan(1_000_000)
  await seal()
  expect(await verify()).toMatchObject({ findings: [], unsealed: {} })
})

describe('seals', () => {
  test('are listed newest first to every role, and in pages', async () => {
    await createPlan(keys)
    await seal({ lines: 5 })
    const { seals } = SealList.parse((await call('/api/seals', { key: keys.edu })).json)
    expect(seals.length).toBeGreaterThan(2)
    expect(seals.map(({ n }) => n)).toEqual(seals.map((_, i) => seals.length - i))
    expect(seals[0]).toEqual({
      n: seals.length,
      at: expect.any(String),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      upToSeq: expect.any(Number),
    })
    const page = SealList.parse((await call('/api/seals?before=3&limit=1', { key: keys.supervision })).json)
    expect(page.seals.map(({ n }) => n)).toEqual([2])
    expect((await call('/api/seals?before=x', { key: keys.edu })).status).toBe(422)
    expect((await call('/api/seals')).status).toBe(401)
  })

  test('stand in the master and its workbook, whose version changes with each', async () => {
    const planId = await createPlan(keys)
    await seal()
    const read = async () => {
      const reply = await call(`/api/plans/${planId}/master`, { key: keys.commission })
      return { etag: reply.headers.get('etag'), seal: Master.parse(reply.json).seal! }
    }
    const first = await read()
    expect(first).toEqual(await read())
    await receiptOf(planId, keys.edu, [edit(await pull(planId, keys.edu), 'r1', { 'milestone.P1': '改' })])
    const between = await read()
    await seal()
    const second = await read()
    expect(second.seal.n).toBe(first.seal.n + 1)
    expect(second.etag).not.toBe(between.etag)

    const response = await send(`/api/plans/${planId}/master.xlsx`, { key: keys.commission })
    const { sheets } = await readWorkbook(new Uint8Array(await response.arrayBuffer()))
    const { n, hash, upToSeq } = second.seal
    const line = `封存记录第 ${n} 号　2023-11-10 09:05　校验值 ${hash}　截至提交序号 ${upToSeq}`
    for (const name of ['报送情况', '变更记录']) {
      expect(sheets.find((sheet) => sheet.name === name)?.grid.texts.flat()).toContain(line)
    }
  })
})

describe('操作记录', () => {
  test('lists writes, refused ones too, and privileged acts once each, oldest first, over pages', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '完成选址二处' })])
    await submit(planId, keys.water, [{ rowId: 'r3', baseVer: 99, cells: {} }])
    const entries = await listAudit(keys.commission, `&plan=${planId}`)
    expect(entries.map(({ kind, by, status, planId }) => [kind, by, status, planId])).toEqual([
      ['plan', '测试县发展改革委', 'done', planId],
      ['rows', '县教委', 'done', planId],
      ['rows', '县水利局', 'refused', planId],
    ])
    expect(entries[1]).toMatchObject({
      keyId: 'demo0003',
      seq: expect.any(Number),
      detail: { rows: 1, number: expect.stringMatching(/^20231110-\d{4}$/) },
    })
    expect(entries[2]?.detail).toMatchObject({ code: 'base-unknown' })
    expect(JSON.stringify(entries)).not.toContain('选址')

    const issued = await call(`/api/plans/${planId}/keys`, {
      key: keys.commission,
      body: { role: 'unit', unit: '县教委', post: '办公室' },
    })
    expect(issued.status).toBe(201)
    const acts = await listAudit(keys.commission, '&kind=key-issued')
    expect(acts.at(-1)).toMatchObject({ kind: 'key-issued', by: '测试县发展改革委', keyId: 'demo0001', status: 'done' })
    expect(JSON.stringify(acts)).not.toMatch(/mt_|hmac/)
    const all = await listAudit(keys.admin)
    expect(new Set(all.map(({ cursor }) => cursor)).size).toBe(all.length)
    expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).sort())
  })

  test('of another county is for the admin alone, and none of it for units', async () => {
    await env.DB.prepare(
      `INSERT INTO auth_event (at, kind, key_id, actor_id, request_id, county)
       SELECT ?1, 'key-issued', 'demo0000', id, 'x', '邻县' FROM actor WHERE role = 'admin'`,
    )
      .bind(NOW)
      .run()
    const isNeighbour = ({ keyId }: AuditEntry) => keyId === 'demo0000'
    expect((await listAudit(keys.admin)).filter(isNeighbour)).toHaveLength(1)
    expect((await listAudit(keys.commission)).filter(isNeighbour)).toHaveLength(0)
    expect((await listAudit(keys.supervision)).filter(isNeighbour)).toHaveLength(0)
    expect((await call('/api/audit', { key: keys.edu })).status).toBe(403)
  })

  test('is of days in Beijing, and says what it does not understand', async () => {
    const all = (await listAudit(keys.admin)).length
    expect((await listAudit(keys.admin, '&from=2023-11-10&to=2023-11-10')).length).toBe(all)
    expect(await listAudit(keys.admin, '&to=2023-11-09')).toEqual([])
    expect(await listAudit(keys.admin, '&from=2023-11-11')).toEqual([])
    for (const query of ['from=10.11.2023', 'limit=0', 'limit=9999', 'cursor=abc', "kind=x'y"]) {
      expect((await call(`/api/audit?${query}`, { key: keys.admin })).status, query).toBe(422)
    }
  })
})

describe('pruning', () => {
  const refuse = (at: string, kind = 'key-refused') =>
    env.DB.prepare(
      `INSERT INTO auth_event (at, kind, key_id, actor_id, request_id, county)
       SELECT ?1, ?2, 'demo0003', id, 'x', ?3 FROM actor WHERE role = 'unit' LIMIT 1`,
    )
      .bind(at, kind, COUNTY)
      .run()
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()
  const kinds = async () =>
    (
      await env.DB.prepare("SELECT kind, at FROM auth_event WHERE request_id = 'x' ORDER BY id").run<{
        kind: string
        at: string
      }>()
    ).results
  const now = { ...TEST_SERVICES, now: () => new Date() }

  test('takes refused keys of long ago and nothing else, and the seals over them still verify', async () => {
    for (const days of [500, 450, 401, 399, 181, 1]) {
      await refuse(daysAgo(days))
      await refuse(daysAgo(days), 'key-locked')
      await refuse(daysAgo(days), 'key-issued')
    }
    await seal()
    const before = (await kinds()).length
    const pruned = await pruneRefusedKeys(env.DB, now)
    expect(pruned).toBe(6)
    expect((await kinds()).length).toBe(before - 6)
    expect(await pruneRefusedKeys(env.DB, now)).toBe(0)
    const { results } = await env.DB.prepare("SELECT detail FROM auth_event WHERE kind = 'record-pruned'").run<{
      detail: string
    }>()
    expect(results.map(({ detail }) => JSON.parse(detail))).toEqual([
      { count: 6, before: expect.any(String), ids: expect.stringMatching(/^[\d,-]+$/) },
    ])
    expect(await verify()).toMatchObject({ findings: [], pruned: 6 })
    await seal()
    expect(await verify()).toMatchObject({ findings: [], pruned: 6 })
  })

  test('does not hide that a line was taken which was not pruned', async () => {
    const id = (await env.DB.prepare("SELECT id FROM auth_event WHERE kind = 'key-issued' LIMIT 1").first<{
      id: number
    }>())!.id
    await tamper('auth_event', `DELETE FROM auth_event WHERE id = ${id}`)
    expect((await verify()).findings[0]).toMatchObject({ kind: 'line-missing', table: 'auth_event', line: String(id) })
  })

  test('cannot be had earlier, not by SQL either', async () => {
    await refuse(daysAgo(179))
    await refuse(daysAgo(500), 'key-issued')
    await refuse(daysAgo(500))
    const remove = (where: string) => env.DB.prepare(`DELETE FROM auth_event WHERE ${where}`).run()
    await expect(remove(`at > '${daysAgo(180)}'`)).rejects.toThrow(/append_only/)
    await expect(remove("kind = 'key-issued'")).rejects.toThrow(/append_only/)
    // The last line stays whatever it is: the next one would get its number.
    await expect(remove('id = (SELECT max(id) FROM auth_event)')).rejects.toThrow(/append_only/)
  })
})

describe('cron', () => {
  test('seals at every trigger, and never throws', async () => {
    await createPlan(keys)
    const count = async () => (await env.DB.prepare('SELECT count(*) AS n FROM seal').first<{ n: number }>())!.n
    const before = await count()
    await runScheduled('*/15 * * * *', env, SYSTEM)
    expect(await count()).toBe(before + 1)
    await runScheduled('37 19 * * *', env, SYSTEM)
    const broken = {
      DB: { prepare: () => ({}), batch: () => Promise.reject(new Error('D1_ERROR')) } as unknown as D1Database,
    }
    await expect(runScheduled('37 19 * * *', broken, SYSTEM)).resolves.toBeUndefined()
  })
})
