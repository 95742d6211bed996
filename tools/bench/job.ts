/**
 * The whole job, as people do it today and as we do it. An openpyxl script reads the workbooks of 40
 * units, takes each unit's rows and writes one table; or 40 units submit over HTTP, ten at a time, and
 * master.xlsx is fetched, with its check, its status of reports and its list of changes.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drawTable } from '../../domain/draw-table.ts'
import { breakdownSpec, type Plan } from '../../domain/plan.ts'
import type { PlanFile } from '../../domain/protocol.ts'
import { findPythonWithOpenpyxl } from '../../test/support/programs.ts'
import { writeWorkbook } from '../../xlsx/write.ts'
import { UnitClient } from './client.ts'
import { closeAtEnd } from './closing.ts'
import { interleave, median, medianRatio } from './measure.ts'
import { type Effort, formatMs, formatSpeed, type Line, NONE, type Part } from './report.ts'
import { startRival } from './rival.ts'
import { type Ledger, startLedger } from './servers.ts'
import { createPlanFile, unitNames } from './table.ts'

const UNITS = 40
const ROWS = 42
const AT_ONCE = 10

export const benchJob: Part = async (effort) => {
  const ledger = await startLedger()
  try {
    const units = await unitNames(UNITS)
    const own = units.flatMap((unit) => Array.from({ length: ROWS }, () => unit))
    const shared = Array.from({ length: ROWS }, (_, i) => units[i % UNITS] ?? '')
    return [
      await benchPlan(ledger, `${UNITS} 家各报 ${ROWS} 行，共 1,680 行`, await createPlanFile('own', own), effort),
      await benchPlan(
        ledger,
        `一张 ${ROWS} 行表，${UNITS} 家各填本家的`,
        await createPlanFile('shared', shared),
        effort,
      ),
    ]
  } finally {
    await ledger.stop()
  }
}

async function benchPlan(ledger: Ledger, size: string, file: PlanFile, { rounds }: Effort): Promise<Line> {
  const peer = await startPeer(file)
  let round = 0
  const times = await interleave(
    {
      ours: () => submitAndFetch(ledger, { ...file, plan: { ...file.plan, id: `${file.plan.id}-${round++}` } }),
      peer: peer?.round,
    },
    rounds,
  )
  await peer?.stop()
  const line = { what: '全过程：收齐并出总表', size, ours: formatMs(median(times.ours)), goal: '快于 openpyxl' }
  if (times.peer.length === 0) return { ...line, other: '无 openpyxl', ratio: NONE }
  const ratio = medianRatio(times.peer, times.ours)
  return { ...line, other: formatMs(median(times.peer)), ratio: formatSpeed(ratio), met: ratio > 1 }
}

/** Rows that a unit sends: its own where it has a whole sheet of them, else the table that all share. */
function rowsOf(file: PlanFile, unit: string) {
  const own = file.rows.filter(({ lead }) => lead.includes(unit))
  return { own, sent: own.length === ROWS ? own : [...own, ...file.rows.filter((row) => !own.includes(row))] }
}

/** A new plan for each round, so that each merges the same; its creation and the keys are not timed. */
async function submitAndFetch(ledger: Ledger, file: PlanFile): Promise<number> {
  const ver = await ledger.createPlan(file)
  const planId = file.plan.id
  const clients: { client: UnitClient; edits: number }[] = []
  for (const unit of new Set(file.rows.flatMap(({ lead }) => lead))) {
    const { own, sent } = rowsOf(file, unit)
    const key = await ledger.issueKey(planId, unit)
    clients.push({ client: new UnitClient({ url: ledger.url, planId, key }, sent, ver), edits: own.length })
  }
  const from = performance.now()
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = clients.pop(); next; next = clients.pop()) await next.client.submit(next.edits)
    }),
  )
  const answer = await fetch(`${ledger.url}/api/plans/${planId}/master.xlsx`, {
    headers: { authorization: `Bearer ${ledger.adminKey}` },
  })
  const bytes = await answer.arrayBuffer()
  if (!answer.ok || bytes.byteLength < 10_000) throw new Error(`master.xlsx: ${answer.status}`)
  return performance.now() - from
}

/** The sheets that the units would mail, each named after its unit. */
async function startPeer(file: PlanFile) {
  const python = findPythonWithOpenpyxl()
  if (python === undefined) return undefined
  const folder = await mkdtemp(join(tmpdir(), 'ledger-bench-'))
  closeAtEnd(() => rm(folder, { recursive: true, force: true }))
  const plan: Plan = { ...file.plan, state: 'collecting' }
  const spec = breakdownSpec(plan)
  let headerRows = 0
  for (const unit of new Set(file.rows.flatMap(({ lead }) => lead))) {
    const rows = rowsOf(file, unit).sent.map(({ rowId, cells, spans }) => ({
      rowId,
      ver: 1,
      cells,
      ...(spans && { spans }),
    }))
    const model = drawTable({ spec, rows, complete: false }, { name: '任务分解表', carrier: true })
    headerRows = model.cells.length - rows.length
    const created = '2023-11-10T08:00:00.000Z'
    await writeFile(join(folder, `${unit}.xlsx`), await writeWorkbook([model], { title: plan.title, created }))
  }
  const lead = spec.columns.findIndex(({ key }) => key === 'leadUnits') + 1
  return startRival(
    python,
    'openpyxl-merge.py',
    [headerRows, lead, spec.columns.length + 1].map(String).toSpliced(0, 0, folder),
  )
}
