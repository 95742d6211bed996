/**
 * A character or word typed twice: 工工作, 前期期工作, 的的, 进行进行. Much in Chinese stands twice rightly
 * (天天, 停车场场地, 委员会会议), so it is said only where what is left is a known word on one side, the rest
 * cannot begin or end another, and no list knows the pair.
 */
import { COMMON_WORDS } from '../wording/common-words.ts'
import {
  BEGINS_WORDS,
  CLOSERS,
  ENDS_VERBS,
  ENDS_WORDS,
  NEVER_TWICE,
  ONLY_END,
  OPENERS,
  PARTICLES,
  REDUPLICATED,
} from '../wording/doubling.ts'
import { loadSlipModel } from '../wording/slip-model.ts'
import { costAlone, costWithout, pairKey, type Reading, readText } from '../wording/slip-reading.ts'
import { excerpt } from './characters.ts'
import { cellRule } from './rule.ts'

const HAN = /\p{Script=Han}/u
const WORD = /^\p{Script=Han}+$/u
const LONGEST_WORD = 12

export const textDoubled = cellRule({
  level: 'cell',
  per: 'cell',
  kinds: ['text', 'milestone'],
  codes: { 'text/doubled': 'hint' },
  check({ text }) {
    const doubled = [...doubledCharacters(text), ...doubledWords(text)].sort((a, b) => a.at - b.at)
    return doubled.map(({ from, at, length }) => ({
      code: 'text/doubled' as const,
      params: { found: text.slice(from, at + length), excerpt: excerpt(text, from, at + length) },
      to: text.slice(0, at) + text.slice(at + length),
    }))
  },
})

/** What begins at `from` is said again from `at` on, over `length` characters. */
type Doubled = { from: number; at: number; length: number }

function doubledCharacters(text: string): Doubled[] {
  const found: Doubled[] = []
  const { lexicon } = loadSlipModel()
  let reading: Reading | undefined
  for (let at = 1; at < text.length; at++) {
    if (text.charCodeAt(at) !== text.charCodeAt(at - 1)) continue
    const char = text.charAt(at)
    if (!HAN.test(char)) continue
    reading ??= readText(lexicon, text)
    const once = costWithout(lexicon, reading, text, at)
    // 账账相符 reads 账|相符 once: the character must have become part of a word.
    const joins = once < reading.to[at - 1]! + costAlone(lexicon, char.charCodeAt(0)) + reading.from[at + 1]!
    if (isSlip(text, at, char) || (joins && readsBetterOnce(text, at, char, reading.total - once)))
      found.push({ from: at - 1, at, length: 1 })
  }
  return found
}

/** How much dearer the text must read, in the units of slip-reading.ts; less is often two words that meet (物品|品种). */
const GAIN = 8

/** 全面面推进: with one of the two the text reads clearly better; in quotation marks much is coined. */
function readsBetterOnce(text: string, at: number, char: string, gain: number): boolean {
  if (gain < GAIN || text.charAt(at - 2) === char || text.charAt(at + 1) === char) return false
  return !(PARTICLES[char] || REDUPLICATED.has(char) || isPairOfPairs(text, at) || isInQuotes(text, at))
}

function isInQuotes(text: string, at: number): boolean {
  return text.lastIndexOf('“', at) > text.lastIndexOf('”', at)
}

function isSlip(text: string, at: number, char: string): boolean {
  const [before, after] = [text.charAt(at - 2), text.charAt(at + 1)]
  if (before === char || after === char) return false
  const particle = PARTICLES[char]
  if (particle && isTwiceBehindNoun(text, at, char)) return !isOneOf(after, particle.before)
  if (particle) return !isOneOf(before, particle.after) && !isOneOf(after, particle.before)
  if (ONLY_END.has(char) || isDoubledBound(text, at, char) || repeatsLastOfWord(text, at)) return true
  if (isPairOfPairs(text, at)) return false
  if (char === '快' && '加尽'.includes(before) && QUICKLY.test(text.slice(at + 1, at + 3))) return true
  if (REDUPLICATED.has(char)) return false
  if (endsVerbOnly(text, at, char)) return true
  const ends = COMMON_WORDS.has(before + char)
  const begins = COMMON_WORDS.has(char + after)
  if (ends === begins) return false
  return begins ? canOnlyBegin(text, at, char) : canOnlyEnd(text, at, char)
}

/** What is done quickly; 加快快递网点, 加快快充站 go on with another word. */
const QUICKLY =
  /^(?:推进|建设|实施|落实|完善|办理|培育|发展|改造|补齐|构建|形成|启动|推动|建成|完成|拨付|审批|整改|施工|进度)/

/** 项目的的建设; 目的的 alone has the word 目的 before its particle. */
function isTwiceBehindNoun(text: string, at: number, char: string): boolean {
  return (
    char === '的' && /(?:[项栏节科条题账]目|(?<![项栏节科条题账])目标)$/.test(text.slice(Math.max(0, at - 4), at - 1))
  )
}

/** 9%以下下。 */
function isDoubledBound(text: string, at: number, char: string): boolean {
  return '上下内外'.includes(char) && text.charAt(at - 2) === '以' && !HAN.test(text.charAt(at + 1))
}

/** 进一步步完善, 范围内内: a longer word, its last character again, and then something that does not begin with that one. */
function repeatsLastOfWord(text: string, at: number): boolean {
  const { costOf, pairs, longer } = loadSlipModel().lexicon
  const endsWord = [3, 4].some((length) => at >= length && costOf.has(text.slice(at - length, at)))
  const key = pairKey(text, at)
  if (!endsWord || pairs.has(key) || longer.has(key) || isPairOfPairs(text, at)) return false
  return !HAN.test(text.charAt(at + 1)) || COMMON_WORDS.has(text.slice(at + 1, at + 3))
}

/** 扎扎实实, 高高兴兴 */
function isPairOfPairs(text: string, at: number): boolean {
  const before = text.charAt(at - 2)
  const after = text.charAt(at + 1)
  return (before !== '' && before === text.charAt(at - 3)) || (after !== '' && after === text.charAt(at + 2))
}

function isOneOf(char: string, chars: string): boolean {
  return char !== '' && chars.includes(char)
}

/** 改善善村容: a word of doing, and what stands behind begins no word with its last character again (推进进度). */
function endsVerbOnly(text: string, at: number, char: string): boolean {
  const after = text.charAt(at + 1)
  if (!NEVER_TWICE.has(text.charAt(at - 2) + char) || BEGINS_WORDS.has(char) || !HAN.test(after)) return false
  const { pairs, longer } = loadSlipModel().lexicon
  const key = pairKey(text, at)
  return !pairs.has(key) && !longer.has(key) && COMMON_WORDS.has(text.slice(at + 1, at + 3))
}

/** 工工作: the word behind is known, and nothing in front can end in the first of the two. */
function canOnlyBegin(text: string, at: number, char: string): boolean {
  const before = text.charAt(at - 2)
  if (before === '' || OPENERS.has(before) || /[\s\p{P}]/u.test(before)) return true
  const word = text.slice(Math.max(0, at - 3), at - 1)
  if (!COMMON_WORDS.has(word)) return false
  return !ENDS_WORDS.has(char) || (NEVER_TWICE.has(word) && !ENDS_VERBS.has(char))
}

/** 前期期工作: the word in front is known, and nothing behind can begin with the second of the two. */
function canOnlyEnd(text: string, at: number, char: string): boolean {
  const after = text.charAt(at + 1)
  if (CLOSERS.has(after) || !HAN.test(after)) return !BEGINS_WORDS.has(char) || !CLOSERS.has(after)
  return !BEGINS_WORDS.has(char) && COMMON_WORDS.has(text.slice(at + 1, at + 3))
}

/** The same two to twelve characters again, and perhaps again. */
function doubledWords(text: string): Doubled[] {
  const found: Doubled[] = []
  // As numbers, since each is looked at from the twelve places before it.
  const codes = new Uint16Array(text.length)
  for (let at = 0; at < text.length; at++) codes[at] = text.charCodeAt(at)
  for (let at = 0; at < text.length - 3; at++) {
    const length = repeatedLength(text, codes, at)
    if (length === 0) continue
    let end = at + 2 * length
    while (text.startsWith(text.slice(at, at + length), end)) end += length
    if (isWordSlip(text, at, length, end)) found.push({ from: at, at: at + length, length: end - at - length })
    at = end - 1
  }
  return found
}

/** How long the word is that begins here and is at once repeated; 0 where none is. */
function repeatedLength(text: string, codes: Uint16Array, at: number): number {
  const first = codes[at]!
  // Below and above the Chinese characters are figures, letters, blanks and marks.
  if (first < 0x3400 || first > 0xfeff) return 0
  for (let length = 2; length <= LONGEST_WORD; length++) {
    if (codes[at + length] !== first || codes[at + length + 1] !== codes[at + 1]) continue
    const word = text.slice(at, at + length)
    if (text.startsWith(word, at + length) && WORD.test(word)) return length
  }
  return 0
}

function isWordSlip(text: string, at: number, length: number, end: number): boolean {
  const word = text.slice(at, at + length)
  // 一步一步, 一户一户; 推进推进会
  if (word.startsWith('一') || new Set(word).size < 2 || text.charAt(end) === '会') return false
  if (length > 2 || NEVER_TWICE.has(word)) return true
  const standsFree = !HAN.test(text.charAt(at - 1)) || !HAN.test(text.charAt(end))
  if (!COMMON_WORDS.has(word)) return false
  // 公共文化文化服务: whole words on both sides, so that neither copy is part of another one.
  const beginsFresh = '各全本该'.includes(text.charAt(at - 1)) || COMMON_WORDS.has(text.slice(at - 2, at))
  return standsFree || (beginsFresh && COMMON_WORDS.has(text.slice(end, end + 2)))
}
