/**
 * The units of a table that comes without a registry: every distinct name in its unit cells, and the
 * groups (各…, 相关…, 等27个部门). Also the relations of its rows, by the registry's names.
 */
import type { Doubt } from './infer-periods.ts'
import { findSlips, type Slip } from './infer-slips.ts'
import { indexRegistry, type UnitIndex } from './units/index.ts'
import { UNIT_END } from './units/roles.ts'
import { foldUnit } from './units/segments.ts'
import type { UnitMention, UnitRegistry, UnitResolver } from './units.ts'
import { createUnitResolver } from './units.ts'

/** The columns of units in a row; '' where the table has no such column. */
export type UnitCells = { rowId: string; lead: string; supporting: string }
export type BuiltRegistry = { registry: UnitRegistry; certain: UnitRegistry; doubts: Doubt[] }
export type UnitRelations = { lead: string[]; supporting: string[] }

/** Only at the end of a name may a line break, a blank or 和 divide two names. */
const LIST_WORD = new RegExp(`(?<=[${UNIT_END}])(?:[ \\t\\u3000\\u00A0]+|[和及与])(?=[县市区旗省各]|相关|有关)`, 'gu')
const WRAPPED = new RegExp(`(?<=[^${UNIT_END}、，,；;/／\\n]) *\\r?\\n *(?=[^、，,；;])`, 'gu')
/** A blank between two names that need no level to be told apart: 县生态环境局 城北街道办; but 县委 宣传部, 县纪委 监委. */
const BLANK_BETWEEN = new RegExp(
  `(?<=[^\\s、，,；;/／：:]{2}[${UNIT_END}])[ \\t\\u3000\\u00A0]+(?!办公室|委员会|领导小组)(?=[^\\s、，,；;/／]{2,}[${UNIT_END}](?:$|[\\s、，,；;/／]))`,
  'gu',
)
const NO_RANKING = /[（(](?:以下|单位)?排名不分先后[^（）()]*[）)]/g
const GENERIC = /^(乡镇|街道|镇街|乡镇街道|街道办|街道办事处|社区|村|学校|企业|机构|部门|单位)$/
/** 各乡（镇）、街道办: one group in two words. */
const OPEN_GROUP = /^各(?:乡|镇|街道|乡镇|乡\(镇\)|村)$/
/** 县水务局（县水利局）: one office under two names, or two units written as one; the names tell of neither. */
const NAME_END = `${UNIT_END.replace(/[）)]/g, '')}室`
const BRACKETED = new RegExp(`^([^（(]{2,}[${NAME_END}])[（(]([县区市旗州][^（）()]{1,}[${NAME_END}])[）)]$`, 'u')
/** More names than any county has units: too many to compare each with each. */
const MAX_COMPARED = 1000

/** Puts a separator where two names clearly meet, and joins a name wrapped over two lines. */
function tidyUnits(text: string): string {
  return text.replace(NO_RANKING, '').replace(WRAPPED, '').replace(LIST_WORD, '、').replace(BLANK_BETWEEN, '、')
}

/**
 * A registry of the units named in these cells, ids U001 and on in order of appearance; groups have
 * no members. Doubt unit/maybe-same {text, other}: two names of which one looks like the other's short form
 * or misspells it, or stands alone where the other has it in brackets; unit/two-names {text, other}: `other` is in
 * brackets behind another name. `certain`: the registry without rare names that stand for one used more often, to check
 * these very cells by.
 */
export function buildRegistry(cells: readonly string[]): BuiltRegistry {
  const resolve = createUnitResolver({ units: [] })
  const names = new Map<string, string>()
  const counts = new Map<string, number>()
  const groups = new Map<string, string>()
  for (const cell of cells)
    for (const name of namesOf(resolve, tidyUnits(cell))) {
      const isGroup = GENERIC.test(name) || resolve(name)[0]?.via === 'placeholder'
      if (!isGroup) {
        const known = names.get(foldUnit(name)) ?? name
        names.set(foldUnit(name), known)
        counts.set(known, (counts.get(known) ?? 0) + 1)
      }
      const group = name.replace(/^等/, '')
      if (isGroup && !groups.has(foldUnit(group))) groups.set(foldUnit(group), group)
    }
  const units = [...names.values()].map((name, i) => ({ id: `U${String(i + 1).padStart(3, '0')}`, name }))
  const registry = { units, groups: [...groups.values()].map((name) => ({ name })) }
  if (units.length > MAX_COMPARED) return { registry, certain: registry, doubts: [] }
  const index = indexRegistry(registry)
  const slips = findSlips(counts, index)
  const isSlip = new Set(slips.map(({ text }) => text))
  const shortForms = findShortForms(registry, index)
  const isTold = ({ text, other }: Pick<Slip, 'text' | 'other'>) =>
    shortForms.some(({ params }) => params.text === text && params.other === other)
  const misspelt = slips.filter((slip) => slip.isMisspelt && !isTold(slip))
  return {
    registry,
    certain: { ...registry, units: units.filter(({ name }) => !isSlip.has(name)) },
    doubts: [
      ...shortForms,
      ...misspelt.map(maybeSame),
      ...findBracketed(
        units.map(({ name }) => name),
        isTold,
      ),
    ],
  }
}

/** A part that is also named alone is asked about; otherwise how it was read is said. */
function findBracketed(names: readonly string[], isTold: (pair: Pick<Slip, 'text' | 'other'>) => boolean): Doubt[] {
  const known = new Map(names.map((name) => [foldUnit(name), name]))
  return names.flatMap((text) => {
    const parts = BRACKETED.exec(text)?.slice(1, 3) ?? []
    const alone = parts.flatMap((part) => known.get(foldUnit(part)) ?? [])
    const last = parts.at(-1)
    if (alone.length === 0) return last === undefined ? [] : [{ code: 'unit/two-names', params: { text, other: last } }]
    return alone
      .map((other) => ({ text, other }))
      .filter((pair) => !isTold(pair))
      .map(maybeSame)
  })
}

/** The names in a cell as written, blanks aside. */
function namesOf(resolve: UnitResolver, text: string): string[] {
  const names: string[] = []
  for (const mention of resolve(text)) {
    const name = mention.text.replace(/\s+/g, '')
    const last = names.at(-1)
    if (last !== undefined && OPEN_GROUP.test(foldUnit(last)) && GENERIC.test(foldUnit(name)))
      names[names.length - 1] = `${last}、${name}`
    else names.push(name)
  }
  return names
}

/** 县发改委, 奉节县发改委 beside 县发展改革委: the same unit in two spellings, perhaps. */
function findShortForms(registry: UnitRegistry, { derived }: UnitIndex): Doubt[] {
  const names = registry.units.map(({ name }) => name)
  return names.flatMap((text) => {
    const usual = derived(foldUnit(text))?.candidates ?? []
    const isOther = (other: string) =>
      isShortForm(text, other) || (text.length <= other.length && text !== other && usual.includes(other))
    return names.filter(isOther).map((other) => maybeSame({ text, other }))
  })
}

function maybeSame({ text, other }: Pick<Slip, 'text' | 'other'>): Doubt {
  return { code: 'unit/maybe-same', params: { text, other } }
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
    // What the cell itself says (牵头：…；配合：…) goes before the column it stands in.
    const led = resolved(lead, 'leadUnits')
    const supported = resolved(supporting, 'supportingUnits')
    const isLead = ({ role }: UnitMention) => role === 'lead'
    const isSupporting = ({ role }: UnitMention) => role === 'supporting'
    const leading = [...led.filter((mention) => !isSupporting(mention)), ...supported.filter(isLead)]
    const leads = leading.flatMap(({ unit, group }) => {
      if (unit !== undefined) return [unit]
      const members = registry.groups?.find(({ name }) => name === group)?.members ?? []
      if (members.length === 0) doubts.push({ code: 'lead/group', rowId, params: { text: group! } })
      return members
    })
    const helping = [...led.filter(isSupporting), ...supported.filter((mention) => !isLead(mention))]
    const helpers = helping.map(({ unit, group }) => unit ?? group!)
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
