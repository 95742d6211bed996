/**
 * The master workbook: 总表 as the county prints it, and beside it who has reported, what the check found,
 * what is in conflict, and every change. Texts only, the same texts for the same data.
 */
import { toBeijingTime } from './beijing-time.ts'
import { LEDGER_FORMAT, ledgerSheet } from './carrier.ts'
import { drawTable } from './draw-table.ts'
import { drawList, type ListColumn } from './master-list.ts'
import { cellKey, masterNotes, openConflictCells, returnedCells } from './master-notes.ts'
import type { Plan } from './plan.ts'
import type { ConflictBody, ReportStatus, Seal } from './protocol.ts'
import type { SheetModel } from './sheet-model.ts'
import type { SheetSpec } from './sheet-spec.ts'
import type { CellChange, TableRow } from './table.ts'

/** A change of one row. `receipt`: number of the submission that brought it, '' where none did. */
export type MasterEvent = {
  receipt: string
  at: string
  by: string
  rowId: string
  kind: 'insert' | 'update' | 'delete' | 'resolve' | 'confirm' | 'move' | 'adjust' | 'correct'
  changes: Omit<CellChange, 'rowId'>[]
  /** Why, by which paper, from which period on: of an adjustment or erratum. */
  reason?: string
  documentNumber?: string
  effectivePeriod?: string
  /** Of a deletion: what the row was, which no list of rows has any more. */
  gone?: { number: string; task: string }
}

export type MasterReport = {
  plan: Plan
  spec: SheetSpec
  /** In the order of the table, each with its version. */
  rows: TableRow[]
  status: ReportStatus[]
  /** Open and resolved ones. */
  conflicts: ConflictBody[]
  events: MasterEvent[]
  /** 退回 that stands: of a cell, or without a column of a whole row. */
  returns?: { rowId: string; column?: string; reason: string }[]
  /** 校验报告 as `checkReport` draws it; without it the sheet is left out. */
  check?: SheetModel
  /** The latest seal over the record: whoever keeps this workbook can check the record against it later. */
  seal?: Seal
  /** When the plan last changed, ISO 8601: a later export of the same data is the same file. */
  at: string
}

/** Sheets of the workbook, the hidden one last. */
export function masterWorkbook(report: MasterReport): SheetModel[] {
  const { plan, spec, at, check } = report
  const info = { planId: plan.id, sheet: SHEETS.table, form: spec.form, specVersion: spec.version }
  return [
    drawMaster(report),
    drawStatus(report),
    ...(check ? [check] : []),
    drawConflicts(report),
    drawEvents(report),
    ledgerSheet([{ format: LEDGER_FORMAT, ...info, complete: true, planTitle: plan.title, pulledAt: at }]),
  ]
}

const SHEETS = { table: '总表', status: '报送情况', conflicts: '冲突', events: '变更记录' } as const

/**
 * Cells in open conflict and cells that went back stand out; the text in them is the one that stands for now. Notes
 * say where each changed text comes from.
 */
function drawMaster(report: MasterReport): SheetModel {
  const { plan, spec, rows } = report
  const disputed = openConflictCells(report)
  const returned = returnedCells(report)
  return drawTable(
    { spec, rows, complete: true },
    {
      name: SHEETS.table,
      carrier: true,
      filter: true,
      footer: plan.title,
      style: ({ rowId }, column) => {
        const key = cellKey(rowId, column)
        return disputed.has(key) ? 'bad' : returned.has(key) ? 'warning' : undefined
      },
      note: masterNotes(report),
    },
  )
}

/** Rows of the unit by how far the commission's review has come; 印发 ends it. */
const REVIEW_COLUMNS: ListColumn[] = ['待审', '退回', '通过'].map((header) => ({ header, width: 8, centered: true }))

function drawStatus({ plan, status, at, seal }: MasterReport): SheetModel {
  const isReviewed = status.some(({ pending }) => pending !== undefined)
  const columns: ListColumn[] = [
    { header: '单位', width: 26 },
    { header: '牵头任务数', width: 12, centered: true },
    { header: '已报送任务数', width: 13, centered: true },
    { header: '报送次数', width: 10, centered: true },
    { header: '最近报送时间', width: 18, centered: true },
    { header: '错误', width: 8, centered: true },
    { header: '需处理', width: 8, centered: true },
    { header: '已说明理由', width: 12, centered: true },
    { header: '待处理冲突', width: 12, centered: true },
    ...(isReviewed ? REVIEW_COLUMNS : []),
  ]
  const rows = status.map((unit) => [
    unit.unit,
    String(unit.rows),
    String(unit.submittedRows),
    String(unit.submissions),
    unit.lastAt === null ? '未报送' : toBeijingTime(unit.lastAt),
    String(unit.errors),
    String(unit.warnings),
    String(unit.explained ?? 0),
    String(unit.openConflicts),
    ...(isReviewed ? [unit.pending, unit.returned, unit.accepted].map((count) => String(count ?? 0)) : []),
  ])
  return drawList(
    SHEETS.status,
    [`${plan.title}报送情况`, `截至${toBeijingTime(at)}`, ...describeSeal(seal)],
    columns,
    rows,
  )
}

function drawConflicts({ plan, spec, conflicts }: MasterReport): SheetModel {
  const columns: ListColumn[] = [
    { header: '序号', width: 7, centered: true },
    { header: '重点任务', width: 28 },
    { header: '栏目', width: 12, centered: true },
    { header: '原文', width: 26 },
    { header: '总表现文', width: 26 },
    { header: '报送文本', width: 26 },
    { header: '报送单位', width: 14, centered: true },
    { header: '时间', width: 17, centered: true },
    { header: '处理情况', width: 24 },
  ]
  const rows = conflicts.map((conflict) => [
    conflict.number,
    conflict.task,
    nameColumns(spec, conflict),
    conflict.base ?? '',
    conflict.head ?? (conflict.kind === 'delete-edit' ? '（已删除）' : ''),
    conflict.submitted ?? (conflict.kind === 'edit-delete' ? '（删除此项）' : ''),
    conflict.submittedBy,
    toBeijingTime(conflict.at),
    describeDecision(conflict),
  ])
  return drawList(SHEETS.conflicts, [`${plan.title}冲突清单`], columns, rows)
}

const CHOICES = { head: '采用总表现文', submitted: '采用报送文本', edited: '另行改定' } as const

/** How, by whom, when and why it was decided. */
function describeDecision({ status, resolution }: ConflictBody): string {
  if (!resolution) return status === 'open' ? '待处理' : '已处理'
  const { choose, by, at, reason } = resolution
  return `${CHOICES[choose]}（${by}，${toBeijingTime(at)}）${reason ? `理由：${reason}` : ''}`
}

function nameColumns(spec: SheetSpec, { column, columns }: ConflictBody): string {
  const keys = columns ?? (column === undefined ? [] : [column])
  return keys.length === 0 ? '整行' : keys.map((key) => nameColumn(spec, key)).join('、')
}

function nameColumn(spec: SheetSpec, key: string): string {
  return spec.columns.find((column) => column.key === key)?.header ?? key
}

/** The creation of the plan is left out: it is the table itself. */
function drawEvents({ plan, spec, rows, events, seal }: MasterReport): SheetModel {
  const columns: ListColumn[] = [
    { header: '提交号', width: 15, centered: true },
    { header: '时间', width: 17, centered: true },
    { header: '单位', width: 20, centered: true },
    { header: '序号', width: 7, centered: true },
    { header: '栏目', width: 14, centered: true },
    { header: '变更前', width: 40 },
    { header: '变更后', width: 40 },
    { header: '依据', width: 24 },
  ]
  const numbers = new Map(rows.map((row) => [row.rowId, row.cells.number ?? '']))
  // Tasks that ended, by row: what changes such a row brings it back.
  const ended = new Map<string, string>()
  const lines = events.flatMap((event) => {
    const start = [
      event.receipt,
      toBeijingTime(event.at),
      event.by,
      numbers.get(event.rowId) ?? event.gone?.number ?? '',
    ]
    const why = describeReason(plan, event)
    const task = event.changes.find(({ column }) => column === 'task')?.new ?? ''
    // Without receipt and reason it came with the plan.
    const isFirst = event.receipt === '' && event.reason === undefined
    if (event.kind === 'insert') return isFirst ? [] : [[...start, '新增一行', '', task, why]]
    if (event.kind === 'delete') {
      ended.set(event.rowId, event.gone?.task ?? '')
      return [[...start, '删除一行', event.gone?.task ?? '', '', why]]
    }
    const before = ended.get(event.rowId)
    ended.delete(event.rowId)
    const back = before === undefined ? [] : [[...start, '恢复一行', '', task || before, why]]
    if (event.changes.length + back.length === 0) return [[...start, NO_CHANGE[event.kind], '', '', why]]
    const cells = event.changes.map(({ column, old, new: text, spans }) => [
      ...start,
      nameColumn(spec, column),
      describeCell(old, spans?.[0]),
      describeCell(text, spans?.[1]),
      why,
    ])
    return [...back, ...cells]
  })
  return drawList(SHEETS.events, [`${plan.title}变更记录`, ...describeSeal(seal)], columns, lines)
}

const NO_CHANGE = {
  update: '未变',
  resolve: '处理冲突',
  confirm: '确认期次',
  move: '调整次序',
  adjust: '任务调整',
  correct: '勘误',
} as const

/** 任务调整，测府办〔2023〕9号，自5月起。理由：…… */
function describeReason({ periods }: Plan, { kind, reason, documentNumber, effectivePeriod }: MasterEvent): string {
  if (reason === undefined) return ''
  const period = periods.find(({ key }) => key === effectivePeriod)
  const facts = [
    ...(kind === 'adjust' || kind === 'correct' ? [NO_CHANGE[kind]] : []),
    ...(documentNumber === undefined ? [] : [documentNumber]),
    ...(period ? [`自“${period.label}”起`] : []),
  ]
  return `${facts.join('，')}${facts.length > 0 ? '。' : ''}理由：${reason}`
}

/** The seal as it is kept on paper: number, time, hash, and the commit up to which it covers. */
function describeSeal(seal: Seal | undefined): string[] {
  if (!seal) return []
  const { n, at, hash, upToSeq } = seal
  return [`封存记录第 ${n} 号　${toBeijingTime(at)}　校验值 ${hash}　截至提交序号 ${upToSeq}`]
}

/** A covered cell has no text of its own. */
function describeCell(text: string | null, span: number | undefined): string {
  if (text === null) return '（并入左侧单元格）'
  return span !== undefined && span > 1 ? `${text}（合并${span}栏）` : text
}
