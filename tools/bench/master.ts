/**
 * master.xlsx from data to bytes, against the limit (deflating the finished XML) and against an
 * openpyxl script that writes the same cells, styles and merges.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync, unzipSync } from 'fflate'
import { type MasterReport, masterWorkbook } from '../../domain/master-workbook.ts'
import { STYLES } from '../../domain/sheet-model.ts'
import { findPythonWithOpenpyxl } from '../../test/support/programs.ts'
import { writeWorkbook } from '../../xlsx/write.ts'
import { closeAtEnd } from './closing.ts'
import { interleave, median, medianRatio, timeOf } from './measure.ts'
import { type Effort, formatMs, formatRatio, formatSpeed, type Line, NONE, type Part } from './report.ts'
import { startRival } from './rival.ts'
import { createTable, reviseText } from './table.ts'

const AT = '2023-11-10T08:00:00.000Z'

export const benchMaster: Part = async (effort) => {
  const lines: Line[] = []
  for (const count of [42, 2_000]) lines.push(...(await benchSize(count, effort)))
  return lines
}

async function benchSize(count: number, { rounds, shotMs }: Effort): Promise<Line[]> {
  const report = await createReport(count)
  const write = () => writeWorkbook(masterWorkbook(report), { title: report.plan.title, created: AT })
  const parts = Object.values(unzipSync(await write()))
  const peer = await startPeer(report)
  const times = await interleave(
    {
      ours: () => timeOf(write, shotMs),
      limit: () => timeOf(() => parts.map((part) => deflateSync(part)), shotMs),
      peer: peer?.round,
    },
    rounds,
  )
  await peer?.stop()
  const common = { size: `${count.toLocaleString('en-US')} 行`, ours: formatMs(median(times.ours)) }
  const limit: Line = {
    ...common,
    what: 'master.xlsx，下限：压缩成品 XML',
    other: formatMs(median(times.limit)),
    ratio: formatRatio(medianRatio(times.ours, times.limit)),
    goal: NONE,
  }
  const rival = { ...common, what: 'master.xlsx，同类：openpyxl', goal: '快于 exceljs 3 倍（本次未测）' }
  if (times.peer.length === 0) return [limit, { ...rival, other: '无 openpyxl', ratio: NONE }]
  const ratio = medianRatio(times.peer, times.ours)
  return [limit, { ...rival, other: formatMs(median(times.peer)), ratio: formatSpeed(ratio) }]
}

async function startPeer(report: MasterReport) {
  const python = findPythonWithOpenpyxl()
  if (python === undefined) return undefined
  const folder = await mkdtemp(join(tmpdir(), 'ledger-bench-'))
  closeAtEnd(() => rm(folder, { recursive: true, force: true }))
  const job = join(folder, 'job.json')
  await writeFile(job, JSON.stringify({ models: masterWorkbook(report), styles: STYLES }))
  return startRival(python, 'openpyxl-master.py', [job])
}

/** All units have reported; one milestone of every tenth row has been changed. */
async function createReport(count: number): Promise<MasterReport> {
  const { plan, registry, table, rows } = await createTable(count)
  return {
    plan,
    spec: table.spec,
    rows: table.rows,
    status: registry.units.map(({ name }) => ({
      unit: name,
      rows: rows.filter(({ lead }) => lead.includes(name)).length,
      submittedRows: 1,
      submissions: 1,
      lastAt: AT,
      errors: 0,
      warnings: 0,
      openConflicts: 0,
    })),
    conflicts: [],
    events: rows
      .filter((_, i) => i % 10 === 0)
      .map(({ rowId, cells, lead }, i) => {
        const column = 'milestone.P1'
        const old = cells[column] ?? ''
        const changes = [{ column, old, new: reviseText(old, 1) }]
        return {
          receipt: `20231110-${String(i + 1).padStart(4, '0')}`,
          at: AT,
          by: lead[0] ?? '',
          rowId,
          kind: 'update',
          changes,
        }
      }),
    at: AT,
  }
}
