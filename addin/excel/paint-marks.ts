/**
 * 标记 in Excel: conditional formats that look cells up in the list on `_ledger` (domain/marks.ts). Made once
 * when asked; from then on painting writes only the list, and clearing leaves the workbook as it was before.
 */
import { LEDGER_SHEET } from '../../domain/carrier.ts'
import { isLineOf, MARKS_COLUMN, MARKS_NAME, type MarkLine, type MarkRule, type Painting } from '../../domain/marks.ts'
import { runQuietly } from './run-excel.ts'
import { writeCells } from './write-cells.ts'

/** Ours are told by the name that their formulas ask. */
const OURS = new RegExp(`\\b${MARKS_NAME}\\b`)
const LIST = 'D:E'

/** Shows these marks on their sheet in place of earlier ones. Rejects with HostFailure. */
export async function paintMarks({ sheet, area, rules, lines }: Painting): Promise<void> {
  const list = await runQuietly(async (context) => {
    const found = await findMarks(context, sheet)
    const ledger = found.ledger ?? addLedger(context)
    if (!found.hasName) context.workbook.names.add(MARKS_NAME, `=${LEDGER_SHEET}!$D:$E`).visible = false
    if (!isPainted(found.formats, { area, rules })) {
      for (const { format } of found.formats) format.delete()
      const range = found.worksheet.getRangeByIndexes(area.row, area.column, area.rows, area.columns)
      // The newest comes first.
      for (const rule of [...rules].reverse()) addRule(range, rule)
    }
    // Names and list go by texts; what is left of a longer list must not be looked up.
    ledger.getRange(LIST).clear()
    await context.sync()
    return found.lines
  })
  await writeList([...list.filter((line) => !isLineOf(line, sheet)), ...lines])
}

/** Takes the marks of a sheet away; with the last of them also the name, and `_ledger` where it says nothing else. */
export async function clearMarks(sheet: string): Promise<void> {
  const rest = await runQuietly(async (context) => {
    const { formats, ledger, hasName, lines, hasOthers } = await findMarks(context, sheet)
    for (const { format } of formats) format.delete()
    const others = lines.filter((line) => !isLineOf(line, sheet))
    if (others.length === 0 && hasName) context.workbook.names.getItem(MARKS_NAME).delete()
    if (others.length > 0 || hasOthers) ledger?.getRange(LIST).clear()
    else ledger?.delete()
    await context.sync()
    return others
  })
  await writeList(rest)
}

function writeList(lines: readonly MarkLine[]): Promise<void> {
  const writes = lines.flatMap((line, row) =>
    line.map((text, column) => ({ row, column: MARKS_COLUMN + column, text })),
  )
  return writeCells(LEDGER_SHEET, writes)
}

type OwnFormat = { format: Excel.ConditionalFormat; rule: Excel.ConditionalFormatRule; range: Excel.Range }

/** What the workbook has of our marks. `hasOthers`: `_ledger` says something beside the list. Two syncs. */
async function findMarks(context: Excel.RequestContext, sheet: string) {
  const { worksheets } = context.workbook
  worksheets.load('items/name')
  const worksheet = worksheets.getItem(sheet)
  const ledger = worksheets.getItemOrNullObject(LEDGER_SHEET)
  const name = context.workbook.names.getItemOrNullObject(MARKS_NAME)
  const formats = worksheet.getRange().conditionalFormats
  formats.load('items/id,items/type')
  const used = ledger.getUsedRangeOrNullObject(true)
  used.load('values,rowIndex,columnIndex')
  await context.sync()
  const custom = formats.items
    .filter(({ type }) => type === Excel.ConditionalFormatType.custom)
    .map((format): OwnFormat => {
      const { rule } = format.custom
      rule.load('formula')
      const range = format.getRangeOrNullObject()
      range.load('rowIndex,columnIndex,rowCount,columnCount')
      return { format, rule, range }
    })
  await context.sync()
  const cells: unknown[][] = used.isNullObject ? [] : used.values
  const first = used.isNullObject ? 0 : used.columnIndex
  const textAt = (line: unknown[], column: number) => String(line[column - first] ?? '')
  return {
    worksheet,
    ledger: ledger.isNullObject ? undefined : ledger,
    hasName: !name.isNullObject,
    formats: custom.filter(({ rule }) => OURS.test(rule.formula)),
    lines: cells
      .map((line): MarkLine => [textAt(line, MARKS_COLUMN), textAt(line, MARKS_COLUMN + 1)])
      // A sheet that was renamed or deleted needs its lines no more once its rules are made anew.
      .filter((line) => worksheets.items.some(({ name }) => isLineOf(line, name))),
    hasOthers: cells.some((line) => line.some((value, i) => value !== '' && i + first < MARKS_COLUMN)),
  }
}

/** Whether the rules lie over this very table already, each once: rows put in move them along. */
function isPainted(formats: readonly OwnFormat[], { area, rules }: Pick<Painting, 'area' | 'rules'>): boolean {
  const formulas = new Set(rules.map(({ formula }) => formula))
  return (
    formats.length === rules.length &&
    formats.every(
      ({ rule, range }) =>
        formulas.delete(rule.formula) &&
        !range.isNullObject &&
        range.rowIndex === area.row &&
        range.columnIndex === area.column &&
        range.rowCount === area.rows &&
        range.columnCount === area.columns,
    )
  )
}

function addLedger(context: Excel.RequestContext): Excel.Worksheet {
  const ledger = context.workbook.worksheets.add(LEDGER_SHEET)
  ledger.visibility = 'Hidden'
  return ledger
}

function addRule(range: Excel.Range, { formula, style }: MarkRule): void {
  const { rule, format } = range.conditionalFormats.add(Excel.ConditionalFormatType.custom).custom
  rule.formula = formula
  format.fill.color = `#${style.fill}`
  format.font.color = `#${style.color}`
  if (style.bold) format.font.bold = true
  if (style.italic) format.font.italic = true
  if (style.underline) format.font.underline = 'Single'
}
