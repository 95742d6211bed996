/**
 * The HTTP side of the Worker: each endpoint's checks in their order (who, may they, how large, what
 * does it say), then its work, then one place where refusals and bugs become answers.
 */
import { type Context, Hono } from 'hono'
import { admit, admitAnyone, type Visit } from './access.ts'
import { parseBody, type RawBody, readBody } from './body.ts'
import type { Answer, Call, Endpoint } from './endpoint.ts'
import type { Actor, Caller, Env, Services } from './env.ts'
import { logBug } from './log-bug.ts'
import { readDryRun } from './query.ts'
import { languageOf, Refusal } from './refusal.ts'
import { createEndpoints } from './routes/index.ts'
import { withSecurityHeaders } from './security-headers.ts'
import { isOutdatedStore } from './store/batch.ts'
import { findMissingMigrations } from './store/migrations.ts'
import { keepRefused } from './store/submissions.ts'

type App = { Bindings: Env; Variables: { requestId: string } }

/** Stands in for the caller of a public endpoint, which looks at none. */
const NOBODY: Caller = {
  actor: { id: '', role: 'unit', name: '', county: '' } satisfies Actor,
  key: { id: '', post: '', duty: 'handler', scope: null, expiresOn: null },
}
const NO_BODY: RawBody = { text: '', sha256: '' }

/** The application over the given clock and chance. */
export function createApp(services: Services): Hono<App> {
  const app = new Hono<App>()
  const endpoints = createEndpoints()

  app.use(async (context, next) => {
    context.set('requestId', services.newId())
    await next()
  })
  for (const endpoint of endpoints) {
    app.on(endpoint.method.toUpperCase(), endpoint.path, (context) => answer(endpoint, context, services))
  }
  for (const path of new Set(endpoints.map((endpoint) => endpoint.path))) {
    const allowed = endpoints.filter((endpoint) => endpoint.path === path).map(({ method }) => method.toUpperCase())
    app.all(path, (context) => {
      const response = refuse(context, new Refusal('method-not-allowed'))
      response.headers.set('Allow', allowed.join(', '))
      return response
    })
  }
  app.notFound(async (context) => {
    if (new URL(context.req.url).pathname.startsWith('/api')) return refuse(context, new Refusal('not-found'))
    // Pages are served before the Worker is asked; what comes here is an address that nobody has.
    const response = await context.env.ASSETS.fetch(context.req.raw)
    return withSecurityHeaders(new Response(response.body, response))
  })
  app.onError(async (error, context) => {
    if (error instanceof Refusal) return refuse(context, error)
    logBug(context.get('requestId'), error)
    return refuse(context, isOutdatedStore(error) ? await describeOutdated(context.env.DB) : new Refusal('internal'))
  })
  return app
}

async function answer(endpoint: Endpoint, context: Context<App>, services: Services): Promise<Response> {
  const requestId = context.get('requestId')
  const visit: Visit = {
    env: context.env,
    services,
    requestId,
    address: context.req.header('cf-connecting-ip'),
    authorization: context.req.header('authorization'),
  }
  if (endpoint.roles === 'public') {
    await admitAnyone(visit)
    return run(endpoint, context, services, NOBODY)
  }
  const { caller, noteUse } = await admit(visit)
  try {
    if (!endpoint.roles.includes(caller.actor.role)) throw new Refusal('role-not-allowed')
    return await run(endpoint, context, services, caller)
  } finally {
    // After the answer is made, so that it waits for nothing.
    if (noteUse) afterAnswer(context, noteUse)
  }
}

/** Does something that no answer depends on. Without a runtime that would wait for it, it is left out. */
function afterAnswer(context: Context<App>, work: () => Promise<void>): void {
  let runtime: Context<App>['executionCtx']
  try {
    runtime = context.executionCtx
  } catch {
    return
  }
  runtime.waitUntil(work().catch((error: unknown) => logBug(context.get('requestId'), error, 'after the answer')))
}

/** The request's own part: its caps, its body, its work. */
async function run(endpoint: Endpoint, context: Context<App>, services: Services, caller: Caller): Promise<Response> {
  const requestId = context.get('requestId')
  const db = context.env.DB
  const pepper = context.env.KEY_PEPPER
  const call: Call<unknown> = {
    db,
    pepper,
    services,
    requestId,
    path: new URL(context.req.url).pathname,
    params: context.req.param(),
    query: new URL(context.req.url).searchParams,
    ifNoneMatch: context.req.header('if-none-match'),
    language: languageOf(context.req.header('accept-language')),
    caller,
    body: undefined,
    raw: endpoint.body ? await readBody(context.req.raw) : NO_BODY,
    idempotencyKey: undefined,
    dryRun: false,
  }
  try {
    if (endpoint.body) call.dryRun = readDryRun(call.query, endpoint)
    call.idempotencyKey = readIdempotencyKey(endpoint, call, context.req.header('idempotency-key'))
    if (endpoint.body) call.body = parseBody(call.raw.text, endpoint.body)
    return send(endpoint, await endpoint.run(call))
  } catch (error) {
    if (endpoint.keepsRefused && !call.dryRun) await tryToKeep(call, error)
    throw error
  }
}

/** Keeps what was refused, also by a bug. Where that fails too, the first failure is the one to tell. */
async function tryToKeep(call: Call<unknown>, error: unknown): Promise<void> {
  try {
    await keepRefused(call, error instanceof Refusal ? error : new Refusal('internal'))
  } catch (second) {
    logBug(call.requestId, second, 'keeping what was refused')
  }
}

function readIdempotencyKey(endpoint: Endpoint, call: Call<unknown>, header: string | undefined): string | undefined {
  if (!endpoint.idempotencyKey || call.dryRun) return undefined
  if (header === undefined && endpoint.idempotencyKey === 'optional') return undefined
  if (header === undefined || !/^[\x21-\x7e]{1,100}$/.test(header)) throw new Refusal('idempotency-key-missing')
  return header
}

function send(endpoint: Endpoint, result: Answer): Response {
  if (result instanceof Response) return withSecurityHeaders(result)
  const status = result.status ?? endpoint.answer.status
  const headers = { 'Content-Type': 'application/json; charset=utf-8', ...result.headers }
  return withSecurityHeaders(
    status === 204 ? new Response(null, { status }) : new Response(JSON.stringify(result.value), { status, headers }),
  )
}

/** What the database lacks, as far as its own record of migrations tells. */
async function describeOutdated(db: D1Database): Promise<Refusal> {
  const missing = await findMissingMigrations(db).catch(() => [])
  return new Refusal('store-outdated', { missing: missing.join(', ') || '?' })
}

function refuse(context: Context<App>, refusal: Refusal): Response {
  const body = refusal.toBody(context.get('requestId'), languageOf(context.req.header('accept-language')))
  const headers: Record<string, string> = { 'Content-Type': 'application/problem+json; charset=utf-8' }
  if (refusal.status === 401) headers['WWW-Authenticate'] = 'Bearer'
  if (refusal.status === 429) headers['Retry-After'] = String(refusal.params.seconds)
  if (refusal.code === 'busy') headers['Retry-After'] = '2'
  return withSecurityHeaders(new Response(JSON.stringify(body), { status: refusal.status, headers }))
}
