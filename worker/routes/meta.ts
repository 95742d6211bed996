/** Health, the OpenAPI document, and who the caller is. */
import * as z from 'zod/mini'
import { MAX_BODY_BYTES, MAX_CELL_LENGTH, MAX_ROWS, Me } from '../../domain/protocol.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import type { CallerKey } from '../env.ts'
import { Refusal } from '../refusal.ts'
import { findMissingMigrations } from '../store/migrations.ts'
import { listPlans } from '../store/plans.ts'

function describeKey({ id, post, duty, scope, expiresOn }: CallerKey): Me['key'] {
  return {
    id,
    post,
    duty,
    ...(scope ? { rows: [...scope.rows], planId: scope.planId } : {}),
    ...(expiresOn !== null ? { expiresOn } : {}),
  }
}

/** `describe` makes the OpenAPI document; it needs the list that these endpoints are part of. */
export function metaEndpoints(describe: () => unknown): Endpoint[] {
  return [
    endpoint(
      {
        method: 'get',
        path: '/api/health',
        summary: '运行状况：数据库可以读取，结构与程序版本相符',
        roles: 'public',
        answer: { status: 200, schema: z.object({ ok: z.literal(true) }) },
        refusals: ['store-outdated'],
      },
      async ({ db }) => {
        const missing = await findMissingMigrations(db)
        if (missing.length > 0) throw new Refusal('store-outdated', { missing: missing.join(', ') })
        await db.prepare('SELECT count(*) FROM plan').first()
        return { value: { ok: true } }
      },
    ),
    endpoint(
      {
        method: 'get',
        path: '/api/openapi.json',
        summary: '接口说明',
        roles: 'public',
        answer: { status: 200, mediaType: 'application/json' },
        refusals: [],
      },
      async () => ({ value: describe(), headers: { 'Cache-Control': 'public, max-age=300' } }),
    ),
    endpoint(
      {
        method: 'get',
        path: '/api/me',
        summary: '当前密钥所属单位与可办事项',
        roles: ['unit', 'commission', 'supervision', 'admin'],
        answer: { status: 200, schema: Me },
        refusals: [],
      },
      async ({ db, caller: { actor, key } }) => {
        const { id, role, name, unitId } = actor
        const plans = await listPlans(db, actor)
        return {
          value: {
            actor: { id, role, name, ...(unitId !== undefined ? { unitId } : {}) },
            key: describeKey(key),
            plans: plans.map(({ id, title, county, year, state }) => ({ id, title, county, year, state })),
            limits: { bodyBytes: MAX_BODY_BYTES, rows: MAX_ROWS, cellLength: MAX_CELL_LENGTH },
          },
        }
      },
    ),
  ]
}
