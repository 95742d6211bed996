/**
 * Units that a sentence names with their level (由县发改委牵头). A name without one (教育局) is too easily
 * a part of other words to be looked for in prose.
 */

import type { UnitMention, UnitResolver } from '../units.ts'
import { placeName } from './places.ts'
import { foldUnit } from './segments.ts'

/** A level that begins a name; not the end of 全县, 区县, 本市. */
const STARTS = /(?<![县区市旗州全各本我该省])[县区市旗州](?=\p{Script=Han})/gu
/** A name's last character, and what would make it another word: 局长, 委员, 部门, 院校. */
const ENDS =
  /局(?![长域部面势])|委(?![员派托书会])|办(?![公理事学法证好])|部(?![门署分队])|会(?![议场展员计])|[院社联室](?![长校区内会合系动网外])|委员会|办公室/g
const LONGEST = 16

/** Mentions of single units in prose, in reading order, the longest name at each place. Linear in the text. */
export function findUnitsInProse(text: string, resolve: UnitResolver): UnitMention[] {
  if (text.search(STARTS) < 0) return []
  const found: UnitMention[] = []
  const known = new Map<string, UnitMention | undefined>()
  let end = 0
  for (const { index } of text.matchAll(STARTS)) {
    if (index < end) continue
    const words = /^[\p{Script=Han}]+/u.exec(text.slice(index, index + LONGEST + 1))?.[0] ?? ''
    if (!known.has(words)) known.set(words, longestName(words, resolve))
    const mention = known.get(words)
    if (!mention) continue
    end = index + mention.end
    found.push({ ...mention, start: index, end })
  }
  return found
}

function longestName(words: string, resolve: UnitResolver): UnitMention | undefined {
  const ends = [...words.matchAll(ENDS)].map((match) => match.index + match[0].length)
  for (const end of ends.reverse()) {
    if (end > LONGEST) continue
    const [only, ...more] = resolve(words.slice(0, end))
    if (only?.unit !== undefined && more.length === 0 && only.end - only.start === end) return only
  }
  return undefined
}

/** What a name says of the unit itself: 教育局, 县教育局 and 奉节县教育局 name it in one way. */
export function nameWithoutPlace(text: string): string {
  return placeName(foldUnit(text)).stem
}
