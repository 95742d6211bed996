/** Lists whose names share the ending of the last one: 云山、兰江、上华街道, 县移动、电信、联通公司. */
import type { UnitMention } from '../units.ts'

const ENDING = /^[^乡镇]{2,6}(街道|镇|乡|苏木|公司|集团)$/
const LONGEST_BEGINNING = 5

/**
 * Gives an unknown name the ending of the list that it stands in, where that makes one known unit.
 * `findUnit`: the unit that words mean, if exactly one. Changes the mentions of `text` in place.
 */
export function completeEndings(
  text: string,
  mentions: UnitMention[],
  findUnit: (words: string) => string | undefined,
): UnitMention[] {
  let ending = ''
  let next = text.length
  for (const mention of [...mentions].reverse()) {
    if (text.slice(mention.end, next).trim() !== '、') ending = ''
    const isCut = mention.via === 'unknown' && ending !== '' && mention.text.length <= LONGEST_BEGINNING
    const unit = isCut ? findUnit(mention.text + ending) : undefined
    if (unit === undefined) ending = ENDING.exec(mention.text)?.[1] ?? ''
    else {
      mention.via = 'alias'
      mention.unit = unit
      delete mention.candidates
    }
    next = mention.start
  }
  return mentions
}
