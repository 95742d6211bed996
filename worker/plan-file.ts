/** What is wrong with a plan as a whole, and what the commission should look at before it creates it. */
import { isFormulaLike } from '../domain/checks/text-formula-like.ts'
import type { PlanCreated, PlanFile } from '../domain/protocol.ts'
import type { SheetSpec } from '../domain/sheet-spec.ts'
import { createUnitResolver } from '../domain/units.ts'
import { toPointer } from './body.ts'
import { EVERY_COUNTY } from './env.ts'
import { Refusal } from './refusal.ts'
import { findBadSpan } from './submission/row-shape.ts'

/** Characters that no workbook can hold, and those that make a text read otherwise than it is stored. */
const UNPRINTABLE = /(?![\t\n\r])\p{Cc}|[\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/u

/**
 * Throws duplicate-row-id, illegal-character, formula-like-text, invalid: unknown or doubled columns,
 * periods and units, spans that make no sense, successors that nobody knows. `unitIds`: of the county.
 */
export function refusePlanFile(spec: SheetSpec, file: PlanFile, unitIds: ReadonlySet<string>): void {
  const columns = new Set(spec.columns.map((column) => column.key))
  const seen = new Set<string>()
  const found: Record<'duplicate-row-id' | 'invalid' | 'illegal-character' | 'formula-like-text', string[]> = {
    'duplicate-row-id': [],
    invalid: [],
    'illegal-character': [],
    'formula-like-text': [],
  }
  for (const [i, row] of file.rows.entries()) {
    if (seen.has(row.rowId)) found['duplicate-row-id'].push(`/rows/${i}/rowId`)
    seen.add(row.rowId)
    for (const [column, text] of Object.entries(row.cells)) {
      const pointer = toPointer(['rows', i, 'cells', column])
      if (!columns.has(column)) found.invalid.push(pointer)
      else if (isFormulaLike(text)) found['formula-like-text'].push(pointer)
      else if (UNPRINTABLE.test(text)) found['illegal-character'].push(pointer)
    }
    const bad = findBadSpan(spec, row, true)
    if (bad !== undefined) found.invalid.push(`/rows/${i}${bad}`)
  }
  const { county, periods, columns: planColumns } = file.plan
  // The admin's county: its offices would see every other.
  if (county === EVERY_COUNTY) found.invalid.push('/plan/county')
  const { units, groups = [] } = file.registry
  const doubled = (path: string, values: string[]) => findDoubled(values).map((i) => path.replace('*', String(i)))
  found.invalid.push(
    ...doubled(
      '/plan/periods/*/key',
      periods.map(({ key }) => key),
    ),
    ...doubled(
      '/plan/columns/*/key',
      planColumns.map(({ key }) => key),
    ),
    ...doubled(
      '/registry/units/*/id',
      units.map(({ id }) => id),
    ),
    ...doubled(
      '/registry/units/*/name',
      units.map(({ name }) => name),
    ),
    ...doubled(
      '/registry/groups/*/name',
      groups.map(({ name }) => name),
    ),
  )
  if (periods.length === 0 && planColumns.some(({ key }) => key === 'milestones')) found.invalid.push('/plan/periods')
  const ids = new Set([...unitIds, ...units.map(({ id }) => id)])
  for (const [i, { successor }] of units.entries()) {
    if (successor !== undefined && !ids.has(successor)) found.invalid.push(`/registry/units/${i}/successor`)
  }
  for (const [code, pointers] of Object.entries(found) as [keyof typeof found, string[]][]) {
    if (pointers.length === 0) continue
    const errors = pointers.slice(0, 20).map((pointer) => ({ pointer, detail: code }))
    throw new Refusal(code, { count: pointers.length }, errors)
  }
}

/** Places of values that stood before. */
function findDoubled(values: string[]): number[] {
  const seen = new Set<string>()
  return values.flatMap((value, i) => {
    if (seen.has(value)) return [i]
    seen.add(value)
    return []
  })
}

/** Unresolved words in unit cells, relations that name nobody, rows without a lead, unconfirmed spans. */
export function findDoubts(file: PlanFile): PlanCreated['doubts'] {
  const { registry } = file
  const resolve = createUnitResolver(registry)
  const units = new Set(registry.units.map(({ name }) => name))
  const groups = new Set((registry.groups ?? []).map(({ name }) => name))
  return file.rows.flatMap(({ rowId, cells, spansConfirmed, lead, supporting }) => {
    const doubts: PlanCreated['doubts'] = []
    const add = (code: string, params: Record<string, string> = {}) => doubts.push({ code, rowId, params })
    for (const column of ['leadUnits', 'supportingUnits']) {
      for (const { text, via } of resolve(cells[column] ?? '')) {
        if (via === 'unknown' || via === 'ambiguous') add('plan/unit-unresolved', { column, text })
      }
    }
    for (const name of lead) if (!units.has(name)) add('plan/unit-unknown', { role: 'lead', name })
    for (const name of supporting) {
      if (!units.has(name) && !groups.has(name)) add('plan/unit-unknown', { role: 'supporting', name })
    }
    if (!lead.some((name) => units.has(name))) add('plan/no-lead')
    if (!spansConfirmed) add('plan/spans-unconfirmed')
    return doubts
  })
}
