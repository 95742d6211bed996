/**
 * `node tools/bench/cost.ts [--rows 42,500,5000] [--units 60,2000] [--months 1]`: what each request costs where
 * D1 is paid for: calls, statements, rows read and written as D1 itself counts them, and bytes stored. Counts,
 * not times: the application runs in Node over wrangler's own D1, and every run gives the same. `--months`: what
 * reading costs once every unit has submitted, and every row was accepted, so many times.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { getPlatformProxy } from 'wrangler'
import { annotatedText } from '../../domain/annotation.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type { KeyCreated, PlanDetail, PlanFile, PlanRow, RowList, UnitKeysCreated } from '../../domain/protocol.ts'
import { REVIEW_CODE } from '../../domain/review.ts'
import { createApp } from '../../worker/app.ts'
import { type Env, SYSTEM } from '../../worker/env.ts'
import { adminActor } from '../demo.ts'
import { insertDemoActors, migrate, readPepper } from '../local-worker.ts'
import { type Cost, countCosts } from './count-costs.ts'
import { createPlanFile, reviseText, unitNames } from './table.ts'

/** Plans of more rows than this are slimmed to one period, four columns, short texts: one request takes no more. */
const LONG_PLAN = 2_000
const SLIM_COLUMNS = ['number', 'task', 'milestone.P1', 'leadUnits']
const SLIM_TEXT = 40

/** Units whose submissions are counted; the others are taken to cost the same. */
const SAMPLE = 12

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '42,500,5000' },
    units: { type: 'string', default: '60,2000' },
    months: { type: 'string', default: '1' },
  },
})
const numbers = (list: string) => list.split(',').map(Number)

/** What the commission reads of the whole plan. */
const READ = [
  ['总表（JSON）', 'master'],
  ['总表（xlsx）', 'master.xlsx'],
  ['审核台', 'desk'],
] as const

type Send = (key: string, path: string, body?: unknown) => Promise<Response>
type Line = [what: string, cost: Cost, factor?: number]

process.stdout.write(
  '| 行数 | 单位 | 请求 | 次数 | 语句 | 读取行 | 写入行 | 增加字节 |\n|---|---|---|---|---|---|---|---|\n',
)
for (const rows of numbers(values.rows)) {
  for (const units of numbers(values.units)) {
    for (const [what, cost, factor = 1] of await measure(rows, units)) {
      const cells = [rows, units, what, cost.calls, cost.statements, cost.read * factor, cost.written * factor]
      process.stdout.write(`| ${cells.map(format).join(' | ')} | ${format(cost.bytes * factor)} |\n`)
    }
  }
}

/** One county with one plan, from its creation to the day on which every unit has submitted. */
async function measure(rows: number, units: number): Promise<Line[]> {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-cost-'))
  await migrate(folder)
  const [admin = ''] = await insertDemoActors(folder, [adminActor()], new Date())
  const proxy = await getPlatformProxy<Env>({ persist: { path: join(folder, 'state', 'v3') }, envFiles: [] })
  try {
    const { db, spend } = countCosts(proxy.env.DB)
    const env = { ...proxy.env, DB: db, KEY_PEPPER: await readPepper(folder), RATE_LIMITS: 'off' }
    const app = createApp(SYSTEM)
    const waiting: Promise<unknown>[] = []
    const context = {
      waitUntil: (work: Promise<unknown>) => waiting.push(work),
      passThroughOnException: () => undefined,
    }
    const send: Send = async (key, path, body) => {
      const request = new Request(`https://ledger.test/api/plans${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          authorization: `Bearer ${key}`,
          ...(body !== undefined && { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const answer = await app.fetch(request, env, context as never)
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
      await Promise.all(waiting.splice(0))
      return answer
    }

    const file = await createCountyFile(rows, units)
    const lines: Line[] = [['建立计划', await spend(() => send(admin, '', file))]]
    const leads = [...new Set(file.rows.flatMap(({ lead }) => lead))]
    const sample: { key: string; pulled: RowList }[] = []
    for (const unit of leads.slice(0, SAMPLE)) {
      const { key } = (await (
        await send(admin, '/bench/keys', { role: 'unit', unit, post: '测试' })
      ).json()) as KeyCreated
      let pulled: RowList | undefined
      const cost = await spend(async () => (pulled = (await (await send(key, '/bench/rows')).json()) as RowList))
      if (sample.length === 0) lines.push(['一家单位取表', cost])
      sample.push({ key, pulled: pulled as RowList })
    }
    const [first] = sample
    if (!first) throw new Error('no unit leads a row')
    // The first write with a key also notes the hour of its use; that is not repeated within the hour.
    await send(first.key, '/bench/submissions', submission(first.pulled, 0))
    const two = await spend(() => send(first.key, '/bench/submissions', submission(first.pulled, 2)))
    lines.push([`一家单位报送 ${Math.min(2, first.pulled.rows.length)} 行`, two])
    const all = await spend(async () => {
      for (const { key, pulled } of sample.slice(1))
        await send(key, '/bench/submissions', submission(pulled, Number.POSITIVE_INFINITY))
    })
    const others = leads.length / (sample.length - 1)
    lines.push([
      `全部 ${leads.length} 家各报一次`,
      { ...all, calls: all.calls * others, statements: all.statements * others },
      others,
    ])
    for (const [what, path] of READ) lines.push([what, await spend(() => send(admin, `/bench/${path}`))])
    const months = Number(values.months)
    if (months > 1) {
      await passMonths(send, admin, leads, months)
      for (const [what, path] of [...READ, ['一家单位取表', 'rows']] as const) {
        const key = path === 'rows' ? first.key : admin
        lines.push([`${what}，${months} 个月后`, await spend(() => send(key, `/bench/${path}`))])
      }
    }
    return lines
  } finally {
    await proxy.dispose()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Every unit submits each month what it leads, with a few edits, and the commission accepts every row. */
async function passMonths(send: Send, admin: string, units: string[], months: number): Promise<void> {
  const made = (await (await send(admin, '/bench/unit-keys', { post: '测试', units })).json()) as UnitKeysCreated
  const commission = (await (
    await send(admin, '/bench/keys', { role: 'commission', post: '测试' })
  ).json()) as KeyCreated
  const { plan } = (await (await send(admin, '/bench')).json()) as PlanDetail
  const spec = breakdownSpec(plan)
  const pull = async () => (await (await send(commission.key, '/bench/rows')).json()) as RowList
  for (let month = 1; month <= months; month++) {
    const { rows } = await pull()
    for (const { unit = '', key } of made.keys) {
      const led = rows.filter(({ lead }) => lead[0] === unit)
      if (led.length > 0) await send(key, '/bench/submissions', submit(led, 3, month))
    }
    const accepted = (await pull()).rows.map((row) => ({
      ...{ rowId: row.rowId, kind: 'accept', code: REVIEW_CODE, text: '' },
      ofText: annotatedText(spec, row, { code: REVIEW_CODE }),
    }))
    for (let from = 0; from < accepted.length; from += 100) {
      await send(commission.key, '/bench/annotations', { annotations: accepted.slice(from, from + 100) })
    }
  }
}

/** A plan whose rows are led by its units in turn, two by the first; a registry of as many units as asked for. */
async function createCountyFile(rows: number, units: number): Promise<PlanFile> {
  const known = await unitNames(Math.min(units, 30))
  const names = Array.from({ length: units }, (_, i) => known[i] ?? `第${i + 1}单位`)
  const file = await createPlanFile(
    'bench',
    Array.from({ length: rows }, (_, i) => names[Math.max(0, i - 1) % units] ?? ''),
  )
  const isSlim = rows > LONG_PLAN
  const invented = names.slice(known.length).map((name, i) => ({ id: `invented-${i}`, name }))
  const kept = file.registry.units.filter(({ name }) => !names.slice(known.length).includes(name))
  return {
    ...file,
    plan: { ...file.plan, periods: file.plan.periods.slice(0, isSlim ? 1 : undefined) },
    rows: isSlim ? file.rows.map(slim) : file.rows,
    registry: { ...file.registry, units: [...kept, ...invented] },
  }
}

function slim(row: PlanRow): PlanRow {
  const cells = SLIM_COLUMNS.map((column) => [column, (row.cells[column] ?? '').slice(0, SLIM_TEXT)])
  const { rowId, spansConfirmed, lead } = row
  return { rowId, cells: Object.fromEntries(cells), spansConfirmed, lead, supporting: [] }
}

/** The first `count` rows that a unit leads, each with one milestone edited. */
function submission({ rows }: RowList, count: number): unknown {
  return submit(rows.filter(({ role }) => role === 'lead').slice(0, count), count, 1)
}

/** A submission of these rows, the first of them with one milestone edited for the n-th time. */
function submit(rows: RowList['rows'], edited: number, n: number): unknown {
  return {
    form: 'breakdown',
    specVersion: 1,
    rows: rows.map(({ rowId, ver, cells, spans }, i) => ({
      rowId,
      baseVer: ver,
      cells: i < edited ? { ...cells, 'milestone.P1': reviseText(cells['milestone.P1'] ?? '', n) } : cells,
      ...(spans && { spans }),
    })),
  }
}

function format(value: string | number): string {
  return typeof value === 'number' ? Math.round(value).toLocaleString('en-US') : value
}
