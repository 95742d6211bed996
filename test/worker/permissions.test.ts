/**
 * Who may what: every endpoint, asked by everybody who might. Each endpoint of the API has a line below;
 * one without a line fails. A caller who may not do a thing also leaves nothing behind, and nobody of
 * another county is ever shown a word of this one.
 */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { type ConflictList, KeyCreated, type PlanFile } from '../../domain/protocol.ts'
import { createEndpoints } from '../../worker/routes/index.ts'
import { Door } from './access-door.ts'
import { call, codeOf, createPlan, edit, type Keys, NOW, planFile, pull, receiptOf, seedKeys, send } from './county.ts'
import { addKey, draftOf, setSignOff } from './sign-off.ts'

/**
 * Office and units of the county: of 县教委, which leads row r1, a 审核 key, a 经办 key, and one that
 * reaches row r2 only; `other`: a unit that has nothing to do with r1. `far`: of another county.
 */
const CALLERS = [
  'admin',
  'commission',
  'supervision',
  'reviewer',
  'handler',
  'scoped',
  'other',
  'farCommission',
  'farSupervision',
  'farUnit',
] as const
type Caller = (typeof CALLERS)[number]

/** What a sign in the table stands for. `.`: answered, and nothing of the plan's rows or keys changes. */
const CODES: Record<string, RegExp> = {
  r: /^role-not-allowed$/,
  '-': /^(plan|row|submission|draft|conflict|key)-not-found$/,
  d: /^duty-not-allowed$/,
  y: /^conflict-not-yours$/,
  c: /^county-not-yours$/,
}

type World = { plan: string; conflict: string; ver: number; draft: string; submission: string; key: string }
type Asked = {
  /** One sign for each caller, in their order. */
  may: string
  path: (world: World) => string
  /** A GET has none. */
  body?: (world: World) => unknown
  /** What else than a success shows that the caller was let in. */
  orElse?: string
}

const ALL = '+ + + + + + + + + +'
const READ = '+ + + + + + + - - -'
const OFFICES_READ = '+ + + r r r r - - r'
const COMMISSION = 'r + r r r r r - r r'
const MANAGERS = '+ + r r r r r - r r'

const TEXT = '改造2所并验收'
const reason = '依据会议纪要'

const ENDPOINTS: Record<string, Asked> = {
  'get /api/me': { may: ALL, path: () => '/api/me' },
  'get /api/plans': { may: ALL, path: () => '/api/plans' },
  'get /api/seals': { may: ALL, path: () => '/api/seals' },
  'get /api/audit': { may: '+ + + r r r r + + r', path: () => '/api/audit?limit=500' },
  'post /api/plans': {
    may: '+ + r r r r r c r r',
    path: () => '/api/plans',
    body: ({ plan }) => planFile(`${plan}-2`),
  },
  'get /api/plans/:plan': { may: READ, path: ({ plan }) => `/api/plans/${plan}` },
  'post /api/plans/:plan/issue': {
    may: COMMISSION,
    path: ({ plan }) => `/api/plans/${plan}/issue`,
    body: () => ({ documentNumber: '测试府办〔2023〕1号', issuedOn: '2023-11-10' }),
  },
  'get /api/plans/:plan/relations': { may: OFFICES_READ, path: ({ plan }) => `/api/plans/${plan}/relations` },
  'post /api/plans/:plan/relations': {
    may: COMMISSION,
    path: ({ plan }) => `/api/plans/${plan}/relations`,
    body: () => ({ reason, rows: [{ rowId: 'r1', lead: ['县水利局'], supporting: [] }] }),
  },
  'post /api/plans/:plan/order': {
    may: COMMISSION,
    path: ({ plan }) => `/api/plans/${plan}/order`,
    body: () => ({ rowIds: ['r3'] }),
  },
  'post /api/plans/:plan/units': {
    may: MANAGERS,
    path: ({ plan }) => `/api/plans/${plan}/units`,
    body: ({ plan }) => ({ reason, units: [{ id: `u-${plan}`, name: `新设局${plan}` }] }),
  },
  'post /api/plans/:plan/adjustments': {
    may: COMMISSION,
    path: ({ plan }) => `/api/plans/${plan}/adjustments`,
    body: () => ({ kind: 'erratum', reason, rows: [{ rowId: 'r3', baseVer: 1, cells: { task: '新建水库一座' } }] }),
    orElse: 'plan-not-issued',
  },
  'post /api/plans/:plan/archive': {
    may: COMMISSION,
    path: ({ plan }) => `/api/plans/${plan}/archive`,
    body: () => ({ reason }),
    orElse: 'plan-not-issued',
  },
  'post /api/plans/:plan/settings': {
    may: MANAGERS,
    path: ({ plan }) => `/api/plans/${plan}/settings`,
    body: () => ({ signOff: 'none' }),
  },
  'get /api/plans/:plan/rows': { may: READ, path: ({ plan }) => `/api/plans/${plan}/rows` },
  'post /api/plans/:plan/rows/:row/spans': {
    may: COMMISSION,
    path: ({ plan }) => `/api/plans/${plan}/rows/r1/spans`,
    body: ({ ver }) => ({ baseVer: ver }),
  },
  'post /api/plans/:plan/rows/versions': {
    may: READ,
    path: ({ plan }) => `/api/plans/${plan}/rows/versions`,
    body: () => ({ rows: [] }),
  },
  'get /api/plans/:plan/rows/:row/history': {
    may: '+ + + + + + - - - -',
    path: ({ plan }) => `/api/plans/${plan}/rows/r1/history`,
  },
  'post /api/plans/:plan/submissions': {
    may: 'r + r + . . . - r -',
    path: ({ plan }) => `/api/plans/${plan}/submissions`,
    body: ({ ver }) => ({
      form: 'breakdown',
      specVersion: 1,
      rows: [{ rowId: 'r1', baseVer: ver, cells: { 'milestone.P3': '改造3所并验收' } }],
    }),
  },
  'get /api/plans/:plan/submissions': { may: READ, path: ({ plan }) => `/api/plans/${plan}/submissions` },
  'get /api/submissions/:id': {
    may: '+ + + + + + - - - -',
    path: ({ submission }) => `/api/submissions/${submission}`,
  },
  'get /api/plans/:plan/drafts': { may: READ, path: ({ plan }) => `/api/plans/${plan}/drafts` },
  'get /api/drafts/:id': { may: 'r r r + + + - r r -', path: ({ draft }) => `/api/drafts/${draft}` },
  'post /api/drafts/:id/release': {
    may: 'r r r + d d - r r -',
    path: ({ draft }) => `/api/drafts/${draft}/release`,
    body: () => ({}),
  },
  'post /api/drafts/:id/return': {
    may: 'r r r + d d - r r -',
    path: ({ draft }) => `/api/drafts/${draft}/return`,
    body: () => ({ reason }),
  },
  'get /api/plans/:plan/conflicts': { may: READ, path: ({ plan }) => `/api/plans/${plan}/conflicts` },
  'post /api/conflicts/:id/resolution': {
    may: 'r y r + d y y - r -',
    path: ({ conflict }) => `/api/conflicts/${conflict}/resolution`,
    body: ({ ver }) => ({ choose: 'submitted', ver }),
  },
  'post /api/plans/:plan/resolutions': {
    may: 'r . r + . . . - r -',
    path: ({ plan }) => `/api/plans/${plan}/resolutions`,
    body: ({ conflict, ver }) => ({ decisions: [{ conflictId: conflict, choose: 'submitted', ver }] }),
  },
  'get /api/plans/:plan/annotations': { may: READ, path: ({ plan }) => `/api/plans/${plan}/annotations` },
  'post /api/plans/:plan/annotations': {
    may: 'r + r + d r - - r -',
    path: ({ plan }) => `/api/plans/${plan}/annotations`,
    body: () => ({
      annotations: [
        { rowId: 'r1', column: 'milestone.P1', code: 'space/stray', kind: 'reason', text: reason, ofText: '完成选址' },
      ],
    }),
  },
  'get /api/plans/:plan/desk': { may: OFFICES_READ, path: ({ plan }) => `/api/plans/${plan}/desk` },
  'get /api/plans/:plan/master': { may: OFFICES_READ, path: ({ plan }) => `/api/plans/${plan}/master` },
  'get /api/plans/:plan/master.xlsx': { may: OFFICES_READ, path: ({ plan }) => `/api/plans/${plan}/master.xlsx` },
  'post /api/plans/:plan/keys': {
    may: MANAGERS,
    path: ({ plan }) => `/api/plans/${plan}/keys`,
    body: () => ({ role: 'commission', post: '' }),
  },
  'post /api/plans/:plan/unit-keys': {
    may: MANAGERS,
    path: ({ plan }) => `/api/plans/${plan}/unit-keys`,
    body: () => ({ units: ['县教委'], post: '' }),
  },
  'get /api/plans/:plan/keys': { may: MANAGERS, path: ({ plan }) => `/api/plans/${plan}/keys` },
  'post /api/keys/:id/rotate': {
    may: '+ + - - - - - - - -',
    path: ({ key }) => `/api/keys/${key}/rotate`,
    body: () => ({}),
  },
  'delete /api/keys/:id': { may: MANAGERS, path: ({ key }) => `/api/keys/${key}` },
  'post /api/plans/:plan/erasures': {
    may: MANAGERS,
    path: ({ plan }) => `/api/plans/${plan}/erasures`,
    body: () => ({ text: '从未写过的文字', reason }),
  },
}
const PUBLIC = ['get /api/health', 'get /api/openapi.json', 'get /api/problems', 'get /problems/:code']

let keys: Keys
/** For those who change nothing. */
let shared: Awaited<ReturnType<typeof makeWorld>>
let far: Pick<Record<Caller, string>, 'farCommission' | 'farSupervision' | 'farUnit'>
beforeAll(async () => {
  keys = await seedKeys()
  const file = planFile('plan-far')
  const body: PlanFile = { ...file, plan: { ...file.plan, county: '邻县', title: '邻县民生实事' } }
  await call('/api/plans', { key: keys.admin, body, headers: { 'Idempotency-Key': 'plan-far' } })
  const issue = async (of: Record<string, string>): Promise<string> => {
    const reply = await call('/api/plans/plan-far/keys', { key: keys.admin, body: { post: '', ...of } })
    return KeyCreated.parse(reply.json).key
  }
  far = {
    farCommission: await issue({ role: 'commission' }),
    farSupervision: await issue({ role: 'supervision' }),
    // Of the same name and the same id in its county.
    farUnit: await issue({ role: 'unit', unit: '县教委' }),
  }
  shared = await makeWorld()
})

/** A plan with sign-off, a conflict inside 县教委, a draft of it, a submission, and a spare key. */
async function makeWorld(): Promise<{ world: World; holders: Record<Caller, string> }> {
  const plan = await createPlan(keys)
  const rows = await pull(plan, keys.edu)
  const first = await receiptOf(plan, keys.edu, [edit(rows, 'r1', { 'milestone.P2': '改造2所以上' })])
  await receiptOf(plan, keys.edu, [edit(rows, 'r1', { 'milestone.P2': TEXT })])
  await setSignOff(plan, 'reviewer')
  const [handler, scoped, spare] = await Promise.all([
    addKey('handler', 'u-edu'),
    addKey('reviewer', 'u-edu', { planId: plan, rows: ['r2'] }),
    addKey('reviewer', 'u-edu'),
  ])
  const now = await pull(plan, keys.edu)
  const { draftId } = await draftOf(plan, handler.key, [edit(now, 'r1', { 'milestone.P1': '完成选址、立项' })])
  const { json } = await call(`/api/plans/${plan}/conflicts`, { key: keys.edu })
  const [conflict] = (json as ConflictList).conflicts
  return {
    world: {
      plan,
      conflict: conflict!.id,
      ver: conflict!.ver,
      draft: draftId,
      submission: first.submissionId,
      key: spare.id,
    },
    holders: {
      admin: keys.admin,
      commission: keys.commission,
      supervision: keys.supervision,
      reviewer: keys.edu,
      handler: handler.key,
      scoped: scoped.key,
      other: keys.water,
      ...far,
    },
  }
}

let asked = 0

async function ask(name: string, world: World, key?: string): Promise<{ status: number; text: string }> {
  const { path, body } = ENDPOINTS[name]!
  const response = await send(path(world), {
    method: name.split(' ')[0]!.toUpperCase(),
    ...(key === undefined ? {} : { key }),
    ...(body ? { body: body(world) } : {}),
    headers: { 'Idempotency-Key': `permission-${asked++}` },
  })
  return { status: response.status, text: await response.text() }
}

/** What of the store a caller might have changed; a refused or waiting request as such may be kept. */
async function standing(): Promise<unknown> {
  const tables = [
    'commit_log',
    'row_event',
    'conflict',
    'conflict_resolution',
    'draft_decision',
    'annotation',
    'erasure',
    'plan',
  ]
  const counts = tables.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`)
  return env.DB.prepare(
    `SELECT ${counts.join(', ')}, (SELECT count(*) FROM access_key) AS keys,
       (SELECT count(*) FROM access_key WHERE revoked_at IS NOT NULL) AS revoked,
       (SELECT sum(epoch) FROM sheet) AS epochs`,
  ).first()
}

/** Nothing of the plan in an answer to another county, nothing of row r1 in one to a unit that has no part in it. */
function expectNoWordOf({ plan }: World, name: string, caller: Caller, text: string): void {
  if (caller.startsWith('far')) expect([name, caller, /改造|选址/.test(text)]).toEqual([name, caller, false])
  // A refusal repeats the id that was asked for.
  const told = text.replace(`"params":{"plan":"${plan}"}`, '')
  if (caller.startsWith('far')) expect(told).not.toContain(`"${plan}"`)
  // Whoever sends a cell of such a row is told the text that stands in that cell.
  const isEcho = name === 'post /api/plans/:plan/submissions'
  if (caller === 'other' && !isEcho) expect([name, /改造|选址/.test(text)]).toEqual([name, false])
}

function codeIn(text: string): string {
  return (JSON.parse(text) as { code?: string }).code ?? ''
}

test('every endpoint says who may ask it', () => {
  const names = createEndpoints().map(({ method, path }) => `${method} ${path}`)
  expect([...Object.keys(ENDPOINTS), ...PUBLIC].sort()).toEqual(names.sort())
  for (const { may } of Object.values(ENDPOINTS)) expect(may.split(' ')).toHaveLength(CALLERS.length)
})

describe.each(Object.entries(ENDPOINTS))('%s', (name, { may, orElse }) => {
  const signs = may.split(' ')
  // A read finds the same world again.
  const isRead = name.startsWith('get ')
  const of = (isMeant: (sign: string) => boolean) => CALLERS.filter((_, i) => isMeant(signs[i]!))

  test('turns everybody else away, who leave nothing behind', async () => {
    const { world, holders } = isRead ? shared : await makeWorld()
    const before = await standing()
    for (const caller of of((sign) => sign !== '+')) {
      const sign = signs[CALLERS.indexOf(caller)]!
      const { status, text } = await ask(name, world, holders[caller])
      const told = sign === '.' ? status : codeIn(text)
      expect([caller, told]).toEqual([caller, sign === '.' ? 200 : expect.stringMatching(CODES[sign]!)])
      expectNoWordOf(world, name, caller, text)
    }
    expect(await standing()).toEqual(before)
  })

  test('answers those who may', async () => {
    let made = isRead ? shared : await makeWorld()
    for (const caller of of((sign) => sign === '+')) {
      const { status, text } = await ask(name, made.world, made.holders[caller])
      if (status >= 300) expect([caller, codeIn(text)]).toEqual([caller, orElse])
      expectNoWordOf(made.world, name, caller, text)
      if (!isRead) made = await makeWorld()
    }
  })

  test('knows nobody without a key, and no key that has ended', async () => {
    const [revoked, expired] = await Promise.all([addKey('reviewer', 'u-edu'), addKey('reviewer', 'u-edu')])
    await env.DB.batch([
      env.DB.prepare('UPDATE access_key SET revoked_at = ?2 WHERE id = ?1').bind(revoked.id, NOW),
      env.DB.prepare('UPDATE access_key SET expires_at = ?2 WHERE id = ?1').bind(expired.id, NOW),
    ])
    const before = await standing()
    const told = []
    for (const key of [undefined, revoked.key, expired.key])
      told.push(codeIn((await ask(name, shared.world, key)).text))
    expect(told).toEqual(['key-missing', 'key-revoked', 'key-expired'])
    expect(await standing()).toEqual(before)
  })
})

test.each(PUBLIC)('%s asks for no key', async (name) => {
  const path = name.slice(4).replace(':code', 'busy')
  expect((await send(path)).status).toBe(200)
})

describe('a draft', () => {
  test('shows no office and no other unit a word of what it holds', async () => {
    const { world, holders } = shared
    for (const caller of ['admin', 'commission', 'supervision', 'other'] as const) {
      for (const [name] of Object.entries(ENDPOINTS).filter(([endpoint]) => endpoint.startsWith('get '))) {
        const { text } = await ask(name, world, holders[caller])
        expect([name, text.includes('完成选址、立项')]).toEqual([name, false])
      }
    }
  })
})

describe('ids', () => {
  test.each(['nothing', '%00', '%E0%A4%A', '..%2F..', '%27%20OR%201%3D1--', 'a'.repeat(3_000), '%F0%9F%98%80'])(
    'that are none (%s) are not found, whatever they look like',
    async (id) => {
      const door = new Door(NOW)
      for (const path of [
        `/api/plans/${id}/rows`,
        `/api/submissions/${id}`,
        `/api/plans/plan-far/rows/${id}/history`,
      ]) {
        const reply = await door.call(path, { key: keys.commission })
        expect([path, reply.status, codeOf(reply)]).toEqual([path, 404, expect.stringContaining('not-found')])
      }
    },
  )
})
