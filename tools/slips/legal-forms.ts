/** Wrong forms that are right: what the search would say about dictionary words and about careful prose. */
import { buildSlipModel, findSlips, type SlipData, type SlipModel } from '../../domain/wording/slip-finder.ts'
import type { Dictionary } from './count-words.ts'

/** Rarer entries of the dictionary are names and accidents. */
const SHORT_WORDS_FROM = 3
const LONG_WORDS_FROM = 20
const PERSONS_FROM = 30
const CLAUSE_END = /[\n。；;]/

/** Forms that must not be taken for slips, in code point order. */
export function collectLegalForms(data: SlipData, dictionary: Dictionary, text: string): Set<string> {
  const model = buildSlipModel(data)
  const legal = new Set<string>()
  const collect = (prose: string) => {
    for (const { wrong } of findSlips({ ...model, legal }, prose)) legal.add(wrong)
  }
  for (const [word, { frequency, kind }] of dictionary) {
    if (word.length < 2 || word.length > 4) continue
    const least = kind.startsWith('nr') ? PERSONS_FROM : word.length === 2 ? SHORT_WORDS_FROM : LONG_WORDS_FROM
    if (frequency >= least) collect(word)
  }
  collectFromProse(model, text, legal)
  return new Set([...legal].sort())
}

/** Adds to `legal` what would be said about prose that is right. */
export function collectFromProse(model: SlipModel, text: string, legal: Set<string>): void {
  const clauses = new Set(text.split(CLAUSE_END))
  // A form that is left out may uncover another at the same place.
  for (let round = 0; round < 3; round++)
    for (const clause of clauses) for (const { wrong } of findSlips({ ...model, legal }, clause)) legal.add(wrong)
}
