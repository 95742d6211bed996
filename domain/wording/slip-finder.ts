/**
 * Finds a word of official prose in which one character was replaced by one that sounds or looks like it (职责
 * typed 职则). A place counts only where the text reads clearly better with the word than as it stands, so what
 * the neighbours explain (以|经济, 队伍|质量) is no slip.
 */
import {
  buildLexicon,
  costAlone,
  costWith,
  isHan,
  type Lexicon,
  LONGEST,
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

export type FoundSlip = { at: number; wrong: string; right: string }

type Likeness = 'sound' | 'look' | 'near-sound'

/** How much better the text must read with the word, in the units of slip-reading.ts. */
const GAINS: Record<Likeness, number> = { sound: 9, look: 9, 'near-sound': 12 }
const PREFERENCE: Record<Likeness, number> = { sound: 9, look: 6, 'near-sound': 3 }

export type SlipModel = {
  lexicon: Lexicon
  /** Words of two by their first and by their second character, the cheapest first. */
  beginning: ReadonlyMap<string, readonly string[]>
  ending: ReadonlyMap<string, readonly string[]>
  /** Longer words by their first and by their second character. */
  longer: ReadonlyMap<string, readonly string[]>
  longerBySecond: ReadonlyMap<string, readonly string[]>
  syllables: ReadonlyMap<string, Sounds>
  looks: ReadonlyMap<string, string>
  legal: ReadonlySet<string>
}

/** Syllables of a character, the usual one first, and as `foldSound` gives them. */
type Sounds = { exact: string[]; folded: string[] }
const NO_SOUNDS: Sounds = { exact: [], folded: [] }

/** Everything a search needs, in a few milliseconds. */
export function buildSlipModel(data: SlipData): SlipModel {
  const targets = data.words.slice(0, data.targets).flat()
  const short = targets.filter((word) => word.length === 2)
  const long = data.words.flat().filter((word) => word.length > 2)
  const syllables = new Map<string, Sounds>()
  const usualFirst = [...data.sounds].sort(([a], [b]) => Number(a.endsWith('2')) - Number(b.endsWith('2')))
  for (const [token, chars] of usualFirst) {
    const syllable = token.replace('2', '')
    const folded = foldSound(syllable)
    for (const char of chars) {
      const known = syllables.get(char)
      if (known) {
        known.exact.push(syllable)
        known.folded.push(folded)
      } else syllables.set(char, { exact: [syllable], folded: [folded] })
    }
  }
  const looks = new Map<string, string>()
  for (const group of data.looks) for (const char of group) looks.set(char, (looks.get(char) ?? '') + group)
  return {
    lexicon: buildLexicon(data),
    beginning: groupBy(short, 0),
    ending: groupBy(short, 1),
    longer: groupBy(long, 0),
    longerBySecond: groupBy(long, 1),
    syllables,
    looks,
    legal: data.legal,
  }
}

function groupBy(words: readonly string[], place: number): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const word of words) {
    const char = word.charAt(place)
    const group = groups.get(char)
    if (group) group.push(word)
    else groups.set(char, [word])
  }
  return groups
}

type Candidate = FoundSlip & { score: number }

/** The slips of a text in order; none overlap. Linear in the length of the text. */
export function findSlips(model: SlipModel, text: string): FoundSlip[] {
  const reading = readText(model.lexicon, text)
  const candidates: Candidate[] = []
  let quoted = 0
  for (let at = 0; at < text.length; at++) {
    if (!isHan(text.charCodeAt(at))) quoted += QUOTES.get(text.charAt(at)) ?? 0
    else if (quoted <= 0 && standsAlone(model.lexicon, reading, text, at)) {
      candidates.push(...inWordsOfTwo(model, reading, text, at), ...inLongerWords(model, reading, text, at))
    }
  }
  const taken = new Uint8Array(text.length)
  const found: Candidate[] = []
  for (const candidate of candidates.sort((a, b) => b.score - a.score || a.at - b.at)) {
    const { at, wrong } = candidate
    if (taken.subarray(at, at + wrong.length).includes(1)) continue
    taken.fill(1, at, at + wrong.length)
    found.push(candidate)
  }
  return found.sort((a, b) => a.at - b.at).map(({ at, wrong, right }) => ({ at, wrong, right }))
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

function inWordsOfTwo(model: SlipModel, reading: Reading, text: string, at: number): Candidate[] {
  if (!standsAlone(model.lexicon, reading, text, at + 1) || mostGain(reading, at, at + 2) < GAINS.look) return []
  const [first, second] = [text.charAt(at), text.charAt(at + 1)]
  const found: Candidate[] = []
  for (const words of [model.beginning.get(first), model.ending.get(second)]) {
    for (const word of words ?? []) {
      // The cheapest come first, so none behind this one gains more.
      if (gainOf(model, reading, at, word) < GAINS.look) break
      found.push(...judge(model, reading, text, at, word))
    }
  }
  return found
}

/** How much better the text reads with the word at that place. */
function gainOf(model: SlipModel, reading: Reading, at: number, word: string): number {
  return reading.total - costWith(model.lexicon, reading, at, at + word.length, word)
}

/** What the cheapest of all words would gain from `start` to `end` or further. */
function mostGain({ to, from, total }: Reading, start: number, end: number): number {
  return total - to[start]! - WORD_COSTS[0] - from[Math.min(end, from.length - 1)]!
}

/** The character at `at` is the wrong one. */
function inLongerWords(model: SlipModel, reading: Reading, text: string, at: number): Candidate[] {
  const found: Candidate[] = []
  for (let start = Math.max(0, at - 3); start < at; start++) {
    if (mostGain(reading, start, start + LONGEST) < GAINS.look) continue
    for (const word of model.longer.get(text.charAt(start)) ?? [])
      if (start + word.length > at && differsOnlyAt(text, start, word, at - start))
        found.push(...judge(model, reading, text, start, word))
  }
  if (mostGain(reading, at, at + LONGEST) < GAINS.look) return found
  for (const word of model.longerBySecond.get(text.charAt(at + 1)) ?? [])
    if (differsOnlyAt(text, at, word, 0)) found.push(...judge(model, reading, text, at, word))
  return found
}

function differsOnlyAt(text: string, start: number, word: string, place: number): boolean {
  for (let i = 0; i < word.length; i++)
    if ((word.charCodeAt(i) === text.charCodeAt(start + i)) === (i === place)) return false
  return true
}

function judge(model: SlipModel, reading: Reading, text: string, at: number, right: string): Candidate[] {
  const end = at + right.length
  const gain = gainOf(model, reading, at, right)
  if (gain < GAINS.look) return []
  const wrong = text.slice(at, end)
  const place = [...wrong].findIndex((char, i) => char !== right[i])
  if (place < 0) return []
  const likeness = compare(model, wrong.charAt(place), right.charAt(place))
  if (!likeness || gain < GAINS[likeness] || model.legal.has(wrong)) return []
  if (endsName(text, end, right) || comesAgain(text, at, end, wrong.charAt(place))) return []
  return [{ at, wrong, right, score: 2 * gain + PREFERENCE[likeness] }]
}

const NAME_ENDINGS = '村镇乡街路社河江湖山坝坪桥沟溪岭寨湾塘庄屯巷苑府州县小中园组'

/** 任河路: names of places are made of any characters. */
function endsName(text: string, end: number, right: string): boolean {
  return right.length === 2 && end < text.length && NAME_ENDINGS.includes(text.charAt(end))
}

/** 应改尽改, 急时应急: a character that comes again within three others is part of a figure of speech. */
function comesAgain(text: string, at: number, end: number, char: string): boolean {
  return text.slice(Math.max(0, at - 3), at).includes(char) || text.slice(end, end + 3).includes(char)
}

function compare({ syllables, looks }: SlipModel, typed: string, meant: string): Likeness | undefined {
  const [first = NO_SOUNDS, second = NO_SOUNDS] = [syllables.get(typed), syllables.get(meant)]
  if (first.exact[0] !== undefined && first.exact[0] === second.exact[0]) return 'sound'
  if (looks.get(typed)?.includes(meant) || first.exact.some((sound) => second.exact.includes(sound))) return 'look'
  return first.folded.some((sound) => second.folded.includes(sound)) ? 'near-sound' : undefined
}

/** What many speakers do not tell apart: zhi and zi, xing and xin. */
function foldSound(syllable: string): string {
  return syllable.replace(/^([zcs])h/, '$1').replace(/([ei])ng$/, '$1n')
}
