/** The data of slips, read when the first text is searched. */
import { NOTE_FORMS, OFFICIAL_WORDS } from './official-words.ts'
import { buildSlipModel, type SlipModel } from './slip-finder.ts'
import { LEGAL_FORMS } from './slip-legal-data.ts'
import { LONGEST } from './slip-reading.ts'
import { LOOKS, SOUNDS } from './slip-sounds-data.ts'
import { ALONE_BY_FREEDOM, WORDS } from './slip-words-data.ts'

/** The words of the first three ranks; of rarer ones too many sound like something else. */
const TARGET_RANKS = 3

let model: SlipModel | undefined

/** Always the same model; built once. */
export function loadSlipModel(): SlipModel {
  model ??= buildSlipModel({
    words: withOfficialWords(unfoldRanks(WORDS)),
    alone: ALONE_BY_FREEDOM,
    targets: TARGET_RANKS,
    sounds: new Map(splitTokens(SOUNDS).map(readSound)),
    looks: splitTokens(LOOKS),
    legal: new Set([...unfold(LEGAL_FORMS), ...NOTE_FORMS]),
  })
  return model
}

/** As if they had been counted among the words of the third rank, the last in which wrong forms are looked for. */
function withOfficialWords(ranks: readonly string[][]): string[][] {
  const known = new Set(ranks.slice(0, TARGET_RANKS).flat())
  const added = OFFICIAL_WORDS.filter((word) => !known.has(word) && word.length <= LONGEST)
  return ranks.map((words, rank) => (rank === TARGET_RANKS - 1 ? [...words, ...added] : [...words]))
}

/** 工0作程1业 → [[工作, 工程], [工业]] */
export function unfoldRanks(folded: string): string[][] {
  const lists: string[][] = []
  for (const token of splitTokens(folded))
    for (const [, rank = '', tails = ''] of token.matchAll(/(\d)([^\d]*)/g)) {
      const list = lists[Number(rank)] ?? []
      lists[Number(rank)] = list
      list.push(...addTails(token.charAt(0), tails))
    }
  return lists
}

/** 工:作程业-作组 → 工作, 工程, 工业, 工作组. */
export function unfold(folded: string): string[] {
  return splitTokens(folded).flatMap((token) => addTails(token.charAt(0), token.slice(2)))
}

function addTails(first: string, tails: string): string[] {
  const [short = '', ...long] = tails.split('-')
  return [...[...short].map((char) => first + char), ...long.map((rest) => first + rest)]
}

function splitTokens(text: string): string[] {
  return text.trim().split(/\s+/)
}

function readSound(token: string): [string, string] {
  const [syllable = '', chars = ''] = token.split(':')
  return [syllable, chars]
}
