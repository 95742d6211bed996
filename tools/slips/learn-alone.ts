/** How freely characters stand between words in careful prose: 的 always does, 贯 never. */
import { ALONE_COSTS, buildLexicon, costAlone, type ReadingData, readText } from '../../domain/wording/slip-reading.ts'

const RUNS = /\p{Script=Han}+/gu
/** Met so often among a million words and characters, a character belongs to the list of the same place. */
const PER_MILLION = [1000, 300, 100, 40, 15, 5]
const NUMERALS = '一二三四五六七八九十两百千万亿'

/** Characters by freedom, one string for each of ALONE_COSTS; `words` as in the lexicon. */
export function learnAlone(text: string, words: ReadingData['words']): string[] {
  // The first round reads with a guess, the second with what the first has learnt.
  let levels = [`${NUMERALS}的和在以对与了向有不把将及也都之由被而为是等`]
  for (let round = 0; round < 2; round++) {
    const counts = countAlone(text, { words, alone: levels })
    levels = ALONE_COSTS.map(() => '')
    for (const [char, share] of counts) {
      const level = NUMERALS.includes(char) ? 0 : PER_MILLION.findIndex((least) => share >= least)
      if (level >= 0) levels[level] += char
    }
  }
  return levels
}

/** Characters outside words for every million words and characters, by code point. */
function countAlone(text: string, data: ReadingData): [char: string, perMillion: number][] {
  const lexicon = buildLexicon(data)
  const counts = new Map<string, number>()
  let total = 0
  for (const [run] of text.matchAll(RUNS)) {
    const { to, from, total: cost } = readText(lexicon, run)
    for (let at = 0; at < run.length; at++) {
      if (to[at]! + from[at]! === cost) total++
      if (to[at]! + costAlone(lexicon, run.charCodeAt(at)) + from[at + 1]! !== cost) continue
      const char = run.charAt(at)
      counts.set(char, (counts.get(char) ?? 0) + 1)
    }
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([char, count]) => [char, (count / total) * 1e6])
}
