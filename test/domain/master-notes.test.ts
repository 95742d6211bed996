import { describe, expect, it } from 'vitest'
import { type MasterEvent, type MasterReport, masterWorkbook } from '../../domain/master-workbook.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type { ConflictBody } from '../../domain/protocol.ts'
import { FENGJIE, fengjieRow } from '../support/plan-samples.ts'

const AT = '2023-11-10T01:12:00Z'
const SPEC = breakdownSpec(FENGJIE)
const column = (key: string) => SPEC.columns.findIndex((one) => one.key === key)
const FIRST_ROW = 4

function report(parts: Partial<MasterReport>): MasterReport {
  const rows = [
    fengjieRow(
      'r1',
      '1',
      '就业',
      [
        ['甲', 1],
        ['乙', 2],
        ['丙', 3],
      ],
      '县人力社保局',
      '县教委',
    ),
    fengjieRow('r2', '2', '教育', [['甲', 6]], '县教委', '——'),
  ]
  return { plan: FENGJIE, spec: SPEC, rows, status: [], conflicts: [], events: [], at: AT, ...parts }
}

function event(parts: Partial<MasterEvent>): MasterEvent {
  return {
    receipt: '20231110-0007',
    at: AT,
    by: '县教委',
    rowId: 'r1',
    kind: 'update',
    changes: [{ column: 'milestone.P1', old: '旧', new: '甲' }],
    ...parts,
  }
}

const CONFLICT: ConflictBody = {
  id: 'c',
  kind: 'span',
  rowId: 'r1',
  columns: ['milestone.P2', 'milestone.P3'],
  status: 'open',
  ver: 1,
  submissionId: 's',
  submittedBy: '县教委',
  at: AT,
  task: '就业',
  number: '1',
}

/** Texts of the notes on the master sheet by row (from the first of the table) and column. */
function notesOf(parts: Partial<MasterReport>): [number, number, string][] {
  const [master] = masterWorkbook(report(parts))
  return (master?.notes ?? []).map(({ row, column, text }) => [row - FIRST_ROW, column, text])
}

describe('notes of the master', () => {
  it('say who changed a cell last, when, and by which receipt', () => {
    const later = event({ by: '县发展改革委', receipt: '', at: '2023-11-11T02:00:00Z' })
    const other = event({ changes: [{ column: 'milestone.P4', old: '旧', new: '丙' }] })
    expect(notesOf({ events: [event({}), other, later] })).toEqual([
      [0, column('milestone.P1'), '县发展改革委 2023-11-11 10:00 修改'],
      [0, column('milestone.P4'), '县教委 2023-11-10 09:12 报送（回执20231110-0007）'],
    ])
  })

  it('tell decisions, adjustments and errata from submissions', () => {
    const change = (key: string) => [{ column: key, old: '旧', new: '新' }]
    const texts = notesOf({
      events: [
        event({ kind: 'resolve', receipt: '', changes: change('milestone.P1') }),
        event({ kind: 'adjust', receipt: '', documentNumber: '测府办〔2023〕9号', changes: change('milestone.P2') }),
        event({ kind: 'correct', receipt: '', changes: change('task') }),
      ],
    }).map(([, , text]) => text.slice('县教委 2023-11-10 09:12 '.length))
    expect(texts).toEqual(['勘误', '裁定冲突', '任务调整（测府办〔2023〕9号）'])
  })

  it('stand on no cell that is covered, nor on a row that is gone', () => {
    const covered = event({ changes: [{ column: 'milestone.P3', old: '旧', new: null, spans: [1, 1] }] })
    expect(notesOf({ events: [covered, event({ rowId: 'gone' })] })).toEqual([])
  })

  it('say first what waits: an open conflict, then what went back, with its reason', () => {
    const resolved: ConflictBody = { ...CONFLICT, rowId: 'r2', columns: ['milestone.P1'], status: 'resolved' }
    const returns = [
      { rowId: 'r1', column: 'milestone.P2', reason: '请写明数量。' },
      { rowId: 'r2', reason: '请整行核对。' },
    ]
    const changed = event({ changes: [{ column: 'milestone.P2', old: '旧', new: '乙' }] })
    expect(notesOf({ events: [changed], conflicts: [CONFLICT, resolved], returns })).toEqual([
      [
        0,
        column('milestone.P2'),
        '冲突：待裁定\n退回：请写明数量。\n县教委 2023-11-10 09:12 报送（回执20231110-0007）',
      ],
      [1, column('number'), '退回：请整行核对。'],
    ])
  })

  it('are as many as a workbook opens quickly with, the newest', () => {
    const rows = Array.from({ length: 1500 }, (_, i) =>
      fengjieRow(`r${i}`, `${i + 1}`, '任务', [['甲', 6]], '县教委', '——'),
    )
    const events = rows.map(({ rowId }) => event({ rowId }))
    const [master] = masterWorkbook(report({ rows, events, returns: [{ rowId: 'r0', reason: '重报' }] }))
    expect(master?.notes).toHaveLength(1001)
    expect(master?.notes?.[0]).toMatchObject({ row: FIRST_ROW, text: '退回：重报' })
    expect(master?.notes?.at(-1)?.row).toBe(FIRST_ROW + 1499)
  })
})

describe('the master sheet', () => {
  it('filters by the lower header row, with the hidden ids in the range, so that sorting takes them along', () => {
    const [master, ...lists] = masterWorkbook(report({ conflicts: [CONFLICT] }))
    expect(master?.filter).toEqual({ row: FIRST_ROW - 1, column: 0, rows: 3, columns: SPEC.columns.length + 1 })
    expect(master?.hiddenColumns).toEqual([SPEC.columns.length])
    const conflicts = lists.find(({ name }) => name === '冲突')
    expect(conflicts?.filter).toMatchObject({ rows: 2, columns: conflicts?.columnWidths.length })
  })

  it('has the title at the foot of every page', () => {
    expect(masterWorkbook(report({}))[0]?.print?.footer).toBe(FENGJIE.title)
  })

  it('sets off what waits for a decision and what went back', () => {
    const returns = [{ rowId: 'r2', column: 'milestone.P1', reason: '重报' }]
    const [master] = masterWorkbook(report({ conflicts: [CONFLICT], returns }))
    expect(master?.cells[FIRST_ROW]?.[column('milestone.P2')]?.style).toBe('bad')
    expect(master?.cells[FIRST_ROW + 1]?.[column('milestone.P1')]?.style).toBe('warning')
  })
})
