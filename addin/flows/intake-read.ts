/** From a returned file to its tables: what each carries, and why where there is none. Only reads; nothing is opened. */
import { LEDGER_SHEET, newerLedgerFormat, readLedger } from '../../domain/carrier.ts'
import { findOtherYear } from '../../domain/infer-title.ts'
import { matchRows } from '../../domain/match-rows.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type { PlanDetail, RowList } from '../../domain/protocol.ts'
import { isProvisional } from '../../domain/table.ts'
import type { WorkbookFile } from '../../xlsx/edit.ts'
import { hostFailureText } from '../host-messages.ts'
import type { Locale } from '../messages.ts'
import { HostFailure } from '../sheet-host.ts'
import type { IntakeItem } from './intake-item.ts'
import { asSeenBy, leadUnits, likeliest, otherEditors, proposeUnits } from './intake-unit.ts'
import { type FoundReading, readGrid, tasksOf } from './reading.ts'
import { recognise } from './recognise.ts'

/** What a file is read against. */
export type IntakeContext = { plan: PlanDetail; rows: RowList; locale: Locale; newId(): string }

/** A file as the browser hands it over. */
export type ReturnedFile = Pick<File, 'name' | 'size' | 'arrayBuffer'> & Blob

/** One item for each table of the file, or one that says why there is none. */
export async function readReturned(file: ReturnedFile, known: readonly IntakeItem[], context: IntakeContext) {
  const bare: IntakeItem = { id: context.newId(), file: file.name, hash: '', proposed: [], isConfirmed: false }
  try {
    const { openFile } = await import('../file/open-file.ts')
    // Its size is judged before its bytes are read.
    const book = await openFile(file)
    const hash = await hashOf(await file.arrayBuffer())
    const same = known.find((item) => item.hash === hash)
    if (same) return [{ ...bare, hash, problem: { text: 'intake.sameFile' as const, params: { file: same.file } } }]
    return readBook(book, { ...bare, hash }, context)
  } catch (error) {
    return [{ ...bare, problem: problemOf(error, context.locale) }]
  }
}

/** Hex SHA-256. */
export async function hashOf(content: ArrayBuffer | string): Promise<string> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function problemOf(error: unknown, locale: Locale): NonNullable<IntakeItem['problem']> {
  const sentence = hostFailureText(error, locale)
  if (sentence !== undefined) return { sentence }
  // A file that was moved, or a stick that was pulled out, since it was chosen.
  if (error instanceof DOMException) return { text: 'intake.notReadable' }
  console.error(error instanceof HostFailure ? error.code : error)
  return { text: 'intake.unreadable' }
}

function readBook(book: WorkbookFile, bare: IntakeItem, context: IntakeContext): IntakeItem[] {
  const { plan } = context.plan
  const ledger = book.read(LEDGER_SHEET)
  if (ledger && newerLedgerFormat(ledger) !== undefined) return [{ ...bare, problem: { text: 'recognise.newer' } }]
  const infos = ledger ? readLedger(ledger) : []
  const others = new Set<string>()
  const items: IntakeItem[] = []
  for (const { name } of book.names().filter(({ hidden, name }) => !hidden && name !== LEDGER_SHEET)) {
    const grid = book.read(name)
    const info = infos.find(({ sheet }) => sheet === name)
    if (!grid) continue
    if (info && info.planId !== plan.id) {
      others.add(info.planTitle ?? info.planId)
      continue
    }
    const { layout, ...reading } = readGrid(grid, breakdownSpec(plan), info?.complete)
    if (!layout || reading.table.rows.length === 0) continue
    const table = { ...reading, layout }
    const item = describeTable(table, info?.unit, { ...bare, id: context.newId() }, context)
    items.push(item, ...describeOthers(item, context))
  }
  if (items.length > 0) return markOverlaps(items)
  const [title] = others
  if (title !== undefined) return [{ ...bare, problem: { text: 'intake.otherPlan', params: { plan: title } } }]
  return [{ ...bare, problem: { text: 'intake.noTable' } }]
}

/** `named`: the unit that the workbook says it was made for. */
function describeTable(
  reading: FoundReading,
  named: string | undefined,
  bare: IntakeItem,
  context: IntakeContext,
): IntakeItem {
  const { plan, rows } = context
  const found = { sheet: reading.sheet, table: reading.table, layout: reading.layout }
  const matched = matchRows(reading.table, tasksOf(rows)).table
  if (
    matched.rows.every(({ rowId }) => !rows.rows.some((row) => row.rowId === rowId)) &&
    !hasCandidates(reading, context)
  )
    return { ...bare, found, problem: { text: 'intake.noRows', params: { sheet: reading.sheet } } }
  const proposed = proposeUnits(matched, rows, { names: [bare.file, reading.sheet], registry: plan.registry })
  const isKnown = named !== undefined && leadUnits(rows).includes(named)
  const unit = isKnown ? named : likeliest(proposed)
  const otherYear = findOtherYear(reading.grid, reading.layout.headerTop, plan.plan)
  const item: IntakeItem = { ...bare, found, proposed, otherYear, ...(unit !== undefined && { unit }) }
  const recognition = unit === undefined ? undefined : recogniseFor(item, unit, context)
  const isAsked = (recognition?.matched.length ?? 0) + (recognition?.open.length ?? 0) > 0
  return { ...item, ...(recognition && { recognition }), isConfirmed: isKnown && !isAsked && otherYear === undefined }
}

/** The same table once more for each other unit that wrote in it: what each of them edited is its own submission. */
function describeOthers(item: IntakeItem, context: IntakeContext): IntakeItem[] {
  const { found, unit } = item
  if (!found || unit === undefined || item.problem) return []
  return otherEditors(found.table, context.rows, unit).map((other) => {
    const recognition = recogniseFor(item, other, context)
    return { ...item, id: context.newId(), unit: other, isConfirmed: false, ...(recognition && { recognition }) }
  })
}

function hasCandidates(reading: FoundReading, { plan, rows }: IntakeContext): boolean {
  return recognise(reading, rows, { registry: plan.registry }).open.length > 0
}

/** Which of the unit's rows each row of the table is, as the unit itself would be asked. */
export function recogniseFor({ found }: IntakeItem, unit: string, { plan, rows }: IntakeContext) {
  if (!found) return undefined
  return recognise(found, asSeenBy(unit, rows, breakdownSpec(plan.plan)), { unit, registry: plan.registry })
}

/** Tables of one file with a row in common: an older copy beside the sheet, perhaps; a person has to look. */
function markOverlaps(items: IntakeItem[]): IntakeItem[] {
  const idsOf = ({ found }: IntakeItem) =>
    new Set(found?.table.rows.flatMap(({ rowId }) => (isProvisional(rowId) ? [] : [rowId])))
  return items.map((item) => {
    const own = idsOf(item)
    const overlaps = items
      .filter((other) => other.found?.sheet !== item.found?.sheet && [...idsOf(other)].some((rowId) => own.has(rowId)))
      .map(({ found }) => found?.sheet ?? '')
    return overlaps.length > 0 ? { ...item, overlaps } : item
  })
}
