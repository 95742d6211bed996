/**
 * Looks words of a list up by their first or last character, so that a long list costs no more than a short one.
 * Asked at every character of every text: characters are compared by their codes, since each Chinese character
 * taken out as a string would be made anew.
 */

/**
 * `words`: by the code of their first character, or of their last one, the longest first. `may`: for the low bits of
 * a code whether any word is there. Nearly all characters of a text begin no word, and that is told without a search.
 */
export type WordIndex = { words: ReadonlyMap<number, readonly string[]>; may: Uint8Array }

const LOW_BITS = 0xfff

const NONE: readonly string[] = []

/** For `wordsAt` and `wordAt`. */
export function indexStarts(words: readonly string[]): WordIndex {
  return indexBy(words, (word) => word.charCodeAt(0))
}

/** For `wordAtEnd`. */
export function indexEnds(words: readonly string[]): WordIndex {
  return indexBy(words, (word) => word.charCodeAt(word.length - 1))
}

/** All words that stand at a position, the longest first. */
export function wordsAt(index: WordIndex, text: string, at: number): readonly string[] {
  const longest = wordAt(index, text, at)
  if (longest === undefined) return NONE
  return wordsOf(index, text.charCodeAt(at)).filter((word) => standsAt(text, at, word))
}

/** The longest word at a position. */
export function wordAt(index: WordIndex, text: string, at: number): string | undefined {
  for (const word of wordsOf(index, text.charCodeAt(at))) if (standsAt(text, at, word)) return word
  return undefined
}

/** The longest word with which a text ends. */
export function wordAtEnd(index: WordIndex, text: string): string | undefined {
  const { length } = text
  for (const word of wordsOf(index, text.charCodeAt(length - 1)))
    if (word.length <= length && standsAt(text, length - word.length, word)) return word
  return undefined
}

function wordsOf({ words, may }: WordIndex, code: number): readonly string[] {
  return may[code & LOW_BITS] === 1 ? (words.get(code) ?? NONE) : NONE
}

function standsAt(text: string, at: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) if (text.charCodeAt(at + i) !== word.charCodeAt(i)) return false
  return true
}

function indexBy(words: readonly string[], key: (word: string) => number): WordIndex {
  const index = new Map<number, string[]>()
  for (const word of [...words].sort((a, b) => b.length - a.length)) {
    const sharing = index.get(key(word))
    if (sharing) sharing.push(word)
    else index.set(key(word), [word])
  }
  const may = new Uint8Array(LOW_BITS + 1)
  for (const code of index.keys()) may[code & LOW_BITS] = 1
  return { words: index, may }
}
