/** 报送记录 beyond one answer: nothing is left out, nothing comes twice, also while others submit. */
import { beforeAll, expect, test } from 'vitest'
import { SubmissionList } from '../../domain/protocol.ts'
import { call, codeOf, createPlan, edit, type Keys, pull, receiptOf, seedKeys } from './county.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

async function list(planId: string, query: string, key = keys.commission): Promise<SubmissionList> {
  const reply = await call(`/api/plans/${planId}/submissions${query}`, { key })
  expect(reply.status).toBe(200)
  return SubmissionList.parse(reply.json)
}

test('pages lead to the end, the newest first, whatever arrives meanwhile', async () => {
  const planId = await createPlan(keys)
  const rows = await pull(planId, keys.edu)
  const submitOnce = async (n: number) =>
    (await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': `第${n}稿` })])).submissionId
  const sent: string[] = []
  for (let n = 0; n < 5; n++) sent.push(await submitOnce(n))
  const whole = await list(planId, '')
  expect(whole.next).toBeUndefined()
  expect(whole.submissions.map(({ id }) => id)).toEqual([...sent].reverse())

  const read: string[] = []
  let page = await list(planId, '?limit=2')
  read.push(...page.submissions.map(({ id }) => id))
  await submitOnce(5)
  while (page.next !== undefined) {
    page = await list(planId, `?limit=2&cursor=${page.next}`)
    read.push(...page.submissions.map(({ id }) => id))
  }
  expect(read).toEqual([...sent].reverse())
})

test('a page that the list just fills has no next, and a unit’s pages hold its own only', async () => {
  const planId = await createPlan(keys)
  const rows = await pull(planId, keys.edu)
  const mine: string[] = []
  for (const text of ['甲', '乙']) {
    mine.push((await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': text })])).submissionId)
    await receiptOf(planId, keys.health, [edit(await pull(planId, keys.health), 'r2', { 'milestone.P2': text })])
  }
  expect((await list(planId, '?limit=4')).next).toBeUndefined()
  const first = await list(planId, '?limit=1', keys.edu)
  const second = await list(planId, `?limit=1&cursor=${first.next}`, keys.edu)
  expect([...first.submissions, ...second.submissions].map(({ id }) => id)).toEqual([...mine].reverse())
  expect(second.next).toBeUndefined()
})

test.each(['limit=0', 'limit=1001', 'limit=ten', 'limit=1e3', 'limit=-1', 'limit=2&limit=3', 'cursor=', 'cursor=%00'])(
  'a list asked for with %s is refused',
  async (query) => {
    const reply = await call(`/api/plans/${await createPlan(keys)}/submissions?${query}`, { key: keys.edu })
    expect([reply.status, codeOf(reply)]).toEqual([422, 'invalid'])
  },
)
