/** A plan of the tests' county that asks for sign-off, and keys of 经办 and 审核 for it. */
import { env } from 'cloudflare:workers'
import type { DraftDetail, DraftInfo, Receipt, ServerRow } from '../../domain/protocol.ts'
import { actorId, demoKey, hashKey } from '../../worker/keys.ts'
import { COUNTY, call, createPlan, type Keys, NOW, type Reply, receiptOf } from './county.ts'

let made = 0

/** Another key of a unit of the county, as the store would have it; `rows`: of the plan, where not all. */
export async function addKey(
  duty: 'handler' | 'reviewer',
  unitId: string,
  scope?: { planId: string; rows: string[] },
): Promise<{ key: string; id: string }> {
  const id = `sign${String(made++).padStart(4, '0')}`
  const key = await demoKey(env.KEY_PEPPER, id)
  await env.DB.prepare(
    `INSERT INTO access_key (id, actor_id, hmac, post, created_at, duty, rows, rows_of)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)`,
  )
    .bind(
      id,
      await actorId('unit', COUNTY, unitId),
      await hashKey(env.KEY_PEPPER, key),
      duty === 'handler' ? '经办岗' : '审核岗',
      NOW,
      duty,
      scope ? JSON.stringify(scope.rows) : null,
      scope?.planId ?? null,
    )
    .run()
  return { key, id }
}

/** Switches a plan's sign-off, as its commission would. */
export async function setSignOff(planId: string, signOff: 'none' | 'reviewer'): Promise<void> {
  await env.DB.batch([
    env.DB.prepare('UPDATE plan SET sign_off = ?2 WHERE id = ?1').bind(planId, signOff),
    env.DB.prepare('UPDATE sheet SET epoch = epoch + 1 WHERE plan_id = ?1').bind(planId),
  ])
}

export async function createSignOffPlan(keys: Keys): Promise<string> {
  const planId = await createPlan(keys)
  await setSignOff(planId, 'reviewer')
  return planId
}

/** Submits with a 经办 key and expects a draft. */
export async function draftOf(...of: Parameters<typeof receiptOf>): Promise<Receipt & { draftId: string }> {
  const receipt = await receiptOf(...of)
  if (receipt.draftId === undefined) throw new Error('not a draft')
  return { ...receipt, draftId: receipt.draftId }
}

export async function drafts(planId: string, key: string): Promise<DraftInfo[]> {
  return ((await call(`/api/plans/${planId}/drafts`, { key })).json as { drafts: DraftInfo[] }).drafts
}

export async function detail(draftId: string, key: string): Promise<DraftDetail> {
  const reply = await call(`/api/drafts/${draftId}`, { key })
  if (reply.status !== 200) throw new Error(`no draft: ${JSON.stringify(reply.json)}`)
  return reply.json as DraftDetail
}

export function release(draftId: string, key: string, db?: D1Database): Promise<Reply> {
  return call(`/api/drafts/${draftId}/release`, { key, body: {}, ...(db ? { db } : {}) })
}

export function sendBack(draftId: string, key: string, reason: string): Promise<Reply> {
  return call(`/api/drafts/${draftId}/return`, { key, body: { reason } })
}

export function textOf(rows: ServerRow[], rowId: string, column: string): string | undefined {
  return rows.find((row) => row.rowId === rowId)?.cells[column]
}
