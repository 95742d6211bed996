/**
 * Finds a word of official prose in which one character was replaced by one that sounds or looks like it (职责
 * typed 职则). A place counts only where the text reads clearly better with the word than as it stands, so what
 * the neighbours explain (以|经济, 队伍|质量) is no slip.
 */
import {
  buildLexicon,
  costAlone,
  isHan,
  type Lexicon,
  LONGEST,
  type Priced,
  type Reading,
  readText,
  WORD_COSTS,
} from './slip-reading.ts'

export type SlipData = Parameters<typeof buildLexicon>[0] & {
  /** How many of the word lists hold words that slips are looked for in; words of the rest only explain. */
  targets: number
  /** Characters by syllable: zhi → 职支直; under zhi2 those that are also, but less often, read so. */
  sounds: ReadonlyMap<string, string>
  /** Groups of characters that look alike. */
  looks: readonly string[]
  /** Wrong forms that are right after all: rare words, and pairs that meet where two words do. */
  legal: ReadonlySet<string>
}

/** `isClear`: the text reads so much better with the word that hardly anything else can have been meant. */
export type FoundSlip = { at: number; wrong: string; right: string; isClear: boolean }

type Likeness = 'sound' | 'look' | 'near-sound'

/** How much better the text must read with the word, in the units of slip-reading.ts. */
const GAINS: Record<Likeness, number> = { sound: 10, look: 10, 'near-sound': 12 }
/** With so much gained there is hardly a doubt left. */
const CLEAR_GAIN = 14
/** Characters between two words, on either side of the place, that together cost so much belong to words that the lexicon lacks. */
const UNREAD = 7
/** With so much gained a word of two counts all the same. */
const GAIN_BESIDE_UNREAD = 20
const PREFERENCE: Record<Likeness, number> = { sound: 9, look: 6, 'near-sound': 3 }

export type SlipModel = {
  lexicon: Lexicon
  /** Words of two by their first and by their second character, the cheapest first. */
  beginning: WordGroups
  ending: WordGroups
  /** Longer words by their first and by their second character. */
  longer: WordGroups
  longerBySecond: WordGroups
  /** By the code of a character. */
  syllables: ReadonlyMap<number, Sounds>
  looks: ReadonlyMap<number, string>
  legal: ReadonlySet<string>
}

/** Words with what each costs, by the code of one of their characters. */
type WordGroups = ReadonlyMap<number, readonly Priced[]>

/** Syllables of a character, the usual one first, and as `foldSound` gives them. */
type Sounds = { exact: string[]; folded: string[] }
const NO_SOUNDS: Sounds = { exact: [], folded: [] }

/** Everything a search needs, in a few milliseconds. */
export function buildSlipModel(data: SlipData): SlipModel {
  const targets = data.words.slice(0, data.targets).flat()
  const short = targets.filter((word) => word.length === 2)
  const long = data.words.flat().filter((word) => word.length > 2)
  const syllables = new Map<number, Sounds>()
  const usualFirst = [...data.sounds].sort(([a], [b]) => Number(a.endsWith('2')) - Number(b.endsWith('2')))
  for (const [token, chars] of usualFirst) {
    const syllable = token.replace('2', '')
    const folded = foldSound(syllable)
    for (const char of chars) {
      const code = char.charCodeAt(0)
      const known = syllables.get(code)
      if (known) {
        known.exact.push(syllable)
        known.folded.push(folded)
      } else syllables.set(code, { exact: [syllable], folded: [folded] })
    }
  }
  const looks = new Map<number, string>()
  for (const group of data.looks)
    for (const char of group) looks.set(char.charCodeAt(0), (looks.get(char.charCodeAt(0)) ?? '') + group)
  const lexicon = buildLexicon(data)
  return {
    lexicon,
    beginning: groupBy(lexicon, short, 0),
    ending: groupBy(lexicon, short, 1),
    longer: groupBy(lexicon, long, 0),
    longerBySecond: groupBy(lexicon, long, 1),
    syllables,
    looks,
    legal: data.legal,
  }
}

function groupBy({ costOf }: Lexicon, words: readonly string[], place: number): WordGroups {
  const groups = new Map<number, Priced[]>()
  for (const word of words) {
    const code = word.charCodeAt(place)
    const priced = { word, cost: costOf.get(word)! }
    const group = groups.get(code)
    if (group) group.push(priced)
    else groups.set(code, [priced])
  }
  return groups
}

const NONE: readonly Priced[] = []

type Candidate = FoundSlip & { score: number }

/** The slips of a text in order; none overlap. Linear in the length of the text. */
export function findSlips(model: SlipModel, text: string): FoundSlip[] {
  const reading = readText(model.lexicon, text)
  const candidates: Candidate[] = []
  let quoted = 0
  for (let at = 0; at < text.length; at++) {
    if (!isHan(text.charCodeAt(at))) quoted += QUOTES.get(text.charAt(at)) ?? 0
    else if (quoted <= 0 && standsAlone(model.lexicon, reading, text, at)) {
      inWordsOfTwo(model, reading, text, at, candidates)
      inLongerWords(model, reading, text, at, candidates)
    }
  }
  if (candidates.length === 0) return []
  const taken = new Uint8Array(text.length)
  const found: Candidate[] = []
  for (const candidate of candidates.sort((a, b) => b.score - a.score || a.at - b.at)) {
    const { at, wrong } = candidate
    if (taken.subarray(at, at + wrong.length).includes(1)) continue
    taken.fill(1, at, at + wrong.length)
    found.push(candidate)
  }
  return found.sort((a, b) => a.at - b.at).map(({ at, wrong, right, isClear }) => ({ at, wrong, right, isClear }))
}

/** What a mark adds to the depth of quotation. */
const QUOTES: ReadonlyMap<string, number> = new Map([
  ...[...'“《‘'].map((mark) => [mark, 1] as const),
  ...[...'”》’'].map((mark) => [mark, -1] as const),
])

/** Whether the cheapest reading leaves the character outside every word. */
function standsAlone(lexicon: Lexicon, { to, from, total }: Reading, text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return isHan(code) && to[at]! + costAlone(lexicon, code) + from[at + 1]! === total
}

function inWordsOfTwo(model: SlipModel, reading: Reading, text: string, at: number, found: Candidate[]): void {
  if (!standsAlone(model.lexicon, reading, text, at + 1) || mostGain(reading, at, at + 2) < GAINS.look) return
  for (const words of [model.beginning.get(text.charCodeAt(at)), model.ending.get(text.charCodeAt(at + 1))]) {
    for (const priced of words ?? NONE) {
      // The cheapest come first, so none behind this one gains more.
      if (gainOf(reading, at, priced) < GAINS.look) break
      judge(model, reading, text, at, priced, found)
    }
  }
}

/** How much better the text reads with the word at that place. */
function gainOf({ to, from, total }: Reading, at: number, { word, cost }: Priced): number {
  return total - to[at]! - cost - from[at + word.length]!
}

/** What the cheapest of all words would gain from `start` to `end` or further. */
function mostGain({ to, from, total }: Reading, start: number, end: number): number {
  return total - to[start]! - WORD_COSTS[0] - from[Math.min(end, from.length - 1)]!
}

/** The character at `at` is the wrong one. */
function inLongerWords(model: SlipModel, reading: Reading, text: string, at: number, found: Candidate[]): void {
  for (let start = Math.max(0, at - 3); start < at; start++) {
    if (mostGain(reading, start, start + LONGEST) < GAINS.look) continue
    for (const priced of model.longer.get(text.charCodeAt(start)) ?? NONE)
      if (start + priced.word.length > at && differsOnlyAt(text, start, priced.word, at - start))
        judge(model, reading, text, start, priced, found)
  }
  if (mostGain(reading, at, at + LONGEST) < GAINS.look) return
  for (const priced of model.longerBySecond.get(text.charCodeAt(at + 1)) ?? NONE)
    if (differsOnlyAt(text, at, priced.word, 0)) judge(model, reading, text, at, priced, found)
}

function differsOnlyAt(text: string, start: number, word: string, place: number): boolean {
  for (let i = 0; i < word.length; i++)
    if ((word.charCodeAt(i) === text.charCodeAt(start + i)) === (i === place)) return false
  return true
}

/** Adds the word to what was found if it may well be meant at that place. */
function judge(model: SlipModel, reading: Reading, text: string, at: number, priced: Priced, found: Candidate[]): void {
  const gain = gainOf(reading, at, priced)
  if (gain < GAINS.look) return
  const right = priced.word
  const place = firstDifference(text, at, right)
  if (place < 0) return
  const likeness = compare(model, text.charCodeAt(at + place), right.charCodeAt(place))
  if (!likeness || gain < GAINS[likeness]) return
  const end = at + right.length
  const wrong = text.slice(at, end)
  if (model.legal.has(wrong) || endsName(text, end, right) || comesAgain(text, at + place)) return
  if (right.length === 2 && gain < GAIN_BESIDE_UNREAD && isBesideUnread(model.lexicon, reading, text, at, end)) return
  found.push({ at, wrong, right, isClear: gain >= CLEAR_GAIN, score: 2 * gain + PREFERENCE[likeness] })
}

/**
 * 查找护送, 雪停路净: where what stands beside the place is left over too, both are pieces of rarer words, or the text
 * is put together from single characters as notes are.
 */
function isBesideUnread(lexicon: Lexicon, { to, from }: Reading, text: string, at: number, end: number): boolean {
  const before = at > 0 ? costAlone(lexicon, text.charCodeAt(at - 1)) : 0
  const behind = end < text.length ? costAlone(lexicon, text.charCodeAt(end)) : 0
  const leftOver =
    (before > 0 && to[at - 1]! + before === to[at] ? before : 0) +
    (behind > 0 && behind + from[end + 1]! === from[end] ? behind : 0)
  return leftOver >= UNREAD
}

/** -1 where the word itself stands there. */
function firstDifference(text: string, at: number, word: string): number {
  for (let i = 0; i < word.length; i++) if (text.charCodeAt(at + i) !== word.charCodeAt(i)) return i
  return -1
}

const NAME_ENDINGS = '村镇乡街路社河江湖山坝坪桥沟溪岭寨湾塘庄屯巷苑府州县小中园组'

/** 任河路: names of places are made of any characters. */
function endsName(text: string, end: number, right: string): boolean {
  return right.length === 2 && end < text.length && NAME_ENDINGS.includes(text.charAt(end))
}

/**
 * 应改尽改, 急时应急: a character that comes again within three others is part of a figure of speech. Told by the
 * distance of the two characters, so that of a pair never only one is left alone.
 */
function comesAgain(text: string, place: number): boolean {
  const char = text.charAt(place)
  return text.slice(Math.max(0, place - 4), place).includes(char) || text.slice(place + 1, place + 5).includes(char)
}

/** Of two characters by their codes. */
function compare({ syllables, looks }: SlipModel, typed: number, meant: number): Likeness | undefined {
  const [first = NO_SOUNDS, second = NO_SOUNDS] = [syllables.get(typed), syllables.get(meant)]
  if (first.exact[0] !== undefined && first.exact[0] === second.exact[0]) return 'sound'
  if (
    looks.get(typed)?.includes(String.fromCharCode(meant)) ||
    first.exact.some((sound) => second.exact.includes(sound))
  )
    return 'look'
  return first.folded.some((sound) => second.folded.includes(sound)) ? 'near-sound' : undefined
}

/** What many speakers do not tell apart: zhi and zi, xing and xin. */
function foldSound(syllable: string): string {
  return syllable.replace(/^([zcs])h/, '$1').replace(/([ei])ng$/, '$1n')
}
