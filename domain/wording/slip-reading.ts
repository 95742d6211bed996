/**
 * Reads Chinese text as a row of known words, the cheapest way: what a wrong character breaks is seen by how
 * much dearer the text has become. Linear in the length of the text.
 */

/** Words by rank: the first list holds the most frequent. Characters that stand alone by how freely they do so. */
export type ReadingData = {
  words: readonly (readonly string[])[]
  alone: readonly string[]
}

/** A word costs what its rank says, a character between two words what its freedom says; both in the same small units. */
export const WORD_COSTS = [2, 3, 4, 5] as const
export const ALONE_COSTS = [4, 5, 6, 7, 8, 10] as const
const NEVER_ALONE = 12
/** Characters of the longest word. */
export const LONGEST = 4

export type Lexicon = {
  costOf: ReadonlyMap<string, number>
  /** For the hash of a `pairKey` whether `pairs` or `longer` may have it: most pairs of characters are in neither. */
  may: Uint8Array
  /** By both characters of a word of two; see `pairKey`. */
  pairs: ReadonlyMap<number, number>
  /** Longer words by their first two characters. */
  longer: ReadonlyMap<number, readonly Priced[]>
  /** Cost of each common Chinese character outside words, by its place among them. */
  alone: Uint8Array
}

export type Priced = { word: string; cost: number }

/** `to[i]`: the cost of everything before `i`; `from[i]`: of everything from `i` on. */
export type Reading = { to: Int32Array; from: Int32Array; total: number }

/** The lexicon in the form in which texts are read. */
export function buildLexicon({ words: lists, alone }: ReadingData): Lexicon {
  const costOf = new Map<string, number>()
  const pairs = new Map<number, number>()
  const longer = new Map<number, Priced[]>()
  for (const [rank, list] of lists.entries()) {
    for (const word of list) {
      const cost = WORD_COSTS[rank] ?? NEVER_ALONE
      costOf.set(word, cost)
      const key = pairKey(word, 0)
      if (word.length === 2) pairs.set(key, cost)
      else longer.set(key, [...(longer.get(key) ?? []), { word, cost }])
    }
  }
  // A word that stands in two lists costs what the last one says.
  for (const words of longer.values()) for (const one of words) one.cost = costOf.get(one.word) ?? one.cost
  const freedom = new Uint8Array(LAST_HAN - FIRST_HAN + 1).fill(NEVER_ALONE)
  for (const [level, chars] of alone.entries())
    for (const char of chars) freedom[char.charCodeAt(0) - FIRST_HAN] = ALONE_COSTS[level] ?? NEVER_ALONE
  const may = new Uint8Array(HASHES)
  for (const key of [...pairs.keys(), ...longer.keys()]) may[hashOf(key)] = 1
  return { costOf, may, pairs, longer, alone: freedom }
}

const HASHES = 1 << 16

function hashOf(key: number): number {
  return (key ^ (key >>> 13)) & (HASHES - 1)
}

const FIRST_HAN = 0x4e00
const LAST_HAN = 0x9fff

/** One small number for the two characters at a place; -1 where one of them is not Chinese. */
export function pairKey(text: string, at: number): number {
  const first = text.charCodeAt(at)
  const second = text.charCodeAt(at + 1)
  return isHan(first) && isHan(second) ? (first - FIRST_HAN) * (LAST_HAN - FIRST_HAN + 1) + second - FIRST_HAN : -1
}

/** What a character costs that belongs to no word; figures, letters and marks cost nothing. */
export function costAlone(lexicon: Lexicon, code: number): number {
  return isHan(code) ? lexicon.alone[code - FIRST_HAN]! : 0
}

/** The common Chinese characters; rare ones stand in names alone. */
export function isHan(code: number): boolean {
  return code >= FIRST_HAN && code <= LAST_HAN
}

const NONE: readonly Priced[] = []

/** Reads a text from both ends, so that the cost of any change in it can be told at once. */
export function readText(lexicon: Lexicon, text: string): Reading {
  const { length } = text
  const to = new Int32Array(length + 1).fill(0x3fffffff)
  const from = new Int32Array(length + 1)
  const words: number[] = []
  to[0] = 0
  for (let at = 0; at < length; at++) {
    const cost = to[at]!
    lower(to, at + 1, cost + costAlone(lexicon, text.charCodeAt(at)))
    const key = pairKey(text, at)
    if (key < 0 || lexicon.may[hashOf(key)] === 0) continue
    const pair = lexicon.pairs.get(key)
    if (pair !== undefined) {
      lower(to, at + 2, cost + pair)
      words.push(at, at + 2, pair)
    }
    for (const { word, cost: price } of lexicon.longer.get(key) ?? NONE) {
      if (!text.startsWith(word, at)) continue
      lower(to, at + word.length, cost + price)
      words.push(at, at + word.length, price)
    }
  }
  let next = words.length - 3
  for (let at = length - 1; at >= 0; at--) {
    from[at] = from[at + 1]! + costAlone(lexicon, text.charCodeAt(at))
    for (; next >= 0 && words[next] === at; next -= 3) lower(from, at, from[words[next + 1]!]! + words[next + 2]!)
  }
  return { to, from, total: to[length]! }
}

function lower(costs: Int32Array, at: number, cost: number): void {
  if (cost < costs[at]!) costs[at] = cost
}

/** What the text costs when the character at a place is left out. */
export function costWithout(lexicon: Lexicon, { to, from }: Reading, text: string, at: number): number {
  let least = to[at]! + from[at + 1]!
  for (let start = Math.max(0, at - LONGEST + 1); start < at; start++)
    for (let end = at + 2; end <= Math.min(text.length, at + 1 + LONGEST - (at - start)); end++) {
      const cost = lexicon.costOf.get(text.slice(start, at) + text.slice(at + 1, end))
      if (cost !== undefined) least = Math.min(least, to[start]! + cost + from[end]!)
    }
  return least
}
