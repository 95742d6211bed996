import { beforeEach, describe, expect, test } from 'vitest'
import type { CheckResult, Said } from '../../addin/checking-state.ts'
import { withdrawAnnotation } from '../../addin/flows/annotations.ts'
import { checkSheet } from '../../addin/flows/check.ts'
import type { Flow } from '../../addin/flows/flow.ts'
import { signIn } from '../../addin/flows/session.ts'
import { answerTarget, jumpToCell, openTargets, recheckTargets } from '../../addin/flows/targets.ts'
import { openTargetIssues } from '../../addin/screens/target-issues.ts'
import { answersTo } from '../../addin/screens/target-question.tsx'
import { groupTargetRows, readTargetRows, type TargetView } from '../../addin/screens/target-rows.ts'
import { issueKey } from '../../domain/annotation.ts'
import type { AnnotationBody, NewAnnotations } from '../../domain/protocol.ts'
import { FakeServer, serveUnit, startFlow } from '../support/fake-server.ts'
import { MemoryHost } from '../support/memory-host.ts'
import { AT, circulatedSheet, PLAN, REGISTRY, ROWS, SHEET, serverRow } from '../support/unit-sheet.ts'

let host: MemoryHost
let server: FakeServer
let flow: Flow

beforeEach(() => {
  host = new MemoryHost([circulatedSheet()])
  server = new FakeServer()
  ;({ flow } = startFlow(host, server))
})

/** The checked table with another first row; signed in as the unit that leads it. */
async function checkRow(task: string, first: string, second: string): Promise<CheckResult> {
  serveUnit(server, PLAN, REGISTRY, [serverRow('r1', task, [first, second], true), ...ROWS.slice(1)])
  for (const [at, text] of [task, first, second].entries()) host.type(SHEET, AT.r1, at + 1, text)
  await signIn(flow, 'key')
  await checkSheet(flow)
  return checked()
}

function checked(): CheckResult {
  const { check } = flow.state()
  if (!check) throw new Error('nothing was checked')
  return check
}

/** The targets of the first row. */
function targets(check = checked()): TargetView[] {
  return readTargetRows(check).find(({ row }) => row.at === AT.r1)?.targets ?? []
}

function serveAnnotations(): AnnotationBody[] {
  const kept: AnnotationBody[] = []
  server.on(`POST /api/plans/${PLAN.id}/annotations`, ({ body }) => {
    kept.push(...(body as NewAnnotations).annotations)
    const isTaken = kept.at(-1)?.kind === 'withdrawal'
    const standing = isTaken ? [] : kept.filter(({ kind }) => kind !== 'withdrawal')
    return { annotations: standing.map((one) => ({ ...one, by: '县人力社保局', at: '2023-11-10T01:02:03Z' })) }
  })
  return kept
}

const RISING = ['开发公益性岗位2000个。', '开发公益性岗位1000个。', '开发公益性岗位2000个。'] as const

async function answer(text: 'increment' | 'cumulative' | 'elsewhere'): Promise<void> {
  const issue = targets().find(({ asks }) => asks)?.told?.issue
  if (!issue?.rowId) throw new Error('nothing is asked')
  await answerTarget(flow, { rowId: issue.rowId, code: issueKey(issue), answer: text })
}

describe('what is shown', () => {
  test('each figure stands with its cell, its place there and how it is meant', async () => {
    await checkRow('新增学位500个。', '3月底前新增学位200个。', '累计新增学位500个。')
    const [target] = targets()
    expect(target?.found).toMatchObject([
      { column: 'milestone.P1', start: 8, end: 12, text: '200个', role: 'increment' },
      { column: 'milestone.P2', start: 6, end: 10, text: '500个', role: 'cumulative' },
    ])
  })

  test('rows with something to do come first, one that was answered stays in sight, the rest is folded', async () => {
    const kept = serveAnnotations()
    const check = await checkRow(...RISING)
    const mine = () => true
    const groups = () => {
      const { open, explained, fine } = groupTargetRows(readTargetRows(checked()), mine)
      return [open, explained, fine].map((rows) => rows.map(({ row }) => row.at))
    }
    expect(groups()).toEqual([[AT.r1, AT.r2], [], [AT.r3]])
    expect(openTargetIssues(check.issues, mine)).toHaveLength(2)
    await answer('cumulative')
    expect(kept).toMatchObject([{ kind: 'answer', text: 'cumulative' }])
    expect(groups()).toEqual([[AT.r2], [AT.r1], [AT.r3]])
    expect(openTargetIssues(checked().issues, mine)).toHaveLength(1)
  })

  test('advice alone is nothing to do, and stands apart', async () => {
    await checkRow('新增学位500个。', '学位建设前期工作。', '学位建设完成主体工程。')
    const { open, advised } = groupTargetRows(readTargetRows(checked()), () => true)
    expect([open, advised].map((rows) => rows.map(({ row }) => row.at))).toEqual([[AT.r2], [AT.r1]])
    expect(openTargetIssues(checked().issues, () => true)).toHaveLength(1)
  })

  test('what concerns nobody here is not to do', async () => {
    await checkRow(...RISING)
    expect(groupTargetRows(readTargetRows(checked()), () => false).open).toEqual([])
  })

  test('a figure that promises nothing is listed apart', async () => {
    await checkRow('新增学位500个，受益人口20000余人。', '制定方案。', '新增学位500个。')
    const [row] = readTargetRows(checked())
    expect(row?.unread.map(({ target }) => target.text)).toEqual(['20000余人'])
    expect(row?.targets.map(({ check }) => check.target.text)).toEqual(['500个'])
  })

  test('of figures of one thing that the check speaks of once, one asks and the others only show it', async () => {
    await checkRow('改造老旧小区7个、1608户、93栋，新建停车场3个。', '制定方案。', '新建停车场3个。')
    const told = targets().filter(({ check }) => check.verdict === 'not-covered' || check.verdict === 'stage-only')
    expect(told.length).toBeGreaterThan(1)
    expect(told.filter(({ asks }) => asks)).toHaveLength(1)
    expect(told.every((target) => target.told !== undefined)).toBe(true)
  })
})

test('in a row, what was told comes first and keeps its place once it is answered', async () => {
  serveAnnotations()
  await checkRow('新增学位500个，开发公益性岗位2000个。', '新增学位500个。', '开展义诊活动。')
  const metrics = () => targets().map(({ check }) => check.metric)
  expect(metrics()).toEqual(['公益性岗位', '学位'])
  await answer('elsewhere')
  expect(targets()[0]).toMatchObject({ answer: { text: 'elsewhere' } })
  expect(metrics()).toEqual(['公益性岗位', '学位'])
})

describe('the picture of the way', () => {
  test('adds up what each period brings, in the target’s unit, at the end of its period', async () => {
    await checkRow('发放创业担保贷款1亿元。', '发放创业担保贷款6000万元。', '发放创业担保贷款4000万元。')
    expect(targets()[0]?.path).toEqual({
      kind: 'sum',
      steps: [
        { milestone: 0, at: 0.5, value: 0.6, label: '0.6亿元' },
        { milestone: 1, at: 1, value: 1, label: '1亿元' },
      ],
      goal: { value: 1, label: '1亿元' },
      periods: 2,
    })
  })

  test.each([
    ['城乡居民参保率达到95%以上。', '参保率达到50%。', '参保率达到95%。', [50, 95], 95],
    ['新增学位500个。', '累计新增学位200个。', '累计新增学位500个。', [200, 500], 500],
  ])('of levels and of the year so far joins what is reached: %s', async (task, first, second, values, goal) => {
    await checkRow(task, first, second)
    const { path } = targets()[0] ?? {}
    expect(path).toMatchObject({ kind: 'level', goal: { value: goal } })
    expect(path?.steps.map(({ value }) => value)).toEqual(values)
  })

  test('shares of work go to all of the work, whatever count they stand for', async () => {
    await checkRow('改造老旧小区7个。', '老旧小区改造完成工程量的30%。', '老旧小区改造完成工程量的100%。')
    const { check, path } = targets()[0] ?? {}
    expect(check?.verdict).toBe('covered-by-share')
    expect(path).toMatchObject({ kind: 'level', goal: { value: 100, label: '100%' } })
  })

  test('the end of the work, told in words behind its shares, is all of it', async () => {
    await checkRow('改造老旧小区7个。', '老旧小区改造完成工程量的30%。', '老旧小区改造全面完工。')
    expect(targets()[0]?.path?.steps.map(({ label }) => label)).toEqual(['30%', '100%'])
  })

  test.each([
    ['a question is open', ...RISING],
    ['periods and the year so far are mixed', '新增学位500个。', '新增学位200个。', '累计新增学位500个。'],
    ['the year so far comes before a period', '新增学位500个。', '累计新增学位200个。', '新增学位300个。'],
    ['one cell gives two levels', '新增学位500个。', '累计新增学位200个，累计新增学位300个。', '累计新增学位500个。'],
    ['there is one figure only', '新增学位500个。', '制定方案。', '新增学位500个。'],
    ['a figure is a range', '新增学位500个。', '新增学位200-300个。', '新增学位200-300个。'],
    ['only work is told', '新增学位500个。', '学位建设前期工作。', '学位建设完成主体工程。'],
  ])('is left out where %s', async (_why, task, first, second) => {
    await checkRow(task, first, second)
    expect(targets()).toHaveLength(1)
    expect(targets()[0]?.path).toBeUndefined()
  })

  test('is drawn once the question is answered, as it was answered', async () => {
    serveAnnotations()
    await checkRow(...RISING)
    await answer('cumulative')
    expect(targets()[0]).toMatchObject({
      path: { kind: 'level' },
      found: [{ role: 'cumulative' }, { role: 'cumulative' }],
    })
  })
})

describe('questions', () => {
  test('an answer is kept with the row, shown with who and when, and the question is gone', async () => {
    const kept = serveAnnotations()
    await checkRow(...RISING)
    openTargets(flow, 'r1')
    await answer('cumulative')
    expect(kept[0]).toMatchObject({ rowId: 'r1', code: expect.stringMatching(/^target\/ambiguous#/), kind: 'answer' })
    expect(kept[0]).not.toHaveProperty('column')
    expect(flow.state()).toMatchObject({ screen: 'targets', targetsAt: 'r1' })
    expect(targets()[0]).toMatchObject({
      asks: false,
      check: { verdict: 'cumulative-ok' },
      answer: { text: 'cumulative', by: '县人力社保局', at: '2023-11-10T01:02:03Z' },
    })
  })

  test('once taken back, it is asked again', async () => {
    serveAnnotations()
    await checkRow(...RISING)
    await answer('cumulative')
    await withdrawAnnotation(flow, targets()[0]?.answer as Said)
    expect(targets()[0]).toMatchObject({ asks: true, check: { verdict: 'ambiguous' } })
    expect(targets()[0]?.answer).toBeUndefined()
  })

  test('without an answer from the server nothing is lost on the screen', async () => {
    await checkRow(...RISING)
    openTargets(flow)
    server.on(`POST /api/plans/${PLAN.id}/annotations`, () => 'offline')
    await answer('increment')
    expect(flow.state()).toMatchObject({ screen: 'targets', notice: { text: 'offline', retry: true } })
    expect(targets()[0]).toMatchObject({ asks: true })
  })

  test('without a plan the answer lives in the pane for this session, and nothing is sent', async () => {
    for (const [at, text] of RISING.entries()) host.type(SHEET, AT.r1, at + 1, text)
    await checkSheet(flow)
    await answer('cumulative')
    expect(flow.state().notice).toMatchObject({ text: 'annotation.keptHere' })
    await recheckTargets(flow, checked())
    expect(targets()[0]).toMatchObject({ check: { verdict: 'cumulative-ok' }, answer: { text: 'cumulative' } })
    expect(server.asked).toEqual([])
  })

  test.each([
    [...RISING, ['increment', 'cumulative']],
    ['新增学位500个。', '制定方案。', '新增学位300个。', ['elsewhere']],
    ['新增学位500个。', '开展义诊活动。', '开展普法宣传活动。', ['elsewhere']],
    ['新增学位500个。', '累计新增学位300个。', '累计新增学位200个。', []],
    ['新增学位500个。', '新增学位300个。', '新增学位300个。', ['cumulative']],
  ])('%s with %s %s may be answered with %j', async (task, first, second, answers) => {
    await checkRow(task, first, second)
    const [target] = targets()
    const severity = target?.told?.issue.severity
    expect(severity && target && answersTo(target.check, severity)).toEqual(answers)
  })
})

describe('in place', () => {
  test('a figure leads to its cell', async () => {
    const check = await checkRow(...RISING)
    await jumpToCell(flow, check, check.table[0]?.rowId ?? '', 'milestone.P2')
    await jumpToCell(flow, check, check.table[0]?.rowId ?? '', 'task')
    await jumpToCell(flow, check, 'nowhere', 'task')
    expect(host.jumps.map(({ row, column }) => [row, column])).toEqual([
      [AT.r1, AT.p2],
      [AT.r1, 1],
    ])
  })

  test('after an edit the table is worked out again without leaving the screen', async () => {
    await checkRow(...RISING)
    openTargets(flow)
    host.type(SHEET, AT.r1, AT.p2, '开发公益性岗位1000个。')
    await recheckTargets(flow, checked())
    expect(flow.state().screen).toBe('targets')
    expect(targets()[0]?.check.verdict).toBe('adds-up')
  })
})
