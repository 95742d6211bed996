/** Registries are data: what is said of units holds in counties that the code has never seen. */
import { describe, expect, it } from 'vitest'
import { resolveUnits, type UnitMention } from '../../domain/units.ts'
import { COUNTIES } from './units-counties.ts'

function tell({ via, unit, group, candidates }: UnitMention): string {
  const found = unit ?? group ?? (candidates && `? ${candidates.join('|')}`)
  return found === undefined ? via : `${via} ${found}`
}

describe.each(Object.entries(COUNTIES))('units of the county %s', (_, { registry, cases }) => {
  it.each(cases)('%j', (text, ...mentions) => {
    expect(resolveUnits(text, registry).map(tell)).toEqual(mentions)
  })
})
