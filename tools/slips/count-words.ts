/** Cuts Chinese prose into the words of a dictionary with frequencies, the likeliest way, and counts them. */

/** How often a word is met, and its part of speech in jieba's letters (nr: names of persons, ns: places). */
export type Dictionary = ReadonlyMap<string, { frequency: number; kind: string }>

const LONGEST = 7
const RUNS = /\p{Script=Han}+/gu

/** From the lines of jieba's dictionary: word, frequency, part of speech. */
export function readDictionary(lines: string): Dictionary {
  const dictionary = new Map<string, { frequency: number; kind: string }>()
  for (const line of lines.split('\n')) {
    const [word = '', frequency, kind = ''] = line.trim().split(' ')
    if (/^\p{Script=Han}+$/u.test(word)) dictionary.set(word, { frequency: Number(frequency), kind })
  }
  return dictionary
}

/** The words of a text with how often they stand there, the most frequent first. */
export function countWords(text: string, dictionary: Dictionary): [word: string, count: number][] {
  let total = 0
  for (const { frequency } of dictionary.values()) total += frequency
  const counts = new Map<string, number>()
  for (const [run] of text.matchAll(RUNS))
    for (const word of cut(run, dictionary, Math.log(total))) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
}

function cut(run: string, dictionary: Dictionary, logTotal: number): string[] {
  const best = new Float64Array(run.length + 1)
  const ends = new Int32Array(run.length + 1)
  for (let at = run.length - 1; at >= 0; at--) {
    best[at] = Number.NEGATIVE_INFINITY
    for (let end = at + 1; end <= Math.min(run.length, at + LONGEST); end++) {
      const known = dictionary.get(run.slice(at, end))
      if (!known && end > at + 1) continue
      const likelihood = Math.log(known?.frequency || 1) - logTotal + best[end]!
      if (likelihood > best[at]!) {
        best[at] = likelihood
        ends[at] = end
      }
    }
  }
  const words: string[] = []
  for (let at = 0; at < run.length; at = ends[at]!) words.push(run.slice(at, ends[at]))
  return words
}
