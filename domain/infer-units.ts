/**
 * The units of a table that comes without a registry: every distinct name in its unit cells, and the
 * groups (各…, 相关…, 等27个部门). Also the relations of its rows, by the registry's names.
 */
import type { Doubt } from './infer-periods.ts'
import { foldUnit } from './unit-segments.ts'
import type { UnitMention, UnitRegistry, UnitResolver } from './units.ts'
import { createUnitResolver } from './units.ts'

/** The columns of units in a row; '' where the table has no such column. */
export type UnitCells = { rowId: string; lead: string; supporting: string }
export type UnitRelations = { lead: string[]; supporting: string[] }

/** How the name of a unit ends; only there may a line break, a blank or 和 divide two names. */
const UNIT_END = '局委办部院会社司校镇乡道处所站馆队行联厅团园心厂企场）)'
const LIST_WORD = new RegExp(`(?<=[${UNIT_END}])(?:[ \\t\\u3000\\u00A0]+|[和及与])(?=[县市区旗省各]|相关|有关)`, 'gu')
const WRAPPED = new RegExp(`(?<=[^${UNIT_END}、，,；;/／\\n]) *\\r?\\n *(?=[^、，,；;])`, 'gu')
/** A remark on the part that a unit plays: 县教委（牵头）. */
const PART_PLAYED = /[（(](?:总?牵头|主办|主责|负责|配合|协办|协助|排名不分先后)[^（）()]*[）)]/g
const GENERIC = /^(乡镇|街道|镇街|乡镇街道|社区|村|学校|企业|机构|部门|单位)$/
/** More names than any county has units: too many to compare each with each. */
const MAX_COMPARED = 1000

/** Puts a separator where two names clearly meet, and joins a name wrapped over two lines. */
export function tidyUnits(text: string): string {
  return text.replace(PART_PLAYED, '').replace(WRAPPED, '').replace(LIST_WORD, '、')
}

/**
 * A registry of the units named in these cells, ids U001 and on in order of appearance; groups have
 * no members. Doubt unit/maybe-same {text, other}: two names of which one looks like the other's short form.
 */
export function buildRegistry(cells: readonly string[]): { registry: UnitRegistry; doubts: Doubt[] } {
  const resolve = createUnitResolver({ units: [] })
  const names = new Map<string, string>()
  const groups = new Map<string, string>()
  for (const cell of cells)
    for (const mention of resolve(tidyUnits(cell))) {
      const name = mention.text.replace(/\s+/g, '')
      const isGroup = mention.via === 'placeholder' || GENERIC.test(name)
      if (!isGroup && !names.has(foldUnit(name))) names.set(foldUnit(name), name)
      const group = name.replace(/^等/, '')
      if (isGroup && !groups.has(foldUnit(group))) groups.set(foldUnit(group), group)
    }
  const units = [...names.values()].map((name, i) => ({ id: `U${String(i + 1).padStart(3, '0')}`, name }))
  const registry = { units, groups: [...groups.values()].map((name) => ({ name })) }
  return { registry, doubts: findShortForms([...names.values()]) }
}

/** 县发改委 beside 县发展改革委: the same unit in two spellings, perhaps. */
function findShortForms(names: string[]): Doubt[] {
  if (names.length > MAX_COMPARED) return []
  const doubts: Doubt[] = []
  for (const text of names)
    for (const other of names)
      if (isShortForm(text, other)) doubts.push({ code: 'unit/maybe-same', params: { text, other } })
  return doubts
}

function isShortForm(short: string, long: string): boolean {
  if (short.length < 4 || long.length <= short.length || short.at(-1) !== long.at(-1)) return false
  let at = 0
  for (const char of long) if (char === short[at]) at++
  return at === short.length && short.slice(0, 2) === long.slice(0, 2)
}

/**
 * Who leads and who supports each row. Leads are units: a group stands for its members, and has
 * none where the county never listed them. Supporting ones are units or groups.
 * Doubts: unit/unresolved {text, column}, lead/group {text}, lead/none.
 */
export function relateUnits(
  rows: readonly UnitCells[],
  registry: UnitRegistry,
): { relations: UnitRelations[]; doubts: Doubt[] } {
  const resolve = createUnitResolver(registry)
  const doubts: Doubt[] = []
  const relations = rows.map(({ rowId, lead, supporting }) => {
    const resolved = (text: string, column: string) => resolveCell(resolve, text, rowId, column, doubts)
    const leads = resolved(lead, 'leadUnits').flatMap(({ unit, group }) => {
      if (unit !== undefined) return [unit]
      const members = registry.groups?.find(({ name }) => name === group)?.members ?? []
      if (members.length === 0) doubts.push({ code: 'lead/group', rowId, params: { text: group! } })
      return members
    })
    const helpers = resolved(supporting, 'supportingUnits').map(({ unit, group }) => unit ?? group!)
    if (leads.length === 0) doubts.push({ code: 'lead/none', rowId, params: {} })
    return { lead: [...new Set(leads)], supporting: [...new Set(helpers)] }
  })
  return { relations, doubts }
}

function resolveCell(
  resolve: UnitResolver,
  text: string,
  rowId: string,
  column: string,
  doubts: Doubt[],
): UnitMention[] {
  return resolve(tidyUnits(text)).filter((mention) => {
    const known = mention.unit !== undefined || mention.group !== undefined
    if (!known) doubts.push({ code: 'unit/unresolved', rowId, params: { text: mention.text, column } })
    return known
  })
}
