/** The last admin key: what counts as another one. */
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { actorId, demoKey, hashKey } from '../../worker/keys.ts'
import { call, codeOf, type Keys, NOW, seedKeys } from './county.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

test.each([
  ['revoked', { revoked: '2023-11-01T00:00:00.000Z', expires: null }],
  ['expired', { revoked: null, expires: '2023-11-01T00:00:00.000Z' }],
])('a %s admin key is none: the last that works cannot be revoked', async (state, { revoked, expires }) => {
  const id = `admin${state.slice(0, 3)}`
  const hmac = await hashKey(env.KEY_PEPPER, await demoKey(env.KEY_PEPPER, id))
  await env.DB.prepare(
    `INSERT INTO access_key (id, actor_id, hmac, post, created_at, revoked_at, expires_at)
     VALUES (?1, ?2, ?3, '管理员岗', ?4, ?5, ?6)`,
  )
    .bind(id, await actorId('admin', '*', undefined), hmac, NOW, revoked, expires)
    .run()
  const reply = await call('/api/keys/demo0000', { key: keys.admin, method: 'DELETE' })
  expect([reply.status, codeOf(reply)]).toEqual([409, 'last-admin-key'])
  expect((await call('/api/me', { key: keys.admin })).status).toBe(200)
})
