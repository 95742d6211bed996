/** Of what was said of texts that a row no longer has, a whole plan reads only what may still count. */
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import type { Actor } from '../../worker/env.ts'
import { readWholePlan, selectWholePlan } from '../../worker/store/whole-plan.ts'
import { createPlan, edit, type Keys, pull, receiptOf, seedKeys } from './county.ts'
import { deskOf, judge, reviewOf } from './reviewing.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

const ADMIN: Actor = { id: '', role: 'admin', name: '', county: '*' }
const P1 = 'milestone.P1'

async function write(planId: string, text: string) {
  await receiptOf(planId, keys.edu, [edit(await pull(planId, keys.edu), 'r1', { [P1]: text })])
}

/** Writes these texts into one cell one after another, each accepted. */
async function acceptEach(texts: string[]): Promise<string> {
  const planId = await createPlan(keys)
  for (const text of texts) {
    await write(planId, text)
    await judge(planId, keys, { rowId: 'r1', kind: 'accept' })
  }
  return planId
}

/** The texts of which an acceptance is read. */
async function readAccepted(planId: string): Promise<string[]> {
  const results = await env.DB.batch(selectWholePlan(env.DB, planId, '2023-11-10'))
  const { annotations } = await readWholePlan(env.DB, results, planId, ADMIN)
  return annotations.map(({ ofText }) => /完成选址[^"]*/.exec(ofText)?.[0] ?? '')
}

test('the last acceptance is read, and that of the text that stands, not the history between them', async () => {
  const planId = await acceptEach(['完成选址1处', '完成选址10处', '完成选址100处', '完成选址1000处'])
  expect(await readAccepted(planId)).toEqual(['完成选址1000处'])
  await write(planId, '完成选址1处')
  expect(await readAccepted(planId)).toEqual(['完成选址1处', '完成选址1000处'])
  expect(await reviewOf(planId, keys.edu, 'r1')).toBe('accepted')
})

test('a text of the same length is another text', async () => {
  const planId = await acceptEach(['完成选址1处', '完成选址10处'])
  await write(planId, '完成选址2处')
  expect(await readAccepted(planId)).toEqual(['完成选址1处', '完成选址10处'])
  expect(await reviewOf(planId, keys.edu, 'r1')).toBe('pending')
  expect((await deskOf(planId, keys)).queue[0]?.changes).toEqual([
    { column: P1, old: '完成选址10处', new: '完成选址2处' },
  ])
})

test('what was accepted before it was withdrawn counts no more, whatever its text', async () => {
  const planId = await acceptEach(['完成选址1处', '完成选址10处'])
  await judge(planId, keys, { rowId: 'r1', kind: 'withdrawal' })
  await write(planId, '完成选址1处')
  expect(await readAccepted(planId)).toEqual([])
  expect(await reviewOf(planId, keys.edu, 'r1')).toBe('pending')
})
