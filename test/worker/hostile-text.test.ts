/**
 * Characters that make a text read otherwise than it is stored (U+202A–202E, U+2066–2069). Names, reasons
 * and whatever the commission writes are refused with the place; in a submission only the row stays
 * out, as with every other error, so that one cell does not hold up the rest.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { call, createPlan, edit, type Keys, planFile, pull, receiptOf, seedKeys, submit } from './county.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

const REORDERING = ['\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069']
const shown = (text: string) => `U+${text.codePointAt(0)?.toString(16).toUpperCase()}`

describe.each(REORDERING.map((character) => [shown(character), character]))('%s', (_, character) => {
  test('is refused in the names and in the cells of a plan', async () => {
    const file = planFile('plan-reordered')
    const dryRun = { key: keys.commission }
    const inTitle = { ...file, plan: { ...file.plan, title: `民生${character}实事` } }
    expect((await call('/api/plans?dryRun=1', { ...dryRun, body: inTitle })).json).toMatchObject({
      code: 'illegal-character',
      errors: [{ pointer: '/plan/title' }],
    })
    const [first, ...rest] = file.rows
    const inCell = {
      ...file,
      rows: [{ ...first, cells: { ...first!.cells, task: `改造${character}0001所` } }, ...rest],
    }
    expect((await call('/api/plans?dryRun=1', { ...dryRun, body: inCell })).json).toMatchObject({
      code: 'illegal-character',
      errors: [{ pointer: '/rows/0/cells/task' }],
    })
  })

  test('keeps the row out of the master that it was submitted in, and no other', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const receipt = await receiptOf(planId, keys.edu, [
      edit(rows, 'r1', { 'milestone.P1': `完成${character}0001户` }),
      edit(rows, 'r2', { 'milestone.P1': '新增11个' }),
    ])
    expect(receipt.rows.map(({ outcome }) => outcome)).toEqual(['blocked', 'applied'])
    expect(receipt.rows[0]?.blocked).toMatchObject([{ code: 'text/illegal-character', column: 'milestone.P1' }])
    expect((await pull(planId, keys.edu))[0]?.cells['milestone.P1']).toBe('完成选址')
  })

  test('is refused in a reason', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const reasons = [{ rowId: 'r1', code: 'punctuation/doubled', reason: `原文${character}如此` }]
    expect((await submit(planId, keys.edu, [edit(rows, 'r1', {})], { reasons })).json).toMatchObject({
      status: 422,
      code: 'illegal-character',
      errors: [{ pointer: '/reasons/0/reason' }],
    })
  })
})

test('joiners stay: emoji and minority scripts are written with them', async () => {
  const file = planFile('plan-joined')
  const plan = { ...file.plan, title: '👨‍👩‍👧和می‌خواهم' }
  expect((await call('/api/plans?dryRun=1', { key: keys.commission, body: { ...file, plan } })).status).toBe(200)
})
