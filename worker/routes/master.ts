/** The master: as JSON and as the workbook that the commission opens. */
import { masterWorkbook } from '../../domain/master-workbook.ts'
import { Master } from '../../domain/protocol.ts'
import { writeWorkbook } from '../../xlsx/write.ts'
import { beijingDate } from '../beijing-date.ts'
import { type Answer, type Call, type Endpoint, endpoint } from '../endpoint.ts'
import { isKnown, versionHeaders } from '../etag.ts'
import { loadMaster, loadReport } from '../store/master.ts'
import { readPlan, readStamp, selectPlan, selectStamp } from '../store/plans.ts'

const OFFICES = ['commission', 'supervision', 'admin'] as const
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
/** Raised when the same data is drawn differently, so that nobody keeps an old file. */
const EXPORT_VERSION = 3

export const masterEndpoints: Endpoint[] = [
  endpoint(
    {
      method: 'get',
      path: '/api/plans/:plan/master',
      summary: '总表',
      roles: OFFICES,
      answer: { status: 200, schema: Master, etag: true },
      refusals: ['plan-not-found'],
    },
    async (call) => {
      const unchanged = await answerUnchanged(call, 'json')
      if (unchanged) return unchanged
      const { master, stamp } = await loadMaster(call.db, call.params.plan ?? '', call.caller.actor, todayOf(call))
      return { value: master, headers: versionHeaders(etagOf(stamp, 'json')) }
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/api/plans/:plan/master.xlsx',
      summary: '总表工作簿：总表、报送情况、校验报告、冲突、变更记录',
      roles: OFFICES,
      answer: { status: 200, mediaType: XLSX, etag: true },
      refusals: ['plan-not-found'],
    },
    async (call) => {
      const unchanged = await answerUnchanged(call, 'xlsx')
      if (unchanged) return unchanged
      const { report, stamp } = await loadReport(call.db, call.params.plan ?? '', call.caller.actor, todayOf(call))
      const { title } = report.plan
      const bytes = await writeWorkbook(masterWorkbook(report), { title, created: report.at })
      return new Response(bytes, {
        headers: {
          'Content-Type': XLSX,
          'Content-Disposition': dispositionOf(`${title}总表.xlsx`),
          ...versionHeaders(etagOf(stamp, 'xlsx')),
        },
      })
    },
  ),
]

function todayOf({ services }: Call<unknown>): string {
  return beijingDate(services.now())
}

function etagOf(stamp: string, form: string): string {
  return `"${form}${EXPORT_VERSION}-${stamp}"`
}

async function answerUnchanged(call: Call<unknown>, form: string): Promise<Answer | undefined> {
  if (call.ifNoneMatch === undefined) return undefined
  const planId = call.params.plan ?? ''
  const [plan, stamp] = await call.db.batch([selectPlan(call.db, planId), selectStamp(call.db, planId, todayOf(call))])
  readPlan(plan, planId, call.caller.actor)
  const headers = versionHeaders(etagOf(readStamp(stamp), form))
  return isKnown(call.ifNoneMatch, headers) ? new Response(null, { status: 304, headers }) : undefined
}

/** RFC 6266: a plain name for old clients, the real one in UTF-8. */
function dispositionOf(name: string): string {
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="master.xlsx"; filename*=UTF-8''${encoded}`
}
