/**
 * What a person decides about the units that were read from a county's table, before its plan is made: two
 * spellings are one unit, a word is a unit of its own, a group stands for these members. The rows are related
 * anew by the registry that follows.
 */
import { relateUnits } from './infer-units.ts'
import type { PlanFile } from './protocol.ts'
import { foldUnit } from './units/segments.ts'
import { createUnitResolver, type UnitRegistry } from './units.ts'

export type UnitDecision =
  | { kind: 'same'; text: string; unit: string } // `text` is another way to write `unit`
  | { kind: 'unit'; text: string } // a unit that the registry lacks
  | { kind: 'group'; text: string; members: string[] } // 泛指单位; members by the registry's names

type Doubt = { code: string; rowId?: string; params: Record<string, string | number> }

/** The file with the decision in its registry, and its rows related by it; doubts as `relateUnits` gives them. */
export function decideUnit(file: PlanFile, decision: UnitDecision): { file: PlanFile; doubts: Doubt[] } {
  const registry = changeRegistry(file.registry, decision)
  const cells = file.rows.map(({ rowId, cells }) => ({
    rowId,
    lead: cells.leadUnits ?? '',
    supporting: cells.supportingUnits ?? '',
  }))
  const { relations, doubts } = relateUnits(cells, registry)
  const rows = file.rows.map((row, i) => ({ ...row, ...relations[i]! }))
  return { file: { ...file, registry, rows }, doubts }
}

function changeRegistry(registry: UnitRegistry, decision: UnitDecision): UnitRegistry {
  const { units, groups = [] } = registry
  const isSame = (name: string) => foldUnit(name) === foldUnit(decision.text)
  const otherUnits = units.filter(({ name }) => !isSame(name))
  const otherGroups = groups.filter(({ name }) => !isSame(name))
  switch (decision.kind) {
    case 'same': {
      const words = units.filter(({ name }) => isSame(name)).flatMap(({ aliases = [] }) => aliases)
      const rename = (member: string) => (isSame(member) ? decision.unit : member)
      return {
        units: otherUnits.map((unit) =>
          unit.name === decision.unit
            ? { ...unit, aliases: [...new Set([...(unit.aliases ?? []), decision.text, ...words])] }
            : unit,
        ),
        groups: otherGroups.map((group) =>
          group.members ? { ...group, members: [...new Set(group.members.map(rename))] } : group,
        ),
      }
    }
    case 'unit':
      return {
        units: units.some(({ name }) => isSame(name)) ? units : [...units, { id: freeId(units), name: decision.text }],
        groups: otherGroups,
      }
    case 'group':
      return { units: otherUnits, groups: [...otherGroups, { name: decision.text, members: decision.members }] }
  }
}

/** U001 and on, as `buildRegistry` numbers them. */
function freeId(units: UnitRegistry['units']): string {
  const taken = new Set(units.map(({ id }) => id))
  let n = units.length + 1
  const idOf = () => `U${String(n).padStart(3, '0')}`
  while (taken.has(idOf())) n++
  return idOf()
}

/** Members as somebody lists them in words: the registry's names, and what it does not know. */
export function readMembers(text: string, registry: UnitRegistry): { members: string[]; unknown: string[] } {
  const mentions = createUnitResolver(registry)(text)
  return {
    members: [...new Set(mentions.flatMap(({ unit }) => unit ?? []))],
    unknown: mentions.filter(({ unit }) => unit === undefined).map((mention) => mention.text),
  }
}
