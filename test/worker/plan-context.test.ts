/** What the rules are told of a plan: its county, whose names need no list, and who reviews. */
import { beforeAll, expect, test } from 'vitest'
import { Master, PlanDetail } from '../../domain/protocol.ts'
import { COUNTY, call, createPlan, type Keys, seedKeys } from './county.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

test('a task that the reviewing office leads itself, and units named with their county, in any form', async () => {
  const reviewer = { id: 'u-dev', name: '县发展改革委' }
  const planId = await createPlan(keys, (file) => {
    const [first, second, ...others] = file.rows
    const led = { ...first!, cells: { ...first!.cells, leadUnits: '县发改委' }, lead: [reviewer.name] }
    const named = { ...second!, cells: { ...second!.cells, supportingUnits: `${COUNTY}水利局、邻县水利局` } }
    const units = [...file.registry.units, reviewer]
    return { ...file, registry: { ...file.registry, units }, rows: [led, named, ...others] }
  })
  const detail = PlanDetail.parse((await call(`/api/plans/${planId}`, { key: keys.edu })).json)
  expect(detail.plan.reviewer).toBe(`${COUNTY}发展改革委`)
  const master = Master.parse((await call(`/api/plans/${planId}/master`, { key: keys.commission })).json)
  const said = master.issues.map(({ rowId, column, code, params }) => [rowId, column, code, params.found])
  expect(said).toContainEqual(['r1', 'leadUnits', 'units/reviewer-leads', '县发改委'])
  expect(said.filter(([, , code]) => code === 'units/unknown')).toEqual([
    ['r2', 'supportingUnits', 'units/unknown', '邻县水利局'],
  ])
})
