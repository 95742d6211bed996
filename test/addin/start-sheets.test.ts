/** Which sheet is which, and the workbooks that go out to the units. */
import { beforeEach, describe, expect, test } from 'vitest'
import { drawMySheet } from '../../addin/flows/draw-my-sheet.ts'
import { cancel, type Flow } from '../../addin/flows/flow.ts'
import { handOut, openHandOut } from '../../addin/flows/hand-out.ts'
import { recogniseSheet } from '../../addin/flows/recognise.ts'
import { signIn } from '../../addin/flows/session.ts'
import { readTables } from '../../addin/flows/tables.ts'
import { HostFailure } from '../../addin/sheet-host.ts'
import { LEDGER_SHEET, ledgerSheet, readLedger } from '../../domain/carrier.ts'
import { drawUnitSheet, rowsOfUnit, unitLedger } from '../../domain/unit-sheets.ts'
import { openWorkbook } from '../../xlsx/edit.ts'
import { FakeServer, serveUnit, startFlow } from '../support/fake-server.ts'
import { MemoryHost } from '../support/memory-host.ts'
import { modelToGrid } from '../support/model-grid.ts'
import { readByOpenpyxl } from '../support/openpyxl.ts'
import { findPythonWithOpenpyxl } from '../support/programs.ts'
import { circulatedSheet, PLAN, REGISTRY, ROWS, SHEET } from '../support/unit-sheet.ts'

const OTHER = { ...unitLedger(PLAN, '县医保局', '县医保局', '2023-11-01T00:00:00Z') }
const sheetOf = (unit: string) =>
  modelToGrid(
    drawUnitSheet(PLAN, { ...rowsOfUnit(ROWS, unit, REGISTRY), order: ROWS }, { name: unit, supporting: false }),
  )

let host: MemoryHost
let server: FakeServer
let flow: Flow
let saved: { name: string; file: Blob }[]

beforeEach(() => {
  host = new MemoryHost([circulatedSheet()])
  server = new FakeServer()
  serveUnit(server, PLAN, REGISTRY, ROWS)
  const started = startFlow(host, server)
  flow = started.flow
  saved = started.saved
})

/** A workbook that came with a sheet for each of two units and one of a plan of last year. */
function receive(): void {
  for (const unit of ['县医保局', '县人力社保局']) host.grids.set(unit, sheetOf(unit))
  const infos = [
    OTHER,
    unitLedger(PLAN, '县人力社保局', '县人力社保局', '2023-11-01T00:00:00Z'),
    { ...OTHER, planId: 'fengjie-2022', planTitle: '去年的计划', sheet: SHEET },
    { ...OTHER, sheet: '已删除' },
  ]
  host.grids.set(LEDGER_SHEET, modelToGrid(ledgerSheet(infos)))
  host.hidden.add(LEDGER_SHEET)
}

describe('the tables of a workbook', () => {
  beforeEach(async () => {
    receive()
    await signIn(flow, 'key')
    await readTables(flow)
  })

  test('are listed with whose they are and of which plan, sheets that are gone left out', () => {
    expect(flow.state().tables).toMatchObject([
      { sheet: '县医保局', unit: '县医保局', planId: PLAN.id, isInFront: false },
      { sheet: '县人力社保局', unit: '县人力社保局', planId: PLAN.id, isInFront: false },
      { sheet: SHEET, planId: 'fengjie-2022', planTitle: '去年的计划', isInFront: true },
    ])
  })

  test('one that is chosen is gone to and worked on, without leaving the first screen', async () => {
    await recogniseSheet(flow, '县人力社保局')
    expect(host.active).toBe('县人力社保局')
    expect(flow.state()).toMatchObject({
      sheet: '县人力社保局',
      screen: 'home',
      notice: { tone: 'success', text: 'recognise.allKnown' },
    })
  })

  test('another unit’s sheet is named as such and not taken for one’s own', async () => {
    // Without the row that both answer for.
    await recogniseSheet(flow, '县人力社保局')
    server.on(`/api/plans/${PLAN.id}/rows`, () => ({
      planId: PLAN.id,
      state: PLAN.state,
      seq: 1,
      rows: ROWS.slice(0, 2),
    }))
    await signIn(flow, 'key')
    await recogniseSheet(flow, '县医保局')
    expect(flow.state().notice).toMatchObject({ text: 'recognise.otherUnit', params: { unit: '县医保局' } })
    expect(flow.state().sheet).toBeUndefined()
  })

  test('a sheet that the commission handed out is gone to instead of drawing a second one', async () => {
    const before = [...host.grids.keys()]
    await drawMySheet(flow)
    expect([...host.grids.keys()]).toEqual(before)
    expect(flow.state().sheet).toBe('县人力社保局')
    await drawMySheet(flow, { again: true })
    expect(flow.state().sheet).toBe('我的任务分解表')
  })

  test('are left out without a word while a cell is being edited', async () => {
    host.sheets = () => Promise.reject(new HostFailure('cell-editing'))
    await readTables(flow)
    expect(flow.state()).toMatchObject({ tables: [], notice: undefined })
  })
})

test('with the supported tasks my sheet lists them too, all of their cells shaded', async () => {
  await signIn(flow, 'key')
  await drawMySheet(flow, { supporting: true })
  const ledger = readLedger(host.grids.get(LEDGER_SHEET)!)
  expect(ledger).toMatchObject([{ sheet: '我的任务分解表', unit: '县人力社保局', complete: false }])
  expect(host.grids.get('我的任务分解表')?.texts.flat()).toContain('r3@3')
})

describe.skipIf(!findPythonWithOpenpyxl())('sheets handed out', () => {
  const bytes = async () => new Uint8Array(await saved.at(-1)!.file.arrayBuffer())
  beforeEach(async () => {
    serveUnit(server, PLAN, REGISTRY, ROWS, 'commission')
    await signIn(flow, 'key')
    await openHandOut(flow)
  })

  test('of one unit hold its rows and say whose they are', async () => {
    expect(flow.state().screen).toBe('handOut')
    await handOut(flow, { unit: '县人力社保局', supporting: false })
    expect(saved.map(({ name }) => name)).toEqual([`${PLAN.title}报送表（县人力社保局）.xlsx`])
    const seen = readByOpenpyxl(await bytes())
    expect(seen.map(({ name, state }) => [name, state])).toEqual([
      ['县人力社保局', 'visible'],
      [LEDGER_SHEET, 'hidden'],
    ])
    const values = Object.values(seen[0]!.cells).map(({ value }) => value)
    expect(values).toEqual(expect.arrayContaining(['r1@3', 'r2@3', '台账标识']))
    expect(values).not.toContain('r3@3')
    expect(seen[0]?.hidden).toEqual(['G'])
    const file = await openWorkbook(await bytes())
    expect(readLedger(file.read(LEDGER_SHEET)!)).toEqual([
      unitLedger(PLAN, '县人力社保局', '县人力社保局', '2023-11-10T01:02:03.000Z'),
    ])
    expect(flow.state().notice).toMatchObject({ tone: 'success', text: 'handOut.saved', params: { units: 1 } })
  })

  test('of all units are one workbook with its contents in front', async () => {
    await handOut(flow, { supporting: true })
    const seen = readByOpenpyxl(await bytes())
    expect(seen.map(({ name }) => name)).toEqual(['目录', '县人力社保局', '县医保局', LEDGER_SHEET])
    // Grey is what the unit does not fill in; the rows that it supports are grey all over.
    const [, mine] = seen
    const row = (text: string) =>
      Object.entries(mine!.cells)
        .find(([, { value }]) => value === text)?.[0]
        .slice(1)
    const fill = (column: string, text: string) => mine?.cells[`${column}${row(text)}`]?.fill ?? null
    expect([fill('C', ROWS[0]!.cells.task!), fill('C', ROWS[2]!.cells.task!)]).toEqual([null, 'FFF2F2F2'])
    expect(flow.state().notice).toMatchObject({ params: { units: 2 } })
  })

  test('are not saved once the person has cancelled', async () => {
    const working = handOut(flow, { supporting: false })
    await new Promise((done) => setTimeout(done))
    cancel(flow)
    await working
    expect(saved).toEqual([])
    expect(flow.state().notice).toMatchObject({ text: 'cancelled' })
  })
})
