/** Results that follow the sheet while it is edited: in place, afterwards, once, and always those of the final text. */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { checkSheet } from '../../addin/flows/check.ts'
import { planFixAll } from '../../addin/flows/fix.ts'
import { type Flow, run } from '../../addin/flows/flow.ts'
import { EDIT_PAUSE_MS, type LiveCheck, QUIET_MS, startLiveCheck, TELL_MS } from '../../addin/flows/live-check.ts'
import { signIn } from '../../addin/flows/session.ts'
import { openTargets } from '../../addin/flows/targets.ts'
import { reasonKeeper } from '../../addin/screens/issue-reason.tsx'
import { HostFailure } from '../../addin/sheet-host.ts'
import type { Area } from '../../domain/grid.ts'
import { FakeServer, serveUnit, startFlow } from '../support/fake-server.ts'
import { MemoryHost } from '../support/memory-host.ts'
import { AT, circulatedSheet, PLAN, REGISTRY, ROWS, SHEET } from '../support/unit-sheet.ts'

let host: MemoryHost
let flow: Flow
let live: LiveCheck

beforeEach(async () => {
  vi.useFakeTimers()
  host = new MemoryHost([circulatedSheet()])
  const server = new FakeServer()
  serveUnit(server, PLAN, REGISTRY, ROWS)
  flow = startFlow(host, server).flow
  live = startLiveCheck(flow)
})

afterEach(() => {
  live.stop()
  vi.useRealTimers()
})

const type = (row: number, column: number, text: string) => host.type(SHEET, row, column, text)
const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const settle = () => wait(EDIT_PAUSE_MS + 1)
const checked = () => {
  const { check } = flow.state()
  if (!check) throw new Error('nothing was checked')
  return check
}
const codesAt = (row: number, column: number) =>
  checked()
    .issues.filter((placed) => placed.row === row && placed.column === column)
    .map(({ issue }) => issue.code)
const told = () => flow.state().notice?.params?.counts

describe.each([
  ['with a key', () => signIn(flow, 'key')],
  ['before there is a key', async () => {}],
])('%s', (_, enter) => {
  beforeEach(enter)

  test('the results follow an edit in place, and nothing is written', async () => {
    await checkSheet(flow)
    openTargets(flow)
    type(AT.r1, AT.p1, '新增就业2500人。。')
    await settle()
    expect(codesAt(AT.r1, AT.p1)).toContain('punctuation/doubled')
    expect(checked().stale).toBe(false)
    expect(flow.state()).toMatchObject({ screen: 'targets', busy: undefined })
    expect(host.marks).toContainEqual(expect.objectContaining({ row: AT.r1, column: AT.p1 }))
    expect(host.writes).toEqual([])
    type(AT.r1, AT.p1, '新增就业2500人。')
    await settle()
    expect(codesAt(AT.r1, AT.p1)).toEqual([])
  })

  test('are those of a full check of the final text, whatever was edited how fast', async () => {
    const text = fc.constantFrom(
      '',
      '——',
      '完成选址。',
      '完成选址。。',
      '新增就业２５００人 ',
      '县教委',
      '12',
      '布署工作',
      '=',
    )
    const step = fc.oneof(
      fc.record({ row: fc.integer({ min: 0, max: 7 }), column: fc.nat(7), text, pause: fc.constantFrom(0, 100, 700) }),
      fc.record({ merge: fc.integer({ min: AT.r1, max: AT.r3 }), pause: fc.constantFrom(0, 700) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        host.grids.set(SHEET, circulatedSheet())
        await checkSheet(flow)
        for (const one of steps) {
          if ('merge' in one) host.grids.get(SHEET)?.merges.push({ row: one.merge, column: AT.p1, rows: 1, columns: 2 })
          else type(one.row, one.column, one.text)
          await wait(one.pause)
        }
        live.look()
        await settle()
        const { issues, snapshot, stale } = checked()
        await checkSheet(flow)
        if (stale) expect(flow.state().notice?.text).toBe('sheet.noTable')
        else expect({ issues, snapshot }).toEqual({ issues: checked().issues, snapshot: checked().snapshot })
      }),
    )
  })
})

test('what was sent back stands on its cell until the text changes, and no reason settles it', async () => {
  const text = ROWS[0]?.cells['milestone.P1'] ?? ''
  const sentBack = { rowId: 'r1', column: 'milestone.P1', code: 'review', kind: 'return' as const }
  const said = { ...sentBack, text: '请补充完成数量。', ofText: text, by: '县发展改革委', at: '2023-11-10T01:02:03Z' }
  const server = new FakeServer()
  serveUnit(
    server,
    PLAN,
    REGISTRY,
    ROWS.map((row) => (row.rowId === 'r1' ? { ...row, annotations: [said] } : row)),
  )
  live.stop()
  flow = startFlow(host, server).flow
  live = startLiveCheck(flow)
  await signIn(flow, 'key')
  await checkSheet(flow)
  expect(codesAt(AT.r1, AT.p1)).toContain('review/returned')
  const issue = checked().issues.find((placed) => placed.issue.code === 'review/returned')?.issue
  expect(issue && reasonKeeper({ state: flow.state(), check: checked(), issue })).toBeUndefined()
  type(AT.r1, AT.p1, '新增就业2500人，完成全年的25%。')
  await settle()
  expect(codesAt(AT.r1, AT.p1)).not.toContain('review/returned')
  type(AT.r1, AT.p1, text)
  await settle()
  expect(codesAt(AT.r1, AT.p1)).toContain('review/returned')
})

describe('while it is edited', () => {
  beforeEach(async () => {
    await signIn(flow, 'key')
    await checkSheet(flow)
  })

  test('waits for work that runs, and looks afterwards', async () => {
    let end = () => {}
    const work = run(flow, 'busy.fix', () => new Promise<void>((resolve) => (end = resolve)))
    type(AT.r1, AT.p1, '新增就业2500人。。')
    await wait(10 * EDIT_PAUSE_MS)
    expect(codesAt(AT.r1, AT.p1)).toEqual([])
    end()
    await work
    await settle()
    expect(codesAt(AT.r1, AT.p1)).toContain('punctuation/doubled')
  })

  test('what was read before a newer edit, or before other work began, is not shown', async () => {
    const read = host.read.bind(host)
    const answers: (() => void)[] = []
    host.read = (sheet) => new Promise((resolve) => answers.push(() => resolve(read(sheet))))
    const answerAll = async () => {
      while (answers.length > 0) {
        answers.shift()?.()
        await wait(0)
      }
    }
    const before = checked()
    type(AT.r1, AT.p1, '新增就业2500人。。')
    await settle()
    type(AT.r2, AT.p1, '制定工作方案。。')
    await answerAll()
    expect(checked()).toBe(before)
    await settle()
    flow.dispatch({ type: 'started', busy: { text: 'busy.fix', done: 0, total: 0, cancellable: false } })
    await answerAll()
    expect(checked()).toBe(before)
    flow.dispatch({ type: 'ended' })
    await settle()
    await answerAll()
    expect([codesAt(AT.r1, AT.p1), codesAt(AT.r2, AT.p1)].map((codes) => codes.length > 0)).toEqual([true, true])
  })

  test('while a cell is being edited Excel answers nothing: it is asked again, and nothing is said', async () => {
    const read = host.read.bind(host)
    host.read = () => Promise.reject(new HostFailure('cell-editing'))
    const said = flow.state().notice
    type(AT.r1, AT.p1, '新增就业2500人。。')
    await wait(10_000)
    expect(flow.state()).toMatchObject({ check: { stale: false }, notice: said })
    host.read = read
    await wait(3000)
    expect(codesAt(AT.r1, AT.p1)).toContain('punctuation/doubled')
  })

  test('a sheet that can no longer be read as a table is said to have changed, until it can be read again', async () => {
    const grid = host.grids.get(SHEET)
    host.grids.delete(SHEET)
    live.look()
    await settle()
    expect(checked().stale).toBe(true)
    if (grid) host.grids.set(SHEET, grid)
    live.look()
    await settle()
    expect(checked().stale).toBe(false)
    host.read = () => Promise.reject(new HostFailure('too-large'))
    type(AT.r1, AT.p1, '新增')
    await settle()
    expect(checked().stale).toBe(true)
    expect(flow.state().notice?.tone).not.toBe('error')
  })

  test('merging raises no event: it is found once the person has paused, or turns to the pane', async () => {
    const areas: (readonly Area[] | undefined)[] = []
    const read = host.read.bind(host)
    host.read = (sheet, changed?: readonly Area[]) => {
      if (sheet === SHEET) areas.push(changed)
      return read(sheet)
    }
    const area = { row: AT.r2, column: AT.p1, rows: 1, columns: 1 }
    host.edit(SHEET, area, '制定方案。')
    await settle()
    expect(areas).toEqual([[area]])
    host.edit(SHEET, area, '制定工作方案。')
    await settle()
    expect(areas, 'the whole is not read while somebody types').toEqual([[area], [area]])
    host.grids.get(SHEET)?.merges.push({ row: AT.r2, column: AT.p1, rows: 1, columns: 2 })
    await wait(QUIET_MS)
    expect(areas).toEqual([[area], [area], undefined])
    await wait(10 * QUIET_MS)
    expect(areas).toHaveLength(3)
    expect(checked().table.find(({ at }) => at === AT.r2)?.spans).toEqual({ 'milestone.P1': 2 })
  })

  test('an edit of another sheet, or one that changed nothing, leaves everything as it is', async () => {
    const before = flow.state()
    host.grids.set('另一张', circulatedSheet())
    host.type('另一张', 0, 0, '改')
    type(AT.r1, AT.p1, host.text(SHEET, AT.r1, AT.p1))
    await wait(60_000)
    expect(flow.state()).toBe(before)
  })

  test('what fixing everything would change follows too', async () => {
    type(AT.r1, AT.p1, '新增就业2500人。。')
    type(AT.r2, AT.p1, '制定工作方案。。')
    await settle()
    await planFixAll(flow, SHEET)
    expect(checked().plannedFix).toHaveLength(2)
    type(AT.r2, AT.p1, '制定工作方案。')
    await settle()
    expect(checked().plannedFix).toHaveLength(1)
  })

  test('new counts are told once, in place of the former ones, after a whole burst of edits', async () => {
    const before = told()
    for (const text of ['新增就业。。', '新增，，就业。。', '新增就业2500人。。']) {
      type(AT.r1, AT.p1, text)
      await settle()
    }
    expect(told()).toBe(before)
    await wait(TELL_MS)
    expect(told()).not.toBe(before)
    expect(checked().told).toBeUndefined()
  })

  test('where another notice stands, or none, only those who hear the screen are told', async () => {
    flow.dispatch({ type: 'noticed', notice: undefined })
    type(AT.r1, AT.p1, '新增就业2500人。。')
    await wait(EDIT_PAUSE_MS + TELL_MS + 10)
    expect(flow.state().notice).toBeUndefined()
    expect(checked().told).toMatch(/处/)
    const said = checked().told
    type(AT.r1, AT.p1, '新增就业2600人。。')
    await wait(EDIT_PAUSE_MS + TELL_MS + 10)
    expect(checked().told, 'the same counts are not news').toBeUndefined()
    expect(said).not.toBe('')
  })
})
