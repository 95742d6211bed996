/** 任务调整 from the table itself: what is found in an edited sheet, what is sent, and what takes it back. */
import { beforeEach, describe, expect, test } from 'vitest'
import { draftAdjustment, sendAdjustment, tryAdjustment, undoAdjustment } from '../../addin/flows/adjust.ts'
import { archivePlan } from '../../addin/flows/adjust-archive.ts'
import { doubledNumbers } from '../../addin/flows/adjust-body.ts'
import { compareTable } from '../../addin/flows/adjust-draft.ts'
import { type Adjustment, itemKey } from '../../addin/flows/adjustment.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type { AdjustPlan } from '../../domain/protocol.ts'
import { readTable } from '../../domain/read-table.ts'
import { refusal } from '../support/fake-server.ts'
import { CELL, COUNTY_UNITS, connect, type Desk, drawnTable, ISSUED, startAdjusting, TASKS } from './adjust-sheet.ts'

let desk: Desk
beforeEach(async () => {
  desk = startAdjusting()
  await connect(desk.flow)
})

const ADJUSTMENTS = `/api/plans/${ISSUED.id}/adjustments`
const NEW = ['3', '新建幼儿园2所。', '——', '建成2所。', '县水利局', '县医保局、各乡镇（街道）', '']

async function drafted(): Promise<Adjustment> {
  await draftAdjustment(desk.flow)
  const { adjustment, notice } = desk.flow.state()
  if (!adjustment) throw new Error(`nothing drafted: ${JSON.stringify(notice)}`)
  return adjustment
}

const edit = (changes: Partial<Adjustment>) => desk.flow.dispatch({ type: 'adjustmentEdited', changes })
const choose = (adjustment: Adjustment, ...keys: string[]) => edit({ chosen: [...adjustment.chosen, ...keys] })
const PAPER = {
  kind: 'adjustment' as const,
  reason: '县政府常务会议同意。',
  documentNumber: '奉节府办函〔2023〕8号',
  effectivePeriod: 'P2',
  effectiveOn: '2023-11-15',
}

/** What the server was sent for good, first to last. */
const sent = () =>
  desk.server.asked
    .filter(({ method, path }) => method === 'POST' && path === ADJUSTMENTS)
    .map(({ body }) => body as AdjustPlan)

async function send(): Promise<AdjustPlan> {
  edit({ paper: PAPER })
  await sendAdjustment(desk.flow)
  const body = sent().at(-1)
  if (!body) throw new Error(`nothing sent: ${JSON.stringify(desk.flow.state().notice)}`)
  return body
}

describe('what a sheet says otherwise than the plan', () => {
  test('nothing is found in a sheet that nobody edited', async () => {
    expect(await drafted()).toMatchObject({ rows: [], added: [], removed: [], moved: [], chosen: [] })
  })

  test('a changed text is chosen at once, and one that differs only by folding is none', async () => {
    desk.table().type(0, CELL.p2, '新增就业5200人。')
    desk.table().type(1, CELL.p1, ' 制定工作方案。 ')
    const { rows, chosen } = await drafted()
    expect(rows.map(({ rowId, changes }) => [rowId, changes.map(({ column }) => column)])).toEqual([
      ['r1', ['milestone.P2']],
    ])
    expect(chosen).toEqual([itemKey('text', 'r1')])
  })

  test('a row without an id is a new task, with its units and its place', async () => {
    desk.table().insert(2, NEW)
    const adjustment = await drafted()
    expect(adjustment.added).toMatchObject([
      { row: { cells: { task: '新建幼儿园2所。' } }, lead: ['县水利局'], supporting: ['县医保局', '各乡镇（街道）'] },
    ])
    expect(adjustment.removed).toEqual([])
    const { added } = await send()
    expect(added).toMatchObject([{ baseVer: 0, after: 'r2', lead: ['县水利局'] }])
  })

  test('new tasks one after another each stand behind the one before', async () => {
    desk.table().insert(5, NEW)
    desk.table().insert(6, [...NEW.slice(0, 1), '新建公厕10座。', ...NEW.slice(2)])
    await drafted()
    const { added = [] } = await send()
    expect(added.map(({ after }) => after)).toEqual(['r5', added[0]?.rowId])
  })

  test('a missing task is offered and never chosen, and so is one whose row was blanked', async () => {
    desk.table().remove(1)
    for (let column = 0; column < CELL.carrier; column++) desk.table().type(2, column, '')
    const adjustment = await drafted()
    expect(adjustment.removed.map(({ rowId }) => rowId)).toEqual(['r2', 'r4'])
    expect(adjustment.chosen.filter((key) => key.startsWith('removed'))).toEqual([])
    choose(adjustment, itemKey('removed', 'r2'))
    expect((await send()).removed).toEqual([{ rowId: 'r2', baseVer: 3 }])
  })

  test('a sheet with some of the rows says of none that it is missing, nor where it stands', async () => {
    desk = startAdjusting({ complete: false })
    await connect(desk.flow)
    desk.table().remove(1)
    desk.table().move(0, 2)
    expect(await drafted()).toMatchObject({ isWhole: false, removed: [], moved: [] })
    for (let column = 0; column < CELL.carrier; column++) desk.table().type(0, column, '')
    expect((await drafted()).removed.map(({ rowId }) => rowId)).toEqual(['r3'])
  })

  test('a row that was moved is the one that moved, not all the others', async () => {
    desk.table().move(4, 1)
    const { moved } = await drafted()
    expect(moved).toEqual(['r5'])
    expect((await send()).moved).toEqual([{ rowId: 'r5', after: 'r1' }])
  })

  test('a row that goes to the top goes behind nothing', async () => {
    desk.table().move(2, 0)
    await drafted()
    expect((await send()).moved).toEqual([{ rowId: 'r3' }])
  })

  test('a row that was copied with its hidden id is a new task, and the original stays what it was', async () => {
    desk.table().copy(0, 5)
    desk.table().type(5, CELL.task, '新增农村道路30公里。')
    const { rows, added, moved } = await drafted()
    expect([rows, moved]).toEqual([[], []])
    expect(added).toMatchObject([{ isCopy: true, baseVer: 0, row: { cells: { task: '新增农村道路30公里。' } } }])
    expect(added[0]?.row.rowId).not.toBe('r1')
  })

  test('a row that lost its id is known by its task and not taken for a new one', async () => {
    desk.table().type(2, CELL.carrier, '')
    desk.table().type(2, CELL.p1, '参保率达到60%。')
    const { rows, added, removed, chosen } = await drafted()
    expect([added, removed]).toEqual([[], []])
    expect(rows).toMatchObject([{ rowId: 'r3', isUnversioned: true, isStale: false }])
    expect(chosen).toEqual([])
  })

  test('of a row that the master has newer nothing is chosen, and no order is told from such a sheet', async () => {
    desk.table().type(0, CELL.carrier, 'r1@2')
    desk.table().type(0, CELL.p1, '新增就业2600人。')
    desk.table().move(4, 1)
    const { rows, moved, chosen } = await drafted()
    expect(rows).toMatchObject([{ rowId: 'r1', isStale: true }])
    expect([moved, chosen]).toEqual([[], []])
  })

  test('a task that came into the plan after the sheet was drawn is not missing from it', async () => {
    const [first] = TASKS
    const later = { ...first, rowId: 'r9', ver: 8 }
    desk.server.on(`/api/plans/${ISSUED.id}/rows`, () => ({
      planId: ISSUED.id,
      state: 'issued',
      seq: 8,
      rows: [...TASKS, later],
    }))
    expect((await drafted()).removed).toEqual([])
  })

  test('a task that was ended is offered to come back under its id, and not chosen', async () => {
    desk.table().insert(5, [...NEW.slice(0, 6), 'r77@4'])
    desk.server.on(`/api/plans/${ISSUED.id}/rows/r77/history`, () => ({
      events: [{ seq: 7, rowId: 'r77', kind: 'delete', by: '县发展改革委', at: '2023-11-01T00:00:00Z', changes: [] }],
      conflicts: [],
    }))
    const adjustment = await drafted()
    expect(adjustment.added).toMatchObject([{ row: { rowId: 'r77' }, baseVer: 7 }])
    expect(adjustment.chosen).toEqual([])
    choose(adjustment, itemKey('added', 'r77'))
    expect((await send()).added).toMatchObject([{ rowId: 'r77', baseVer: 7, after: 'r5' }])
  })

  test('a row of some other plan is a new task under an id of its own', async () => {
    desk.table().insert(5, [...NEW.slice(0, 6), 'x99@4'])
    desk.server.on(`/api/plans/${ISSUED.id}/rows/x99/history`, () => refusal('row-not-found', 404))
    const { added } = await drafted()
    expect(added).toMatchObject([{ baseVer: 0 }])
    expect(added[0]?.row.rowId).not.toBe('x99')
  })

  test('a sheet without a row of the plan is said to be none of its', async () => {
    for (let task = 0; task < TASKS.length; task++) {
      desk.table().type(task, CELL.carrier, '')
      desk.table().type(task, CELL.task, `另一份表的第${task}项。`)
    }
    await draftAdjustment(desk.flow)
    expect(desk.flow.state()).toMatchObject({ adjustment: undefined, notice: { text: 'adjust.noRows' } })
  })
})

describe('units', () => {
  test('follow the words of the cell, who gains and who loses, and go along unless unticked', async () => {
    desk.table().type(0, CELL.lead, '水利局')
    desk.table().type(0, CELL.supporting, '县人力社保局、县医保局')
    const adjustment = await drafted()
    expect(adjustment.rows).toMatchObject([
      { rowId: 'r1', units: { lead: ['县水利局'], supporting: ['县人力社保局', '县医保局'], unknown: [] } },
    ])
    const body = await send()
    expect(body).toMatchObject({
      effectiveOn: '2023-11-15',
      units: [{ rowId: 'r1', lead: ['县水利局'], supporting: ['县人力社保局', '县医保局'] }],
    })

    await draftAdjustment(desk.flow)
    edit({ chosen: [itemKey('text', 'r1')] })
    expect(await send()).not.toHaveProperty('units')
  })

  test('of the cell that did not change stay, whatever its words say', async () => {
    desk.table().type(0, CELL.supporting, '县医保局、县水利局')
    const { rows } = await drafted()
    expect(rows[0]?.units).toMatchObject({ lead: ['县人力社保局'], supporting: ['县医保局', '县水利局'] })
  })

  test('written otherwise and meaning the same change nobody', async () => {
    desk.table().type(0, CELL.lead, '县人力社保局 ')
    desk.table().type(0, CELL.supporting, '县医保局。')
    const { rows } = await drafted()
    expect(rows.map(({ units }) => units)).toEqual([undefined])
  })

  test('that the list does not know, or that are a group without members, are not chosen', async () => {
    desk.table().type(0, CELL.lead, '县不存在办公室')
    desk.table().type(1, CELL.lead, '有关企业')
    desk.table().insert(5, ['6', '新建公厕10座。', '——', '建成10座。', '', '——', ''])
    const { rows, added, chosen } = await drafted()
    expect(rows.map(({ units }) => units?.unknown)).toEqual([['县不存在办公室'], ['有关企业']])
    expect(added).toMatchObject([{ lead: [], unknown: [] }])
    expect(chosen).toEqual([itemKey('text', 'r1'), itemKey('text', 'r2')])
  })

  test('a group that leads stands for its members', async () => {
    desk.table().type(0, CELL.lead, '各乡镇（街道）')
    const { rows } = await drafted()
    expect(rows[0]?.units?.lead).toEqual(['县医保局', '县水利局'])
  })
})

describe('recording', () => {
  test('sends all kinds as one change and writes the new ids and versions beside their rows', async () => {
    const table = desk.table()
    table.type(0, CELL.p2, '新增就业5200人。')
    table.remove(3)
    table.insert(1, NEW)
    const adjustment = await drafted()
    choose(adjustment, itemKey('removed', 'r4'))
    const body = await send()
    expect(body).toMatchObject({
      ...{ kind: 'adjustment', reason: PAPER.reason, documentNumber: PAPER.documentNumber, effectivePeriod: 'P2' },
      rows: [
        { rowId: 'r1', baseVer: 3, cells: { 'milestone.P1': '新增就业2500人。', 'milestone.P2': '新增就业5200人。' } },
      ],
      removed: [{ rowId: 'r4', baseVer: 3 }],
      added: [{ after: 'r1' }],
    })
    expect(table.carrier(0)).toBe('r1@10')
    expect(table.carrier(1)).toBe(`${body.added?.[0]?.rowId}@10`)
    expect(desk.flow.state()).toMatchObject({
      adjustment: undefined,
      adjusted: { seq: 10 },
      notice: { tone: 'success', text: 'adjust.done' },
    })
  })

  test('an erratum names no first period, and no day where no unit changes', async () => {
    desk.table().type(0, CELL.p2, '新增就业5200人。')
    await drafted()
    edit({ paper: { ...PAPER, kind: 'erratum', documentNumber: ' ' } })
    await sendAdjustment(desk.flow)
    const { rows: _, ...paper } = sent()[0] ?? { rows: [] }
    expect(paper).toEqual({ kind: 'erratum', reason: PAPER.reason })
  })

  test('is tried by the server first, under the same body', async () => {
    desk.table().type(0, CELL.p2, '新增就业5200人。')
    await drafted()
    edit({ paper: PAPER })
    await tryAdjustment(desk.flow)
    expect(desk.flow.state().adjustment).toMatchObject({ isTried: true, refused: {} })
    expect(sent()).toEqual([])
    const tried = desk.server.asked.at(-1)?.body
    await sendAdjustment(desk.flow)
    expect(sent()).toEqual([tried])
  })

  test('what the server would not take is said beside the change that it is about', async () => {
    desk.table().type(0, CELL.p1, '新增就业2600人。')
    desk.table().insert(5, NEW)
    const { added } = await drafted()
    edit({ paper: PAPER })
    desk.server.on(`POST ${ADJUSTMENTS}?dryRun=1`, () =>
      refusal('period-closed', 409, '此前各期的文本应予保留。', [
        '/rows/0/cells/milestone.P1',
        '/added/0/lead/0',
        '/effectiveOn',
      ]),
    )
    await tryAdjustment(desk.flow)
    expect(desk.flow.state()).toMatchObject({
      notice: { tone: 'error', sentence: '此前各期的文本应予保留。' },
      adjustment: {
        isTried: false,
        refused: {
          [itemKey('text', 'r1')]: [{ column: 'milestone.P1', detail: 'period-closed' }],
          [itemKey('added', added[0]?.row.rowId ?? '')]: [{ detail: 'period-closed' }],
          '': [{ detail: 'period-closed' }],
        },
      },
    })
  })

  test('of a sheet that was edited since it was read is not done', async () => {
    desk.table().type(0, CELL.p2, '新增就业5200人。')
    await drafted()
    desk.table().type(1, CELL.p2, '开发公益性岗位1100个。')
    edit({ paper: PAPER })
    await sendAdjustment(desk.flow)
    expect(sent()).toEqual([])
    expect(desk.flow.state().notice).toMatchObject({ text: 'adjust.changed' })
  })

  test('without an answer is sent again under the same key', async () => {
    desk.table().type(0, CELL.p2, '新增就业5200人。')
    await drafted()
    edit({ paper: PAPER })
    const take = desk.server.answers.get(`POST ${ADJUSTMENTS}`)
    desk.server.on(`POST ${ADJUSTMENTS}`, () => 'offline')
    await sendAdjustment(desk.flow)
    expect(desk.flow.state().notice).toMatchObject({ text: 'offline', retry: true })
    if (take) desk.server.on(`POST ${ADJUSTMENTS}`, take)
    await sendAdjustment(desk.flow)
    const keys = desk.server.asked.filter(({ path }) => path === ADJUSTMENTS).map(({ attempt }) => attempt)
    expect(new Set(keys).size).toBe(1)
    expect(desk.flow.state().adjusted?.seq).toBe(10)
  })

  test('the paper that was begun is kept while the sheet is read again', async () => {
    desk.table().type(0, CELL.p2, '新增就业5200人。')
    await drafted()
    edit({ paper: PAPER })
    expect((await drafted()).paper).toEqual(PAPER)
  })
})

test('numbers that would be there twice are told, and those that were before are not', () => {
  const twice = TASKS.map((row) => (row.rowId === 'r5' ? { ...row, cells: { ...row.cells, number: '4' } } : row))
  const list = { planId: ISSUED.id, state: 'issued' as const, seq: 9, rows: twice }
  const added = { rowId: 'n', baseVer: 0, cells: { number: '3 ' }, lead: [], supporting: [] }
  const body = { kind: 'erratum' as const, reason: '', rows: [], added: [added] }
  expect(doubledNumbers(body, list)).toEqual(['3'])
  expect(doubledNumbers({ ...body, removed: [{ rowId: 'r3', baseVer: 3 }] }, list)).toEqual([])
  const again = [{ rowId: 'r3', baseVer: 3, cells: { number: '6' } }]
  expect(doubledNumbers({ ...body, rows: again }, list)).toEqual([])
})

test('of a task that ends nothing else is sent, whatever is ticked of it', async () => {
  desk.table().type(3, CELL.p2, '整治河道18公里。')
  desk.table().type(3, CELL.lead, '县水利局')
  const adjustment = await drafted()
  edit({ removed: [{ rowId: 'r4', ver: 3 }] })
  choose(adjustment, itemKey('removed', 'r4'))
  const { rows, units, removed } = await send()
  expect({ rows, units, removed }).toEqual({ rows: [], units: undefined, removed: [{ rowId: 'r4', baseVer: 3 }] })
})

test('a large table is compared in no time: two thousand rows, each with other units', () => {
  const tasks = Array.from({ length: 2000 }, (_, i) => ({ ...TASKS[i % 5]!, rowId: `t${i}`, ver: 3 })).map(
    (row, i) => ({
      ...row,
      cells: { ...row.cells, number: String(i + 1), task: `第${i + 1}项任务。` },
    }),
  )
  const grid = drawnTable(tasks)
  for (const texts of grid.texts.slice(CELL.first)) texts[CELL.lead] = '县水利局'
  const spec = breakdownSpec(ISSUED)
  const { table } = readTable(grid, spec, { complete: true })
  const rows = { planId: ISSUED.id, state: 'issued' as const, seq: 9, rows: tasks }
  const started = performance.now()
  const found = compareTable({ spec, table, rows, registry: COUNTY_UNITS, removals: new Map(), newId: () => 'n' })
  expect(found?.rows).toHaveLength(2000)
  expect(performance.now() - started).toBeLessThan(2000)
})

describe('taking back', () => {
  test('is the opposite change as an erratum: texts, tasks, units and order as they were', async () => {
    const table = desk.table()
    table.type(0, CELL.p2, '新增就业5200人。')
    table.type(0, CELL.lead, '县水利局')
    table.remove(3)
    table.move(3, 1)
    table.insert(2, NEW)
    const adjustment = await drafted()
    choose(adjustment, itemKey('removed', 'r4'))
    const body = await send()
    await undoAdjustment(desk.flow, '登记有误。')
    const [r1, , , r4] = TASKS
    expect(sent()[1]).toEqual({
      kind: 'erratum',
      reason: '登记有误。',
      effectiveOn: '2023-11-15',
      rows: [
        {
          rowId: 'r1',
          baseVer: 10,
          cells: {
            'milestone.P1': '新增就业2500人。',
            'milestone.P2': '新增就业5000人。',
            leadUnits: '县人力社保局',
          },
        },
      ],
      removed: [{ rowId: body.added?.[0]?.rowId, baseVer: 10 }],
      moved: [{ rowId: 'r5', after: 'r3' }],
      added: [{ rowId: 'r4', baseVer: 10, after: 'r3', cells: r4?.cells, lead: r4?.lead, supporting: r4?.supporting }],
      units: [{ rowId: 'r1', lead: r1?.lead, supporting: r1?.supporting }],
    })
    expect(desk.flow.state()).toMatchObject({ adjusted: { undone: 11 }, notice: { text: 'adjust.undone' } })
  })

  test('is refused by the server where a task has changed since, and leaves what was recorded', async () => {
    desk.table().type(0, CELL.p2, '新增就业5200人。')
    await drafted()
    await send()
    desk.server.on(`POST ${ADJUSTMENTS}`, () => refusal('row-changed', 409))
    await undoAdjustment(desk.flow, '登记有误。')
    expect(desk.flow.state().adjusted).toMatchObject({ seq: 10 })
    expect(desk.flow.state().adjusted?.undone).toBeUndefined()
  })
})

test('archiving sends its reason once and shows the plan as it is then', async () => {
  desk.server
    .on(`POST /api/plans/${ISSUED.id}/archive`, () => ({ seq: 12, rows: [] }))
    .on(`/api/plans/${ISSUED.id}`, () => ({ plan: { ...ISSUED, state: 'archived' }, registry: { units: [] } }))
  await archivePlan(desk.flow, '年度任务已办结。')
  expect(desk.server.asked.filter(({ path }) => path.endsWith('/archive')).map(({ body }) => body)).toEqual([
    { reason: '年度任务已办结。' },
  ])
  expect(desk.flow.state()).toMatchObject({ screen: 'home', plan: { plan: { state: 'archived' } } })
  expect(desk.flow.state().notice).toMatchObject({ tone: 'success', text: 'archive.done' })
})
