/**
 * Breakdown tables of any length in the words of a real one: the rows of the Fengjie seed over and
 * over, with fresh ids and other figures. The same arguments give the same table.
 */
import { breakdownSpec, type Plan } from '../../domain/plan.ts'
import type { PlanFile, PlanRow } from '../../domain/protocol.ts'
import type { Table } from '../../domain/table.ts'
import type { UnitRegistry } from '../../domain/units.ts'
import { readSeed } from '../read-seed.ts'

/** A number from 0 up to 1. */
export type Random = () => number

/** mulberry32: small, fast, the same everywhere. */
export function createRandom(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export type BenchTable = { plan: Plan; registry: UnitRegistry; table: Table; rows: PlanRow[] }

/** A whole plan's table of `count` rows, each with version 1. */
export async function createTable(count: number): Promise<BenchTable> {
  const seed = await readSeed('fengjie-2023')
  const plan: Plan = { ...seed.plan, state: 'collecting' }
  const rows = repeatRows(seed.rows, count, createRandom(count))
  const table: Table = {
    spec: breakdownSpec(plan),
    rows: rows.map(({ rowId, cells, spans }) => ({ rowId, ver: 1, cells, ...(spans && { spans }) })),
    complete: true,
  }
  return { plan, registry: seed.registry, table, rows }
}

/** A plan to be created over HTTP: `leads` names the lead unit of each row. */
export async function createPlanFile(id: string, leads: readonly string[]): Promise<PlanFile> {
  const seed = await readSeed('fengjie-2023')
  const rows = repeatRows(seed.rows, leads.length, createRandom(leads.length)).map((row, i): PlanRow => {
    const lead = leads[i] ?? ''
    return { ...row, cells: { ...row.cells, leadUnits: lead }, lead: [lead], spansConfirmed: true }
  })
  return { plan: { ...seed.plan, id }, registry: seed.registry, rows }
}

/** Names of units that the seed's registry has, as many as asked for. */
export async function unitNames(count: number): Promise<string[]> {
  const names = (await readSeed('fengjie-2023')).registry.units.map(({ name }) => name)
  if (names.length < count) throw new Error(`the seed has only ${names.length} units`)
  return names.slice(0, count)
}

/** Another text for a cell, the n-th time that somebody edits it; never an error, so that it always lands. */
export function reviseText(text: string, n: number): string {
  const plain = text.replace(/（第\d+次修改）$/, '')
  return `${plain === '——' ? '按计划推进。' : plain}（第${n}次修改）`
}

function repeatRows(source: readonly PlanRow[], count: number, random: Random): PlanRow[] {
  return Array.from({ length: count }, (_, i) => {
    const row = source[i % source.length] as PlanRow
    const copy = Math.floor(i / source.length)
    const cells = copy === 0 ? { ...row.cells } : varyCells(row.cells, copy, random)
    return { ...row, rowId: createRowId(random), cells: { ...cells, number: String(i + 1) } }
  })
}

/** The figures of a task and its milestones differ from copy to copy, and so do the tasks. */
function varyCells(cells: Record<string, string>, copy: number, random: Random): Record<string, string> {
  const varied = Object.entries(cells).map(([column, text]): [string, string] => [
    column,
    column.endsWith('Units') ? text : varyFigures(text, random),
  ])
  return { ...Object.fromEntries(varied), task: `第${copy}片区${varyFigures(cells.task ?? '', random)}` }
}

function varyFigures(text: string, random: Random): string {
  return text.replace(/\d{2,}/g, (digits) => String(Math.ceil(Number(digits) * (0.8 + 0.4 * random()))))
}

function createRowId(random: Random): string {
  return Array.from({ length: 10 }, () => Math.floor(random() * 36).toString(36)).join('')
}
