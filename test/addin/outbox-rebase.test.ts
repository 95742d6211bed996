/** Two submissions of one sheet on their way: the later one must not meet the earlier one as somebody else's. */
import { beforeEach, describe, expect, test } from 'vitest'
import { createApi } from '../../addin/api.ts'
import { createLock } from '../../addin/outbox/lock.ts'
import { rebase } from '../../addin/outbox/rebase.ts'
import type { OutboxRecord } from '../../addin/outbox/record.ts'
import { createSender, type Sender } from '../../addin/outbox/sender.ts'
import { createMemoryStore, type OutboxStore } from '../../addin/outbox/store.ts'
import { mergeTable } from '../../domain/merge.ts'
import type { RowOutcome, ServerRow, Submission } from '../../domain/protocol.ts'
import type { CellChange, Row } from '../../domain/table.ts'
import { FakeServer, outcomeOf, receiptOf } from '../support/fake-server.ts'
import { serverRow } from '../support/unit-sheet.ts'

const COLUMNS = ['milestone.P1', 'milestone.P2']
const BASE = serverRow('r1', '城镇新增就业10000人以上。', ['一', '二'], true, 3)

function submissionOf(cells: Record<string, string>, extra: Partial<Submission> = {}, baseVer = 3): Submission {
  return { form: 'breakdown', specVersion: 1, rows: [{ rowId: 'r1', baseVer, cells }], ...extra }
}
const both = (one: string, two: string) => submissionOf({ 'milestone.P1': one, 'milestone.P2': two })
const change = (column: string, old: string, text: string): CellChange => ({ rowId: 'r1', column, old, new: text })
const outcome = (parts: Partial<RowOutcome>, ver = 7): RowOutcome => ({ ...outcomeOf('r1', ver), ...parts })
const headOf = (one: string, two: string, ver = 7): ServerRow => serverRow('r1', '', [one, two], true, ver)
const landed = (submission: Submission, outcomes: RowOutcome[], copyId = 'copy') => ({ submission, outcomes, copyId })

describe('a submission behind one that was taken', () => {
  const first = landed(both('甲', '二'), [outcome({ applied: [change('milestone.P1', '一', '甲')] })])

  test('takes the new version for a cell edited twice, and names no other cell', () => {
    const after = rebase({ submission: both('乙', '二'), copyId: 'copy' }, first, [headOf('甲', '二')])
    expect(after.rows).toEqual([{ rowId: 'r1', baseVer: 7, cells: { 'milestone.P1': '乙' } }])
  })

  test('takes it for a cell that was not part of the first where the head still reads as the person saw it', () => {
    const after = rebase({ submission: both('甲', '丙'), copyId: 'copy' }, first, [headOf('甲', '二')])
    expect(after.rows).toEqual([{ rowId: 'r1', baseVer: 7, cells: { 'milestone.P2': '丙' } }])
  })

  test('keeps its base where somebody else changed a cell that it changes too: that is for a person to decide', () => {
    const after = rebase({ submission: both('甲', '丙'), copyId: 'copy' }, first, [headOf('甲', '他人')])
    expect(after.rows).toEqual([{ rowId: 'r1', baseVer: 3, cells: { 'milestone.P2': '丙' } }])
  })

  test('leaves alone what it does not change, so that nobody is undone', () => {
    const after = rebase({ submission: both('甲', '二'), copyId: 'copy' }, first, [headOf('他人', '他人')])
    expect(after.rows).toEqual([{ rowId: 'r1', baseVer: 7, cells: {} }])
  })

  test('takes a second thought back to the first text for an edit, but not the text of an unsaved copy', () => {
    const heads = [headOf('甲', '二')]
    const back = both('一', '二')
    expect(rebase({ submission: back, copyId: 'copy' }, first, heads).rows[0]).toMatchObject({
      baseVer: 7,
      cells: { 'milestone.P1': '一' },
    })
    expect(rebase({ submission: back, copyId: 'another' }, first, heads).rows[0]?.cells).toEqual({})
  })

  test('sends a clearing that it confirms over the version in which it was held', () => {
    const held = landed(both('甲', ''), [
      outcome({
        applied: [change('milestone.P1', '一', '甲')],
        held: [{ column: 'milestone.P2', head: '二' }],
      }),
    ])
    const clears = [{ rowId: 'r1', column: 'milestone.P2' }]
    const submission = { ...both('乙', ''), clears }
    const after = rebase({ submission, copyId: 'copy' }, held, [headOf('甲', '二')])
    expect(after).toMatchObject({ clears, rows: [{ baseVer: 7, cells: { 'milestone.P1': '乙', 'milestone.P2': '' } }] })
  })

  test('goes out as it is where its row was kept out for errors or stands over another base', () => {
    const blocked = [{ code: 'x', severity: 'error' as const, params: {} }]
    const submission = both('乙', '二')
    expect(rebase({ submission }, landed(both('甲', '二'), [outcome({ blocked }, 3)]), []).rows).toEqual(
      submission.rows,
    )
    const older = submissionOf({ 'milestone.P1': '乙' }, {}, 2)
    expect(rebase({ submission: older }, first, []).rows).toEqual(older.rows)
  })

  test('names all cells of the row where a merged cell changed its width', () => {
    const merged = submissionOf({ 'milestone.P1': '合' })
    merged.rows[0]!.spans = { 'milestone.P1': 2 }
    const row = { rowId: 'r1', cells: { 'milestone.P1': '合' }, spans: { 'milestone.P1': 2 } }
    const over = (head: ServerRow) => rebase({ submission: merged, copyId: 'copy' }, first, [head]).rows
    expect(over(headOf('甲', '二'))).toEqual([{ ...row, baseVer: 7 }])
    // A text of somebody else that it would cover.
    expect(over(headOf('甲', '他人'))).toEqual([{ ...row, baseVer: 3 }])
  })
})

/** Keeps every version of one row and merges as the real server does. */
class MergingServer extends FakeServer {
  readonly versions = new Map<number, Row>([[3, { rowId: 'r1', cells: { ...BASE.cells } }]])
  readonly bodies: { attempt: string; body: string }[] = []
  readonly receipts = new Map<string, unknown>()
  conflicts = 0
  seq = 3
  losesAnswers = false

  constructor() {
    super()
    this.on('/api/plans/p/rows', () => ({
      planId: 'p',
      state: 'collecting',
      seq: this.seq,
      rows: [{ ...BASE, ver: this.seq, cells: this.head.cells }],
    }))
    this.on('POST /api/plans/p/submissions', ({ attempt = '', body }) => {
      this.bodies.push({ attempt, body: JSON.stringify(body) })
      const receipt = this.receipts.get(attempt) ?? this.merge(body as Submission)
      this.receipts.set(attempt, receipt)
      return this.losesAnswers ? 'offline' : receipt
    })
  }

  get head(): Row {
    return this.versions.get(this.seq)!
  }

  write(column: string, text: string): void {
    const { cells } = this.head
    this.versions.set(++this.seq, { rowId: 'r1', cells: { ...cells, [column]: text } })
  }

  merge(submission: Submission) {
    const [sent] = submission.rows
    const merged = mergeTable({
      columns: COLUMNS,
      base: [this.versions.get(sent!.baseVer)!],
      head: [this.head],
      submitted: [{ rowId: 'r1', cells: sent!.cells }],
    })
    if (merged.applied.length > 0) this.versions.set(++this.seq, merged.rows[0]!)
    this.conflicts += merged.conflicts.length
    const row = { ver: this.seq, applied: merged.applied, converged: merged.converged }
    return receiptOf(submission, { r1: row }, false)
  }
}

describe('the sender', () => {
  let server: MergingServer
  let store: OutboxStore

  beforeEach(() => {
    server = new MergingServer()
    store = createMemoryStore()
  })

  function startSender(): Sender {
    const api = createApi({ fetch: server.fetch, key: 'secret', locale: 'zh' })
    return createSender({
      store,
      actorId: 'actor-1',
      keyId: 'key-1',
      lock: createLock(undefined),
      lockName: 'outbox',
      submit: ({ planId, id }, submission) => api.submit(planId, submission, false, id),
      readRows: async (planId) => (await api.rows(planId)).rows,
      followReleases: async (_planId, submission) => submission,
      now: () => 1_000,
      random: () => 0,
      schedule: () => () => {},
      onChange: () => {},
      onDue: () => {},
    })
  }

  async function keep(id: string, submission: Submission): Promise<void> {
    const createdAt = (await store.list('actor-1')).length
    const rest = { planId: 'p', planTitle: '', actorId: 'actor-1', sheet: 's', copyId: 'copy', nextAt: 0, tries: 0 }
    await store.put({ ...rest, id, submission, createdAt, state: 'waiting' } satisfies OutboxRecord)
  }

  test('brings three texts of one cell into the master in order, without a conflict', async () => {
    for (const [id, text] of [
      ['a', '甲'],
      ['b', '乙'],
      ['c', '丙'],
    ] as const)
      await keep(id, both(text, '二'))
    expect(await startSender().send()).toHaveLength(3)
    expect(server.head.cells['milestone.P1']).toBe('丙')
    expect(server.conflicts).toBe(0)
  })

  test('does so where the first answer was lost and the second text was a return to the first', async () => {
    await keep('a', both('甲', '二'))
    server.losesAnswers = true
    await startSender().send()
    await keep('b', both('一', '二'))
    server.losesAnswers = false
    await startSender().send({ now: true })
    expect(server.head.cells['milestone.P1']).toBe('一')
    expect(server.conflicts).toBe(0)
  })

  test('never changes a body that was sent once, whatever arrives in between', async () => {
    await keep('a', both('甲', '二'))
    await keep('b', both('乙', '二'))
    await startSender().send()
    server.bodies.length = 0
    await keep('c', both('丙', '丁'))
    server.losesAnswers = true
    await startSender().send({ now: true })
    server.write('milestone.P2', '他人')
    server.losesAnswers = false
    await startSender().send({ now: true })
    expect(server.bodies.map(({ attempt }) => attempt)).toEqual(['c', 'c'])
    expect(new Set(server.bodies.map(({ body }) => body)).size).toBe(1)
  })

  test('undoes nothing that somebody else wrote while the two waited', async () => {
    await keep('a', both('甲', '二'))
    await keep('b', both('乙', '二'))
    server.write('milestone.P2', '他人')
    await startSender().send()
    expect(server.head.cells).toMatchObject({ 'milestone.P1': '乙', 'milestone.P2': '他人' })
    expect(server.conflicts).toBe(0)
  })

  test('makes a conflict of a cell that somebody else wrote between the two', async () => {
    await keep('a', both('甲', '二'))
    await keep('b', both('甲', '乙'))
    server.write('milestone.P2', '他人')
    await startSender().send()
    expect(server.head.cells).toMatchObject({ 'milestone.P1': '甲', 'milestone.P2': '他人' })
    expect(server.conflicts).toBe(1)
  })

  test('holds the second back unsent while the rows cannot be read', async () => {
    await keep('a', both('甲', '二'))
    await keep('b', both('乙', '二'))
    server.on('/api/plans/p/rows', () => 'offline')
    await startSender().send()
    expect((await store.get('b'))?.tries).toBe(0)
    expect(server.bodies).toHaveLength(1)
  })

  test('knows the first also where its receipt was opened and taken out meanwhile', async () => {
    await keep('a', both('甲', '二'))
    await keep('b', both('乙', '二'))
    const rows = server.answers.get('/api/plans/p/rows')!
    server.on('/api/plans/p/rows', () => 'offline')
    await startSender().send()
    await store.remove('a')
    server.on('/api/plans/p/rows', rows)
    await startSender().send({ now: true })
    expect(server.head.cells['milestone.P1']).toBe('乙')
    expect(server.conflicts).toBe(0)
  })
})
