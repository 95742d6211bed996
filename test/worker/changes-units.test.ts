/** The county's registry changes while plans run: names, aliases, groups, successors, and what hangs on them. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import type { KeyCreated, Me, PlanDetail, PlanFile, Receipt } from '../../domain/protocol.ts'
import { changeRegistry } from '../../worker/changes/next-registry.ts'
import { actorId, demoKey, seedActorsSql } from '../../worker/keys.ts'
import { change, changed, refusalOf } from './changing.ts'
import { call, codeOf, planFile, pull, submit } from './county.ts'

/** A county of its own for each test, so that no name of one stands in another's way. */
let county = ''
let commission = ''
let planId = ''
let counties = 0

async function createPlan(alter: (file: PlanFile) => PlanFile = (file) => file): Promise<string> {
  const id = `units-${Date.now().toString(36)}-${counties}-${Math.random().toString(36).slice(2, 8)}`
  const file = planFile(id)
  const body = alter({ ...file, plan: { ...file.plan, county } })
  const reply = await call('/api/plans', { key: commission, headers: { 'Idempotency-Key': id }, body })
  if (reply.status !== 201) throw new Error(JSON.stringify(reply.json))
  return id
}

beforeEach(async () => {
  const n = counties++
  county = `名录县${n}`
  commission = await demoKey(env.KEY_PEPPER, `units${String(n).padStart(3, '0')}`)
  const office = { role: 'commission' as const, county, name: `${county}发展改革委`, post: '办公室', key: commission }
  const statements = await seedActorsSql([office], env.KEY_PEPPER, '2023-01-01T00:00:00.000Z')
  await env.DB.batch(statements.map((sql) => env.DB.prepare(sql)))
  planId = await createPlan()
})

async function registryOf(id = planId) {
  return ((await call(`/api/plans/${id}`, { key: commission })).json as PlanDetail).registry
}
async function unitOf(id: string) {
  return (await registryOf()).units.find((unit) => unit.id === id)!
}
const units = (body: object, idempotencyKey?: string) =>
  change(
    planId,
    'units',
    { reason: '登记', ...body },
    { key: commission, ...(idempotencyKey ? { idempotencyKey } : {}) },
  )
const unitsChanged = (body: object) => changed(planId, 'units', { reason: '登记', ...body }, { key: commission })

async function keyOf(unit: string): Promise<string> {
  const reply = await call(`/api/plans/${planId}/keys`, {
    key: commission,
    body: { role: 'unit', unit, post: '办公室' },
  })
  if (reply.status !== 201) throw new Error(JSON.stringify(reply.json))
  return (reply.json as KeyCreated).key
}

describe('a unit', () => {
  test('that is new gets its actor, so that keys can be issued and relations can name it', async () => {
    await unitsChanged({ units: [{ id: 'u-data', name: '县数据局', aliases: ['县大数据局'] }] })
    expect(await unitOf('u-data')).toEqual({ id: 'u-data', name: '县数据局', aliases: ['县大数据局'] })
    const key = await keyOf('县数据局')
    const rows = [{ rowId: 'r1', lead: ['县大数据局'], supporting: [] }]
    await changed(planId, 'relations', { reason: '划转', rows }, { key: commission })
    expect((await pull(planId, key)).map(({ rowId }) => rowId)).toEqual(['r1'])
  })

  test('that is abolished keeps what it led, and its key, until another leads it', async () => {
    const key = await keyOf('县水利局')
    await unitsChanged({ units: [{ ...(await unitOf('u-water')), to: '2023-10-31', successor: 'u-edu' }] })
    const led = async () => (await pull(planId, key)).filter(({ role }) => role === 'lead').map(({ rowId }) => rowId)
    expect(await led()).toEqual(['r3', 'r4'])
    const rows = [{ rowId: 'r3', lead: ['县教委'], supporting: [] }]
    await changed(planId, 'relations', { reason: '划转', rows }, { key: commission })
    expect(await led()).toEqual(['r4'])
    const back = [{ rowId: 'r3', lead: ['县水利局'], supporting: [] }]
    const refusal = await change(planId, 'relations', { reason: '划转', rows: back }, { key: commission })
    expect(refusalOf(refusal)).toMatchObject({ code: 'unit-not-found', details: ['not-valid-then'] })
  })

  test('that is renamed keeps id, key and rows; the old name is a former name, in groups too it has the new one', async () => {
    const key = await keyOf('永安街道')
    const towns = await unitOf('u-towns')
    await unitsChanged({ units: [{ ...towns, name: '永宁街道' }] })
    expect(await unitOf('u-towns')).toEqual({ id: 'u-towns', name: '永宁街道', formerNames: ['永安街道'] })
    expect((await registryOf()).groups?.[0]?.members).toEqual(['永宁街道'])
    expect((await call('/api/me', { key })).json as Me).toMatchObject({ actor: { name: '永宁街道' } })
    expect((await pull(planId, key)).map(({ rowId, role }) => [rowId, role])).toEqual([['r4', 'supporting']])
  })

  test('may take the name that another gives up at the same moment', async () => {
    const [edu, health] = [await unitOf('u-edu'), await unitOf('u-health')]
    await unitsChanged({
      units: [
        { ...edu, name: health.name, aliases: [] },
        { ...health, name: edu.name, aliases: [], formerNames: [] },
      ],
    })
    expect(await unitOf('u-edu')).toMatchObject({ name: '县卫生健康委', formerNames: ['县教委'] })
    expect(await unitOf('u-health')).toMatchObject({ name: '县教委', formerNames: ['县卫生健康委'] })
  })

  test('ends, and has a successor by id', async () => {
    const water = await unitOf('u-water')
    await unitsChanged({ units: [{ ...water, to: '2023-12-31', successor: 'u-edu' }] })
    expect(await unitOf('u-water')).toMatchObject({ to: '2023-12-31', successor: 'u-edu' })
    await unitsChanged({ units: [water] })
    expect(await unitOf('u-water')).toEqual(water)
  })
})

test('a group gets members by name or alias; without a list its members are unknown again', async () => {
  const group = { name: '各乡镇（街道）', aliases: ['相关街道'], members: ['永安街道', '县教育委员会'] }
  await unitsChanged({ groups: [group, { name: '各成员单位', members: [] }] })
  expect((await registryOf()).groups).toEqual([
    { ...group, members: ['永安街道', '县教委'] },
    { name: '各成员单位', members: [] },
  ])
  await unitsChanged({ groups: [{ name: '各成员单位' }] })
  expect((await registryOf()).groups?.[1]).toEqual({ name: '各成员单位' })
})

describe('refused', () => {
  const refused = async (body: object) => {
    const before = await registryOf()
    const { status, code, pointers, details } = refusalOf(await units(body))
    expect(await registryOf()).toEqual(before)
    return [status, code, pointers[0], details[0]]
  }

  test('is a name or an alias that means another unit already, also written a little otherwise', async () => {
    expect(await refused({ units: [{ id: 'u-new', name: '县教委' }] })).toEqual([
      422,
      'unit-in-use',
      '/units/0/name',
      'name-taken',
    ])
    expect(await refused({ units: [{ id: 'u-new', name: '县 教育委员会' }] })).toEqual([
      422,
      'unit-in-use',
      '/units/0/name',
      'name-taken',
    ])
    const health = await unitOf('u-health')
    expect(await refused({ units: [{ ...health, aliases: ['卫健', '县水利局'] }] })).toEqual([
      422,
      'unit-in-use',
      '/units/0/aliases/1',
      'alias-taken',
    ])
    const twins = [
      { id: 'u-a', name: '甲局', aliases: ['合称'] },
      { id: 'u-b', name: '乙局', aliases: ['合称'] },
    ]
    expect(await refused({ units: twins })).toEqual([422, 'unit-in-use', '/units/0/aliases/0', 'alias-taken'])
    expect(await refused({ groups: [{ name: '县教委' }] })).toEqual([
      422,
      'unit-in-use',
      '/groups/0/name',
      'name-taken',
    ])
    expect(await refused({ groups: [{ name: '各部门', aliases: ['相关街道'] }] })).toEqual([
      422,
      'unit-in-use',
      '/groups/0/aliases/0',
      'name-taken',
    ])
  })

  test('is a successor that nobody knows, or that leads back', async () => {
    const water = await unitOf('u-water')
    expect(await refused({ units: [{ ...water, successor: 'u-nobody' }] })).toEqual([
      422,
      'unit-in-use',
      '/units/0/successor',
      'successor-unknown',
    ])
    await unitsChanged({ units: [{ ...(await unitOf('u-edu')), successor: 'u-health' }] })
    const health = await unitOf('u-health')
    expect(await refused({ units: [{ ...health, successor: 'u-edu' }] })).toEqual([
      422,
      'unit-in-use',
      '/units/0/successor',
      'successor-ring',
    ])
    expect(await refused({ units: [{ ...health, successor: 'u-health' }] })).toMatchObject({ 3: 'successor-ring' })
  })

  test('is dropping a former name under which relations were recorded, nothing to do, and time backwards', async () => {
    await unitsChanged({ units: [{ ...(await unitOf('u-water')), name: '县水务局' }] })
    expect(await refused({ units: [{ id: 'u-water', name: '县水务局' }] })).toEqual([
      422,
      'unit-in-use',
      '/units/0/formerNames',
      'name-in-relations',
    ])
    expect(await refused({})).toEqual([422, 'invalid', '/units', 'empty'])
    expect(await refused({ units: [{ id: 'u-x', name: '甲局', from: '2023-05-01', to: '2023-04-30' }] })).toEqual([
      422,
      'invalid',
      '/units/0/to',
      'before-from',
    ])
    const same = { id: 'u-x', name: '甲局' }
    expect(await refused({ units: [same, { ...same, name: '乙局' }] })).toEqual([
      422,
      'invalid',
      '/units/1/id',
      'doubled',
    ])
    expect(await refused({ groups: [{ name: '各部门', members: ['县教委', '无此局'] }] })).toEqual([
      404,
      'unit-not-found',
      '/groups/0/members/1',
      'unknown',
    ])
  })

  test('are units that change the registry', async () => {
    const reply = await change(planId, 'units', { reason: '试', units: [] }, { key: await keyOf('县教委') })
    expect([reply.status, codeOf(reply)]).toEqual([403, 'role-not-allowed'])
  })
})

describe('at the same time', () => {
  test('two changes by way of two plans of the county both land, and a name that both want goes to one', async () => {
    const other = await createPlan()
    const send = (id: string, unit: object) =>
      change(id, 'units', { reason: '登记', units: [unit] }, { key: commission })
    const both = await Promise.all([
      send(planId, { id: 'u-a', name: '甲局' }),
      send(other, { id: 'u-b', name: '乙局' }),
    ])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    const rivals = await Promise.all([
      send(planId, { id: 'u-c', name: '丙局' }),
      send(other, { id: 'u-d', name: '丙局' }),
    ])
    expect(rivals.map(({ status }) => status).sort()).toEqual([200, 422])
  })

  test('a new plan that brings a unit while the registry changes hides no clash', async () => {
    let batches = 0
    const db = {
      prepare: (sql: string) => env.DB.prepare(sql),
      batch: async (statements: D1PreparedStatement[]) => {
        if (++batches === 2) {
          const brings = { id: 'u-e', name: '戊局', aliases: ['戊'] }
          await createPlan((file) => ({
            ...file,
            registry: { ...file.registry, units: [...file.registry.units, brings] },
          }))
        }
        return env.DB.batch(statements)
      },
    } as unknown as D1Database
    const body = { reason: '登记', units: [{ id: 'u-f', name: '戊' }] }
    const reply = await change(planId, 'units', body, { key: commission, db })
    expect(refusalOf(reply)).toMatchObject({ status: 422, code: 'unit-in-use', details: ['name-taken'] })
  })

  test('a submission that was on its way is read again, also in another plan of the county', async () => {
    const other = await createPlan()
    const key = await keyOf('县教委')
    const [row] = await pull(other, key)
    let batches = 0
    const db = {
      prepare: (sql: string) => env.DB.prepare(sql),
      batch: async (statements: D1PreparedStatement[]) => {
        if (++batches === 2) await unitsChanged({ units: [{ id: 'u-g', name: '己局' }] })
        return env.DB.batch(statements)
      },
    } as unknown as D1Database
    const cells = { ...row!.cells, 'milestone.P1': '照常' }
    const reply = await submit(
      other,
      key,
      [{ rowId: row!.rowId, baseVer: row!.ver, cells }],
      {},
      `${other}-on-its-way`,
      db,
    )
    expect((reply.json as Receipt).totals.applied).toBe(1)
    expect(batches).toBe(4)
  })
})

test('the version of the registry and the ETag of the master change, and the same request is done once', async () => {
  const etag = async () => (await call(`/api/plans/${planId}/master`, { key: commission })).headers.get('etag')
  const before = await etag()
  const body = { units: [{ id: 'u-h', name: '庚局' }] }
  const first = await units(body, `${planId}-once`)
  const after = await etag()
  expect(after).not.toBe(before)
  expect((await units(body, `${planId}-once`)).json).toEqual(first.json)
  expect(await etag()).toBe(after)
  const actor = await env.DB.prepare('SELECT name, unit_id FROM actor WHERE id = ?1')
    .bind(await actorId('unit', county, 'u-h'))
    .first()
  expect(actor).toEqual({ name: '庚局', unit_id: 'u-h' })
})

test('two thousand units are replaced in a few statements', async () => {
  const many = Array.from({ length: 2_000 }, (_, i) => ({
    id: `m${i}`,
    name: `第${i}村`,
    aliases: [`${i}村`, `村${i}`],
  }))
  await unitsChanged({ units: many })
  await unitsChanged({ units: many.map((unit) => ({ ...unit, name: `${unit.name}委` })) })
  expect((await registryOf()).units.length).toBe(2_004)
  expect(await unitOf('m7')).toEqual({ id: 'm7', name: '第7村委', aliases: ['7村', '村7'], formerNames: ['第7村'] })
})

test('a spelling is an alias or a former name, never both, and never repeats the name', () => {
  const registry = { units: [{ id: 'a', name: '旧名', aliases: ['甲'] }] }
  const {
    units: [unit],
  } = changeRegistry(
    registry,
    { units: [{ id: 'a', name: '新名', aliases: ['旧名', '新名', '甲', '甲'], formerNames: ['甲', '更旧名'] }] },
    new Map(),
  )
  expect(unit).toEqual({ id: 'a', name: '新名', aliases: ['旧名', '甲'], formerNames: ['更旧名'] })
})
