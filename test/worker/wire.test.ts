/**
 * The wire of format 1, frozen: what clients in the field send and read. Files in
 * test/fixtures/format-1/ are compared letter by letter; `vitest run --project worker -u
 * test/worker/wire.test.ts` writes them anew, deliberately. Adding a field is a change to look at;
 * taking one away or renaming it breaks released clients.
 */
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import type { ConflictList, ServerRow } from '../../domain/protocol.ts'
import { createApp } from '../../worker/app.ts'
import { call, createPlan, edit, type Keys, pull, receiptOf, seedKeys, submit, TEST_SERVICES } from './county.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

const FORMAT = '../fixtures/format-1'

/** JSON as it is kept, with ids, times, versions and hashes by the order in which they first appear. */
function normalise(value: unknown, planId: string): string {
  const seen = new Map<string, string>()
  const nth = (kind: string, text: string) => {
    const known =
      seen.get(kind + text) ?? `<${kind} ${[...seen.keys()].filter((key) => key.startsWith(kind)).length + 1}>`
    seen.set(kind + text, known)
    return known
  }
  const text = JSON.stringify(
    value,
    (key, inner: unknown) =>
      /^(ver|seq|baseVer)$/.test(key) && typeof inner === 'number' && inner > 0 ? nth('ver', String(inner)) : inner,
    2,
  )
  return `${text
    .replaceAll(planId, '<plan>')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => nth('id', id))
    .replace(/"[0-9a-f]{64}"/g, (hash) => `"${nth('hash', hash)}"`)
    .replace(/20\d\d-\d\d-\d\dT[\d:.]+Z/g, (at) => nth('at', at))}\n`
}

test('the OpenAPI document', async () => {
  const response = await createApp(TEST_SERVICES).request('/api/openapi.json', {}, env)
  await expect(`${JSON.stringify(await response.json(), null, 2)}\n`).toMatchFileSnapshot(`${FORMAT}/openapi.json`)
})

/** Joint leads, a stray edit, a held clearing, a span: something of everything in one small plan. */
async function eventful(): Promise<{ planId: string; sent: object; receipt: unknown }> {
  const planId = await createPlan(keys)
  const rows = await pull(planId, keys.edu)
  await receiptOf(planId, keys.health, [edit(rows, 'r2', { 'milestone.P1': '新增12个' })])
  const { 'milestone.P2': _, ...cells } = rows[0]!.cells
  const sent = {
    rows: [
      {
        rowId: 'r1',
        baseVer: rows[0]!.ver,
        cells: { ...cells, 'milestone.P1': '完成选址。。' },
        spans: { 'milestone.P1': 2 },
      },
      edit(rows, 'r2', {
        task: '新增托位60个',
        'milestone.P1': '新增15个',
        'milestone.P2': '',
        'milestone.P3': '新增30个',
      }),
    ],
    more: {
      clears: [{ rowId: 'r1', column: 'milestone.P2' }],
      reasons: [{ rowId: 'r1', column: 'milestone.P1', code: 'punctuation/doubled', reason: '原文如此' }],
    },
  }
  const reply = await submit(planId, keys.edu, sent.rows, sent.more, `${planId}-wire`)
  return { planId, sent: { form: 'breakdown', specVersion: 1, rows: sent.rows, ...sent.more }, receipt: reply.json }
}

test('a submission, its receipt and the master after it', async () => {
  const { planId, sent, receipt } = await eventful()
  await expect(normalise(sent, planId)).toMatchFileSnapshot(`${FORMAT}/submission.json`)
  await expect(normalise(receipt, planId)).toMatchFileSnapshot(`${FORMAT}/receipt.json`)
  const { json } = await call(`/api/plans/${planId}/master`, { key: keys.supervision })
  await expect(normalise(json, planId)).toMatchFileSnapshot(`${FORMAT}/master.json`)
})

test('the events of an insertion, an edit, a span, a decision, confirmed spans and a deletion', async () => {
  const { planId } = await eventful()
  const { json } = await call(`/api/plans/${planId}/conflicts?status=open`, { key: keys.commission })
  const [conflict] = (json as ConflictList).conflicts
  const decision = { choose: 'submitted', ver: conflict!.ver, reason: '以牵头单位为准' }
  await call(`/api/conflicts/${conflict!.id}/resolution`, { key: keys.commission, body: decision })
  const rows = await pull(planId, keys.commission)
  const ver = (rowId: string) => (rows.find((row) => row.rowId === rowId) as ServerRow).ver
  await call(`/api/plans/${planId}/rows/r4/spans`, { key: keys.commission, body: { baseVer: ver('r4') } })
  const added = { ...rows[0]!.cells, 'milestone.P2': '改造2所', number: '5', task: '新建公园1座' }
  await receiptOf(planId, keys.commission, [{ rowId: 'r9', baseVer: 0, cells: added }], {
    deletes: [{ rowId: 'r3', baseVer: ver('r3') }],
  })
  const { results } = await env.DB.prepare(
    `SELECT row_id, seq, kind, order_key, spans_confirmed, deleted, json(changes) AS changes FROM row_event
     WHERE sheet_id = ?1 ORDER BY seq, row_id`,
  )
    .bind(`${planId}/breakdown`)
    .run<{ changes: string }>()
  const events = results.map((event) => ({ ...event, changes: JSON.parse(event.changes) as unknown }))
  await expect(normalise(events, planId)).toMatchFileSnapshot(`${FORMAT}/events.json`)
})
