/** An issued plan of five tasks, its whole table as it was drawn, and a commission that edits it by hand. */
import type { Flow } from '../../addin/flows/flow.ts'
import { signIn } from '../../addin/flows/session.ts'
import { CARRIER_HEADER, ledgerSheet } from '../../domain/carrier.ts'
import type { Grid } from '../../domain/grid.ts'
import type { Plan } from '../../domain/plan.ts'
import type { AdjustPlan, PlanChanged, ServerRow } from '../../domain/protocol.ts'
import type { UnitRegistry } from '../../domain/units.ts'
import { FakeServer, serveUnit, startFlow } from '../support/fake-server.ts'
import { MemoryHost } from '../support/memory-host.ts'
import { gridOf, modelToGrid } from '../support/model-grid.ts'
import { PLAN, serverRow } from '../support/unit-sheet.ts'

export const ISSUED: Plan = {
  ...PLAN,
  state: 'issued',
  documentNumber: '奉节府办发〔2023〕5号',
  issuedOn: '2023-03-13',
}
export const COUNTY_UNITS: UnitRegistry = {
  units: [
    { id: 'u1', name: '县人力社保局' },
    { id: 'u2', name: '县医保局' },
    { id: 'u3', name: '县水利局', aliases: ['水利局'] },
  ],
  groups: [{ name: '各乡镇（街道）', members: ['县医保局', '县水利局'] }, { name: '有关企业' }],
}
const row = (n: number, task: string, texts: [string, string]) => {
  const { role: _, ...served } = serverRow(`r${n}`, task, texts, true)
  return { ...served, role: 'none' as const, writable: [] }
}
export const TASKS: ServerRow[] = [
  row(1, '城镇新增就业10000人以上。', ['新增就业2500人。', '新增就业5000人。']),
  row(2, '开发公益性岗位2000个以上。', ['制定工作方案。', '开发公益性岗位1000个。']),
  row(3, '城乡居民参保率达到95%以上。', ['参保率达到50%。', '参保率达到95%。']),
  row(4, '整治河道20公里。', ['完成勘察设计。', '整治河道20公里。']),
  row(5, '新建山坪塘10口。', ['开工建设。', '建成10口。']),
]
export const TABLE = '总表'
/** Rows and columns of the sheet: the first task stands in row 2, below two rows of headers. */
export const CELL = { first: 2, number: 0, task: 1, p1: 2, p2: 3, lead: 4, supporting: 5, carrier: 6 }

export function drawnTable(tasks: readonly ServerRow[] = TASKS): Grid {
  return gridOf(
    [
      ['序号', '重点任务', '每两月工作目标任务', '<', '牵头单位', '配合单位', CARRIER_HEADER],
      ['^', '^', '3月', '5月', '^', '^', '^'],
      ...tasks.map(({ rowId, ver, cells }) => [
        cells.number ?? '',
        cells.task ?? '',
        cells['milestone.P1'] ?? '',
        cells['milestone.P2'] ?? '',
        cells.leadUnits ?? '',
        cells.supportingUnits ?? '',
        `${rowId}@${ver}`,
      ]),
    ],
    TABLE,
  )
}

/** The hidden sheet that says what the table is; `complete`: it is that of the whole plan. */
export function ledgerOf(complete: boolean) {
  return ledgerSheet([
    {
      format: 1,
      planId: ISSUED.id,
      sheet: TABLE,
      form: 'breakdown',
      specVersion: 1,
      complete,
      planTitle: ISSUED.title,
      pulledAt: '2023-11-10T01:02:03Z',
    },
  ])
}

export type Desk = ReturnType<typeof startAdjusting>

/** A pane of the commission over that table; the server takes every adjustment, and counts versions from 10 on. */
export function startAdjusting(options: { complete?: boolean; grid?: Grid } = {}) {
  const { complete = true, grid = drawnTable() } = options
  const host = new MemoryHost([grid, modelToGrid(ledgerOf(complete))])
  const server = new FakeServer()
  serveIssued(server)
  return { host, server, ...startFlow(host, server), table: () => tableOf(host) }
}

export function serveIssued(server: FakeServer): void {
  serveUnit(server, ISSUED, COUNTY_UNITS, TASKS, 'commission')
  let seq = 9
  const path = `POST /api/plans/${ISSUED.id}/adjustments`
  const named = (body: AdjustPlan) =>
    [body.rows, body.added, body.removed, body.moved, body.units].flatMap((list = []) => list.map(({ rowId }) => rowId))
  server
    .on(`${path}?dryRun=1`, () => ({ seq: 0, rows: [] }) satisfies PlanChanged)
    .on(path, ({ body }) => {
      seq++
      return { seq, rows: [...new Set(named(body as AdjustPlan))].map((rowId) => ({ rowId, ver: seq })) }
    })
}

/** Edits of whole rows, as a person makes them in Excel. */
export function tableOf(host: MemoryHost, sheet = TABLE) {
  const grid = () => {
    const found = host.grids.get(sheet)
    if (!found) throw new Error(`no sheet ${sheet}`)
    return found
  }
  return {
    type: (task: number, column: number, text: string) => host.type(sheet, CELL.first + task, column, text),
    carrier: (task: number) => grid().texts[CELL.first + task]?.[CELL.carrier],
    insert: (task: number, texts: string[]) => void grid().texts.splice(CELL.first + task, 0, [...texts]),
    remove: (task: number) => void grid().texts.splice(CELL.first + task, 1),
    move: (from: number, to: number) => {
      const [cut = []] = grid().texts.splice(CELL.first + from, 1)
      grid().texts.splice(CELL.first + to, 0, cut)
    },
    copy: (from: number, to: number) => {
      const texts = grid().texts[CELL.first + from] ?? []
      grid().texts.splice(CELL.first + to, 0, [...texts])
    },
  }
}

export const connect = (flow: Flow) => signIn(flow, 'key')
