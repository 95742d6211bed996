/** An access key in a text is refused with its place, whoever wrote it, and kept nowhere. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { call, createPlan, edit, type Keys, planFile, pull, seedKeys, submit } from './county.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

const inGroups = (key: string) =>
  key
    .split('_')
    .map((part) => part.match(/.{1,4}/g)?.join('\n'))
    .join(' _ ')

describe.each([
  ['as it was issued', (key: string) => key],
  ['as a slip prints it, broken over lines', inGroups],
])('an access key %s', (_, written) => {
  test('is refused in a cell with its place; nothing that is kept of the submission holds it', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const text = `完成选址。${written(keys.edu)}`
    const refused = await submit(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': text })])
    expect(refused.json).toMatchObject({
      status: 422,
      code: 'access-key-in-text',
      errors: [{ pointer: '/rows/0/cells/milestone.P1' }],
    })
    const secret = keys.edu.slice(12, 16)
    expect(JSON.stringify(refused.json)).not.toContain(secret)
    const { results } = await env.DB.prepare('SELECT body, result FROM submission WHERE plan_id = ?1 AND status = ?2')
      .bind(planId, 'refused')
      .all<{ body: string; result: string }>()
    expect(results).toHaveLength(1)
    expect(results[0]?.body).toContain('完成选址。mt_…')
    expect(results[0]?.body + (results[0]?.result ?? '')).not.toContain(secret)
    expect((await pull(planId, keys.edu))[0]?.cells['milestone.P1']).toBe('完成选址')
  })

  test('is refused in a reason and in a plan', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const reasons = [{ rowId: 'r1', code: 'punctuation/doubled', reason: written(keys.edu) }]
    expect((await submit(planId, keys.edu, [edit(rows, 'r1', {})], { reasons })).json).toMatchObject({
      code: 'access-key-in-text',
      errors: [{ pointer: '/reasons/0/reason' }],
    })
    const file = planFile('plan-with-a-key')
    const plan = { ...file.plan, title: written(keys.commission) }
    expect((await call('/api/plans?dryRun=1', { key: keys.commission, body: { ...file, plan } })).json).toMatchObject({
      code: 'access-key-in-text',
      errors: [{ pointer: '/plan/title' }],
    })
  })
})

test('a body that cannot be read at all is kept without it', async () => {
  const planId = await createPlan(keys)
  const reply = await call(`/api/plans/${planId}/submissions`, {
    key: keys.edu,
    headers: { 'Idempotency-Key': planId },
    raw: `{"rows": ["${keys.edu}"`,
  })
  expect(reply.json).toMatchObject({ code: 'malformed' })
  const kept = await env.DB.prepare('SELECT body FROM submission WHERE plan_id = ?1 AND status = ?2')
    .bind(planId, 'refused')
    .first<{ body: string }>()
  expect(kept?.body).toBe('{"rows": ["mt_…"')
})

test('a body refused for something else, or with a key for the name of a field, is kept without it', async () => {
  const planId = await createPlan(keys)
  const row = edit(await pull(planId, keys.edu), 'r1', {})
  const post = (body: unknown, n: number) =>
    call(`/api/plans/${planId}/submissions`, { key: keys.edu, headers: { 'Idempotency-Key': `${planId}-${n}` }, body })
  const first = { ...row, cells: { ...row.cells, task: '\u0000' } }
  const second = { ...row, rowId: 'r2', cells: { task: inGroups(keys.edu) } }
  const several = await post({ form: 'breakdown', specVersion: 1, rows: [first, second] }, 1)
  expect(several.json).toMatchObject({ code: 'illegal-character' })
  const named = await post({ form: 'breakdown', specVersion: 1, rows: [{ ...row, cells: { [keys.edu]: '' } }] }, 2)
  expect(named.json).toMatchObject({ code: 'access-key-in-text' })
  const { results } = await env.DB.prepare('SELECT body FROM submission WHERE plan_id = ?1 AND status = ?2')
    .bind(planId, 'refused')
    .all<{ body: string }>()
  expect(results).toHaveLength(2)
  for (const { body } of results) {
    expect(body).toContain('mt_…')
    expect(body).not.toContain(keys.edu.slice(12, 16))
  }
})
