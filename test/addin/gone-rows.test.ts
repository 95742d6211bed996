/** Rows of a sheet that the plan no longer lists: an edit in them is sent or shown, never dropped; without one they are no noise. */
import { beforeEach, describe, expect, test } from 'vitest'
import type { Flow } from '../../addin/flows/flow.ts'
import { confirmRecognition, recogniseSheet } from '../../addin/flows/recognise.ts'
import { signIn } from '../../addin/flows/session.ts'
import { confirmSubmit, keepForLater, previewSubmission, restoreCells } from '../../addin/flows/submit.ts'
import { rebase } from '../../addin/outbox/rebase.ts'
import { LEDGER_SHEET, ledgerSheet, readLedger } from '../../domain/carrier.ts'
import type { ConflictBody, RowOutcome, ServerRow, Submission } from '../../domain/protocol.ts'
import { FakeServer, outcomeOf, receiptOf, refusal, serveUnit, startFlow } from '../support/fake-server.ts'
import { MemoryHost } from '../support/memory-host.ts'
import { modelToGrid } from '../support/model-grid.ts'
import { AT, circulatedSheet, PLAN, REGISTRY, ROWS, SHEET } from '../support/unit-sheet.ts'

const SUBMIT = `POST /api/plans/${PLAN.id}/submissions`
const P1 = 'milestone.P1'
const EDITED = '制定工作方案并印发。'

const CONFLICT: ConflictBody = {
  id: 'c1',
  kind: 'delete-edit',
  rowId: 'r2',
  submitted: `3月：${EDITED}`,
  status: 'open',
  ver: 5,
  submissionId: 'submission-1',
  submittedBy: '县人力社保局',
  headBy: '县发展改革委',
  at: '2023-11-10T01:02:03Z',
  task: ROWS[1]?.cells.task ?? '',
  number: '2',
}
const IN_CONFLICT: Partial<RowOutcome> = { ver: 5, outcome: 'conflict', isGone: true, conflicts: [CONFLICT] }

let host: MemoryHost
let server: FakeServer
let flow: Flow

beforeEach(() => start('excel'))

async function start(kind: 'excel' | 'file') {
  host = new MemoryHost([circulatedSheet()], kind)
  server = new FakeServer()
  serveUnit(server, PLAN, REGISTRY, ROWS)
  flow = startFlow(host, server).flow
  await signIn(flow, 'key')
  await recogniseSheet(flow)
  await confirmRecognition(flow)
  for (const id of ['r1', 'r2', 'r3'] as const) host.type(SHEET, AT[id], AT.carrier, `${id}@3`)
}

/** The list without r2, as after its deletion or once it is another unit's, and what becomes of what is sent. */
function without(
  outcomes: Record<string, Partial<RowOutcome>>,
  rows: ServerRow[] = ROWS.filter(({ rowId }) => rowId !== 'r2'),
) {
  server.on(`/api/plans/${PLAN.id}/rows`, () => ({ planId: PLAN.id, state: PLAN.state, seq: 5, rows }))
  server.on(`${SUBMIT}?dryRun=1`, ({ body }) => receiptOf(body as Submission, outcomes, true))
  server.on(SUBMIT, ({ body }) => receiptOf(body as Submission, outcomes, false))
}

const bodies = (dryRun: boolean) =>
  server.asked
    .filter(({ method, path }) => method === 'POST' && path.endsWith(dryRun ? '?dryRun=1' : '/submissions'))
    .map(({ body }) => body as Submission)
const idsOf = (submission: Submission | undefined) => submission?.rows.map(({ rowId }) => rowId)

describe.each(['excel', 'file'] as const)('in %s', (kind) => {
  beforeEach(() => start(kind))

  test('an edit of a row that was deleted meanwhile is shown as the conflict that it is, and sent', async () => {
    without({ r2: IN_CONFLICT })
    host.type(SHEET, AT.r2, AT.p1, EDITED)
    await previewSubmission(flow)
    expect(flow.state().preview?.receipt.rows.map(({ rowId, isGone }) => [rowId, isGone])).toEqual([
      ['r1', undefined],
      ['r2', true],
    ])
    await confirmSubmit(flow)
    expect(bodies(false)[0]?.rows.at(-1)).toMatchObject({ rowId: 'r2', baseVer: 3, cells: { [P1]: EDITED } })
    expect(flow.state()).toMatchObject({ screen: 'receipt', done: { receipt: { totals: { conflicts: 1 } } } })
    // Its version stays what it was edited over, until the commission has decided.
    expect(host.text(SHEET, AT.r2, AT.carrier)).toBe('r2@3')
  })

  test('one that only disappeared is compared, and neither shown nor sent', async () => {
    without({ r2: { ver: 5, isGone: true } })
    await previewSubmission(flow)
    expect(idsOf(bodies(true)[0])).toEqual(['r1', 'r2'])
    const { receipt, submission, foreign, unsent } = flow.state().preview!
    expect([idsOf(submission), receipt.rows.map(({ rowId }) => rowId)]).toEqual([['r1'], ['r1']])
    expect([foreign, unsent]).toEqual([[], []])
    await confirmSubmit(flow)
    expect(idsOf(bodies(false)[0])).toEqual(['r1'])
  })
})

test('an edit of a row that is another unit’s now is shown with the master’s text, restorable, and not sent', async () => {
  const head = ROWS[1]?.cells[P1] ?? ''
  without({ r2: { ver: 5, notWritable: [{ column: P1, head, submitted: EDITED }] } })
  host.type(SHEET, AT.r2, AT.p1, EDITED)
  await previewSubmission(flow)
  const { foreign } = flow.state().preview!
  expect(foreign).toEqual([{ rowId: 'r2', column: P1, sheet: EDITED, head }])
  without({})
  await restoreCells(flow, SHEET, foreign, 'preview')
  expect(host.text(SHEET, AT.r2, AT.p1)).toBe(head)
  await confirmSubmit(flow)
  expect(idsOf(bodies(false)[0])).toEqual(['r1'])
})

test('an edit against which the deletion was upheld is shown and asks nobody again', async () => {
  without({ r2: { ...IN_CONFLICT, conflicts: [{ ...CONFLICT, status: 'resolved' }] } })
  host.type(SHEET, AT.r2, AT.p1, EDITED)
  await previewSubmission(flow)
  expect(flow.state().preview?.receipt.rows).toMatchObject([{ rowId: 'r1' }, { rowId: 'r2', isGone: true }])
  await confirmSubmit(flow)
  expect(idsOf(bodies(false)[0])).toEqual(['r1'])
})

test('a row with an id that the server never had holds up no other row, and is named', async () => {
  host.type(SHEET, AT.r3, AT.carrier, 'elsewhere@9')
  without({ r2: IN_CONFLICT })
  const answer = server.answers.get(`${SUBMIT}?dryRun=1`)!
  server.on(`${SUBMIT}?dryRun=1`, (asked) => {
    const at = idsOf(asked.body as Submission)?.indexOf('elsewhere') ?? -1
    return at < 0 ? answer(asked) : refusal('base-unknown', 409, '版本不明', [`/rows/${at}/baseVer`])
  })
  host.type(SHEET, AT.r2, AT.p1, EDITED)
  await previewSubmission(flow)
  expect(flow.state().preview?.unsent).toMatchObject([{ rowId: 'elsewhere' }])
  expect(idsOf(flow.state().preview?.submission)).toEqual(['r1', 'r2'])
})

test('many of them that are refused one by one are left out together before long', async () => {
  for (let at = 0; at < 30; at++) {
    for (const column of [AT.p1, AT.p2]) host.type(SHEET, 5 + at, column, '开工。')
    host.type(SHEET, 5 + at, 1, `别处的任务${at}。`)
    host.type(SHEET, 5 + at, AT.carrier, `else-${at}@9`)
  }
  without({})
  const answer = server.answers.get(`${SUBMIT}?dryRun=1`)!
  server.on(`${SUBMIT}?dryRun=1`, (asked) => {
    const at = idsOf(asked.body as Submission)?.findIndex((id) => id.startsWith('else-')) ?? -1
    return at < 0 ? answer(asked) : refusal('formula-like-text', 422, '公式', [`/rows/${at}/cells/task`])
  })
  await previewSubmission(flow)
  expect(bodies(true)).toHaveLength(5)
  expect(flow.state().preview?.unsent.filter(({ rowId }) => rowId.startsWith('else-'))).toHaveLength(30)
  expect(idsOf(flow.state().preview?.submission)).toEqual(['r1'])
})

test('what is wrong with the person’s own rows is refused as ever', async () => {
  without({})
  server.on(`${SUBMIT}?dryRun=1`, () => refusal('base-unknown', 409, '版本不明', ['/rows/0/baseVer']))
  await previewSubmission(flow)
  expect(flow.state().notice).toMatchObject({ tone: 'error', sentence: '版本不明' })
  expect(bodies(true)).toHaveLength(1)
})

test('a row without a version, or in the sheet twice, cannot be compared: it is named and not sent', async () => {
  without({})
  host.type(SHEET, AT.r2, AT.carrier, 'r2@0')
  await previewSubmission(flow)
  expect([idsOf(bodies(true).at(-1)), flow.state().preview?.unsent]).toMatchObject([['r1'], [{ rowId: 'r2' }]])
  host.type(SHEET, AT.r2, AT.carrier, 'r2@3')
  host.type(SHEET, AT.r3, AT.carrier, 'r2@3')
  await previewSubmission(flow)
  expect(idsOf(bodies(true).at(-1))).toEqual(['r1'])
  expect(flow.state().preview?.unsent).toHaveLength(2)
})

test('the unit’s only row, deleted after it was edited, can still be sent; unedited there is nothing to send', async () => {
  const none: ServerRow[] = []
  host.type(SHEET, AT.r1, AT.carrier, '')
  host.type(SHEET, AT.r3, AT.carrier, '')
  without({ r2: { ver: 5, isGone: true } }, none)
  await previewSubmission(flow)
  expect(flow.state().notice?.text).toBe('submit.noRows')
  without({ r2: IN_CONFLICT }, none)
  host.type(SHEET, AT.r2, AT.p1, EDITED)
  await previewSubmission(flow)
  await confirmSubmit(flow)
  expect(idsOf(bodies(false)[0])).toEqual(['r2'])
})

test('once the plan is issued nobody is asked about rows that are gone', async () => {
  const rows = ROWS.map((row) => ({ ...row, writable: [] })).slice(0, 1)
  server.on(`/api/plans/${PLAN.id}/rows`, () => ({ planId: PLAN.id, state: 'issued', seq: 5, rows }))
  await previewSubmission(flow)
  expect(flow.state().notice?.text).toBe('submit.noRows')
  expect(bodies(true)).toEqual([])
})

describe('without a preview', () => {
  /** The last visit knew the list without r2; now there is no network. */
  async function goOffline(isWhole: boolean) {
    without({ r2: { ver: 5, isGone: true } })
    await previewSubmission(flow)
    if (isWhole) {
      const infos = readLedger(host.grids.get(LEDGER_SHEET)!).map((info) => ({ ...info, complete: true }))
      host.grids.set(LEDGER_SHEET, modelToGrid(ledgerSheet(infos)))
    }
    host.type(SHEET, AT.r2, AT.p1, EDITED)
    server.on(SUBMIT, () => 'offline')
    await keepForLater(flow)
    return idsOf(flow.state().outbox?.records[0]?.submission)
  }

  test('a unit’s own sheet is kept with the rows that are gone: only the server can tell what was edited', async () => {
    expect(await goOffline(false)).toEqual(['r1', 'r2'])
  })

  test('a sheet of the whole plan without them: most are simply other units’', async () => {
    expect(await goOffline(true)).toEqual(['r1'])
  })
})

test('a later submission does not take the deletion for a base to go on from', () => {
  const row = { rowId: 'r2', baseVer: 3, cells: { [P1]: EDITED } }
  const submission: Submission = { form: 'breakdown', specVersion: 1, rows: [row] }
  const landed = { submission, outcomes: [{ ...outcomeOf('r2', 5), ...IN_CONFLICT }] }
  expect(rebase({ submission }, landed, []).rows).toEqual([row])
  expect(rebase({ submission }, { submission, outcomes: [{ ...outcomeOf('r2', 5), isGone: true }] }, []).rows).toEqual([
    row,
  ])
})
