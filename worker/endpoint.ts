/**
 * An endpoint says once what it is: method, path, who may call it, what it takes and answers. The
 * app routes and validates by it, and the OpenAPI document is made from it.
 */
import type * as z from 'zod/mini'
import type { Role } from '../domain/protocol.ts'
import type { RawBody } from './body.ts'
import type { Caller, Services } from './env.ts'
import type { RefusalCode } from './refusal.ts'

/** One request, past authentication and the caps. */
export type Call<Body> = {
  db: D1Database
  pepper: string
  services: Services
  requestId: string
  path: string
  /** Path parameters. */
  params: Record<string, string>
  query: URLSearchParams
  ifNoneMatch: string | undefined
  /** Of the sentences that an answer carries. */
  language: 'zh' | 'en'
  caller: Caller
  body: Body
  raw: RawBody
  idempotencyKey: string | undefined
  dryRun: boolean
}

/** A plain value is sent as JSON with the endpoint's status. */
export type Answer = Response | { status?: number; headers?: Record<string, string>; value: unknown }

export type Description = {
  method: 'get' | 'post' | 'delete'
  /** With parameters as /api/plans/:plan. */
  path: string
  summary: string
  /** Nobody needs a key for a public one. */
  roles: readonly Role[] | 'public'
  query?: Record<string, string>
  idempotencyKey?: 'required' | 'optional'
  answer: { status: number; schema?: z.ZodMiniType; mediaType?: string; etag?: boolean }
  refusals: readonly RefusalCode[]
  /** Keep the raw body of a refused request: what a unit sent is never lost. */
  keepsRefused?: boolean
}

export type Endpoint = Description & {
  body?: z.ZodMiniType
  run: (call: Call<unknown>) => Promise<Answer>
}

/** Declares an endpoint without a body. */
export function endpoint(description: Description, run: (call: Call<undefined>) => Promise<Answer>): Endpoint {
  return { ...description, run: (call) => run({ ...call, body: undefined }) }
}

/** Declares an endpoint with a JSON body that `schema` validates before `run` sees it. */
export function endpointWithBody<Body>(
  description: Description,
  schema: z.ZodMiniType<Body>,
  run: (call: Call<Body>) => Promise<Answer>,
): Endpoint {
  // The app parses with the very schema that is declared here, so the body has its type.
  return { ...description, body: schema, run: (call) => run(call as Call<Body>) }
}
