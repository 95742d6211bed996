/** A real Worker with a real D1 in a folder of its own, with both counties loaded, for tests over HTTP. */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KeyCreated, PlanFile } from '../../domain/protocol.ts'
import { adminActor, COMMISSION_NAME, loadPlan, SUPERVISION_NAME } from '../../tools/demo.ts'
import { insertDemoActors, type LocalWorker, migrate, startWorker } from '../../tools/local-worker.ts'
import { readSeed, SEEDS } from '../../tools/read-seed.ts'

export type Answer<T> = { status: number; body: T; headers: Headers }

export type DemoWorker = LocalWorker & {
  files: PlanFile[]
  keys: { admin: string; commission: Record<string, string>; supervision: Record<string, string> }
  /** One request; `body` goes as JSON, and a write gets an Idempotency-Key of its own unless one is given. */
  call<T>(
    key: string,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<T>>
  /** A new key of a unit, issued by the commission. */
  issueKey(planId: string, unit: string): Promise<string>
  close(): Promise<void>
}

/** `plans`: which seeds to load; none leaves the database with its offices alone. */
export async function startDemoWorker(options: { plans: boolean }): Promise<DemoWorker> {
  if (!existsSync('dist/index.html')) throw new Error('dist/ is missing: run `npm run build` first, or `npm test`')
  const folder = await mkdtemp(join(tmpdir(), 'ledger-worker-'))
  await migrate(folder)
  const files = await Promise.all(SEEDS.map(readSeed))
  const counties = files.map(({ plan }) => plan.county)
  const office = (role: 'commission' | 'supervision', name: string) =>
    counties.map((county) => ({ role, county, name, post: '测试' }))
  const actors = [adminActor(), ...office('commission', COMMISSION_NAME), ...office('supervision', SUPERVISION_NAME)]
  const keys = await insertDemoActors(folder, actors, new Date())
  const byCounty = (from: number) => Object.fromEntries(counties.map((county, i) => [county, keys[from + i] as string]))
  const worker = await startWorker(folder)
  const admin = keys[0] as string
  if (options.plans) for (const file of files) await loadPlan(worker.url, admin, file)

  const call = async <T>(
    key: string,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) => {
    const answer = await fetch(worker.url + path, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(method !== 'GET' && { 'idempotency-key': crypto.randomUUID() }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const text = await answer.text()
    const isJson = answer.headers.get('content-type')?.includes('json')
    return { status: answer.status, body: (isJson ? JSON.parse(text) : text) as T, headers: answer.headers }
  }
  const commission = byCounty(1)
  return {
    ...worker,
    files,
    keys: { admin, commission, supervision: byCounty(1 + counties.length) },
    call,
    issueKey: async (planId, unit) => {
      const county = files.find(({ plan }) => plan.id === planId)?.plan.county ?? counties[0]
      const issued = await call<KeyCreated>(
        commission[county as string] as string,
        'POST',
        `/api/plans/${planId}/keys`,
        {
          role: 'unit',
          unit,
          post: '测试',
        },
      )
      if (issued.status >= 300) throw new Error(`${unit}: ${issued.status} ${JSON.stringify(issued.body)}`)
      return issued.body.key
    },
    close: async () => {
      await worker.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
