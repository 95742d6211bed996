/**
 * What the unit rules share: the two columns and how a cell is rewritten.
 */
import type { UnitMention } from '../units.ts'

export const LEAD = 'leadUnits'
export const SUPPORTING = 'supportingUnits'

/** The cell's text with one mention in other words; everything else stays as typed. */
export function replaceMention(text: string, mention: UnitMention, words: string): string {
  return text.slice(0, mention.start) + words + text.slice(mention.end)
}
