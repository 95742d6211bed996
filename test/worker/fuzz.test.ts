/**
 * Every endpoint against everything that can be wrong with a request. The list of endpoints is the
 * Worker's own, so one that is added later is covered without a word here. Seeded: a run repeats.
 * FUZZ_SEED=… and FUZZ_RUNS=… (times the usual number) make another and a longer one:
 * FUZZ_RUNS=50 npx vitest run --project worker test/worker/fuzz.test.ts
 */
import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import * as z from 'zod/mini'
import { MAX_BODY_BYTES } from '../../domain/protocol.ts'
import type { Endpoint } from '../../worker/endpoint.ts'
import { createEndpoints } from '../../worker/routes/index.ts'
import {
  authorizationsOf,
  bodiesOf,
  brokenBodies,
  CONTENT_TYPES,
  ENCODINGS,
  HEADER_NAMES,
  HEADER_VALUES,
  MARK,
  METHODS,
  placesIn,
  QUERY_VALUES,
  Raw,
  type Schema,
  SEGMENTS,
  TEXTS,
  toJson,
  VALUES,
  valueAt,
  withAt,
} from './fuzz-values.ts'
import { createWorld, fillPath, type Hostile, healKeys, nameOf, sendLawfully, type World } from './fuzz-world.ts'

const settings = env as unknown as { FUZZ_SEED?: string; FUZZ_RUNS?: string }
const SEED = Number(settings.FUZZ_SEED || 20231110)
const TIMES = Number(settings.FUZZ_RUNS || 1)
/** How many of each sort every endpoint gets; over all endpoints, everything comes up. */
const EACH = 4
const BODIES = 12
const RANDOM_REQUESTS = 4

const JSON_TYPE = { 'Content-Type': 'application/json' }
const encode = (text: string) => new TextEncoder().encode(text)

vi.setConfig({ testTimeout: 60_000 * TIMES, hookTimeout: 60_000 })

let world: World
let logged: ReturnType<typeof vi.spyOn>
beforeAll(async () => {
  world = await createWorld()
  logged = vi.spyOn(console, 'error')
})
beforeEach(healKeys)
afterAll(() => vi.restoreAllMocks())

let number = 0
/** A request that would be in order, as far as its path and headers go. */
function orderly(endpoint: Endpoint, choose: <Item>(from: readonly Item[]) => Item = ([first]) => first!): Hostile {
  const holder = endpoint.roles === 'public' ? undefined : choose(endpoint.roles)
  const units = [world.keys.edu, world.keys.water, world.handler]
  const key = holder === undefined ? undefined : holder === 'unit' ? choose(units) : world.keys[holder]
  return {
    method: endpoint.method.toUpperCase(),
    path: fillPath(endpoint.path, world, choose),
    headers: {
      ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
      ...(endpoint.body ? JSON_TYPE : {}),
      'Idempotency-Key': `fuzz-${number++}`,
    },
  }
}

const schemaOf = (endpoint: Endpoint) => z.toJSONSchema(endpoint.body!, { io: 'input' }) as Schema
const sampleOf = (endpoint: Endpoint, seed = SEED) =>
  fc.sample(bodiesOf(schemaOf(endpoint), world), { seed, numRuns: 1 })[0]

/** A chooser that goes through what it is given by chance, the same in every run. */
function chooserOf(seed: number): <Item>(from: readonly Item[]) => Item {
  let state = seed >>> 0 || 1
  return (from) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return from[(state >>> 0) % from.length]!
  }
}

/** Some of a list, other ones for every endpoint; in a longer run more of it, up to all. */
function some<Item>(endpoint: Endpoint, from: readonly Item[], count = EACH): Item[] {
  const choose = chooserOf(SEED + [...nameOf(endpoint)].reduce((sum, c) => sum * 31 + c.charCodeAt(0), from.length))
  const left = [...from]
  return Array.from(
    { length: Math.min(count * TIMES, left.length) },
    () => left.splice(left.indexOf(choose(left)), 1)[0]!,
  )
}

async function gzip(text: string): Promise<ArrayBuffer> {
  return new Response(new Response(text).body!.pipeThrough(new CompressionStream('gzip'))).arrayBuffer()
}

/** Comes in pieces, without a length, and has no end before the cap. */
function endless(): ReadableStream {
  const piece = encode(' '.repeat(1024 * 1024))
  let sent = 0
  return new ReadableStream({
    pull(controller) {
      sent += piece.byteLength
      controller.enqueue(piece)
      if (sent > 4 * MAX_BODY_BYTES) controller.close()
    },
  })
}

describe.each(createEndpoints().map((endpoint) => [nameOf(endpoint), endpoint] as const))('%s', (_, endpoint) => {
  beforeAll(async () => {
    // Writes use a county up: plans get issued and archived, conflicts decided.
    if (endpoint.method !== 'get') world = await createWorld()
  })
  const lawful = (hostile: Partial<Hostile>, headers: Record<string, string> = {}) => {
    const right = orderly(endpoint)
    return sendLawfully({ ...right, ...hostile, headers: { ...right.headers, ...headers } })
  }
  const refused = async (...of: Parameters<typeof lawful>) => expect(await lawful(...of)).toBeGreaterThanOrEqual(400)
  /** Something to send where the endpoint takes something. */
  const body = endpoint.body ? { body: '{}' } : {}

  test('under another method', async () => {
    for (const method of some(endpoint, METHODS)) {
      await lawful({ method })
      await lawful({ method }, { Authorization: '' })
    }
  })

  test('with another path', async () => {
    const right = orderly(endpoint).path
    const paths = SEGMENTS.flatMap((segment) => [
      ...[...endpoint.path.matchAll(/:\w+/g)].map(([name]) => endpoint.path.replace(name, () => segment)),
      `${right}/${segment}`,
      `/${segment}${right}`,
    ])
    for (const path of some(endpoint, paths, 2 * EACH))
      await lawful({ path: fillPath(path, world, ([one]) => one!), ...body })
  })

  test('with another query', async () => {
    const names = [...Object.keys(endpoint.query ?? {}), 'dryRun', 'dryrun', '__proto__', MARK]
    const queries = [...new Set(names)].flatMap((name) => [
      ...QUERY_VALUES.map((value) => `${name}=${value}`),
      `${name}=1&${name}=2`,
    ])
    const endless = Array.from({ length: 5_000 }, (_, i) => `a${i}=1`).join('&')
    const { path } = orderly(endpoint)
    for (const query of some(endpoint, [...queries, endless], 2 * EACH))
      await lawful({ path: `${path}?${query}`, ...body })
  })

  test('with other headers', async () => {
    const headers = HEADER_NAMES.flatMap((name) => HEADER_VALUES.map((value) => ({ [name]: value })))
    for (const each of some(endpoint, headers, 2 * EACH)) await lawful(body, each)
    const key = orderly(endpoint).headers?.Authorization?.slice(7) ?? world.keys.edu
    for (const [i, value] of some(endpoint, authorizationsOf(key)).entries()) {
      // Each from elsewhere: what comes too often from one place is answered before it is looked at.
      await lawful(body, { Authorization: value, 'CF-Connecting-IP': `192.0.2.${i}` })
    }
  })

  // Only what there is to test is declared: a skipped test would look like a missing program.
  if (!endpoint.body) return

  test('with a body that is no JSON object in UTF-8', async () => {
    const valid = toJson(sampleOf(endpoint))
    for (const broken of some(endpoint, brokenBodies(valid))) await refused({ body: broken })
    await lawful({ body: `\ufeff${valid}` })
    await lawful({ body: `{"${'a'.repeat(100_000)}":1}` })
  })

  test('with a body of another type, encoding or length', async () => {
    const valid = toJson(sampleOf(endpoint))
    for (const type of some(endpoint, CONTENT_TYPES)) await refused({ body: encode(valid) }, { 'Content-Type': type })
    const bomb = await gzip(' '.repeat(10 * 1024 * 1024))
    for (const encoding of some(endpoint, ENCODINGS, 2)) await refused({ body: bomb }, { 'Content-Encoding': encoding })
    const tooLong: [BodyInit, Record<string, string>][] = [
      [' '.repeat(MAX_BODY_BYTES + 1), { 'Content-Length': '2' }],
      [endless(), {}],
      [endless(), { 'Content-Length': '2' }],
      [valid, { 'Content-Length': String(MAX_BODY_BYTES + 1) }],
    ]
    for (const [long, headers] of some(endpoint, tooLong, 1)) await refused({ body: long }, headers)
  })

  test('with a body that is nearly right', async () => {
    const choose = chooserOf(SEED + endpoint.path.length)
    for (let i = 0; i < BODIES * TIMES; i++) {
      const sample = sampleOf(endpoint, SEED + i)
      const place = choose(placesIn(sample))
      const there = valueAt(sample, place)
      const changed = choose([
        () => withAt(sample, place, choose(VALUES)),
        () => withAt(sample, place, choose(TEXTS)),
        () => withAt(sample, place, typeof there === 'string' ? there + choose(TEXTS) : choose(VALUES)),
        () => withAt(sample, place, undefined) ?? null,
        () => withAt(sample, place, withKey(there, choose(TEXTS), choose(VALUES))),
        () => withAt(sample, place, twice(there, choose(VALUES))),
      ])()
      const right = orderly(endpoint, choose)
      await sendLawfully({ ...right, body: toJson(changed) })
      if (i % 20 === 0) await healKeys()
    }
  })
})

/** An object with a stray field; a list with a stray item; anything else in a list with it. */
function withKey(there: unknown, key: string, value: unknown): unknown {
  if (Array.isArray(there)) return [...there, value]
  if (typeof there !== 'object' || there === null || there instanceof Raw) return [there, value]
  const text = toJson(there).slice(1)
  return new Raw(`{${JSON.stringify(key)}:${toJson(value)}${text === '}' ? '' : ','}${text}`)
}

/** Every key twice, the other value first; every item twice. */
function twice(there: unknown, other: unknown): unknown {
  if (Array.isArray(there)) return [...there, ...there]
  if (typeof there !== 'object' || there === null || there instanceof Raw) return there
  const doubled = Object.keys(there).map((key) => `${JSON.stringify(key)}:${toJson(other)}`)
  const text = toJson(there).slice(1)
  return new Raw(`{${doubled.join(',')}${text === '}' || doubled.length === 0 ? '' : ','}${text}`)
}

test('anybody’s requests that fit the schemas, and some that do not', async () => {
  const endpoints = createEndpoints()
  const aRequest = fc.record({
    place: fc.nat(endpoints.length - 1),
    who: fc.constantFrom('admin', 'commission', 'supervision', 'edu', 'water', 'handler', 'nobody'),
    ids: fc.integer({ min: 1, max: 1_000_000 }),
    body: fc.integer({ min: 0, max: 1_000_000 }),
    at: fc.nat(200),
    put: fc.option(fc.jsonValue(), { nil: undefined, freq: 2 }),
  })
  await fc.assert(
    fc.asyncProperty(aRequest, async ({ place, who, ids, body, at, put }) => {
      const endpoint = endpoints[place]!
      const right = orderly(endpoint, chooserOf(ids))
      const key =
        who === 'nobody' ? undefined : who === 'handler' ? world.handler : world.keys[who as keyof World['keys']]
      const headers = { ...right.headers, Authorization: key === undefined ? '' : `Bearer ${key}` }
      if (!endpoint.body) return void (await sendLawfully({ ...right, headers }))
      const sample = sampleOf(endpoint, body)
      const places = placesIn(sample)
      const sent = put === undefined ? sample : withAt(sample, places[at % places.length]!, put)
      await sendLawfully({ ...right, headers, body: toJson(sent) })
    }),
    { seed: SEED, numRuns: RANDOM_REQUESTS * endpoints.length * TIMES, endOnFailure: true },
  )
})

test('nothing of all this was a bug', () => {
  expect(logged.mock.calls).toEqual([])
})
