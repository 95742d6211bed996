import { beforeEach, describe, expect, test } from 'vitest'
import { LEAVE_OUT } from '../../addin/checking-state.ts'
import { checkSheet } from '../../addin/flows/check.ts'
import { drawMySheet } from '../../addin/flows/draw-my-sheet.ts'
import { applyFix, planFixAll, undoFix } from '../../addin/flows/fix.ts'
import type { Flow } from '../../addin/flows/flow.ts'
import { applyPull, decidePull, previewPull } from '../../addin/flows/pull.ts'
import { confirmRecognition, recogniseSheet } from '../../addin/flows/recognise.ts'
import { deleteKept, signIn, signOut } from '../../addin/flows/session.ts'
import { confirmSubmit, previewSubmission, restoreCells } from '../../addin/flows/submit.ts'
import { LEDGER_SHEET, ledgerSheet, readLedger } from '../../domain/carrier.ts'
import { cellAddress } from '../../domain/grid.ts'
import type { ConflictBody, RowOutcome, ServerRow, Submission } from '../../domain/protocol.ts'
import { FakeServer, receiptOf, refusal, serveUnit, startFlow } from '../support/fake-server.ts'
import { MemoryHost } from '../support/memory-host.ts'
import { modelToGrid } from '../support/model-grid.ts'
import { AT, circulatedSheet, PLAN, REGISTRY, ROWS, SHEET } from '../support/unit-sheet.ts'

const SUBMIT = `POST /api/plans/${PLAN.id}/submissions`

let host: MemoryHost
let server: FakeServer
let flow: Flow
let stored: Map<string, string>

beforeEach(async () => {
  host = new MemoryHost([circulatedSheet()])
  server = new FakeServer()
  serveUnit(server, PLAN, REGISTRY, ROWS)
  const started = startFlow(host, server)
  flow = started.flow
  stored = started.stored
  await signIn(flow, ' key-of-the-unit ')
})

async function recogniseAll() {
  await recogniseSheet(flow)
  await confirmRecognition(flow)
}

/** Preview and submission answer with the outcomes; from the submission on, rows answer with `after`. */
function answerSubmit(outcomes: Record<string, Partial<RowOutcome>>, after: ServerRow[] = ROWS) {
  server.on(`${SUBMIT}?dryRun=1`, ({ body }) => receiptOf(body as Submission, outcomes, true))
  server.on(SUBMIT, ({ body }) => {
    server.on(`/api/plans/${PLAN.id}/rows`, () => ({ planId: PLAN.id, state: PLAN.state, seq: 2, rows: after }))
    return receiptOf(body as Submission, outcomes, false)
  })
}

function withVersion(row: ServerRow, ver: number, cells: Record<string, string> = {}): ServerRow {
  return { ...row, ver, cells: { ...row.cells, ...cells } }
}

describe('signing in', () => {
  test('keeps the trimmed key and opens the only plan', () => {
    expect(stored.get('key')).toBe('key-of-the-unit')
    expect(flow.state()).toMatchObject({ screen: 'home', plan: { plan: { id: PLAN.id } } })
    expect(server.asked.at(-1)?.key).toBe('key-of-the-unit')
  })

  test('does not keep a key that is refused, and shows the sentence of the server', async () => {
    await signOut(flow)
    server.on('/api/me', () => refusal('key-unknown', 401, '密钥无效。'))
    await signIn(flow, 'wrong')
    expect(stored.has('key')).toBe(false)
    expect(flow.state()).toMatchObject({ screen: 'signIn', notice: { tone: 'error', sentence: '密钥无效。' } })
  })
})

describe('what stays in the browser after signing out', () => {
  const files = [{ name: '任务分解表.xlsx', at: '2023-11-10T01:02:03.000Z' }]

  test('is told until somebody signs in', async () => {
    flow.kept = { list: async () => files, clear: async () => true }
    await signOut(flow)
    expect(flow.state()).toMatchObject({ screen: 'signIn', left: { files, unsent: 0 } })
    await signIn(flow, 'key-of-the-unit')
    expect(flow.state().left).toBeUndefined()
  })

  test('is still told where the browser did not delete it', async () => {
    flow.kept = { list: async () => files, clear: async () => false }
    await signOut(flow)
    await deleteKept(flow)
    expect(flow.state()).toMatchObject({ left: { files }, notice: { tone: 'error', text: 'left.notDeleted' } })
  })

  test('is not told where nothing does', async () => {
    flow.kept = { list: async () => [], clear: async () => true }
    await signOut(flow)
    expect(flow.state().left ?? flow.state().notice).toBeUndefined()
  })
})

describe('recognising a sheet', () => {
  test('matches rows by equal task text and writes nothing before the confirmation', async () => {
    await recogniseSheet(flow)
    expect(flow.state().recognition).toMatchObject({ matched: [{ rowId: 'r1' }, { rowId: 'r2' }, { rowId: 'r3' }] })
    expect(host.writes).toEqual([])
    await confirmRecognition(flow)
    expect(host.text(SHEET, AT.r1, AT.carrier)).toBe('r1@0')
    expect(host.grids.get(SHEET)?.hiddenColumns).toEqual([AT.carrier])
    expect(readLedger(host.grids.get(LEDGER_SHEET)!)).toMatchObject([{ planId: PLAN.id, sheet: SHEET }])
    expect(flow.state().sheet).toBe(SHEET)
  })

  test('puts a reworded row to the person and keeps to the choice', async () => {
    host.type(SHEET, AT.r2, 1, '开发公益性岗位2000个。')
    await recogniseSheet(flow)
    const [open] = flow.state().recognition!.open
    expect(open).toMatchObject({ address: 'B4', candidates: [{ rowId: 'r2' }], choice: '' })
    flow.dispatch({ type: 'matchChosen', index: open!.index, choice: LEAVE_OUT })
    await confirmRecognition(flow)
    expect(host.text(SHEET, AT.r2, AT.carrier)).toBe('')
    expect(host.text(SHEET, AT.r3, AT.carrier)).toBe('r3@0')
  })

  test('only counts rows of a whole county that are other units’', async () => {
    for (const [column, text] of ['9', '完成羊市镇卫生院改造。', '开工', '完工', '县医保局', '——'].entries())
      host.type(SHEET, 5, column, text)
    await recogniseSheet(flow)
    expect(flow.state().recognition).toMatchObject({ open: [], others: 1 })
  })

  test('points out a title of another year, whose tasks read the same', async () => {
    await recogniseSheet(flow)
    expect(flow.state().recognition).not.toHaveProperty('otherYear')
    const grid = circulatedSheet()
    const blank = grid.texts[0]?.map(() => '') ?? []
    const merges = grid.merges.map((area) => ({ ...area, row: area.row + 1 }))
    const texts = [[`奉节县${PLAN.year - 1}年任务分解表`, ...blank.slice(1)], ...grid.texts]
    host.grids.set(SHEET, { ...grid, texts, merges })
    await recogniseSheet(flow)
    expect(flow.state().recognition).toMatchObject({ otherYear: PLAN.year - 1, matched: [{}, {}, {}] })
    host.type(SHEET, 3, 1, '城镇新增就业9000人以上。')
    await confirmRecognition(flow)
    expect(flow.state().recognition).toMatchObject({ otherYear: PLAN.year - 1, confirmed: false })
  })

  test('says so when the workbook belongs to another plan', async () => {
    const info = { format: 1 as const, planId: 'other', sheet: SHEET, form: 'breakdown' as const, specVersion: 1 }
    const ledger = ledgerSheet([{ ...info, complete: false, planTitle: '城口县2023年' }])
    host.grids.set(LEDGER_SHEET, modelToGrid(ledger))
    host.hidden.add(LEDGER_SHEET)
    await recogniseSheet(flow)
    expect(flow.state().notice).toMatchObject({ text: 'recognise.otherPlan', params: { plan: '城口县2023年' } })
    expect(flow.state().recognition).toBeUndefined()
  })

  test('offers nothing on another county’s table, and leaves its workbook as it was', async () => {
    const tasks = ['新建农村公路30公里。', '改造老旧小区12个。', '建成日间照料中心3处。']
    for (const [index, at] of [AT.r1, AT.r2, AT.r3].entries()) {
      host.type(SHEET, at, 1, tasks[index] ?? '')
      host.type(SHEET, at, 4, '县交通局')
    }
    await recogniseSheet(flow)
    expect(flow.state().notice).toMatchObject({ text: 'recognise.nothingOfUnit', params: { sheet: SHEET } })
    expect(flow.state()).toMatchObject({ screen: 'home' })
    expect([flow.state().recognition, flow.state().sheet]).toEqual([undefined, undefined])
    await confirmRecognition(flow)
    expect(host.writes).toEqual([])
    expect(host.grids.has(LEDGER_SHEET)).toBe(false)
  })

  test('writes nothing where every row was left out', async () => {
    for (const at of [AT.r1, AT.r3]) host.type(SHEET, at, 1, '新建农村公路30公里。')
    host.type(SHEET, AT.r2, 1, '开发公益性岗位2000个。')
    await recogniseSheet(flow)
    const { open } = flow.state().recognition!
    expect(open.length).toBeGreaterThan(0)
    for (const { index } of open) flow.dispatch({ type: 'matchChosen', index, choice: LEAVE_OUT })
    await confirmRecognition(flow)
    expect(host.writes).toEqual([])
    expect(host.grids.has(LEDGER_SHEET)).toBe(false)
    expect(flow.state().sheet).toBeUndefined()
  })

  test('writes no ids into a sheet that has changed since it was shown', async () => {
    await recogniseSheet(flow)
    host.type(SHEET, AT.r1, 1, '另一项任务。')
    await confirmRecognition(flow)
    expect(host.writes).toEqual([])
    expect(flow.state().notice?.text).toBe('recognise.changed')
  })

  test('knows its own sheet again without asking', async () => {
    await recogniseAll()
    await recogniseSheet(flow)
    expect(flow.state()).toMatchObject({
      recognition: { carried: 3, confirmed: true },
      notice: { text: 'recognise.allKnown' },
    })
  })
})

test('my sheet holds the rows that the unit leads, with their versions, and replaces no sheet', async () => {
  await drawMySheet(flow)
  await drawMySheet(flow, { again: true })
  expect([...host.grids.keys()]).toEqual([SHEET, '我的任务分解表', LEDGER_SHEET, '我的任务分解表2'])
  const texts = host.grids.get('我的任务分解表')!.texts.flat()
  expect(texts).toContain('r1@3')
  expect(texts).not.toContain('r3@3')
})

test('my sheet starts a workbook where none is open, and shades what is not the unit’s to write', async () => {
  host.grids.clear()
  const shaded: { sheet: string; cells: readonly { row: number; column: number }[] }[] = []
  Object.assign(host, { showShaded: (sheet: string, cells: never[]) => shaded.push({ sheet, cells }) })
  await drawMySheet(flow)
  expect(flow.state()).toMatchObject({ sheet: '我的任务分解表', notice: { text: 'drawMine.done' } })
  const { texts } = host.grids.get('我的任务分解表')!
  const at = texts.findIndex((line) => line.includes(ROWS[0]!.cells.task!))
  expect(shaded).toHaveLength(1)
  expect(shaded[0]?.cells.filter(({ row }) => row === at).map(({ column }) => column)).toEqual([0, 1, 4, 5])
})

describe('checking', () => {
  const mine = () => flow.state().check!.issues.filter((placed) => placed.mine)

  test('puts issues in cells of other units behind the unit’s own', async () => {
    host.type(SHEET, AT.r1, AT.p1, '')
    host.type(SHEET, AT.r3, AT.p1, '')
    await checkSheet(flow)
    const blanks = flow.state().check!.issues.filter(({ issue }) => issue.code === 'milestone/blank')
    expect(blanks).toMatchObject([
      { row: AT.r1, column: AT.p1, mine: true },
      { row: AT.r3, column: AT.p1, mine: false },
    ])
  })

  test('makes a fix only where the cell still reads as it was checked, and can take it back', async () => {
    const before = '新增就业２５００人 。'
    host.type(SHEET, AT.r1, AT.p1, before)
    await checkSheet(flow)
    const fix = mine().find(({ issue, row }) => issue.fix && row === AT.r1)!.issue.fix!
    await applyFix(flow, SHEET, fix)
    expect(host.text(SHEET, AT.r1, AT.p1)).toBe(fix[0]!.to)
    await undoFix(flow)
    expect(host.text(SHEET, AT.r1, AT.p1)).toBe(before)
    expect(flow.state().undo).toEqual([])
    host.type(SHEET, AT.r1, AT.p1, '别人刚改过。')
    await applyFix(flow, SHEET, fix)
    expect(host.text(SHEET, AT.r1, AT.p1)).toBe('别人刚改过。')
    expect(flow.state().notice?.text).toBe('fix.changed')
  })

  test('takes nothing back in another file, whatever it has at the same place', async () => {
    host.type(SHEET, AT.r1, AT.p1, '新增就业２５００人 。')
    await checkSheet(flow)
    const fix = mine().find(({ issue, row }) => issue.fix && row === AT.r1)!.issue.fix!
    await applyFix(flow, SHEET, fix)
    host.copyId = 'copy-2'
    await undoFix(flow)
    expect(host.text(SHEET, AT.r1, AT.p1)).toBe(fix[0]!.to)
    expect(flow.state()).toMatchObject({ undo: [], notice: { text: 'undo.otherCopy' } })
  })

  test('shows all safe fixes, makes them as one step and takes them back as one', async () => {
    const before = ['新增就业2500人 。', '制定工作方案 。']
    host.type(SHEET, AT.r1, AT.p1, before[0]!)
    host.type(SHEET, AT.r2, AT.p1, before[1]!)
    await checkSheet(flow)
    await planFixAll(flow, SHEET)
    expect([host.text(SHEET, AT.r1, AT.p1), host.text(SHEET, AT.r2, AT.p1)]).toEqual(before)
    const planned = flow.state().check?.plannedFix ?? []
    expect(planned.map(({ from }) => from)).toEqual(before)
    await applyFix(flow, SHEET, planned)
    expect(flow.state().check?.plannedFix).toBeUndefined()
    expect(flow.state().undo).toHaveLength(1)
    expect(host.text(SHEET, AT.r1, AT.p1)).not.toBe(before[0])
    await undoFix(flow)
    expect([host.text(SHEET, AT.r1, AT.p1), host.text(SHEET, AT.r2, AT.p1)]).toEqual(before)
  })

  test('works without a key, from what the sheet says', async () => {
    await signOut(flow)
    host.type(SHEET, AT.r1, AT.p1, '')
    await checkSheet(flow)
    expect(flow.state().screen).toBe('check')
    expect(mine().map(({ issue }) => issue.code)).toContain('milestone/blank')
  })
})

describe('submitting', () => {
  test('is refused for a sheet whose rows have no ids', async () => {
    await previewSubmission(flow)
    expect(flow.state().notice?.text).toBe('submit.recogniseFirst')
    expect(server.asked.some(({ path }) => path.includes('submissions'))).toBe(false)
  })

  test('sends the rows it may write, those without a version on top of the master that was shown', async () => {
    await recogniseAll()
    answerSubmit({})
    await previewSubmission(flow)
    const sent = server.asked.at(-1)!.body as Submission
    expect(sent.rows.map(({ rowId, baseVer }) => [rowId, baseVer])).toEqual([
      ['r1', 3],
      ['r2', 3],
    ])
  })

  test('leaves out cells that are not the unit’s and names the confirmed clearings', async () => {
    await recogniseAll()
    host.type(SHEET, AT.r1, AT.p2, '')
    host.type(SHEET, AT.r1, 4, '县医保局')
    answerSubmit({
      r1: {
        outcome: 'held',
        held: [{ column: 'milestone.P2', head: '新增就业5000人。' }],
        notWritable: [{ column: 'leadUnits', head: '县人力社保局', submitted: '县医保局' }],
      },
    })
    await previewSubmission(flow)
    flow.dispatch({ type: 'clearToggled', cell: 'r1 milestone.P2' })
    await confirmSubmit(flow)
    const sent = server.asked.find(({ method, path }) => method === 'POST' && !path.includes('dryRun'))!
      .body as Submission
    expect(sent.clears).toEqual([{ rowId: 'r1', column: 'milestone.P2' }])
    expect(sent.rows[0]?.cells).not.toHaveProperty('leadUnits')
    expect(sent.rows[0]?.cells).toHaveProperty('task')
  })

  test('lets a text for a cell that is not the unit’s go along where it is ticked as a suggestion', async () => {
    await recogniseAll()
    host.type(SHEET, AT.r1, 4, '县医保局')
    const stray = { column: 'leadUnits', head: '县人力社保局', submitted: '县医保局' }
    answerSubmit({ r1: { notWritable: [stray, { ...stray, column: 'supportingUnits' }] } })
    await previewSubmission(flow)
    flow.dispatch({ type: 'suggestToggled', cell: 'r1 leadUnits' })
    await confirmSubmit(flow)
    const sent = server.asked.find(({ method, path }) => method === 'POST' && !path.includes('dryRun'))!
      .body as Submission
    expect(sent.rows[0]?.cells).toMatchObject({ leadUnits: '县医保局' })
    expect(sent.rows[0]?.cells).not.toHaveProperty('supportingUnits')
  })

  test('names the cell that the server would not take, and goes there', async () => {
    await recogniseAll()
    server.on(`POST /api/plans/${PLAN.id}/submissions?dryRun=1`, ({ body }) => {
      const index = (body as Submission).rows.findIndex(({ rowId }) => rowId === 'r2')
      return refusal('invalid', 422, '所提交的内容有不符合要求之处。', [`/rows/${index}/cells/milestone.P1`])
    })
    await previewSubmission(flow)
    expect(flow.state().preview).toBeUndefined()
    expect(flow.state().notice).toMatchObject({
      tone: 'error',
      also: { text: 'submit.refusedCells', params: { cells: cellAddress(AT.r2, AT.p1) } },
    })
    expect(host.jumps.at(-1)).toMatchObject({ row: AT.r2, column: AT.p1 })
  })

  test('shows edits in rows of other units, and restores them', async () => {
    await recogniseAll()
    host.type(SHEET, AT.r3, AT.p1, '参保率达到60%。')
    answerSubmit({})
    await previewSubmission(flow)
    const { foreign } = flow.state().preview!
    expect(foreign).toEqual([
      { rowId: 'r3', column: 'milestone.P1', sheet: '参保率达到60%。', head: '参保率达到50%。' },
    ])
    await restoreCells(flow, SHEET, foreign, 'preview')
    expect(host.text(SHEET, AT.r3, AT.p1)).toBe('参保率达到50%。')
    expect(flow.state().preview?.foreign).toEqual([])
  })

  test('previews again instead of sending a sheet that was edited after its preview', async () => {
    await recogniseAll()
    answerSubmit({})
    await previewSubmission(flow)
    host.type(SHEET, AT.r1, AT.p1, '新增就业2600人。')
    await confirmSubmit(flow)
    expect(flow.state()).toMatchObject({ screen: 'submit', notice: { text: 'submit.changed' } })
    expect(server.asked.every(({ method, path }) => method === 'GET' || path.endsWith('dryRun=1'))).toBe(true)
  })

  test('leads from a text that was decided against to the master’s, and keeps the version of its row', async () => {
    await recogniseAll()
    host.type(SHEET, AT.r1, AT.p1, '新增就业2600人。')
    const head = '新增就业2550人。'
    const conflict: ConflictBody = {
      id: 'c1',
      kind: 'cell',
      rowId: 'r1',
      column: 'milestone.P1',
      head,
      submitted: '新增就业2600人。',
      status: 'resolved',
      ver: 7,
      submissionId: 's1',
      submittedBy: '县人力社保局',
      at: '2023-11-09T02:30:00Z',
      task: '',
      number: '1',
    }
    answerSubmit({ r1: { outcome: 'decided', ver: 7, conflicts: [conflict] } }, [
      withVersion(ROWS[0]!, 7, { 'milestone.P1': head }),
      ROWS[1]!,
      ROWS[2]!,
    ])
    await previewSubmission(flow)
    await confirmSubmit(flow)
    expect(host.text(SHEET, AT.r1, AT.carrier)).toBe('r1@0')
    expect(flow.state().done?.differing).toEqual([
      { rowId: 'r1', column: 'milestone.P1', sheet: '新增就业2600人。', head },
    ])
  })

  test('raises the version only of rows that read as the master does', async () => {
    await recogniseAll()
    host.type(SHEET, AT.r1, AT.p1, '新增就业2600人。')
    answerSubmit({ r1: { outcome: 'applied', ver: 7 } }, [
      withVersion(ROWS[0]!, 7, { 'milestone.P1': '新增就业2600人。' }),
      withVersion(ROWS[1]!, 8, { 'milestone.P1': '别人改定的方案。' }),
      ROWS[2]!,
    ])
    await previewSubmission(flow)
    await confirmSubmit(flow)
    expect(host.text(SHEET, AT.r1, AT.carrier)).toBe('r1@7')
    expect(host.text(SHEET, AT.r2, AT.carrier)).toBe('r2@0')
    const { differing } = flow.state().done!
    expect(differing).toEqual([
      { rowId: 'r2', column: 'milestone.P1', sheet: '制定工作方案。', head: '别人改定的方案。' },
    ])
    await previewPull(flow, SHEET)
    decidePull(flow, flow.state().pull?.pull.conflicts ?? [], 'theirs')
    await applyPull(flow)
    expect(host.text(SHEET, AT.r2, AT.p1)).toBe('别人改定的方案。')
    expect(host.text(SHEET, AT.r2, AT.carrier)).toBe('r2@8')
  })

  test('a receipt stands even where the sheet cannot be brought up to date', async () => {
    await recogniseAll()
    answerSubmit({})
    await previewSubmission(flow)
    const answer = server.answers.get(SUBMIT)!
    server.on(SUBMIT, (asked) => {
      const receipt = answer(asked)
      server.on(`/api/plans/${PLAN.id}/rows`, () => 'offline')
      return receipt
    })
    await confirmSubmit(flow)
    expect(flow.state()).toMatchObject({ screen: 'receipt', notice: { text: 'submit.notSettled' } })
  })
})
