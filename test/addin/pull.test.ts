/** 更新本表 over a sheet in memory: what goes into it, what stays, and the way back. */
import { beforeEach, describe, expect, test } from 'vitest'
import type { Flow } from '../../addin/flows/flow.ts'
import { applyPull, decidePull, previewPull, undoPull } from '../../addin/flows/pull.ts'
import { findNewer } from '../../addin/flows/pull-newer.ts'
import { confirmRecognition, recogniseSheet } from '../../addin/flows/recognise.ts'
import { signIn } from '../../addin/flows/session.ts'
import { HostFailure } from '../../addin/sheet-host.ts'
import type { Grid } from '../../domain/grid.ts'
import type { AskVersions, RowVersion, ServerRow } from '../../domain/protocol.ts'
import { FakeServer, serveUnit, startFlow } from '../support/fake-server.ts'
import { MemoryHost } from '../support/memory-host.ts'
import { AT, circulatedSheet, PLAN, REGISTRY, ROWS, SHEET, serverRow } from '../support/unit-sheet.ts'

const P1 = 'milestone.P1'
const P2 = 'milestone.P2'
const AT_TIME = '2023-11-10T01:02:03Z'

let server: FakeServer
let flow: Flow
let host: MemoryHost
let heads: ServerRow[]

/** A sheet that was recognised and carries the versions of ROWS; the master has gone on to `heads` since. */
async function start(change: (grid: Grid) => void = () => {}): Promise<void> {
  const grid = circulatedSheet()
  change(grid)
  host = new MemoryHost([grid])
  server = new FakeServer()
  serveUnit(server, PLAN, REGISTRY, ROWS)
  server
    .on(`/api/plans/${PLAN.id}/rows`, () => ({ planId: PLAN.id, state: PLAN.state, seq: 9, rows: heads }))
    .on(`POST /api/plans/${PLAN.id}/rows/versions`, ({ body }) => ({ planId: PLAN.id, rows: versionsOf(body) }))
  heads = ROWS
  flow = startFlow(host, server).flow
  await signIn(flow, 'key')
  await recogniseSheet(flow)
  await confirmRecognition(flow)
  for (const [i, { rowId, ver }] of ROWS.entries()) host.type(SHEET, AT.r1 + i, AT.carrier, `${rowId}@${ver}`)
}

/** ROWS are what stood there at version 3. */
function versionsOf(body: unknown): RowVersion[] {
  return (body as AskVersions).rows.flatMap(({ rowId, ver }) => {
    const row = [...ROWS, ...MANY].find((candidate) => candidate.rowId === rowId)
    if (!row || ver !== row.ver) return []
    const changed = [P1, P2].map((column) => ({ column, by: '县发展改革委', at: AT_TIME }))
    return [{ rowId, ver, cells: row.cells, ...(row.spans && { spans: row.spans }), changed }]
  })
}

/** More rows than are written at once. */
const MANY = Array.from({ length: 60 }, (_, i) => serverRow(`m${i}`, `任务${i}。`, ['开工。', '完工。'], true))

/** The master's row with other texts, at a newer version. */
function moved(rowId: string, cells: Record<string, string>, spans?: Record<string, number>): ServerRow {
  const row = ROWS.find((candidate) => candidate.rowId === rowId)
  if (!row) throw new Error(rowId)
  const { [P1]: p1, [P2]: p2, ...others } = row.cells
  return {
    ...row,
    ver: 8,
    cells: spans ? { ...others, ...cells } : { ...others, [P1]: p1 ?? '', [P2]: p2 ?? '', ...cells },
    ...(spans && { spans }),
  }
}

const master = (...rows: ServerRow[]) => {
  heads = ROWS.map((row) => rows.find(({ rowId }) => rowId === row.rowId) ?? row)
}
const carrier = (row: number) => host.text(SHEET, row, AT.carrier)
const sheetTexts = () => structuredClone(host.grids.get(SHEET)?.texts)

describe('更新本表', () => {
  beforeEach(() => start())

  test('writes what only the master changed and keeps what the person did not send yet', async () => {
    host.type(SHEET, AT.r1, AT.p2, '新增就业6000人。 ')
    master(moved('r1', { [P1]: '新增就业2600人。' }))
    await previewPull(flow)
    expect(flow.state()).toMatchObject({ screen: 'pull', pull: { pull: { conflicts: [], unsent: [{ column: P2 }] } } })
    expect(flow.state().pull?.pull.updates).toHaveLength(1)
    await applyPull(flow)
    expect(host.text(SHEET, AT.r1, AT.p1)).toBe('新增就业2600人。')
    expect(host.text(SHEET, AT.r1, AT.p2)).toBe('新增就业6000人。 ')
    expect([carrier(AT.r1), carrier(AT.r2)]).toEqual(['r1@8', 'r2@3'])
    expect(flow.state()).toMatchObject({ notice: { tone: 'success', text: 'pull.done', params: { cells: 1 } } })
    const before = sheetTexts()
    await previewPull(flow)
    expect(flow.state().pull?.pull).toMatchObject({ updates: [], conflicts: [] })
    await applyPull(flow)
    expect(sheetTexts()).toEqual(before)
  })

  test('asks where both moved on, and keeps the older version until all of a row is decided', async () => {
    host.type(SHEET, AT.r1, AT.p1, '新增就业2700人。')
    host.type(SHEET, AT.r1, AT.p2, '新增就业5500人。')
    master(moved('r1', { [P1]: '新增就业2600人。', [P2]: '新增就业5600人。' }))
    await previewPull(flow)
    const conflicts = flow.state().pull?.pull.conflicts ?? []
    expect(conflicts.map(({ columns, base }) => [columns, base?.cells])).toEqual([
      [[P1], { [P1]: '新增就业2500人。' }],
      [[P2], { [P2]: '新增就业5000人。' }],
    ])
    expect(flow.state().pull?.changed[`r1 ${P1}`]).toEqual({ by: '县发展改革委', at: AT_TIME })
    decidePull(flow, conflicts.slice(0, 1), 'theirs')
    await applyPull(flow)
    expect([host.text(SHEET, AT.r1, AT.p1), host.text(SHEET, AT.r1, AT.p2)]).toEqual([
      '新增就业2600人。',
      '新增就业5500人。',
    ])
    expect(carrier(AT.r1)).toBe('r1@3')
    await previewPull(flow)
    decidePull(flow, flow.state().pull?.pull.conflicts ?? [], 'mine')
    await applyPull(flow)
    expect(host.text(SHEET, AT.r1, AT.p2)).toBe('新增就业5500人。')
    expect(carrier(AT.r1)).toBe('r1@8')
  })

  test('merges and takes apart cells as the master does', async () => {
    master(moved('r1', { [P1]: '新增就业5000人。' }, { [P1]: 2 }))
    await previewPull(flow)
    await applyPull(flow)
    expect(host.grids.get(SHEET)?.merges).toContainEqual({ row: AT.r1, column: AT.p1, rows: 1, columns: 2 })
    expect([host.text(SHEET, AT.r1, AT.p1), host.text(SHEET, AT.r1, AT.p2)]).toEqual(['新增就业5000人。', ''])
    await undoPull(flow)
    expect(host.grids.get(SHEET)?.merges).not.toContainEqual({ row: AT.r1, column: AT.p1, rows: 1, columns: 2 })
    expect([host.text(SHEET, AT.r1, AT.p1), host.text(SHEET, AT.r1, AT.p2)]).toEqual([
      '新增就业2500人。',
      '新增就业5000人。',
    ])
  })

  test('undoing puts back exactly what was there, except what was edited since', async () => {
    const before = sheetTexts()
    master(moved('r1', { [P1]: '一', [P2]: '二' }), moved('r2', { [P1]: '三' }))
    await previewPull(flow)
    await applyPull(flow)
    await undoPull(flow)
    expect(sheetTexts()).toEqual(before)
    expect(flow.state().pulled).toBeUndefined()
    await previewPull(flow)
    await applyPull(flow)
    host.type(SHEET, AT.r1, AT.p1, '又改')
    // Looking again does not take the way back away.
    await previewPull(flow)
    await undoPull(flow)
    expect([host.text(SHEET, AT.r1, AT.p1), host.text(SHEET, AT.r1, AT.p2)]).toEqual(['又改', '新增就业5000人。'])
    expect(carrier(AT.r1)).toBe('r1@3')
    expect(flow.state().notice).toMatchObject({ tone: 'warning', text: 'pull.undonePartly' })
  })

  test('undoing leaves a row alone that was submitted since: older texts under a newer version would undo others’ work', async () => {
    master(moved('r1', { [P1]: '一' }))
    await previewPull(flow)
    await applyPull(flow)
    host.type(SHEET, AT.r1, AT.carrier, 'r1@11')
    await undoPull(flow)
    expect(host.text(SHEET, AT.r1, AT.p1)).toBe('一')
    expect(carrier(AT.r1)).toBe('r1@11')
  })

  test('a sheet that changed after the preview is shown anew and not written to', async () => {
    master(moved('r1', { [P1]: '一' }))
    await previewPull(flow)
    host.type(SHEET, AT.r1, AT.p1, '刚改的')
    const before = sheetTexts()
    await applyPull(flow)
    expect(sheetTexts()).toEqual(before)
    expect(flow.state()).toMatchObject({ notice: { text: 'pull.changed' }, pull: { pull: { updates: [] } } })
    expect(flow.state().pull?.pull.conflicts).toHaveLength(1)
  })

  test('a text that does not arrive leaves its row at the older version, and says so', async () => {
    master(moved('r1', { [P1]: '一' }), moved('r2', { [P1]: '二' }))
    await previewPull(flow)
    const write = host.write.bind(host)
    host.write = (sheet, writes) =>
      write(
        sheet,
        writes.filter(({ row }) => row !== AT.r1),
      )
    await applyPull(flow)
    expect([carrier(AT.r1), carrier(AT.r2)]).toEqual(['r1@3', 'r2@8'])
    expect(flow.state().notice).toMatchObject({ tone: 'warning', text: 'pull.partly' })
  })

  test('without a network it says so and shows no preview', async () => {
    server.on(`/api/plans/${PLAN.id}/rows`, () => 'offline')
    await previewPull(flow)
    expect(flow.state()).toMatchObject({ notice: { text: 'offline', retry: true } })
    expect(flow.state().pull).toBeUndefined()
  })

  test('a row without a version is compared text by text and never overwritten unasked', async () => {
    host.type(SHEET, AT.r1, AT.carrier, 'r1@0')
    host.type(SHEET, AT.r1, AT.p1, '本表的')
    await previewPull(flow)
    const conflicts = flow.state().pull?.pull.conflicts ?? []
    expect(conflicts).toMatchObject([{ rowId: 'r1', columns: [P1], before: { cells: { [P1]: '本表的' } } }])
    expect(conflicts[0]).not.toHaveProperty('base')
    decidePull(flow, conflicts, 'mine')
    await applyPull(flow)
    expect([host.text(SHEET, AT.r1, AT.p1), carrier(AT.r1)]).toEqual(['本表的', 'r1@3'])
  })

  test('new tasks go to the end of the table, before its notes, and out again', async () => {
    host.type(SHEET, AT.r3 + 1, 0, '注：以上任务按季度通报。')
    const fresh = serverRow('r9', '新增托位100个。', ['完成选址。', '建成托位100个。'], true, 8)
    heads = [...ROWS, fresh]
    await previewPull(flow)
    expect(flow.state().pull?.missing.map(({ rowId }) => rowId)).toEqual(['r9'])
    flow.dispatch({ type: 'pullAdding', isAdding: true })
    await applyPull(flow)
    expect(host.text(SHEET, AT.r3 + 1, 1)).toBe('新增托位100个。')
    expect(host.text(SHEET, AT.r3 + 1, AT.p2)).toBe('建成托位100个。')
    expect(carrier(AT.r3 + 1)).toBe('r9@8')
    expect(host.text(SHEET, AT.r3 + 2, 0)).toBe('注：以上任务按季度通报。')
    await previewPull(flow)
    expect(flow.state().pull?.missing).toEqual([])
  })

  test('taking back removes added rows that nobody has edited', async () => {
    heads = [...ROWS, serverRow('r9', '新增托位100个。', ['完成选址。', '建成托位100个。'], true, 8)]
    const before = sheetTexts()
    await previewPull(flow)
    flow.dispatch({ type: 'pullAdding', isAdding: true })
    await applyPull(flow)
    await undoPull(flow)
    expect(sheetTexts()).toEqual(before)
  })

  test('taking back leaves an added row in which something was noted beside the table', async () => {
    heads = [...ROWS, serverRow('r9', '新增托位100个。', ['完成选址。', '建成托位100个。'], true, 8)]
    await previewPull(flow)
    flow.dispatch({ type: 'pullAdding', isAdding: true })
    await applyPull(flow)
    host.type(SHEET, AT.r3 + 1, AT.carrier + 2, '已电话核实')
    await undoPull(flow)
    expect(host.text(SHEET, AT.r3 + 1, AT.carrier + 2)).toBe('已电话核实')
    expect(flow.state().notice).toMatchObject({ tone: 'warning', text: 'pull.undonePartly' })
  })

  test('rows that were added before something failed can be taken out again', async () => {
    await start((grid) => {
      grid.texts[AT.r3] = []
    })
    host.type(SHEET, AT.r3, AT.carrier, '')
    const ledger = await host.read('_ledger')
    for (const [row, line] of ledger?.texts.entries() ?? [])
      if (line[0] === 'complete') host.type('_ledger', row, 1, 'true')
    const fresh = (rowId: string) => serverRow(rowId, `新任务${rowId}。`, ['开工。', '完工。'], true, 8)
    heads = [fresh('r8'), ...ROWS.slice(0, 2), fresh('r9')]
    const before = sheetTexts()
    await previewPull(flow)
    flow.dispatch({ type: 'pullAdding', isAdding: true })
    const insert = host.insertRows.bind(host)
    let inserted = 0
    host.insertRows = (...at) => (inserted++ === 0 ? insert(...at) : Promise.reject(new HostFailure('cell-editing')))
    await applyPull(flow)
    expect(flow.state().pulled?.added).toHaveLength(1)
    await undoPull(flow)
    expect(sheetTexts()?.filter((line) => line.some((text) => text !== ''))).toEqual(
      before?.filter((line) => line.some((text) => text !== '')),
    )
  })

  test('what is typed while a long table is written stays, and its row keeps the older version', async () => {
    await start((grid) => {
      for (const { cells } of MANY) {
        const { number = '', task = '', [P1]: p1 = '', [P2]: p2 = '', leadUnits = '', supportingUnits = '' } = cells
        grid.texts.push([number, task, p1, p2, leadUnits, supportingUnits])
      }
    })
    const last = AT.r3 + MANY.length
    for (const [i, { rowId, ver }] of MANY.entries()) host.type(SHEET, AT.r3 + 1 + i, AT.carrier, `${rowId}@${ver}`)
    heads = [...ROWS, ...MANY.map((row) => ({ ...row, ver: 8, cells: { ...row.cells, [P1]: '已开工。' } }))]
    await previewPull(flow)
    const write = host.write.bind(host)
    let isFirst = true
    host.write = async (...written) => {
      await write(...written)
      if (isFirst) host.type(SHEET, last, AT.p1, '刚打的字')
      isFirst = false
    }
    await applyPull(flow)
    expect([host.text(SHEET, last, AT.p1), carrier(last)]).toEqual(['刚打的字', 'm59@3'])
    expect([host.text(SHEET, last - 1, AT.p1), carrier(last - 1)]).toEqual(['已开工。', 'm58@8'])
    expect(flow.state().notice).toMatchObject({ tone: 'warning', text: 'pull.partly' })
  })

  test('a formula, and a text merged over several rows, stay and hold their rows back', async () => {
    await start((grid) => {
      grid.formulas.push({ row: AT.r1, column: AT.p1 })
      grid.merges.push({ row: AT.r2, column: AT.p2, rows: 2, columns: 1 })
    })
    master(moved('r1', { [P1]: '一', [P2]: '二' }), moved('r2', { [P2]: '三' }))
    await previewPull(flow)
    expect(flow.state().pull?.kept).toEqual({ [`r1 ${P1}`]: 'formula', [`r2 ${P2}`]: 'mergedDown' })
    await applyPull(flow)
    expect(host.text(SHEET, AT.r1, AT.p1)).toBe('新增就业2500人。')
    expect(host.text(SHEET, AT.r1, AT.p2)).toBe('二')
    expect([carrier(AT.r1), carrier(AT.r2)]).toEqual(['r1@3', 'r2@3'])
  })

  test('a cell merged with a column beside the periods is not written into', async () => {
    await start((grid) => {
      grid.merges.push({ row: AT.r1, column: AT.p2, rows: 1, columns: 2 })
    })
    master(moved('r1', { [P2]: '二' }), moved('r2', { [P1]: '三' }))
    const { leadUnits } = heads[0]?.cells ?? {}
    heads = heads.map((row) =>
      row.rowId === 'r1' ? { ...row, cells: { ...row.cells, leadUnits: `${leadUnits}、县医保局` } } : row,
    )
    await previewPull(flow)
    await applyPull(flow)
    expect(flow.state().notice?.text).not.toBe('bug')
    expect(host.text(SHEET, AT.r2, AT.p1)).toBe('三')
    expect(carrier(AT.r1)).toBe('r1@3')
  })

  test('tells that the master is newer, counted, without being asked', async () => {
    master(moved('r1', { [P1]: '一' }))
    await previewPull(flow)
    flow.dispatch({ type: 'newerFound', newer: undefined })
    await findNewer(flow)
    expect(flow.state().newer).toEqual({ sheet: SHEET, updates: 1, conflicts: 0, missing: 0 })
  })
})
