/** A desk over the rows of unit-sheet.ts, and a server that passes, sends back and takes back as the Worker does. */
import { annotatedText } from '../../domain/annotation.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type { Desk, History, NewAnnotations, QueuedRow, ServerRow } from '../../domain/protocol.ts'
import { type FakeServer, refusal } from './fake-server.ts'
import { PLAN, ROWS } from './unit-sheet.ts'

export const AT_NIGHT = '2023-11-10T01:02:03Z'
const UNIT = '县人力社保局'
const OFFICE = '县发展改革委'

function ofRow(rowId: string) {
  const row = ROWS.find((candidate) => candidate.rowId === rowId) as ServerRow
  return { rowId, number: row.cells.number ?? '', task: row.cells.task ?? '', lead: row.lead }
}

function queued(rowId: string, parts: Partial<QueuedRow>): QueuedRow {
  return {
    ...ofRow(rowId),
    ver: 3,
    review: 'pending',
    by: UNIT,
    at: AT_NIGHT,
    changes: [],
    errors: 0,
    warnings: 0,
    openConflicts: 0,
    returns: [],
    ...parts,
  }
}

/** One row that is clean, one that was sent back, one with errors and a conflict; something of every other kind. */
export function sampleDesk(): Desk {
  return {
    planId: PLAN.id,
    seq: 12,
    queue: [
      queued('r1', {
        changes: [
          { column: 'milestone.P1', old: '新增就业2000人。', new: '新增就业2500人。' },
          { column: 'milestone.P2', old: '完成全年任务的一半，推进各项就业服务。', new: '新增就业5000人。' },
        ],
      }),
      queued('r2', {
        lead: ['县医保局', UNIT],
        review: 'returned',
        changes: [{ column: 'milestone.P1', old: null, new: '制定工作方案。', spans: [2, 1] }],
        returns: [{ column: 'milestone.P2', reason: '目标不够具体，请写明完成的数量。', by: OFFICE, at: AT_NIGHT }],
      }),
      queued('r3', { by: '县医保局', hand: 'sent', errors: 1, warnings: 1, openConflicts: 1 }),
    ],
    suggestions: [
      {
        ...ofRow('r1'),
        by: UNIT,
        at: AT_NIGHT,
        submissionId: 's1',
        column: 'task',
        head: '城镇新增就业10000人以上。',
        submitted: '城镇新增就业12000人以上。',
      },
    ],
    held: [
      { ...ofRow('r2'), by: UNIT, at: AT_NIGHT, submissionId: 's1', column: 'milestone.P1', head: '制定工作方案。' },
    ],
    blocked: [
      {
        ...ofRow('r3'),
        by: '县医保局',
        at: AT_NIGHT,
        submissionId: 's2',
        issues: [{ code: 'milestone/blank', column: 'milestone.P2', params: {} }],
      },
    ],
    openConflicts: 1,
    unconfirmedSpans: 2,
    openDrafts: 0,
  }
}

/** Every kind of entry. */
export const SAMPLE_HISTORY: History = {
  events: [
    {
      seq: 1,
      rowId: 'r1',
      kind: 'insert',
      by: OFFICE,
      at: '2023-10-01T01:00:00Z',
      changes: Object.entries(ROWS[0]?.cells ?? {}).map(([column, text]) => ({ column, old: null, new: text })),
    },
    {
      seq: 4,
      rowId: 'r1',
      kind: 'update',
      by: UNIT,
      at: '2023-10-08T01:00:00Z',
      receipt: '20231008-0001',
      broughtBy: OFFICE,
      changes: [{ column: 'milestone.P1', old: '新增就业2000人。', new: '新增就业2500人。' }],
    },
    {
      seq: 9,
      rowId: 'r1',
      kind: 'adjust',
      by: OFFICE,
      at: '2023-11-01T01:00:00Z',
      reason: '经县政府常务会议研究同意。',
      documentNumber: '奉节府办发〔2023〕9号',
      effectivePeriod: 'P2',
      changes: [{ column: 'milestone.P2', old: '新增就业4000人。', new: '新增就业5000人。' }],
    },
  ],
  reviews: [
    {
      kind: 'return',
      column: 'milestone.P1',
      text: '各期目标合计与年度目标不一致，请核对。',
      by: OFFICE,
      at: '2023-10-07T01:00:00Z',
    },
    { kind: 'accept', text: '', by: OFFICE, at: '2023-10-09T01:00:00Z' },
    { kind: 'withdrawal', text: '', by: OFFICE, at: '2023-10-09T01:01:00Z' },
  ],
  conflicts: [
    {
      id: 'c1',
      kind: 'cell',
      rowId: 'r1',
      column: 'milestone.P1',
      base: '新增就业2000人。',
      head: '新增就业2500人。',
      submitted: '新增就业2700人。',
      status: 'resolved',
      ver: 4,
      submissionId: 's1',
      submittedBy: UNIT,
      headBy: OFFICE,
      at: '2023-10-20T01:00:00Z',
      task: ROWS[0]?.cells.task ?? '',
      number: '1',
      resolution: { choose: 'head', by: OFFICE, reason: '以印发口径为准。', at: '2023-10-21T01:00:00Z', seq: 8 },
    },
  ],
}

/** Answers the desk and keeps what is said of its rows; `rows` may be given newer versions by the test. */
export function serveDesk(server: FakeServer, desk: Desk = sampleDesk(), rows: ServerRow[] = ROWS) {
  const kept = { desk, rows: structuredClone(rows) }
  const spec = breakdownSpec(PLAN)
  const path = `/api/plans/${PLAN.id}`
  server.on(`${path}/desk`, () => kept.desk)
  server.on(`${path}/rows`, () => ({ planId: PLAN.id, state: PLAN.state, seq: kept.desk.seq, rows: kept.rows }))
  server.on(`${path}/rows/r1/history`, () => SAMPLE_HISTORY)
  server.on(`POST ${path}/annotations`, ({ body }) => {
    const { annotations } = body as NewAnnotations
    const isSeen = annotations.every((said) => {
      const row = kept.rows.find(({ rowId }) => rowId === said.rowId)
      return row && annotatedText(spec, row, said) === said.ofText
    })
    if (!isSeen) return refusal('row-changed', 409)
    const removed = sampleDesk().queue
    for (const { rowId, kind, column, text } of annotations) {
      const others = kept.desk.queue.filter((row) => row.rowId !== rowId)
      const row = kept.desk.queue.find((candidate) => candidate.rowId === rowId)
      const before = row ?? removed.find((candidate) => candidate.rowId === rowId)
      if (!before) continue
      const returns = kind === 'return' ? [{ ...(column && { column }), reason: text, by: OFFICE, at: AT_NIGHT }] : []
      const review = kind === 'return' ? 'returned' : 'pending'
      const queue = kind === 'accept' ? others : [...others, { ...before, review: review as 'pending', returns }]
      kept.desk = { ...kept.desk, queue: queue.sort((one, other) => one.rowId.localeCompare(other.rowId)) }
    }
    return { annotations: [] }
  })
  return kept
}
