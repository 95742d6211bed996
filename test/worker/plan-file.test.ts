/** Plans that make no sense, each refused at its place. */
import { beforeAll, describe, expect, test } from 'vitest'
import { call, type Keys, planFile, seedKeys } from './county.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

describe('a plan that makes no sense', () => {
  test.each<[string, (file: ReturnType<typeof planFile>) => unknown, string]>([
    ['a day that is none', (file) => ({ ...file, plan: { ...file.plan, issuedOn: '2023-02-30' } }), '/plan/issuedOn'],
    [
      'a period twice',
      (file) => ({ ...file, plan: { ...file.plan, periods: [...file.plan.periods, file.plan.periods[0]] } }),
      '/plan/periods/3/key',
    ],
    [
      'a column twice',
      (file) => ({ ...file, plan: { ...file.plan, columns: [...file.plan.columns, { key: 'task', header: '项目' }] } }),
      '/plan/columns/5/key',
    ],
    [
      'milestones without periods',
      (file) => ({ ...file, plan: { ...file.plan, periods: [] }, rows: [] }),
      '/plan/periods',
    ],
    [
      'a successor that nobody knows',
      (file) => ({ ...file, registry: { units: [{ ...file.registry.units[0]!, successor: 'u-none' }] } }),
      '/registry/units/0/successor',
    ],
    [
      'a title that no workbook can hold',
      (file) => ({ ...file, plan: { ...file.plan, title: '一\u0001' } }),
      '/plan/title',
    ],
    [
      'a cell that no workbook can hold',
      (file) => ({ ...file, rows: [{ ...file.rows[0]!, cells: { ...file.rows[0]!.cells, task: '一\u0001' } }] }),
      '/rows/0/cells/task',
    ],
    [
      'a plan with a name that every object has',
      (file) => ({ ...file, plan: { ...file.plan, id: 'constructor' } }),
      '/plan/id',
    ],
  ])('with %s is refused at its place', async (_, change, pointer) => {
    const reply = await call('/api/plans?dryRun=1', { key: keys.commission, body: change(planFile('plan-odd')) })
    expect(reply.json).toMatchObject({
      status: 422,
      errors: expect.arrayContaining([expect.objectContaining({ pointer })]),
    })
  })
})
