/** A Worker over a database that lacks a migration says so, whatever is missing. */
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { isOutdatedStore } from '../../worker/store/batch.ts'
import { MIGRATIONS } from '../../worker/store/migrations.ts'
import { call, codeOf, createPlan, type Keys, seedKeys } from './county.ts'

afterEach(() => vi.restoreAllMocks())

test.each([
  ['a table', 'SELECT * FROM not_yet'],
  ['a column that is read', 'SELECT not_yet FROM plan'],
  ['a column that is written', 'INSERT INTO guard (not_yet) VALUES (1)'],
  [
    'a word of a list',
    "INSERT INTO commit_log (sheet_id, kind, actor_id, key_id, at) VALUES ('', 'not-yet', '', '', '')",
  ],
])('%s that is not there tells that the database is older than the code', async (_, sql) => {
  const error: unknown = await env.DB.prepare(sql)
    .run()
    .catch((thrown: unknown) => thrown)
  expect(isOutdatedStore(error)).toBe(true)
})

test('a guard that fails says nothing of the kind', async () => {
  const error: unknown = await env.DB.prepare('INSERT INTO guard (row_fresh) VALUES (0)')
    .run()
    .catch((thrown: unknown) => thrown)
  expect(String(error)).toContain('stale_row')
  expect(isOutdatedStore(error)).toBe(false)
})

test('requests to a database that lacks a migration are told what the admin must do, and are logged', async () => {
  const keys: Keys = await seedKeys()
  const planId = await createPlan(keys)
  const lines: string[] = []
  vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line))
  await env.DB.prepare('ALTER TABLE draft RENAME TO draft_not_yet').run()
  try {
    const reply = await call(`/api/plans/${planId}/drafts`, { key: keys.edu })
    expect([reply.status, codeOf(reply), reply.headers.get('retry-after')]).toEqual([503, 'store-outdated', null])
    expect((reply.json as { detail: string }).detail).toContain('migrations apply')
    expect(lines.map((line) => (JSON.parse(line) as { error: string }).error)).toEqual([
      expect.stringContaining('no such table: draft'),
    ])
  } finally {
    await env.DB.prepare('ALTER TABLE draft_not_yet RENAME TO draft').run()
  }
})

test('the code names every migration that there is', () => {
  expect(MIGRATIONS).toEqual(env.TEST_MIGRATIONS.map(({ name }) => name))
})

describe('/api/health', () => {
  const LAST = MIGRATIONS.at(-1) ?? ''
  const forget = () => env.DB.prepare('DELETE FROM d1_migrations WHERE name = ?1').bind(LAST).run()
  const remember = () => env.DB.prepare('INSERT INTO d1_migrations (name) VALUES (?1)').bind(LAST).run()

  test('is well with all of them, also with later ones than the code knows', async () => {
    await env.DB.prepare("INSERT INTO d1_migrations (name) VALUES ('9999_later.sql')").run()
    expect(await call('/api/health')).toMatchObject({ status: 200, json: { ok: true } })
  })

  test('names a migration that is missing, as does what fails for want of it', async () => {
    await forget()
    try {
      const reply = await call('/api/health')
      expect([reply.status, codeOf(reply)]).toEqual([503, 'store-outdated'])
      expect(reply.json).toMatchObject({ params: { missing: LAST }, detail: expect.stringContaining(LAST) })
      vi.spyOn(console, 'error').mockImplementation(() => undefined)
      await env.DB.prepare('ALTER TABLE plan RENAME TO plan_not_yet').run()
      const { edu: key } = await seedKeys()
      expect(await call('/api/me', { key })).toMatchObject({ status: 503, json: { params: { missing: LAST } } })
    } finally {
      await env.DB.prepare('ALTER TABLE plan_not_yet RENAME TO plan').run()
      await remember()
    }
  })

  test('names all of them where none was ever applied', async () => {
    await env.DB.prepare('ALTER TABLE d1_migrations RENAME TO not_wranglers').run()
    try {
      expect((await call('/api/health')).json).toMatchObject({ params: { missing: MIGRATIONS.join(', ') } })
    } finally {
      await env.DB.prepare('ALTER TABLE not_wranglers RENAME TO d1_migrations').run()
    }
  })
})
