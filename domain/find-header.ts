/**
 * Matches the header of a sheet with the columns of a spec: by the spec's own header first, then by
 * its aliases, then loosely. What is missing or found twice is reported, never guessed.
 */
import { CARRIER_HEADER } from './carrier.ts'
import type { Grid } from './grid.ts'
import { cellAddress } from './grid.ts'
import { nameByPeriod } from './header-periods.ts'
import { foldHeader, foldHeaderLoosely } from './header-text.ts'
import type { HeaderColumn } from './header-window.ts'
import { findHeaderWindow } from './header-window.ts'
import type { Issue } from './issue.ts'
import type { Layout } from './layout.ts'
import { layOut } from './layout.ts'
import type { PeriodLabel } from './period-label.ts'
import { parsePeriodLabel, samePeriod } from './period-label.ts'
import type { ColumnSpec, SheetSpec } from './sheet-spec.ts'

/** Headers by spec column: exactly one is a match, several are an ambiguity. */
type Matches = Map<string, HeaderColumn[]>

/** `layout` has no rows yet; absent where the sheet has no such table. */
export function findHeader(grid: Grid, spec: SheetSpec): { layout?: Layout; issues: Issue[] } {
  const matcher = makeMatcher(spec)
  const window = findHeaderWindow(grid, matcher.likely, (columns) =>
    scoreMatches(spec, matcher.match(nameByPeriod(columns))),
  )
  if (!window) {
    const header = spec.columns.filter((column) => column.required).map((column) => column.header)
    return { issues: [{ code: 'header/missing', severity: 'error', params: { header: header.join('、') } }] }
  }
  const columns = nameByPeriod(window.columns)
  const matches = matcher.match(columns)
  const carriers = columns.filter((column) => foldHeader(column.text) === CARRIER_HEADER)
  const placed = new Map(
    [...matches].flatMap(([key, [header, ...others]]) => (header && others.length === 0 ? [[key, header]] : [])),
  )
  const carrier = carriers.length === 1 ? carriers[0] : undefined
  return { layout: layOut({ ...window, columns }, placed, carrier), issues: judgeMatches(spec, matches, carriers) }
}

/** Columns found beyond doubt; 0 where they are too few to call this the table. */
function scoreMatches(spec: SheetSpec, matches: Matches): number {
  const found = spec.columns.filter((column) => matches.has(column.key))
  const enough = found.length * 2 >= spec.columns.length || found.some((column) => column.key === 'task')
  if (found.length < 2 || !enough) return 0
  const grouped = found.some((column) => matches.get(column.key)!.some((header) => isUnderGroup(column, header)))
  return found.filter((column) => matches.get(column.key)!.length === 1).length * 2 + found.length + (grouped ? 1 : 0)
}

function isUnderGroup({ group }: ColumnSpec, header: HeaderColumn): boolean {
  if (group === undefined) return false
  const wanted = foldHeaderLoosely(group)
  return header.groups.some((text) => foldHeaderLoosely(text) === wanted)
}

function makeMatcher(spec: SheetSpec) {
  const exact = new Set(spec.columns.map((column) => foldHeader(column.header)))
  const aliases = new Set(spec.columns.flatMap((column) => (column.aliases ?? []).map(foldHeader)))
  const labels = new Map(spec.columns.map((column) => [column.key, labelOf(column)]))
  const likely = (text: string): boolean => {
    if (text.length > 60) return false
    const [folded, loose] = [foldHeader(text), foldHeaderLoosely(text)]
    return exact.has(folded) || aliases.has(folded) || exact.has(loose) || aliases.has(loose) || isLabel(text)
  }
  const tests: ((spec: ColumnSpec, header: HeaderColumn) => boolean)[] = [
    (column, header) => foldHeader(header.text) === foldHeader(column.header),
    (column, header) => (column.aliases ?? []).some((alias) => foldHeader(alias) === foldHeader(header.text)),
    (column, header) =>
      [column.header, ...(column.aliases ?? [])].some((name) => foldHeader(name) === foldHeaderLoosely(header.text)),
    (column, header) => matchesLabel(labels.get(column.key), header.text),
  ]
  const match = (headers: HeaderColumn[]): Matches => {
    const matches: Matches = new Map()
    let free = headers.filter((header) => likely(header.text))
    for (const test of tests) {
      const open = spec.columns.filter((column) => !matches.has(column.key))
      const wanted = new Map<HeaderColumn, string[]>()
      for (const column of open)
        for (const header of free)
          if (test(column, header)) wanted.set(header, [...(wanted.get(header) ?? []), column.key])
      for (const column of open) {
        // A header that two columns would take belongs to neither.
        const candidates = free.filter((header) => wanted.get(header)?.join() === column.key)
        if (candidates.length > 0) matches.set(column.key, preferGroup(column, preferVisible(candidates)))
      }
      const taken = new Set([...matches.values()].flat())
      free = free.filter((header) => !taken.has(header))
    }
    return matches
  }
  return { likely, match }
}

function preferVisible(candidates: HeaderColumn[]): HeaderColumn[] {
  const visible = candidates.filter(({ hidden }) => !hidden)
  return visible.length > 0 ? visible : candidates
}

/** Of several columns with one label, those under the spec's own group: a county may repeat the months for what was done. */
function preferGroup(column: ColumnSpec, candidates: HeaderColumn[]): HeaderColumn[] {
  const inside = candidates.length < 2 ? [] : candidates.filter((header) => isUnderGroup(column, header))
  return inside.length > 0 ? inside : candidates
}

function labelOf(column: ColumnSpec): PeriodLabel | undefined {
  if (column.kind !== 'milestone') return undefined
  const label = parsePeriodLabel(column.header)
  const year = column.aliases?.map((alias) => parsePeriodLabel(alias)?.year).find((known) => known !== undefined)
  return label && { ...label, year: label.year ?? year }
}

function isLabel(text: string): boolean {
  return parsePeriodLabel(text) !== undefined
}

function matchesLabel(label: PeriodLabel | undefined, text: string): boolean {
  const other = label && parsePeriodLabel(text)
  return other !== undefined && samePeriod(label!, other)
}

function judgeMatches(spec: SheetSpec, matches: Matches, carriers: HeaderColumn[]): Issue[] {
  const issues: Issue[] = []
  const judge = (header: string, found: HeaderColumn[], required: boolean, column?: string): void => {
    if (found.length === 1) return
    const doubled = found.length > 1
    issues.push({
      code: doubled ? 'header/doubled' : 'header/missing',
      severity: doubled || required ? 'error' : 'warning',
      ...(column !== undefined && { column }),
      params: doubled ? { header, at: addresses(found) } : { header },
    })
  }
  for (const column of spec.columns) judge(column.header, matches.get(column.key) ?? [], column.required, column.key)
  if (carriers.length > 1) judge(CARRIER_HEADER, carriers, true)
  return issues
}

function addresses(headers: HeaderColumn[]): string {
  return headers.map((header) => cellAddress(header.bottom, header.column)).join('、')
}
