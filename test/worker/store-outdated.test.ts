/** A Worker over a database that lacks a migration says so, whatever is missing. */
import { env } from 'cloudflare:workers'
import { afterEach, expect, test, vi } from 'vitest'
import { isOutdatedStore } from '../../worker/store/batch.ts'
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
