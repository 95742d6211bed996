/**
 * A workbook that went out by mail and comes back months later, saved by us, by LibreOffice or by
 * openpyxl: what it says merges exactly as if its edits had been made in a sheet that never left. Four
 * plans of the same rows live through the same months; one gets its edits live, the others by file.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LEDGER_FORMAT, type LedgerInfo, ledgerSheet } from '../../domain/carrier.ts'
import { drawTable } from '../../domain/draw-table.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type {
  ConflictBody,
  ConflictList,
  Master,
  PlanFile,
  Receipt,
  RowList,
  ServerRow,
  SubmittedRow,
} from '../../domain/protocol.ts'
import { openWorkbook } from '../../xlsx/edit.ts'
import { writeWorkbook } from '../../xlsx/write.ts'
import { readBreakdown } from '../support/breakdown-cells.ts'
import { type DemoWorker, startDemoWorker } from '../support/demo-worker.ts'
import { convertByLibreOffice } from '../support/libreoffice.ts'
import { editByOpenpyxl } from '../support/openpyxl.ts'
import { findPythonWithOpenpyxl, findSoffice } from '../support/programs.ts'

const SHEET = '任务分解表'
const UNIT = '县教委'
const P = (n: number) => `milestone.P${n}`
/** What the unit types into its copy: 序号, column, text. */
const EDITS: [number: string, column: string, text: string][] = [
  ['17', P(1), '教委另有安排。'],
  ['17', P(2), '教委组织第二针接种。'],
  ['17', P(3), '完成第二针接种，两家所填相同。'],
  ['21', P(4), '第一行，含“引号”与<尖括号>&符号。\n第二行，𠮷字在内。'],
  ['21', 'task', '私自改动的任务文字'],
  ['22', P(2), ''],
  ['25', P(1), '已删除任务上的改动。'],
  ['28', P(4), '合并格内的改动。'],
]

type Roads = 'live' | 'own' | 'libreoffice' | 'openpyxl'
const ROADS: Roads[] = ['live', 'own', 'libreoffice', 'openpyxl']

describe.skipIf(!findPythonWithOpenpyxl() || !findSoffice())('a file that comes back months later', () => {
  let worker: DemoWorker
  let file: PlanFile
  const keys = { commission: '', edu: '', eduToo: '', health: '' }
  const results = new Map<Roads, { receipt: unknown; master: unknown; conflicts: unknown; again: unknown }>()

  beforeAll(async () => {
    worker = await startDemoWorker({ plans: false })
    file = worker.files.find(({ plan }) => plan.county === '奉节县') as PlanFile
    keys.commission = worker.keys.commission[file.plan.county] as string
    for (const road of ROADS) {
      const body = { ...file, plan: { ...file.plan, id: planOf(road) } }
      const created = await worker.call(keys.commission, 'POST', '/api/plans', body)
      if (created.status !== 201) throw new Error(JSON.stringify(created.body))
    }
    keys.edu = await worker.issueKey(planOf('live'), UNIT)
    keys.eduToo = await worker.issueKey(planOf('live'), UNIT)
    keys.health = await worker.issueKey(planOf('live'), '县卫生健康委')
    for (const road of ROADS) results.set(road, await live(road))
  })
  afterAll(() => worker?.close())

  const planOf = (road: Roads) => `mailed-${road}`

  async function ask<T>(key: string, method: string, path: string, body?: unknown): Promise<T> {
    const answer = await worker.call<T>(key, method, path, body)
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const pull = async (planId: string, key: string) => (await ask<RowList>(key, 'GET', `/api/plans/${planId}/rows`)).rows
  const submit = (planId: string, key: string, rows: SubmittedRow[], more: Record<string, unknown> = {}) =>
    ask<Receipt>(key, 'POST', `/api/plans/${planId}/submissions`, { form: 'breakdown', specVersion: 1, rows, ...more })
  function edited(rows: ServerRow[], number: string, cells: Record<string, string>): SubmittedRow {
    const row = rows.find((candidate) => candidate.cells.number === number)
    if (!row) throw new Error(`no row ${number}`)
    const { rowId, ver: baseVer, spans } = row
    return { rowId, baseVer, cells: { ...row.cells, ...cells }, ...(spans ? { spans } : {}) }
  }

  /** One plan's year: the sheet goes out, others work on, the edits come in by this road. */
  async function live(road: Roads) {
    const planId = planOf(road)
    const pulled = (await pull(planId, keys.edu)).filter(({ role }) => role === 'lead')
    const mailed = await mail(planId, pulled)
    await passMonths(planId)
    const rows = road === 'live' ? typeInto(pulled) : await readBack(await typeIntoFile(road, mailed))
    const receipt = await submit(planId, keys.edu, rows)
    const master = await ask<Master>(keys.commission, 'GET', `/api/plans/${planId}/master`)
    const again = await submit(planId, keys.edu, rows)
    const { conflicts } = await ask<ConflictList>(keys.commission, 'GET', `/api/plans/${planId}/conflicts`)
    return {
      receipt: plainReceipt(receipt),
      master: master.rows.map(({ rowId, cells, spans, spansConfirmed }) => ({ rowId, cells, spans, spansConfirmed })),
      conflicts: conflicts.map(plainConflict),
      again: { ...plainReceipt(again), changed: again.seq !== null },
    }
  }

  /** The unit's rows as 生成我的表 draws them, with ids and versions. */
  async function mail(planId: string, rows: ServerRow[]): Promise<Uint8Array> {
    const plan = { ...file.plan, id: planId, state: 'collecting' as const }
    const spec = breakdownSpec(plan)
    const table = {
      spec,
      rows: rows.map(({ rowId, ver, cells, spans }) => ({ rowId, ver, cells, ...(spans && { spans }) })),
      complete: false,
    }
    const model = drawTable(table, { name: SHEET, carrier: true })
    const info: LedgerInfo = {
      format: LEDGER_FORMAT,
      sheet: SHEET,
      planId,
      form: spec.form,
      specVersion: spec.version,
      complete: false,
    }
    return writeWorkbook([model, ledgerSheet([info])], {
      title: plan.title,
      created: '2023-03-13T00:00:00Z',
    })
  }

  /** Other units, other clerks and the commission, all with sheets of their own. */
  async function passMonths(planId: string): Promise<void> {
    const all = await pull(planId, keys.commission)
    const health = await pull(planId, keys.health)
    await submit(planId, keys.health, [
      edited(health, '17', { [P(2)]: '卫健委安排第二针。', [P(3)]: '完成第二针接种，两家所填相同。' }),
    ])
    const mine = await pull(planId, keys.eduToo)
    await submit(planId, keys.eduToo, [
      edited(mine, '17', { [P(1)]: '另一科室先填。' }),
      edited(mine, '21', { [P(1)]: '一稿。' }),
    ])
    // A clash inside the unit, decided by it: row 21 moves on twice.
    await submit(planId, keys.eduToo, [edited(mine, '21', { [P(1)]: '二稿。' })])
    const [clash] = (await ask<ConflictList>(keys.eduToo, 'GET', `/api/plans/${planId}/conflicts?status=open`))
      .conflicts
    await ask(keys.eduToo, 'POST', `/api/plans/${planId}/resolutions`, {
      decisions: [{ conflictId: clash?.id, choose: 'submitted', ver: clash?.ver, reason: '以二稿为准' }],
    })
    // The commission adds a row, deletes one, corrects a task, cuts a merged cell anew and moves rows.
    const named = (number: string) => edited(all, number, {})
    const added = {
      ...named('24'),
      rowId: 'added-1',
      baseVer: 0,
      cells: { ...named('24').cells, number: '43', task: '新增任务一项。' },
    }
    await submit(
      planId,
      keys.commission,
      [named('24'), added, edited(all, '26', { task: '师德师风建设（已更正）。' })],
      {
        deletes: [{ rowId: named('25').rowId, baseVer: named('25').baseVer }],
      },
    )
    const wide = named('28')
    const cells = Object.fromEntries(Object.entries(wide.cells).filter(([column]) => column.startsWith('milestone.')))
    await ask(keys.commission, 'POST', `/api/plans/${planId}/rows/${wide.rowId}/spans`, {
      baseVer: wide.baseVer,
      cells: { ...cells, [P(5)]: '——' },
      spans: {},
    })
    await ask(keys.commission, 'POST', `/api/plans/${planId}/order`, {
      rowIds: [named('27').rowId],
      after: named('1').rowId,
    })
    await pull(planId, keys.health)
    await pull(planId, keys.commission)
  }

  function typeInto(pulled: ServerRow[]): SubmittedRow[] {
    return pulled.map((row) => {
      const own = EDITS.filter(([number]) => number === row.cells.number)
      return edited(pulled, row.cells.number ?? '', Object.fromEntries(own.map(([, column, text]) => [column, text])))
    })
  }

  async function typeIntoFile(road: Roads, mailed: Uint8Array): Promise<Uint8Array> {
    const rewritten = road === 'libreoffice' ? convertByLibreOffice(mailed, 'xlsx') : mailed
    const sheet = await readBreakdown(rewritten, SHEET, file)
    const writes = EDITS.map(([number, column, text]) => ({ ...sheet.place(number, column), text }))
    if (road === 'openpyxl') return editByOpenpyxl(rewritten, SHEET, writes)
    const book = await openWorkbook(rewritten)
    book.write(SHEET, writes)
    const saved = await book.save()
    return road === 'libreoffice' ? convertByLibreOffice(saved, 'xlsx') : saved
  }

  async function readBack(bytes: Uint8Array): Promise<SubmittedRow[]> {
    const { rows } = await readBreakdown(bytes, SHEET, file)
    return rows.map(({ rowId, ver = 0, cells, spans }) => ({ rowId, baseVer: ver, cells, ...(spans ? { spans } : {}) }))
  }

  test('live, its edits land, converge, clash, wait and come back as they should', () => {
    const { receipt, master } = results.get('live')! as {
      receipt: ReturnType<typeof plainReceipt>
      master: Master['rows']
    }
    const of = (number: string) =>
      receipt.rows.find(({ rowId }) => rowId === file.rows.find(({ cells }) => cells.number === number)?.rowId)
    expect(of('17')).toMatchObject({
      outcome: 'conflict',
      conflicts: [
        { column: P(1), head: '另一科室先填。', headBy: UNIT },
        { column: P(2), head: '卫健委安排第二针。', headBy: '县卫生健康委' },
      ],
      converged: [{ column: P(3) }],
    })
    expect(of('21')).toMatchObject({
      outcome: 'partly',
      applied: [{ column: P(4) }],
      notWritable: [{ column: 'task' }],
    })
    expect(of('22')).toMatchObject({ outcome: 'held', held: [{ column: P(2) }] })
    expect(of('25')).toMatchObject({ outcome: 'conflict', conflicts: [{ kind: 'delete-edit' }] })
    expect(of('28')).toMatchObject({ outcome: 'conflict', conflicts: [{ kind: 'span', columns: [P(4), P(5)] }] })
    expect(of('26')).toMatchObject({ outcome: 'unchanged', notWritable: [] })
    expect(receipt.totals).toEqual({ applied: 1, converged: 1, conflicts: 4, held: 1, notWritable: 1, blocked: 0 })
    expect(master.find(({ cells }) => cells.number === '21')?.cells).toMatchObject({
      [P(1)]: '二稿。',
      [P(4)]: EDITS[3]?.[2],
    })
    expect(master.map(({ cells }) => cells.number).slice(0, 3)).toEqual(['1', '27', '2'])
  })

  test.each(ROADS.slice(1))('by %s, receipt, master and conflicts are the same as live', (road) => {
    expect(results.get(road)).toEqual(results.get('live'))
  })

  test('sent once more by any road, nothing changes and nobody is asked again', () => {
    for (const road of ROADS) {
      const { again, conflicts } = results.get(road) as {
        again: { changed: boolean; rows: { applied: unknown[] }[] }
        conflicts: ConflictBody[]
      }
      expect(again.changed, road).toBe(false)
      expect(
        again.rows.flatMap(({ applied }) => applied),
        road,
      ).toEqual([])
      expect(
        conflicts.filter(({ status }) => status === 'open'),
        road,
      ).toHaveLength(4)
    }
  })
})

/** A conflict without what differs from plan to plan. */
function plainConflict({
  kind,
  rowId,
  column,
  columns,
  base,
  head,
  submitted,
  status,
  submittedBy,
  headBy,
}: ConflictBody) {
  return { kind, rowId, column, columns, base, head, submitted, status, submittedBy, headBy }
}

function plainReceipt({ rows, totals, issues }: Receipt) {
  return {
    totals,
    rows: rows.map(({ ver: _, conflicts, ...row }) => ({ ...row, conflicts: conflicts.map(plainConflict) })),
    issues: issues.map(({ code, rowId, column, severity }) => ({ code, rowId, column, severity })),
  }
}
