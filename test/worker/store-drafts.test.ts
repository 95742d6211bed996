/** Which earlier drafts a later one makes needless, and which it has nothing to do with. */
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { call, codeOf, edit, type Keys, pull, receiptOf, seedKeys } from './county.ts'
import { addKey, createSignOffPlan, draftOf, drafts } from './sign-off.ts'

let keys: Keys
let handler: string
beforeAll(async () => {
  keys = await seedKeys()
  handler = (await addKey('handler', 'u-edu')).key
})

async function statesOf(planId: string): Promise<Record<string, string>> {
  return Object.fromEntries((await drafts(planId, keys.edu)).map(({ id, state }) => [id, state]))
}

test('a text that stands in the master by now, and in the later sheet as it was pulled, needs no draft', async () => {
  const planId = await createSignOffPlan(keys)
  const rows = await pull(planId, handler)
  const first = await draftOf(planId, handler, [edit(rows, 'r1', { 'milestone.P1': '改' })])
  await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '改' })])
  const again = await pull(planId, handler)
  const second = await draftOf(planId, handler, [edit(again, 'r1', { 'milestone.P2': '再改' })])
  expect(await statesOf(planId)).toEqual({ [first.draftId]: 'superseded', [second.draftId]: 'open' })
})

test('another unit’s request under the same idempotency key is another draft', async () => {
  const planId = await createSignOffPlan(keys)
  const water = (await addKey('handler', 'u-water')).key
  const send = async (key: string, rowId: string) =>
    draftOf(planId, key, [edit(await pull(planId, key), rowId, { 'milestone.P1': '改' })], {}, `${planId}-same`)
  const [one, two] = [await send(handler, 'r1'), await send(water, 'r3')]
  expect([one.replayed, two.replayed, one.by, two.by]).toEqual([false, false, '县教委', '县水利局'])
})

test('a draft of one plan is not superseded by the same edits in another', async () => {
  const [one, two] = [await createSignOffPlan(keys), await createSignOffPlan(keys)]
  const send = async (planId: string) =>
    (await draftOf(planId, handler, [edit(await pull(planId, handler), 'r1', { 'milestone.P1': '改' })])).draftId
  const [first, second] = [await send(one), await send(two)]
  expect([await statesOf(one), await statesOf(two)]).toEqual([{ [first]: 'open' }, { [second]: 'open' }])
})

test('a key that is revoked while it returns a draft returns nothing', async () => {
  const planId = await createSignOffPlan(keys)
  const { draftId } = await draftOf(planId, handler, [
    edit(await pull(planId, handler), 'r1', { 'milestone.P1': '改' }),
  ])
  const { key, id } = await addKey('reviewer', 'u-edu')
  let isWriting = false
  const db = {
    prepare: (sql: string) => {
      isWriting ||= sql.includes('INTO guard')
      return env.DB.prepare(sql)
    },
    batch: async (statements: D1PreparedStatement[]) => {
      if (isWriting) await call(`/api/keys/${id}`, { key: keys.commission, method: 'DELETE' })
      return env.DB.batch(statements)
    },
  } as unknown as D1Database
  const reply = await call(`/api/drafts/${draftId}/return`, { key, body: { reason: '数据有误' }, db })
  expect([reply.status, codeOf(reply)]).toEqual([401, 'key-revoked'])
  expect(await statesOf(planId)).toEqual({ [draftId]: 'open' })
})
