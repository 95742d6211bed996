/**
 * Looks words of a list up by their first or last character, so that a long list costs no more than a short one.
 */

/** Words by their first character, or by their last one, the longest first. */
export type WordIndex = ReadonlyMap<string, readonly string[]>

const NONE: readonly string[] = []

/** For `wordsAt` and `wordAt`. */
export function indexStarts(words: readonly string[]): WordIndex {
  return indexBy(words, (word) => word.charAt(0))
}

/** For `wordAtEnd`. */
export function indexEnds(words: readonly string[]): WordIndex {
  return indexBy(words, (word) => word.charAt(word.length - 1))
}

/** All words that stand at a position, the longest first. */
export function wordsAt(index: WordIndex, text: string, at: number): readonly string[] {
  const candidates = index.get(text.charAt(at))
  return candidates?.some((word) => text.startsWith(word, at))
    ? candidates.filter((word) => text.startsWith(word, at))
    : NONE
}

/** The longest word at a position. */
export function wordAt(index: WordIndex, text: string, at: number): string | undefined {
  return index.get(text.charAt(at))?.find((word) => text.startsWith(word, at))
}

/** The longest word with which a text ends. */
export function wordAtEnd(index: WordIndex, text: string): string | undefined {
  return index.get(text.charAt(text.length - 1))?.find((word) => text.endsWith(word))
}

function indexBy(words: readonly string[], key: (word: string) => string): WordIndex {
  const index = new Map<string, string[]>()
  for (const word of [...words].sort((a, b) => b.length - a.length)) {
    const sharing = index.get(key(word))
    if (sharing) sharing.push(word)
    else index.set(key(word), [word])
  }
  return index
}
