/**
 * 报送单: a receipt as one sheet of A4 to print, sign, seal and file: what was submitted and how it landed, with
 * the number and hash that tie the paper to the record. Names are written by hand; none is printed.
 */
import { toBeijingTime } from './beijing-time.ts'
import { issueText } from './messages.ts'
import type { Plan } from './plan.ts'
import type { Receipt, RowOutcome } from './protocol.ts'
import { heightOfText, MAX_ROW_HEIGHT } from './row-height.ts'
import { type CellModel, type SheetModel, STYLES, type StyleName } from './sheet-model.ts'
import { columnOf, type SheetSpec } from './sheet-spec.ts'
import type { Row } from './table.ts'

export type SubmissionSlip = {
  plan: Pick<Plan, 'county' | 'year' | 'title'>
  spec: SheetSpec
  receipt: Receipt
  /** What rows are called: those of the plan, and of the sheet where the plan has them no longer. */
  rows: readonly Row[]
}

export const SLIP_SHEET = '报送单'

/** 序号, 重点任务, 栏目, 原内容 (over two), 报送内容, 结果: in sum what a portrait A4 page shows in full size. */
const WIDTHS = [8, 20, 12, 10, 14, 24, 10]
const TASK_LENGTH = 20
/** Longer texts are shown from a little before the change on. */
const LONG_TEXT = 60
const AROUND = 12
const BLANK = '（空白）'
const SIGNATURES: [text: string, style: StyleName, columns: number][] = [
  ['经办科室（岗位）：\n\n\n', 'text', 2],
  ['审核：\n\n\n', 'text', 2],
  ['单位（盖章）：\n\n\n日期：　　　　年　　月　　日', 'text', 3],
]

/** A run of columns with one text. */
type Part = { text: string; style: StyleName; columns: number }
type Line = { parts: Part[]; height: number }

/** What happened to one cell, or to a row as a whole. */
type Entry = { rowId: string; column?: string; before?: string; after?: string; result: string }

/** The receipt of a submission as a sheet to print. Drafts have no number and get none. */
export function drawSubmissionSlip(slip: SubmissionSlip): SheetModel {
  const { plan, receipt } = slip
  const entries = receipt.rows.flatMap((row) => entriesOf(row, slip.spec))
  const reasons = reasonsOf(slip)
  const head = [
    line([[`${plan.county}${plan.year}年民生实事任务分解表报送单`, 'title', WIDTHS.length]], 40),
    field('报送单位', receipt.by),
    ...(receipt.broughtBy === undefined ? [] : [field('代为报送', `由${receipt.broughtBy}依据该单位交回的文件报送`)]),
    field('计划名称', plan.title),
    field('回执编号', receipt.number),
    field('报送时间', `${toBeijingTime(receipt.at)}（北京时间）`),
    field('校验码', `SHA-256：${receipt.hash}`),
    field('报送结果', describeTotals(receipt, entries)),
  ]
  const header = line(
    [
      ['序号', 'header', 1],
      ['重点任务', 'header', 1],
      ['栏目', 'header', 1],
      ['原内容', 'header', 2],
      ['报送内容', 'header', 1],
      ['结果', 'header', 1],
    ],
    24,
  )
  const body =
    entries.length > 0
      ? entries.map((entry) => describe(slip, entry))
      : [line([['各行与总表一致，没有变化。', 'center', WIDTHS.length]], 24)]
  const explained =
    reasons.length > 0 ? [line([[`保留说明（${reasons.length}条）`, 'header', WIDTHS.length]], 24), ...reasons] : []
  const note = '本单内容以回执编号和校验码对应的系统记录为准；签字、盖章由报送单位办理。'
  // One row each: a page never ends inside the places to sign.
  const sign = [line([[note, 'note', WIDTHS.length]], 20), line(SIGNATURES, 96)]
  return place([...head, header, ...body, ...explained, ...sign], head.length)
}

function place(lines: Line[], headerRow: number): SheetModel {
  return {
    name: SLIP_SHEET,
    visibility: 'visible',
    cells: lines.map(({ parts }) =>
      parts.flatMap(({ text, style, columns }) =>
        Array.from({ length: columns }, (_, i): CellModel => ({ text: i === 0 ? text : '', style })),
      ),
    ),
    merges: lines.flatMap(({ parts }, row) => {
      let column = 0
      return parts.flatMap(({ columns }) => {
        const from = column
        column += columns
        return columns > 1 ? [{ row, column: from, rows: 1, columns }] : []
      })
    }),
    columnWidths: WIDTHS,
    rowHeights: lines.map(({ height }) => height),
    hiddenColumns: [],
    print: {
      paper: 'A4',
      orientation: 'portrait',
      repeatRows: [headerRow, headerRow],
      lastColumn: WIDTHS.length - 1,
      lastRow: lines.length - 1,
    },
  }
}

/** Texts with their style and the columns that each covers, as high as the highest of them needs. */
function line(texts: [text: string, style: StyleName, columns: number][], least = 0): Line {
  let column = 0
  let height = least
  for (const [text, style, columns] of texts) {
    const width = WIDTHS.slice(column, column + columns).reduce((sum, one) => sum + one, 0)
    const { font, indent, wrap } = STYLES[style]
    if (wrap) height = Math.max(height, heightOfText(text, width, font.size, indent))
    column += columns
  }
  return {
    parts: texts.map(([text, style, columns]) => ({ text, style, columns })),
    height: Math.min(MAX_ROW_HEIGHT, height),
  }
}

function field(label: string, text: string): Line {
  return line([
    [label, 'readonlyCenter', 1],
    [text, 'text', WIDTHS.length - 1],
  ])
}

function describe(slip: SubmissionSlip, { rowId, column, before, after, result }: Entry): Line {
  const [shownBefore, shownAfter] = before === undefined ? ['', after ?? ''] : shortenChange(before, after ?? '')
  return line([
    ...nameRow(slip, rowId),
    [column === undefined ? '整行' : headerOf(slip.spec, column), 'center', 1],
    [shownBefore, 'text', 2],
    [shownAfter, 'text', 1],
    [result, 'center', 1],
  ])
}

/** 序号 and the beginning of the task; of a row that nobody lists any more its conflict says them. */
function nameRow({ rows, receipt }: SubmissionSlip, rowId: string): [string, StyleName, number][] {
  const cells = rows.find((row) => row.rowId === rowId)?.cells
  const conflict = receipt.rows.find((row) => row.rowId === rowId)?.conflicts[0]
  const task = [...inOneLine(cells?.task ?? conflict?.task ?? '')]
  return [
    [cells?.number ?? conflict?.number ?? '', 'center', 1],
    [task.length > TASK_LENGTH ? `${task.slice(0, TASK_LENGTH).join('')}…` : task.join(''), 'text', 1],
  ]
}

function entriesOf(row: RowOutcome, spec: SheetSpec): Entry[] {
  const { rowId, applied, converged, conflicts, held, notWritable, blocked, outcome, isGone } = row
  const whole = (result: string): Entry[] => [{ rowId, result }]
  const waits = conflicts.some(({ status }) => status === 'open')
  const entries: Entry[] = [
    ...applied.map(({ column, old, new: text }) => ({
      rowId,
      column,
      before: old ?? '',
      after: text ?? '',
      result: '写入总表',
    })),
    ...converged.map(({ column, new: text }) => ({
      rowId,
      column,
      before: text ?? '',
      after: text ?? '',
      result: '与总表一致',
    })),
    ...conflicts.map(({ column, columns, head, submitted, status }) => ({
      rowId,
      ...((column ?? columns?.[0]) !== undefined && { column: column ?? columns?.[0] ?? '' }),
      before: head ?? '',
      after: submitted ?? '',
      result: status === 'open' ? '冲突，待决定' : '此前已决定，总表未变',
    })),
    ...held.map(({ column, head }) => ({ rowId, column, before: head, after: '', result: '未清空，待确认' })),
    ...notWritable.map(({ column, head, submitted }) => ({
      rowId,
      column,
      before: head,
      after: submitted,
      result: '不属本单位填写，未报送',
    })),
    ...blocked.map((issue) => ({
      rowId,
      ...(issue.column !== undefined && { column: issue.column }),
      after: issueText(issue, spec),
      result: '待修改，未进入总表',
    })),
  ]
  if (entries.length > 0) return entries
  if (isGone && !waits) return whole('总表已撤销该任务')
  if (outcome === 'inserted') return whole('新增')
  return outcome === 'deleted' ? whole('删除') : []
}

/** Reasons that stand for leaving a warning in the submitted rows. */
function reasonsOf(slip: SubmissionSlip): Line[] {
  const { receipt, spec } = slip
  const sent = new Set(receipt.rows.map(({ rowId }) => rowId))
  return receipt.issues.flatMap((issue) => {
    const { rowId, column, reason } = issue
    if (!reason || rowId === undefined || !sent.has(rowId)) return []
    return [
      line([
        ...nameRow(slip, rowId),
        [column === undefined ? '整行' : headerOf(spec, column), 'center', 1],
        [issueText(issue, spec), 'text', 2],
        [reason.text, 'text', 1],
        ['保留', 'center', 1],
      ]),
    ]
  })
}

const COUNTS: [key: keyof Receipt['totals'], words: (count: number) => string][] = [
  ['applied', (count) => `写入总表${count}处`],
  ['converged', (count) => `与总表一致${count}处`],
  ['conflicts', (count) => `冲突${count}处`],
  ['decided', (count) => `此前已决定${count}处`],
  ['held', (count) => `待确认清空${count}处`],
  ['notWritable', (count) => `未报送${count}处`],
  ['blocked', (count) => `待修改${count}行`],
]

function describeTotals({ rows, totals }: Receipt, entries: readonly Entry[]): string {
  const unchanged = rows.length - new Set(entries.map(({ rowId }) => rowId)).size
  const counts = COUNTS.flatMap(([key, words]) => {
    const count = totals[key] ?? 0
    return count > 0 ? [words(count)] : []
  })
  const parts = [`共报送${rows.length}行`, ...counts, ...(unchanged > 0 ? [`没有变化${unchanged}行`] : [])]
  return `${parts.join('，')}。`
}

function headerOf(spec: SheetSpec, column: string): string {
  return inOneLine(columnOf(spec, column)?.header ?? column)
}

function inOneLine(text: string): string {
  return text.trim().replace(/\s*[\r\n]\s*/g, '')
}

/**
 * Both texts for the paper: blanks named, and where both are long only from shortly before to shortly
 * after what differs. The whole texts are in the record that the hash speaks of.
 */
export function shortenChange(before: string, after: string): [before: string, after: string] {
  const [one, other] = [[...before], [...after]]
  if (Math.max(one.length, other.length) <= LONG_TEXT) return [before || BLANK, after || BLANK]
  const shorter = Math.min(one.length, other.length)
  let start = 0
  while (start < shorter && one[start] === other[start]) start++
  let end = 0
  while (end < shorter - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end++
  const from = start > AROUND + 1 ? start - AROUND : 0
  const cut = end > AROUND + 1 ? end - AROUND : 0
  const show = (text: string[]) => {
    const middle = text.slice(from, text.length - cut)
    const shown = middle.length > LONG_TEXT * 2 ? [...middle.slice(0, LONG_TEXT * 2 - 1), '…'] : middle
    return `${from > 0 ? '…' : ''}${shown.join('')}${cut > 0 ? '…' : ''}` || BLANK
  }
  return [show(one), show(other)]
}
