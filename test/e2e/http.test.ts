/**
 * Every lead unit of both counties submits over HTTP to a real Worker and D1, and the master equals,
 * cell by cell, what each of them wrote. The expectation is worked out here from the seeds alone,
 * without the merge.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { breakdownSpec, type Plan } from '../../domain/plan.ts'
import type { Master, PlanFile, Receipt, RowList, ServerRow } from '../../domain/protocol.ts'
import { readTable } from '../../domain/read-table.ts'
import { readWorkbook } from '../../xlsx/read.ts'
import { type DemoWorker, startDemoWorker } from '../support/demo-worker.ts'

let worker: DemoWorker
beforeAll(async () => {
  worker = await startDemoWorker({ plans: true })
})
afterAll(() => worker?.close())

/** The cell that a unit edits in a row: the n-th lead takes the n-th of the cells that leads may write. */
function cellOf(row: ServerRow, unit: string): string {
  const cells = row.writable.filter((column) => column in row.cells)
  return cells[Math.min(row.lead.indexOf(unit), cells.length - 1)] as string
}

async function submitAll(
  file: PlanFile,
): Promise<{ expected: Map<string, Record<string, string>>; conflicts: string[] }> {
  const planId = file.plan.id
  const expected = new Map(file.rows.map((row) => [row.rowId, { ...row.cells }]))
  const taken = new Set<string>()
  const conflicts: string[] = []
  const units = file.registry.units.filter(({ name }) => file.rows.some(({ lead }) => lead.includes(name)))
  // Everybody pulls before anybody submits, as on the morning after the letter went out.
  const pulled = await Promise.all(
    units.map(async ({ name }) => {
      const key = await worker.issueKey(planId, name)
      const { status, body } = await worker.call<RowList>(key, 'GET', `/api/plans/${planId}/rows`)
      expect(status).toBe(200)
      return { name, key, rows: body.rows.filter(({ role }) => role === 'lead') }
    }),
  )
  for (const { name, key, rows } of pulled) {
    expect(rows.map(({ rowId }) => rowId).sort()).toEqual(
      file.rows
        .filter(({ lead }) => lead.includes(name))
        .map(({ rowId }) => rowId)
        .sort(),
    )
    for (const row of rows) {
      const column = cellOf(row, name)
      const text = `${row.cells[column]}${name}已核。`
      row.cells[column] = text
      if (taken.has(`${row.rowId}/${column}`)) conflicts.push(`${row.rowId}/${column}`)
      else (expected.get(row.rowId) as Record<string, string>)[column] = text
      taken.add(`${row.rowId}/${column}`)
    }
    const { status, body } = await worker.call<Receipt>(key, 'POST', `/api/plans/${planId}/submissions`, {
      form: 'breakdown',
      specVersion: 1,
      rows: rows.map(({ rowId, ver, cells, spans }) => ({ rowId, baseVer: ver, cells, spans })),
    })
    expect(status, JSON.stringify(body)).toBe(200)
    expect(body.totals.notWritable).toBe(0)
    expect(body.rows.flatMap(({ blocked }) => blocked)).toEqual([])
  }
  return { expected, conflicts }
}

test.each(['fengjie-2023', 'chengkou-2023'])(
  'the master of %s equals what all units wrote, cell by cell',
  async (planId) => {
    const file = worker.files.find(({ plan }) => plan.id === planId) as PlanFile
    const commission = worker.keys.commission[file.plan.county] as string
    const { expected, conflicts } = await submitAll(file)

    const { body: master } = await worker.call<Master>(commission, 'GET', `/api/plans/${planId}/master`)
    expect(master.rows.map(({ rowId }) => rowId)).toEqual(file.rows.map(({ rowId }) => rowId))
    for (const [i, row] of master.rows.entries()) {
      expect(row.cells, row.cells.task).toEqual(expected.get(row.rowId))
      expect(row.spans).toEqual(file.rows[i]?.spans)
    }
    expect(master.conflicts.map(({ rowId, column }) => `${rowId}/${column}`).sort()).toEqual(conflicts.sort())
    for (const { unit, rows, submittedRows } of master.status) expect(submittedRows, unit).toBe(rows)

    // The same master as a workbook, read back through the reader.
    const answer = await fetch(`${worker.url}/api/plans/${planId}/master.xlsx`, {
      headers: { authorization: `Bearer ${commission}` },
    })
    expect(answer.status).toBe(200)
    const { sheets } = await readWorkbook(new Uint8Array(await answer.arrayBuffer()))
    expect(sheets.filter(({ hidden }) => !hidden).map(({ name }) => name)).toEqual([
      '总表',
      '报送情况',
      '校验报告',
      '冲突',
      '变更记录',
    ])
    const plan: Plan = { ...file.plan, state: 'collecting' }
    const { table } = readTable(sheets[0]!.grid, breakdownSpec(plan))
    expect(table.rows.map(({ cells }) => cells)).toEqual(master.rows.map(({ cells }) => cells))
    expect(table.rows.map(({ spans }) => spans ?? {})).toEqual(master.rows.map(({ spans }) => spans ?? {}))

    const unchanged = await fetch(`${worker.url}/api/plans/${planId}/master.xlsx`, {
      headers: { authorization: `Bearer ${commission}`, 'if-none-match': answer.headers.get('etag') as string },
    })
    expect(unchanged.status).toBe(304)
  },
)

test('a unit sees no row of another county and cannot write a row it does not lead', async () => {
  const key = await worker.issueKey('fengjie-2023', '县医保局')
  expect((await worker.call(key, 'GET', '/api/plans/chengkou-2023/rows')).status).toBe(404)
  const { body } = await worker.call<RowList>(key, 'GET', '/api/plans/fengjie-2023/rows')
  const supporting = body.rows.find(({ role }) => role === 'supporting') as ServerRow
  expect(supporting.writable).toEqual([])
  const { body: receipt } = await worker.call<Receipt>(key, 'POST', '/api/plans/fengjie-2023/submissions', {
    form: 'breakdown',
    specVersion: 1,
    rows: [
      {
        rowId: supporting.rowId,
        baseVer: supporting.ver,
        cells: { ...supporting.cells, task: '改动他单位任务' },
        spans: supporting.spans,
      },
    ],
  })
  expect(receipt.totals).toMatchObject({ applied: 0, notWritable: 1 })
})
