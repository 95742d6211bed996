/** 收回的文件 over a fake server: whose each file is, what is wrong with it, and what is sent in whose name. */
import { beforeEach, describe, expect, test } from 'vitest'
import type { Flow } from '../../addin/flows/flow.ts'
import {
  chooseRow,
  chooseUnit,
  confirmItem,
  submitClean,
  submitItem,
  takeFiles,
  toggleCell,
} from '../../addin/flows/intake.ts'
import { type IntakeItem, stepOf } from '../../addin/flows/intake-item.ts'
import { signIn } from '../../addin/flows/session.ts'
import { type LedgerInfo, ledgerSheet } from '../../domain/carrier.ts'
import { drawTable } from '../../domain/draw-table.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type { Submission } from '../../domain/protocol.ts'
import type { SheetModel } from '../../domain/sheet-model.ts'
import { writeWorkbook } from '../../xlsx/write.ts'
import { FakeServer, receiptOf, refusal, serveUnit, startFlow } from '../support/fake-server.ts'
import { MemoryHost } from '../support/memory-host.ts'
import { PLAN, REGISTRY, ROWS, SHEET } from '../support/unit-sheet.ts'

const SUBMISSIONS = `/api/plans/${PLAN.id}/submissions`
const OWN = '县人力社保局'

let host: MemoryHost
let server: FakeServer
let flow: Flow
let submitted: { body: Submission; attempt: string | undefined }[]

beforeEach(async () => {
  host = new MemoryHost()
  server = new FakeServer()
  serveUnit(server, PLAN, REGISTRY, ROWS, 'commission')
  submitted = []
  server.on(SUBMISSIONS, () => ({ submissions: [] }))
  server.on(`POST ${SUBMISSIONS}?dryRun=1`, ({ body }) => answer(body as Submission, true))
  server.on(`POST ${SUBMISSIONS}`, ({ body, attempt }) => {
    submitted.push({ body: body as Submission, attempt })
    return answer(body as Submission, false)
  })
  ;({ flow } = startFlow(host, server))
  await signIn(flow, 'key')
})

/** As the Worker would: each cell that is not the master's is taken, of the columns that are the unit's. */
function answer(body: Submission, dryRun: boolean) {
  const outcomes = body.rows.map((row) => {
    const head = ROWS.find(({ rowId }) => rowId === row.rowId)
    const applied = Object.entries(row.cells).flatMap(([column, text]) =>
      column.startsWith('milestone.') && head && text !== head.cells[column]
        ? [{ rowId: row.rowId, column, old: head.cells[column] ?? '', new: text }]
        : [],
    )
    return [row.rowId, applied.length > 0 ? { outcome: 'applied' as const, applied } : {}] as const
  })
  return {
    ...receiptOf(body, Object.fromEntries(outcomes), dryRun),
    by: body.behalfOf ?? '',
    broughtBy: '县发展改革委',
  }
}

type Change = Record<string, Record<string, string>>

/** A unit's sheet as the program hands it out, with these texts typed over; `carrier: false` as one that never had ids. */
function sheetOf(change: Change = {}, options: { name?: string; rows?: string[]; carrier?: boolean } = {}): SheetModel {
  const rows = ROWS.filter(({ rowId }) => (options.rows ?? ['r1', 'r2']).includes(rowId)).map(
    ({ rowId, ver, cells }) => ({ rowId, ver, cells: { ...cells, ...change[rowId] } }),
  )
  const table = { spec: breakdownSpec(PLAN), rows, complete: false }
  return drawTable(table, { name: options.name ?? SHEET, carrier: options.carrier ?? true })
}

function ledgerOf(info: Partial<LedgerInfo> = {}): SheetModel {
  const { form, version: specVersion } = breakdownSpec(PLAN)
  const base: LedgerInfo = { format: 1, planId: PLAN.id, sheet: SHEET, form, specVersion, complete: false }
  return ledgerSheet([{ ...base, ...info }])
}

async function fileOf(name: string, models: SheetModel[]): Promise<File> {
  const bytes = await writeWorkbook(models, { title: '表', created: '2023-03-14T00:00:00Z' })
  return new File([new Uint8Array(bytes)], name)
}

const items = () => flow.state().intake?.items ?? []
const item = (file: string): IntakeItem => {
  const found = items().find((one) => one.file === file)
  if (!found) throw new Error(`no item ${file}`)
  return found
}
const steps = () => items().map((one) => [one.file, stepOf(one)])
const NEW = { r1: { 'milestone.P1': '新增就业2600人。' } }

describe('a file that says whose it is', () => {
  test('is previewed at once, sent in its unit’s name, and leaves nothing but its receipt', async () => {
    await takeFiles(flow, [await fileOf('甲.xlsx', [sheetOf(NEW), ledgerOf({ unit: OWN })])])
    expect(steps()).toEqual([['甲.xlsx', 'clean']])
    expect(submitted).toEqual([])
    await submitClean(flow)
    expect(
      submitted.map(({ body }) => [body.behalfOf, body.rows.map(({ rowId, baseVer }) => [rowId, baseVer])]),
    ).toEqual([
      [
        OWN,
        [
          ['r1', 3],
          ['r2', 3],
        ],
      ],
    ])
    const { receipt, found, preview } = item('甲.xlsx')
    expect([receipt?.by, found, preview]).toEqual([OWN, undefined, undefined])
    expect(flow.state().notice).toMatchObject({ tone: 'success', text: 'intake.sent', params: { count: 1 } })
    flow.dispatch({ type: 'went', screen: 'home' })
    expect(flow.state().intake).toBeUndefined()
    expect(host.grids.size).toBe(0)
  })

  test('waits for a person where its title names another year', async () => {
    const spec = { ...breakdownSpec(PLAN), titleLines: ['奉节县2022年任务分解表'] }
    const rows = ROWS.slice(0, 2).map(({ rowId, ver, cells }) => ({ rowId, ver, cells: { ...cells, ...NEW.r1 } }))
    const model = drawTable({ spec, rows, complete: false }, { name: SHEET, carrier: true })
    await takeFiles(flow, [await fileOf('去年.xlsx', [model, ledgerOf({ unit: OWN })])])
    expect(item('去年.xlsx')).toMatchObject({ otherYear: 2022, unit: OWN })
    expect(steps()).toEqual([['去年.xlsx', 'confirm']])
    await confirmItem(flow, item('去年.xlsx'))
    expect(steps()).toEqual([['去年.xlsx', 'clean']])
  })

  test('goes under a key that comes from plan, unit, sheet and file alone', async () => {
    const file = await fileOf('甲.xlsx', [sheetOf(NEW), ledgerOf({ unit: OWN })])
    await takeFiles(flow, [file])
    await submitClean(flow)
    const first = submitted[0]?.attempt
    expect(first).toMatch(/^file-[0-9a-f]{64}$/)
    flow.dispatch({ type: 'went', screen: 'home' })
    await takeFiles(flow, [new File([await file.arrayBuffer()], '另一个名字.xlsx')])
    await submitClean(flow)
    expect(submitted.map(({ attempt }) => attempt)).toEqual([first, first])
  })

  test('that was handed in before is named with its receipt and not sent again', async () => {
    const file = await fileOf('甲.xlsx', [sheetOf(NEW), ledgerOf({ unit: OWN })])
    await takeFiles(flow, [file])
    await submitClean(flow)
    const { attempt } = submitted[0] ?? {}
    const totals = { applied: 1, converged: 0, conflicts: 0, held: 0, notWritable: 0, blocked: 0 }
    const entry = {
      id: 's1',
      number: '20231110-0007',
      by: OWN,
      broughtBy: '县发展改革委',
      attempt,
      at: '2023-11-10T01:02:03Z',
    }
    server.on(SUBMISSIONS, () => ({ submissions: [{ ...entry, status: 'accepted', rows: 2, totals }] }))
    flow.dispatch({ type: 'went', screen: 'home' })
    await takeFiles(flow, [file])
    expect(steps()).toEqual([['甲.xlsx', 'earlier']])
    expect(item('甲.xlsx').earlier).toMatchObject({ number: '20231110-0007' })
    await submitClean(flow)
    expect(submitted).toHaveLength(1)
  })

  test('and does not say whose it is is known again once the person has said it', async () => {
    const file = await fileOf('表.xlsx', [
      sheetOf({ ...NEW, r3: { 'milestone.P1': '参保率60%。' } }, { rows: ['r1', 'r3'], carrier: false }),
    ])
    await takeFiles(flow, [file])
    chooseUnit(flow, item('表.xlsx'), '县医保局')
    await confirmItem(flow, item('表.xlsx'))
    await submitItem(flow, item('表.xlsx'))
    const { attempt } = submitted[0] ?? {}
    const totals = { applied: 1, converged: 0, conflicts: 0, held: 0, notWritable: 0, blocked: 0 }
    const entry = { id: 's1', number: '20231110-0007', by: '县医保局', attempt, at: '2023-11-10T01:02:03Z' }
    server.on(SUBMISSIONS, () => ({ submissions: [{ ...entry, status: 'accepted', rows: 1, totals }] }))
    flow.dispatch({ type: 'went', screen: 'home' })
    await takeFiles(flow, [file])
    // Its other rows may still be another unit's to hand in.
    expect(stepOf(item('表.xlsx'))).toBe('confirm')
    chooseUnit(flow, item('表.xlsx'), '县医保局')
    await confirmItem(flow, item('表.xlsx'))
    expect(stepOf(item('表.xlsx'))).toBe('earlier')
    expect(submitted).toHaveLength(1)
  })

  test('whose answer was lost is sent once more as it was', async () => {
    await takeFiles(flow, [await fileOf('甲.xlsx', [sheetOf(NEW), ledgerOf({ unit: OWN })])])
    const answers = server.answers.get(`POST ${SUBMISSIONS}`)
    server.on(`POST ${SUBMISSIONS}`, (asked) => {
      answers?.(asked)
      return 'offline'
    })
    await submitClean(flow)
    expect(flow.state().notice).toMatchObject({ text: 'offline', retry: true })
    if (answers) server.on(`POST ${SUBMISSIONS}`, answers)
    await flow.retry?.()
    expect(submitted).toHaveLength(2)
    expect(submitted[1]).toEqual(submitted[0])
    expect(stepOf(item('甲.xlsx'))).toBe('done')
  })
})

describe('what is wrong with one file stops no other', () => {
  test('and is named', async () => {
    const good = await fileOf('好.xlsx', [sheetOf(NEW), ledgerOf({ unit: OWN })])
    const files = [
      new File([new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3])], '旧.xls'),
      new File(['no workbook'], '文本.xlsx'),
      new File([(await good.arrayBuffer()).slice(0, 900)], '残缺.xlsx'),
      new File([new Uint8Array(6 * 1024 * 1024)], '过大.xlsx'),
      await fileOf('别的计划.xlsx', [sheetOf(NEW), ledgerOf({ planId: 'other', planTitle: '另一计划' })]),
      await fileOf('无表.xlsx', [{ ...sheetOf(), cells: [[{ text: '通知' }]], merges: [], rowHeights: [undefined] }]),
      good,
      new File([await good.arrayBuffer()], '重复.xlsx'),
    ]
    await takeFiles(flow, files)
    const said = Object.fromEntries(
      items().map(({ file, problem }) => [file, problem && ('text' in problem ? problem.text : problem.sentence)]),
    )
    expect(said).toEqual({
      '旧.xls': expect.stringContaining('旧版 .xls'),
      '文本.xlsx': expect.stringContaining('.xlsx'),
      '残缺.xlsx': expect.stringContaining('已损坏'),
      '过大.xlsx': expect.stringContaining('5 MB'),
      '别的计划.xlsx': 'intake.otherPlan',
      '无表.xlsx': 'intake.noTable',
      '好.xlsx': undefined,
      '重复.xlsx': 'intake.sameFile',
    })
    expect(stepOf(item('好.xlsx'))).toBe('clean')
  })

  test('a refusal stays on its file', async () => {
    server.on(`POST ${SUBMISSIONS}?dryRun=1`, ({ body }) =>
      (body as Submission).behalfOf === OWN
        ? refusal('unit-unknown', 422, '没有这个单位。')
        : answer(body as Submission, true),
    )
    await takeFiles(flow, [
      await fileOf('甲.xlsx', [sheetOf(NEW), ledgerOf({ unit: OWN })]),
      await fileOf('乙.xlsx', [
        sheetOf({ r3: { 'milestone.P1': '参保率达到60%。' } }, { rows: ['r3'] }),
        ledgerOf({ unit: '县医保局' }),
      ]),
    ])
    expect(steps()).toEqual([
      ['甲.xlsx', 'refused'],
      ['乙.xlsx', 'clean'],
    ])
    expect(item('甲.xlsx').failure).toBe('没有这个单位。')
  })
})

describe('a file that does not say whose it is', () => {
  test('is proposed as the unit’s whose rows were edited, and waits for a person', async () => {
    await takeFiles(flow, [
      await fileOf('表.xlsx', [sheetOf(NEW, { rows: ['r1', 'r2', 'r3'] }), ledgerOf({ complete: true })]),
    ])
    expect(item('表.xlsx')).toMatchObject({ unit: OWN, isConfirmed: false })
    expect(stepOf(item('表.xlsx'))).toBe('confirm')
    await submitClean(flow)
    expect(submitted).toEqual([])
    await confirmItem(flow, item('表.xlsx'))
    expect(stepOf(item('表.xlsx'))).toBe('clean')
    await submitClean(flow)
    expect(submitted[0]?.body.rows.map(({ rowId }) => rowId)).toEqual(['r1', 'r2'])
  })

  test('may be named by its file name, and is another unit’s where the person says so', async () => {
    await takeFiles(flow, [
      await fileOf('县医保局报送.xlsx', [sheetOf({}, { rows: ['r1', 'r2', 'r3'], carrier: false })]),
    ])
    expect(item('县医保局报送.xlsx').proposed[0]?.unit).toBe('县医保局')
    chooseUnit(flow, item('县医保局报送.xlsx'), OWN)
    await confirmItem(flow, item('县医保局报送.xlsx'))
    expect(item('县医保局报送.xlsx').preview?.submission).toMatchObject({ behalfOf: OWN })
  })

  test('and never had ids is matched, shown against the master, and sent only after a person has looked', async () => {
    await takeFiles(flow, [
      await fileOf('无标识.xlsx', [
        sheetOf({ ...NEW, r2: { task: '开发公益性岗位2000个左右。' } }, { carrier: false }),
      ]),
    ])
    expect(stepOf(item('无标识.xlsx'))).toBe('confirm')
    const [open] = item('无标识.xlsx').recognition?.open ?? []
    expect(open?.task).toBe('开发公益性岗位2000个左右。')
    chooseRow(flow, item('无标识.xlsx'), open?.index ?? -1, 'r2')
    await confirmItem(flow, item('无标识.xlsx'))
    expect(stepOf(item('无标识.xlsx'))).toBe('look')
    await submitClean(flow)
    expect(submitted).toEqual([])
    await submitItem(flow, item('无标识.xlsx'))
    expect(submitted[0]?.body.rows.map(({ rowId, baseVer }) => [rowId, baseVer])).toEqual([
      ['r1', 3],
      ['r2', 3],
    ])
  })

  test('keeps the master’s text where the person says so', async () => {
    await takeFiles(flow, [await fileOf('无标识.xlsx', [sheetOf(NEW, { carrier: false })])])
    await confirmItem(flow, item('无标识.xlsx'))
    toggleCell(flow, item('无标识.xlsx'), 'kept', 'r1 milestone.P1')
    await submitItem(flow, item('无标识.xlsx'))
    expect(submitted[0]?.body.rows[0]?.cells).not.toHaveProperty(['milestone.P1'])
    expect(submitted[0]?.body.rows[0]?.cells).toHaveProperty(['milestone.P2'])
  })
})

test('in bulk each is previewed anew, and what became doubtful through the one before it stays for a person', async () => {
  await takeFiles(flow, [
    await fileOf('先.xlsx', [sheetOf(NEW), ledgerOf({ unit: OWN })]),
    await fileOf('后.xlsx', [sheetOf({ r1: { 'milestone.P1': '新增就业2700人。' } }), ledgerOf({ unit: OWN })]),
  ])
  const conflict = {
    id: 'c1',
    kind: 'cell' as const,
    rowId: 'r1',
    column: 'milestone.P1',
    status: 'open' as const,
    ver: 4,
  }
  const who = { submissionId: 's1', submittedBy: OWN, at: '2023-11-10T01:02:03Z', task: '', number: '1' }
  server.on(`POST ${SUBMISSIONS}?dryRun=1`, ({ body }) =>
    receiptOf(body as Submission, { r1: { outcome: 'conflict', conflicts: [{ ...conflict, ...who }] } }, true),
  )
  await submitClean(flow)
  expect(steps()).toEqual([
    ['先.xlsx', 'done'],
    ['后.xlsx', 'look'],
  ])
  expect(submitted).toHaveLength(1)
  expect(flow.state().notice).toMatchObject({
    tone: 'warning',
    text: 'intake.sentPartly',
    params: { count: 1, left: 1 },
  })
})

test('a whole table in which two units wrote is taken in once for each of them', async () => {
  const both = { ...NEW, r3: { 'milestone.P1': '参保率达到60%。' } }
  await takeFiles(flow, [
    await fileOf('传阅.xlsx', [sheetOf(both, { rows: ['r1', 'r2', 'r3'] }), ledgerOf({ complete: true })]),
  ])
  expect(items().map(({ unit, overlaps }) => [unit, overlaps])).toEqual([
    [OWN, undefined],
    ['县医保局', undefined],
  ])
  for (const { id } of items()) {
    const one = items().find((candidate) => candidate.id === id)
    if (!one) throw new Error('it is gone')
    await confirmItem(flow, one)
    await submitItem(flow, items().find((candidate) => candidate.id === id) ?? one)
  }
  expect(submitted.map(({ body }) => [body.behalfOf, body.rows.map(({ rowId }) => rowId)])).toEqual([
    [OWN, ['r1', 'r2']],
    ['县医保局', ['r3']],
  ])
  expect(new Set(submitted.map(({ attempt }) => attempt)).size).toBe(2)
})

test('two sheets of one file with the same rows wait for a person', async () => {
  await takeFiles(flow, [
    await fileOf('两张.xlsx', [sheetOf(NEW), sheetOf({}, { name: '旧稿' }), ledgerOf({ unit: OWN })]),
  ])
  expect(items().map(({ found, overlaps }) => [found?.sheet, overlaps])).toEqual([
    [SHEET, ['旧稿']],
    ['旧稿', [SHEET]],
  ])
  expect(steps().every(([, step]) => step !== 'clean')).toBe(true)
})
