/**
 * Recognises rows of sheets that circulated before they had ids: task text equal to exactly one
 * plan row. Everything else is shown side by side for a person to decide; nothing is guessed.
 */
import { foldText } from './fold.ts'
import { foldHeader } from './header-text.ts'
import type { Table, TableRow } from './table.ts'
import { isProvisional } from './table.ts'

/** `target` tells rows apart that share one task: a task over several rows, each with its own target. */
export type PlanTask = { rowId: string; task: string; number?: string; target?: string }

export type RowMatch = {
  /** The table with the ids of matched rows filled in; without a version, for none is known. */
  table: Table
  matched: { index: number; rowId: string }[]
  /** At most three candidates each, best first; `score` from 0 to 1. */
  unmatched: { index: number; task: string; candidates: { rowId: string; score: number }[] }[]
}

const MAX_CANDIDATES = 3
const MIN_SCORE = 0.2
/** What an equal 序号 adds: it breaks ties, it does not decide. */
const NUMBER_BONUS = 0.1
/** A pair of characters in more plan rows than this tells none of them apart; no known county has so many tasks. */
const MAX_HOLDERS = 300
/** Plan rows compared in full with one sheet row. */
const MAX_COMPARED = 20

/**
 * Rows that carry an id of the plan keep it, and so do rows that are new (version 0). A row without
 * is matched where its task, blanks aside, equals that of exactly one plan row still free and of no
 * other sheet row; rows that share a task, where task and target together do.
 */
export function matchRows(table: Table, planRows: readonly PlanTask[]): RowMatch {
  const known = new Set(planRows.map((row) => row.rowId))
  const isOpen = (row: Table['rows'][number]) => isProvisional(row.rowId) || (!known.has(row.rowId) && row.ver !== 0)
  const carried = new Set(table.rows.filter((row) => !isOpen(row)).map((row) => row.rowId))
  const free = planRows.filter((row) => !carried.has(row.rowId))
  const found = pairRows(table.rows.filter(isOpen), free)
  const rank = makeRanking(free)

  const result: RowMatch = { table: { ...table, rows: [...table.rows] }, matched: [], unmatched: [] }
  for (const [index, row] of table.rows.entries()) {
    if (!isOpen(row)) continue
    const task = row.cells.task ?? ''
    const rowId = found.get(row)
    if (rowId !== undefined) {
      const { ver: _, ...rest } = row
      result.table.rows[index] = { ...rest, rowId }
      result.matched.push({ index, rowId })
    } else {
      result.unmatched.push({ index, task, candidates: rank(task, row.cells.number ?? '') })
    }
  }
  return result
}

/** Sheet rows and plan rows that are each other's only equal, first by task, then by task and target. */
function pairRows(sheetRows: readonly TableRow[], planRows: readonly PlanTask[]): Map<TableRow, string> {
  const found = new Map<TableRow, string>()
  const byTask = (task: string | undefined) => foldTask(task ?? '')
  const byBoth = (task: string | undefined, target: string | undefined) => {
    const folded = [foldTask(task ?? ''), foldTask(target ?? '')]
    return folded.includes('') ? '' : folded.join('\n')
  }
  for (const keyOf of [byTask, byBoth]) {
    const taken = new Set(found.values())
    const open = groupBy(
      sheetRows.filter((row) => !found.has(row)),
      ({ cells }) => keyOf(cells.task, cells.target),
    )
    const free = groupBy(
      planRows.filter(({ rowId }) => !taken.has(rowId)),
      ({ task, target }) => keyOf(task, target),
    )
    for (const [key, [row, ...others]] of open) {
      const [planRow, ...more] = free.get(key) ?? []
      if (key !== '' && row && planRow && others.length === 0 && more.length === 0) found.set(row, planRow.rowId)
    }
  }
  return found
}

/** Line breaks and blanks inside a task come and go as tables are copied about. */
function foldTask(task: string): string {
  return foldHeader(foldText(task))
}

/**
 * Ranks plan rows by Dice's coefficient over pairs of neighbouring characters, each pair counted
 * once. Only rows that share a telling pair or the number are compared, so that a large plan of
 * similar tasks takes no quadratic time.
 */
function makeRanking(planRows: readonly PlanTask[]) {
  const pairsOf = planRows.map((row) => bigrams(foldTask(row.task)))
  const numbers = groupBy([...planRows.keys()], (i) => foldHeader(planRows[i]!.number ?? ''))
  const holders = new Map<string, number[]>()
  for (const [i, pairs] of pairsOf.entries())
    for (const pair of pairs) {
      const list = holders.get(pair)
      if (list) list.push(i)
      else holders.set(pair, [i])
    }
  return (task: string, number: string): { rowId: string; score: number }[] => {
    const pairs = bigrams(foldTask(task))
    const shared = new Map<number, number>()
    for (const pair of pairs) {
      const list = holders.get(pair) ?? []
      if (list.length <= MAX_HOLDERS) for (const i of list) shared.set(i, (shared.get(i) ?? 0) + 1)
    }
    const likely = [...shared].sort((a, b) => b[1] - a[1]).slice(0, MAX_COMPARED)
    const wanted = foldHeader(number)
    const sameNumber = new Set(wanted === '' ? [] : numbers.get(wanted)?.slice(0, MAX_COMPARED))
    return [...new Set([...likely.map(([i]) => i), ...sameNumber])]
      .map((i) => {
        const bonus = sameNumber.has(i) ? NUMBER_BONUS : 0
        return { rowId: planRows[i]!.rowId, score: Math.min(1, dice(pairs, pairsOf[i]!) + bonus), i }
      })
      .filter(({ score }) => score >= MIN_SCORE)
      .sort((a, b) => b.score - a.score || a.i - b.i)
      .slice(0, MAX_CANDIDATES)
      .map(({ rowId, score }) => ({ rowId, score }))
  }
}

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0
  for (const pair of a) if (b.has(pair)) common++
  return (2 * common) / Math.max(1, a.size + b.size)
}

function bigrams(text: string): Set<string> {
  if (text.length === 1) return new Set([text])
  const pairs = new Set<string>()
  for (let i = 0; i + 1 < text.length; i++) pairs.add(text.slice(i, i + 2))
  return pairs
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}
