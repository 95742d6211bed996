/**
 * Sign-off under faults: two 经办, two 审核 and a neighbouring unit work on the same rows at once, while
 * the database refuses calls and loses answers. Afterwards every draft that was acknowledged, or landed
 * without its answer, must be accounted for cell by cell. Fixed seeds; a failure names its own.
 */
import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { DraftInfo, Receipt, ServerRow } from '../../domain/protocol.ts'
import { edit, expectRebuildable, type Keys, pull, type Reply, seedKeys, submit } from './county.ts'
import { addKey, createSignOffPlan, drafts, release, sendBack } from './sign-off.ts'

const ROWS = ['r1', 'r2']
const COLUMNS = ['milestone.P1', 'milestone.P2', 'milestone.P3']
const STEPS = 24
const LANES = 3
/** How drafts ended, over all seeds. */
const met = new Set<DraftInfo['state']>()

let keys: Keys
let handlers: string[]
let reviewers: string[]

/** Numbers from 0 up to 1 that follow from a seed. */
type Chance = () => number

function chanceOf(seed: number): Chance {
  const numbers = fc.sample(fc.noBias(fc.integer({ min: 0, max: 9_999 })), { seed, numRuns: 500 })
  let at = 0
  return () => (numbers[at++ % numbers.length] as number) / 10_000
}

function pick<Item>(list: readonly Item[], chance: Chance): Item {
  return list[Math.floor(chance() * list.length)] as Item
}

beforeAll(async () => {
  // Injected failures end as bugs in the log.
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  keys = await seedKeys()
  handlers = [(await addKey('handler', 'u-edu')).key, (await addKey('handler', 'u-edu')).key]
  reviewers = [keys.edu, (await addKey('reviewer', 'u-edu')).key]
})

afterAll(() => void vi.restoreAllMocks())

/** A database that now and then refuses a call, or does it and loses the answer. */
function flaky(chance: Chance): D1Database {
  const around =
    <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      if (chance() < 0.06) throw new Error('D1_ERROR: D1 DB is overloaded.')
      const result = await work(...args)
      if (chance() < 0.06) throw new Error('D1_ERROR: Network connection lost.')
      return result
    }
  return new Proxy(env.DB, {
    get: (target, name) =>
      name === 'batch' ? around(target.batch.bind(target)) : Reflect.get(target, name).bind(target),
  })
}

type Sent = { key: string; rows: ReturnType<typeof edit>[]; base: ServerRow[]; attempt: string }

/** Asks until an answer comes that is not the server's own failure, as an outbox does. */
async function insist(ask: (db: D1Database) => Promise<Reply>, chance: Chance): Promise<Reply> {
  for (let tries = 0; ; tries++) {
    const reply = await ask(tries < 20 ? flaky(chance) : env.DB)
    if (reply.status < 500) return reply
  }
}

test.each([1, 2, 3, 4])('nothing that was acknowledged is lost: seed %i', { timeout: 120_000 }, async (seed) => {
  const planId = await createSignOffPlan(keys)
  const sent = new Map<string, Sent>()
  const released = new Map<string, Set<string>>()
  // A handler's sheet is pulled once in a while, not before every submission.
  const sheets = new Map<string, ServerRow[]>()

  async function send(who: Chance, key: string, step: number): Promise<void> {
    if (!sheets.has(key) || who() < 0.3) sheets.set(key, await pull(planId, key))
    const base = sheets.get(key) as ServerRow[]
    const rows = ROWS.filter(() => who() < 0.8).map((rowId) =>
      edit(
        base,
        rowId,
        Object.fromEntries(COLUMNS.filter(() => who() < 0.5).map((column) => [column, `${column} ${step}`])),
      ),
    )
    const attempt = `${planId}-${step}`
    const reply = await insist((db) => submit(planId, key, rows, {}, attempt, db), who)
    expect(reply.status, JSON.stringify(reply.json)).toBe(200)
    const { draftId, number } = reply.json as Receipt
    expect(number).toBe('')
    if (draftId !== undefined) sent.set(draftId, { key, rows, base, attempt })
  }
  async function decide(who: Chance, key: string): Promise<void> {
    const open = (await drafts(planId, key)).filter(({ state }) => state === 'open')
    if (open.length === 0) return
    const { id } = pick(open, who)
    if (who() < 0.25) {
      await insist(() => sendBack(id, key, '请核实。'), who)
      return
    }
    const reply = await insist((db) => release(id, key, db), who)
    expect([200, 409], JSON.stringify(reply.json)).toContain(reply.status)
    if (reply.status !== 200) return
    const { submissionId } = reply.json as Receipt
    released.set(id, (released.get(id) ?? new Set()).add(submissionId))
  }
  async function neighbour(step: number): Promise<void> {
    const rows = await pull(planId, keys.health)
    await submit(planId, keys.health, [edit(rows, 'r2', { [COLUMNS[step % 3] as string]: `邻 ${step}` })])
  }

  const lanes = Array.from({ length: LANES }, (_, lane) => chanceOf(seed * 100 + lane))
  for (let step = 0; step < STEPS; step += LANES) {
    await Promise.all(
      lanes.map((who, lane) => {
        const kind = who()
        if (kind < 0.45) return send(who, pick(handlers, who), step + lane)
        return kind < 0.8 ? decide(who, pick(reviewers, who)) : neighbour(step + lane)
      }),
    )
  }

  const now = new Map((await drafts(planId, keys.edu)).map((draft) => [draft.id, draft]))
  // Each answered request made one draft, and no draft came from anywhere else.
  expect(new Set(now.keys())).toEqual(new Set(sent.keys()))
  for (const [id, { rows, base, key }] of sent) {
    const draft = now.get(id) as DraftInfo
    met.add(draft.state)
    if (draft.state === 'returned') expect(draft.reason).toBe('请核实。')
    if (draft.state === 'superseded') {
      const later = [...sent.values()].filter((other) => other.key === key && other.attempt !== sent.get(id)?.attempt)
      const covers = (other: Sent) =>
        editsOf(rows, base).every((cell) => editsOf(other.rows, other.base).includes(cell))
      expect(later.some(covers), `${seed}: ${id} is held by a later draft`).toBe(true)
    }
    if (draft.state === 'released') {
      const receipt = await readReceipt(draft.submissionId ?? '')
      expect([...(released.get(id) ?? [receipt.submissionId])], `${seed}: ${id}`).toEqual([receipt.submissionId])
      const accounted = new Set(
        receipt.rows.flatMap(({ rowId, applied, converged, conflicts, held, blocked }) => [
          ...[...applied, ...converged, ...conflicts, ...held].map(({ column }) => `${rowId} ${column}`),
          ...(blocked.length > 0 ? COLUMNS.map((column) => `${rowId} ${column}`) : []),
        ]),
      )
      for (const cell of editsOf(rows, base)) expect([...accounted], `${seed}: ${id}`).toContain(cell)
    } else expect(released.has(id), `${seed}: ${id}`).toBe(false)
  }
  const { results } = await env.DB.prepare(
    `SELECT d.draft_id FROM draft_decision d JOIN draft f ON f.id = d.draft_id
     WHERE f.plan_id = ?1 AND d.kind = 'released'
     EXCEPT SELECT substr(idem_key, 9) FROM submission WHERE plan_id = ?1 AND status = 'accepted'`,
  )
    .bind(planId)
    .run()
  expect(results).toEqual([])
  await expectRebuildable(planId)
})

test('the seeds meet every end that a draft can have', () => {
  expect([...met].sort()).toEqual(['open', 'released', 'returned', 'superseded'])
})

/** Cells that rows change against the rows they were made from. */
function editsOf(rows: Sent['rows'], base: ServerRow[]): string[] {
  return rows.flatMap(({ rowId, cells }) => {
    const before = base.find((row) => row.rowId === rowId)?.cells ?? {}
    return Object.keys(cells).flatMap((column) => (cells[column] === before[column] ? [] : [`${rowId} ${column}`]))
  })
}

async function readReceipt(submissionId: string): Promise<Receipt> {
  const row = await env.DB.prepare('SELECT result FROM submission WHERE id = ?1')
    .bind(submissionId)
    .first<{ result: string }>()
  return JSON.parse(row?.result ?? '{}') as Receipt
}
