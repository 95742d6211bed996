/**
 * What the unit rules share: the two columns, what a mention stands for, and how a cell is rewritten.
 */
import { DASH } from '../fold.ts'
import type { TableRow } from '../table.ts'
import type { UnitRole } from '../units/roles.ts'
import { foldUnit } from '../units/segments.ts'
import type { UnitMention, UnitResolver } from '../units.ts'

export const LEAD = 'leadUnits'
export const SUPPORTING = 'supportingUnits'

/** Mentions in the lead column, but for those that the cell itself calls supporting. */
export function leadMentions(row: TableRow, resolve: UnitResolver): UnitMention[] {
  return resolve(row.cells[LEAD] ?? '').filter(({ role }) => role !== 'supporting')
}

/** What the cell says of a unit goes before the column that it stands in. */
export function roleOf({ role }: UnitMention, column: string): UnitRole {
  return role ?? (column === LEAD ? 'lead' : 'supporting')
}

/** Groups and placeholders may well hold the lead; only single units count, unknown ones by their spelling. */
export function unitKey(mention: UnitMention): string | undefined {
  return mention.unit ?? (mention.via === 'unknown' ? foldUnit(mention.text) : undefined)
}

/** 各乡镇（街道）, 有关部门: no single unit. */
export function isGroup({ via }: UnitMention): boolean {
  return via === 'group' || via === 'placeholder'
}

/** The cell's text with one mention in other words; everything else stays as typed. */
export function replaceMention(text: string, mention: UnitMention, words: string): string {
  return text.slice(0, mention.start) + words + text.slice(mention.end)
}

/** The text without one mention and the separator beside it; undefined where other words (等27个部门, 牵头：) hang on it. */
export function removeMention(text: string, mentions: UnitMention[], i: number): string | undefined {
  const mention = mentions[i]!
  const next = mentions[i + 1]
  const previous = mentions[i - 1]
  if (next?.start === mention.end) return undefined
  const [from, to] = next ? [mention.start, next.start] : [previous?.end ?? 0, mention.end]
  if (!isSeparation(text.slice(from, mention.start) + text.slice(mention.end, next ? to : text.length)))
    return undefined
  return mentions.length === 1 ? DASH : text.slice(0, from) + text.slice(to)
}

/** True where only separators, blanks and a final stop stand between two mentions, or behind the last. */
export function isSeparation(gap: string): boolean {
  return /^[\s、，,；;/／。.等]*$/.test(gap)
}
