/** Returned files in every state, as the screens of the pane show them. */
import type { Flow } from '../../addin/flows/flow.ts'
import type { IntakeItem, IntakePreview } from '../../addin/flows/intake-item.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type { Receipt, Submission } from '../../domain/protocol.ts'
import { readTable } from '../../domain/read-table.ts'
import { receiptOf } from '../support/fake-server.ts'
import { circulatedSheet, PLAN, ROWS, SHEET } from '../support/unit-sheet.ts'

/** `outcome`: what the server says of a submission in which every kind of outcome occurs. */
export function showReturnedFiles(
  flow: Flow,
  outcome: (body: Submission, dryRun: boolean) => Receipt,
  open?: 'confirm' | 'look' | 'done',
): void {
  const read = readTable(circulatedSheet(), breakdownSpec(PLAN))
  if (!read.layout) throw new Error('no table')
  const found = { sheet: SHEET, table: read.table, layout: read.layout }
  const submission: Submission = {
    form: 'breakdown',
    specVersion: 1,
    behalfOf: '县人力社保局',
    rows: ROWS.slice(0, 2).map(({ rowId, ver, cells }) => ({ rowId, baseVer: ver, cells })),
  }
  const preview = (receipt: Receipt, unversioned = 0): IntakePreview => ({
    submission,
    receipt,
    unversioned,
    foreign:
      unversioned > 0 ? [{ rowId: 'r3', column: 'milestone.P1', sheet: '参保率60%。', head: '参保率达到50%。' }] : [],
    gone: [],
    unsent: [],
    clears: [],
    kept: ['r1 milestone.P2'],
  })
  const plain = receiptOf(
    submission,
    {
      r1: {
        outcome: 'applied',
        applied: [{ rowId: 'r1', column: 'milestone.P1', old: '新增就业2500人。', new: '新增就业2600人。' }],
      },
    },
    true,
  )
  const base: IntakeItem = {
    id: '',
    file: '',
    hash: 'ab',
    found,
    proposed: [],
    unit: '县人力社保局',
    isConfirmed: true,
  }
  const confirm: Partial<IntakeItem> = {
    isConfirmed: false,
    proposed: [
      { unit: '县人力社保局', edited: 1, rows: 2 },
      { unit: '县医保局', edited: 0, rows: 1 },
    ],
    recognition: {
      sheet: SHEET,
      snapshot: '',
      carried: 1,
      matched: [{ index: 0, rowId: 'r1' }],
      open: [
        {
          index: 1,
          address: 'B4',
          task: '开发公益性岗位2000个左右。',
          candidates: ROWS.map(({ rowId, cells }) => ({ rowId, number: cells.number ?? '', task: cells.task ?? '' })),
          choice: 'r2',
        },
      ],
      others: 1,
      strays: 0,
      missing: 0,
      confirmed: false,
    },
  }
  const items: IntakeItem[] = [
    { ...base, id: 'clean', file: '县人力社保局.xlsx', preview: preview(plain) },
    { ...base, id: 'look', file: '民生实事任务分解表（反馈）.xlsx', preview: preview(outcome(submission, true), 2) },
    { ...base, id: 'confirm', file: '未注明单位的表.xlsx', ...confirm },
    { ...base, id: 'bad', file: '旧版.xls', found: undefined, problem: { text: 'intake.noTable' } },
    { ...base, id: 'refused', file: '被拒.xlsx', failure: '计划不在征集阶段，文本已经固定，不能再修改。' },
    {
      ...base,
      id: 'earlier',
      file: '重复交回.xlsx',
      earlier: { submissionId: 's1', number: '20231110-0007', at: '2023-11-10T01:02:03Z' },
    },
    {
      ...base,
      id: 'done',
      file: '已报送.xlsx',
      found: undefined,
      receipt: { ...outcome(submission, false), by: '县人力社保局', broughtBy: '县发展改革委' },
    },
  ]
  flow.dispatch({ type: 'went', screen: 'intake' })
  flow.dispatch({ type: 'intakeAdded', items })
  if (open) flow.dispatch({ type: 'intakeOpened', id: open })
}
