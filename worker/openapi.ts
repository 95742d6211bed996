/**
 * The OpenAPI document, made from the endpoints and from the very schemas that validate them.
 */
import * as z from 'zod/mini'
import * as protocol from '../domain/protocol.ts'
import type { Endpoint } from './endpoint.ts'
import { REFUSALS } from './refusals.ts'

type Json = Record<string, unknown>

/** OpenAPI 3.1 document of the endpoints. */
export function describeApi(endpoints: readonly Endpoint[]): Json {
  const paths: Record<string, Json> = {}
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [endpoint.method]: describeOperation(endpoint) }
  }
  return {
    openapi: '3.1.0',
    info: { title: '民生台账 Minsheng Ledger', version: '1' },
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'mt_…' } },
      schemas: { Refusal: toSchema(protocol.RefusalBody, 'output') },
    },
    paths,
  }
}

function describeOperation(endpoint: Endpoint): Json {
  const { answer } = endpoint
  const success: Json = { description: endpoint.summary }
  if (answer.schema) success.content = { 'application/json': { schema: toSchema(answer.schema, 'output') } }
  else if (answer.mediaType) success.content = { [answer.mediaType]: { schema: { type: 'string', format: 'binary' } } }
  if (answer.etag) success.headers = { ETag: { schema: { type: 'string' } } }
  const responses: Record<string, Json> = { [answer.status]: success }
  if (answer.etag) responses[304] = { description: 'If-None-Match' }
  return {
    summary: endpoint.summary,
    ...(endpoint.roles === 'public' ? { security: [] } : { security: [{ key: [] }], 'x-roles': endpoint.roles }),
    parameters: describeParameters(endpoint),
    ...(endpoint.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: toSchema(endpoint.body, 'input') } },
          },
        }
      : {}),
    responses: { ...responses, ...describeRefusals(endpoint) },
  }
}

function describeParameters(endpoint: Endpoint): Json[] {
  const schema = { type: 'string' }
  const inPath = [...endpoint.path.matchAll(/:(\w+)/g)].map((match) => ({
    name: match[1],
    in: 'path',
    required: true,
    schema,
  }))
  const inQuery = Object.entries(endpoint.query ?? {}).map(([name, description]) => ({
    name,
    in: 'query',
    required: false,
    description,
    schema,
  }))
  const required = endpoint.idempotencyKey === 'required' && !endpoint.query?.dryRun
  const inHeader = endpoint.idempotencyKey ? [{ name: 'Idempotency-Key', in: 'header', required, schema }] : []
  return [...inPath, ...inQuery, ...inHeader]
}

/** One response for each status, naming the codes that come with it. */
function describeRefusals(endpoint: Endpoint): Record<string, Json> {
  const codes = [
    ...endpoint.refusals,
    ...(endpoint.roles === 'public'
      ? (['too-many-requests'] as const)
      : ([
          'key-missing',
          'key-malformed',
          'key-unknown',
          'key-revoked',
          'key-expired',
          'key-locked',
          'too-many-requests',
          'role-not-allowed',
        ] as const)),
    ...(endpoint.body
      ? ([
          'malformed',
          'body-too-large',
          'content-type-unsupported',
          'invalid',
          'illegal-character',
          'access-key-in-text',
        ] as const)
      : []),
  ]
  const responses: Record<string, Json> = {}
  for (const code of new Set(codes)) {
    const { status } = REFUSALS[code]
    const before = responses[status]?.description
    responses[status] = {
      description: before ? `${before}, ${code}` : code,
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Refusal' } } },
    }
  }
  return responses
}

function toSchema(schema: z.ZodMiniType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io })
  return rest
}
