/** The record where something happens to whoever works on it, or to its middle. */
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { hashSeal, type StoredSeal } from '../../worker/record/hash.ts'
import { call, codeOf, createPlan, edit, type Keys, pull, receiptOf, seedKeys } from './county.ts'
import { seal, tamper, verify } from './record-tools.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

/** A plan in which a text was typed and taken out again. */
async function leak(secret: string): Promise<string> {
  const planId = await createPlan(keys)
  for (const text of [secret, '完成选址']) {
    await receiptOf(planId, keys.edu, [edit(await pull(planId, keys.edu), 'r1', { 'milestone.P1': text })])
  }
  return planId
}

/** The database with something happening once, before an erasure is written. */
function beforeErasing(work: () => Promise<unknown>): { db: D1Database; wasDone: () => boolean } {
  let isWriting = false
  let isDone = false
  const db = {
    prepare: (sql: string) => {
      isWriting ||= sql.startsWith('INSERT INTO erasure')
      return env.DB.prepare(sql)
    },
    batch: async (statements: D1PreparedStatement[]) => {
      if (isWriting && !isDone) {
        isDone = true
        await work()
      }
      return env.DB.batch(statements)
    },
  } as unknown as D1Database
  return { db, wasDone: () => isDone }
}

test('a key that is revoked while it erases erases nothing', async () => {
  const secret = '联系电话：0230-4455667'
  const planId = await leak(secret)
  const post = { role: 'commission', post: '另一岗位' }
  const issued = await call(`/api/plans/${planId}/keys`, { key: keys.commission, body: post })
  const { id, key } = issued.json as { id: string; key: string }
  const revoke = () => call(`/api/keys/${id}`, { key: keys.commission, method: 'DELETE' })
  const { db, wasDone } = beforeErasing(revoke)
  const body = { text: secret, reason: '单位误录个人信息' }
  const reply = await call(`/api/plans/${planId}/erasures`, { key, body, db })
  expect([wasDone(), reply.status, codeOf(reply)]).toEqual([true, 401, 'key-revoked'])
  const history = await call(`/api/plans/${planId}/rows/r1/history`, { key: keys.commission })
  expect(JSON.stringify(history.json)).toContain(secret)
})

test('a seal that is made while a text is being erased covers the record as it is afterwards', async () => {
  const secret = '联系电话：0230-7766554'
  const planId = await leak(secret)
  const { db, wasDone } = beforeErasing(() => seal())
  const body = { text: secret, reason: '单位误录个人信息' }
  const reply = await call(`/api/plans/${planId}/erasures`, { key: keys.commission, body, db })
  expect([wasDone(), reply.status]).toEqual([true, 200])
  expect((await verify()).findings).toEqual([])
})

test('a seal made anew, with a hash of its own that holds, is found by the one behind it', async () => {
  const planId = await createPlan(keys)
  for (const text of ['一', '二']) {
    await receiptOf(planId, keys.edu, [edit(await pull(planId, keys.edu), 'r1', { 'milestone.P1': text })])
    await seal()
  }
  const { results } = await env.DB.prepare('SELECT * FROM seal ORDER BY n DESC LIMIT 2').run<StoredSeal>()
  const [last, before] = results as [StoredSeal, StoredSeal]
  const at = '2022-01-01T00:00:00.000Z'
  const hash = await hashSeal({ ...before, at })
  await tamper('seal', `UPDATE seal SET at = '${at}', hash = '${hash}' WHERE n = ${before.n}`)
  expect(await verify()).toMatchObject({ seals: before.n, findings: [{ seal: last.n, kind: 'chain-broken' }] })
  await tamper('seal', `UPDATE seal SET at = '${before.at}', hash = '${before.hash}' WHERE n = ${before.n}`)
  expect((await verify()).findings).toEqual([])
})

test('a backlog of long lines is divided by their length too', async () => {
  await seal()
  await leak('一')
  const { seals } = await seal({ bytes: 1 })
  expect(seals).toBeGreaterThan(5)
  expect((await verify()).findings).toEqual([])
})

test('a seal of a form that nobody knows is not believed, though its hash holds', async () => {
  await createPlan(keys)
  await seal()
  const last = (await env.DB.prepare('SELECT * FROM seal ORDER BY n DESC LIMIT 1').first<StoredSeal>())!
  const set = (format: number, hash: string) =>
    tamper('seal', `UPDATE seal SET format = ${format}, hash = '${hash}' WHERE n = ${last.n}`)
  await set(99, await hashSeal({ ...last, format: 99 }))
  expect((await verify()).findings).toMatchObject([{ seal: last.n, kind: 'seal-format' }])
  await set(last.format, last.hash)
})

test('a seal that is gone from the middle is missed by its number', async () => {
  const planId = await createPlan(keys)
  const made: number[] = []
  for (const text of ['一', '二', '三']) {
    await receiptOf(planId, keys.edu, [edit(await pull(planId, keys.edu), 'r1', { 'milestone.P1': text })])
    await seal()
    made.push((await verify()).seals)
  }
  const [, middle, last] = made as [number, number, number]
  expect(last).toBe(middle + 1)
  await tamper('seal_page', `DELETE FROM seal_page WHERE n = ${middle}`)
  await tamper('seal', `DELETE FROM seal WHERE n = ${middle}`)
  expect((await verify()).findings).toMatchObject([{ seal: last, kind: 'seal-missing' }])
})
