/** The record: its seals, who did what (操作记录), and the blacking out of a personal text. */
import { AuditList, EraseText, SealList, TextErased } from '../../domain/protocol.ts'
import { endOfDay, startOfDay } from '../beijing-date.ts'
import { type Endpoint, endpoint, endpointWithBody } from '../endpoint.ts'
import { readCount, readForm } from '../query.ts'
import { eraseText } from '../record/erase.ts'
import { auditQuery, CURSOR, readAudit } from '../store/record-audit.ts'
import { readSeals, selectSeals } from '../store/record-seals.ts'

const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const NAME = /^[\w.-]{1,100}$/
const MAX_LISTED = 500

export const recordEndpoints: Endpoint[] = [
  endpoint(
    {
      method: 'get',
      path: '/api/seals',
      summary: '封存记录，最近的在前',
      roles: ['unit', 'commission', 'supervision', 'admin'],
      query: { before: '只列此编号之前的', limit: `一次最多几号，1 至 ${MAX_LISTED}` },
      answer: { status: 200, schema: SealList },
      refusals: ['invalid'],
    },
    async ({ db, query }) => {
      const before = readCount(query, 'before', { min: 1, max: Number.MAX_SAFE_INTEGER })
      const limit = readCount(query, 'limit', { min: 1, max: MAX_LISTED })
      const seals = await selectSeals(db, before ?? Number.MAX_SAFE_INTEGER, limit ?? 100).run()
      return { value: { seals: readSeals(seals) } }
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/api/audit',
      summary: '操作记录：各项写入（含被拒绝的）和管理操作，最早的在前',
      roles: ['commission', 'supervision', 'admin'],
      query: {
        from: '起始日期（北京时间，含当日）',
        to: '截止日期（北京时间，含当日）',
        kind: '只列此类',
        plan: '只列此计划的',
        cursor: '上一次应答的 next：从该处继续',
        limit: `一次最多几条，1 至 ${MAX_LISTED}`,
      },
      answer: { status: 200, schema: AuditList },
      refusals: ['invalid'],
    },
    async ({ db, query, caller: { actor } }) => {
      const limit = readCount(query, 'limit', { min: 1, max: MAX_LISTED }) ?? 100
      const { from, to } = { from: readForm(query, 'from', DATE), to: readForm(query, 'to', DATE) }
      const { sql, values } = auditQuery({
        county: actor.county,
        from: from && startOfDay(from),
        to: to && endOfDay(to),
        kind: readForm(query, 'kind', NAME),
        planId: readForm(query, 'plan', NAME),
        cursor: readForm(query, 'cursor', CURSOR),
        limit: limit + 1,
      })
      const { results } = await db
        .prepare(sql)
        .bind(...values)
        .run<Record<string, unknown>>()
      const entries = readAudit(results.slice(0, limit)).map(({ entry }) => entry)
      return { value: { entries, next: results.length > limit ? (entries.at(-1)?.cursor ?? null) : null } }
    },
  ),
  endpointWithBody(
    {
      method: 'post',
      path: '/api/plans/:plan/erasures',
      summary: '清除误录的个人信息：在该计划的全部记录中抹去此文本',
      roles: ['commission', 'admin'],
      answer: { status: 200, schema: TextErased },
      refusals: ['plan-not-found', 'text-still-shown', 'invalid', 'changes-too-large', 'busy'],
    },
    EraseText,
    async (call) => ({ value: await eraseText(call) }),
  ),
]
