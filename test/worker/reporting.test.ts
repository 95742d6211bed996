/** 报送情况, reasons and versions of the master: every number and every tag must be true. */
import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { Master, type PlanFile, type Receipt } from '../../domain/protocol.ts'
import { keysBetween } from '../../worker/order-key.ts'
import { readWorkbook } from '../../xlsx/read.ts'
import {
  call,
  codeOf,
  createPlan,
  edit,
  expectRebuildable,
  type Keys,
  planFile,
  pull,
  receiptOf,
  seedKeys,
  send,
  submit,
} from './county.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

async function masterOf(planId: string): Promise<{ master: Master; etag: string }> {
  const reply = await call(`/api/plans/${planId}/master`, { key: keys.commission })
  return { master: Master.parse(reply.json), etag: reply.headers.get('etag') ?? '' }
}

describe('the ETag of the master', () => {
  test('changes when another plan of the county adds an alias, a unit or members of a group', async () => {
    const planId = await createPlan(keys, (file) => ({
      ...file,
      rows: file.rows.map((row) => ({
        ...row,
        cells: { ...row.cells, leadUnits: `${row.cells.leadUnits}、县教体局` },
      })),
    }))
    const before = await masterOf(planId)
    expect(before.master.issues.some(({ code }) => code === 'units/unknown')).toBe(true)
    await createPlan(keys, (file) => ({
      ...file,
      registry: {
        units: file.registry.units.map((unit) => (unit.id === 'u-edu' ? { ...unit, aliases: ['县教体局'] } : unit)),
      },
    }))
    const reply = await call(`/api/plans/${planId}/master`, {
      key: keys.commission,
      headers: { 'If-None-Match': before.etag },
    })
    expect(reply.status).toBe(200)
    const after = await masterOf(planId)
    expect(after.etag).not.toBe(before.etag)
    expect(after.master.issues.some(({ code }) => code === 'units/unknown')).toBe(false)
    const file = await send(`/api/plans/${planId}/master.xlsx`, { key: keys.commission })
    expect(file.headers.get('etag')).toContain(after.etag.replace(/^"json\d+|"$/g, ''))
  })
})

describe('报送情况', () => {
  test('counts what named a row of the unit: neither empty submissions nor edits of other units’ rows', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await receiptOf(planId, keys.edu, [])
    await receiptOf(planId, keys.edu, [edit(rows, 'r3', { 'milestone.P1': '不是我的' })])
    const statusOf = async () => (await masterOf(planId)).master.status.find(({ unit }) => unit === '县教委')
    expect(await statusOf()).toMatchObject({ rows: 2, submittedRows: 0, submissions: 0, lastAt: null })
    const blocked = await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '=1' })])
    expect(await statusOf()).toMatchObject({ submittedRows: 0, submissions: 1, lastAt: blocked.at })
    await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '改' })])
    expect(await statusOf()).toMatchObject({ submittedRows: 1, submissions: 2 })
  })

  test('and the totals of a receipt are the sums of its rows', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await receiptOf(planId, keys.health, [edit(rows, 'r2', { 'milestone.P1': '一', 'milestone.P2': '二' })])
    const receipt = await receiptOf(planId, keys.edu, [
      edit(rows, 'r1', { task: '别的', 'milestone.P1': '', 'milestone.P2': '改' }),
      edit(rows, 'r2', { 'milestone.P1': '一', 'milestone.P2': '另一种' }),
      edit(rows, 'r3', { number: '9' }),
    ])
    expect(receipt.totals).toEqual({ applied: 1, converged: 1, conflicts: 1, held: 1, notWritable: 2, blocked: 0 })
    for (const key of ['applied', 'converged', 'conflicts', 'held', 'notWritable'] as const) {
      expect(receipt.totals[key]).toBe(receipt.rows.reduce((sum, row) => sum + row[key].length, 0))
    }
    const list = (await call(`/api/plans/${planId}/submissions`, { key: keys.edu })).json as {
      submissions: Pick<Receipt, 'totals'>[]
    }
    expect(list.submissions[0]?.totals).toEqual(receipt.totals)
  })
})

describe('a reason for a warning', () => {
  const target = { 'milestone.P1': '完成选址。。' }
  const give = (reason: string) => [{ rowId: 'r1', column: 'milestone.P1', code: 'punctuation/doubled', reason }]
  const shown = async (planId: string) =>
    (await masterOf(planId)).master.issues.find(({ rowId, code }) => rowId === 'r1' && code === 'punctuation/doubled')

  test('stands with its issue in the master and is counted, the last one given', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await receiptOf(planId, keys.edu, [edit(rows, 'r1', target)], { reasons: give('原文如此') })
    const again = await pull(planId, keys.edu)
    await receiptOf(planId, keys.edu, [edit(again, 'r1', {})], { reasons: give('经请示保留') })
    expect(await shown(planId)).toMatchObject({ reason: { text: '经请示保留', by: '县教委' } })
    const { master } = await masterOf(planId)
    expect(master.status[0]).toMatchObject({ warnings: 1, explained: 1 })
    const response = await send(`/api/plans/${planId}/master.xlsx`, { key: keys.commission })
    const { sheets } = await readWorkbook(new Uint8Array(await response.arrayBuffer()))
    expect(sheets[1]?.grid.texts.map((row) => row.join('|')).join('\n')).toMatch(/县教委\|2\|1\|2\|[^|]+\|0\|1\|1\|0/)
  })

  test('lapses when the text changes, and stands again with the text', async () => {
    const planId = await createPlan(keys)
    await receiptOf(planId, keys.edu, [edit(await pull(planId, keys.edu), 'r1', target)], { reasons: give('原文如此') })
    await receiptOf(planId, keys.edu, [edit(await pull(planId, keys.edu), 'r1', { 'milestone.P1': '已完成选址。。' })])
    expect(await shown(planId)).toBeDefined()
    expect((await shown(planId))?.reason).toBeUndefined()
    await receiptOf(planId, keys.edu, [edit(await pull(planId, keys.edu), 'r1', target)])
    expect((await shown(planId))?.reason?.text).toBe('原文如此')
  })

  test('given with a row that was kept out is not put to the same text that another submission brings', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const wrong = edit(rows, 'r1', { ...target, 'milestone.P2': '=1' })
    const blocked = await receiptOf(planId, keys.edu, [wrong], { reasons: give('尚未采纳') })
    expect(blocked.rows[0]?.outcome).toBe('blocked')
    await receiptOf(planId, keys.edu, [edit(rows, 'r1', target)])
    expect(await shown(planId)).toBeDefined()
    expect((await shown(planId))?.reason).toBeUndefined()
  })

  test('given for a text that lost a conflict is not put to the text that stands', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await receiptOf(planId, keys.health, [edit(rows, 'r2', { 'milestone.P1': '卫健。。' })])
    const reasons = [{ rowId: 'r2', column: 'milestone.P1', code: 'punctuation/doubled', reason: '教委的理由' }]
    await receiptOf(planId, keys.edu, [edit(rows, 'r2', { 'milestone.P1': '教委。。' })], { reasons })
    const find = async () => (await masterOf(planId)).master.issues.find(({ rowId }) => rowId === 'r2')
    expect((await find())?.reason).toBeUndefined()
    const { conflicts } = (await masterOf(planId)).master
    const { id, ver } = conflicts[0]!
    await call(`/api/conflicts/${id}/resolution`, { key: keys.commission, body: { choose: 'submitted', ver } })
    expect((await find())?.reason?.text).toBe('教委的理由')
  })
})

describe('the commission', () => {
  const blank = (file: PlanFile): PlanFile => ({
    ...file,
    rows: file.rows.map((row) => ({
      ...row,
      spans: undefined,
      cells: { ...row.cells, 'milestone.P1': '', 'milestone.P2': '', 'milestone.P3': '' },
    })),
  })

  test('corrects a task whose milestones the unit has yet to write, and adds one', async () => {
    const planId = await createPlan(keys, blank)
    const rows = await pull(planId, keys.commission)
    const added = {
      ...rows[0]!.cells,
      number: '5',
      task: '新建公园1座',
      leadUnits: '县水利局',
      supportingUnits: '相关街道',
    }
    const receipt = await receiptOf(planId, keys.commission, [
      edit(rows, 'r1', { task: '改造学校6所' }),
      { rowId: 'r9', baseVer: 0, cells: added },
    ])
    expect(receipt.rows.map(({ outcome }) => outcome)).toEqual(['applied', 'inserted'])
    const [, row] = await pull(planId, keys.commission)
    expect(row).toMatchObject({ rowId: 'r9', lead: ['县水利局'], supporting: ['各乡镇（街道）'] })
    expect((await pull(planId, keys.towns)).map(({ rowId, role }) => [rowId, role])).toContainEqual([
      'r9',
      'supporting',
    ])
    const [mine] = await pull(planId, keys.edu)
    const half = await receiptOf(planId, keys.edu, [edit([mine!], 'r1', { 'milestone.P1': '完成选址' })])
    expect(half.rows[0]?.outcome).toBe('blocked')
    const wrong = await receiptOf(planId, keys.commission, [
      edit(await pull(planId, keys.commission), 'r1', { 'milestone.P1': '=1' }),
    ])
    expect(wrong.rows[0]?.outcome).toBe('blocked')
  })

  test('adds a hundred rows in one place, and again, in the order in which it sent them', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.commission)
    const added = (prefix: string) =>
      Array.from({ length: 100 }, (_, i) => ({
        rowId: `${prefix}${String((i * 37) % 100).padStart(2, '0')}`,
        baseVer: 0,
        cells: { ...rows[0]!.cells, number: String(i + 10), task: `${prefix}${i}`, leadUnits: '县水利局' },
      }))
    const first = added('a')
    await receiptOf(planId, keys.commission, [edit(rows, 'r1', {}), ...first, edit(rows, 'r2', {})])
    const ids = async () => (await pull(planId, keys.commission)).map(({ rowId }) => rowId)
    expect(await ids()).toEqual(['r1', ...first.map(({ rowId }) => rowId), 'r2', 'r3', 'r4'])
    for (let i = 0; i < 70; i++) {
      const [one] = await pull(planId, keys.commission)
      await receiptOf(planId, keys.commission, [edit([one!], 'r1', {}), { ...first[0]!, rowId: `z${99 - i}` }])
    }
    expect((await ids()).slice(0, 72)).toEqual([
      'r1',
      ...Array.from({ length: 70 }, (_, i) => `z${30 + i}`),
      first[0]?.rowId,
    ])
    await expectRebuildable(planId)
  }, 60_000)
})

test('order keys always leave room, sort as they were asked for, and stay short', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 40 })), { maxLength: 30 }), (steps) => {
      let list: string[] = []
      for (const [place, count] of steps) {
        const at = Math.min(place, list.length)
        list = [...list.slice(0, at), ...keysBetween(list[at - 1] ?? '', list[at], count), ...list.slice(at)]
      }
      expect([...list].sort()).toEqual(list)
      expect(new Set(list).size).toBe(list.length)
      expect(Math.max(0, ...list.map(({ length }) => length))).toBeLessThan(60)
    }),
  )
  expect(Math.max(...keysBetween('', undefined, 5_000).map(({ length }) => length))).toBeLessThanOrEqual(4)
})

describe('a key revoked while its request runs', () => {
  test('commits nothing any more', async () => {
    const planId = await createPlan(keys)
    const issued = await call(`/api/plans/${planId}/keys`, {
      key: keys.commission,
      body: { role: 'unit', unit: '县教委', post: '' },
    })
    const { id, key } = issued.json as { id: string; key: string }
    const rows = await pull(planId, key)
    let n = 0
    const db = {
      prepare: (sql: string) => env.DB.prepare(sql),
      batch: async (statements: D1PreparedStatement[]) => {
        if (++n === 2) await call(`/api/keys/${id}`, { key: keys.commission, method: 'DELETE' })
        return env.DB.batch(statements)
      },
    } as unknown as D1Database
    const reply = await submit(planId, key, [edit(rows, 'r1', { 'milestone.P1': '已停用' })], {}, planId, db)
    expect([reply.status, codeOf(reply)]).toEqual([401, 'key-revoked'])
    expect((await pull(planId, keys.edu))[0]).toEqual(rows[0])
  })
})

test('two plans that name the same new unit at the same moment are both created, with one unit', async () => {
  const name = '县新设局'
  const file = (planId: string, unitId: string) => {
    const base = planFile(planId)
    return { ...base, registry: { ...base.registry, units: [...base.registry.units, { id: unitId, name }] } }
  }
  const replies = await Promise.all(
    ['one', 'two', 'three'].map((word) =>
      call('/api/plans', {
        key: keys.commission,
        body: file(`race-${word}`, `u-${word}`),
        headers: { 'Idempotency-Key': `race-${word}` },
      }),
    ),
  )
  expect(replies.map(({ status }) => status)).toEqual([201, 201, 201])
  const { results } = await env.DB.prepare('SELECT id FROM unit WHERE name = ?1').bind(name).run()
  expect(results).toHaveLength(1)
})
