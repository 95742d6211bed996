/**
 * Draws up the data by which slips are found (domain/wording/slip-*-data.ts, see docs/decisions/017-slips.md). Run
 * again after a change of the rules or the lists:
 *
 *   npm pack nodejieba pinyin-pro        (unpacked in a folder of its own; both are under the MIT licence)
 *   node tools/make-slips.ts --dictionary …/jieba.dict.utf8 --sounds …/pinyin-pro/dist/index.mjs --texts FOLDER
 *
 * FOLDER holds official prose as .txt, a million characters or more: reports and task tables of any places.
 * Words are counted there, and what would be said about it wrongly is left out from then on.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { SlipData } from '../domain/wording/slip-finder.ts'
import { readArguments } from './read-arguments.ts'
import { LOOKS, OWN_WORDS } from './slips/by-hand.ts'
import { countWords, readDictionary } from './slips/count-words.ts'
import { learnAlone } from './slips/learn-alone.ts'
import { collectLegalForms } from './slips/legal-forms.ts'
import { writeSlipData } from './slips/write-data.ts'

/** Words of two characters up to these ranks are in the lists 1 to 4. */
const RANKS = [400, 1500, 3600, 7000]
const TARGET_LISTS = 3
const THREES = 500
const FREQUENT_THREES = 150
const FOURS = 200
const CHARACTERS = 2000
/** Numbers and names are no words of official prose. */
const NAMES = /^(ns|nt|nz|nr|m|mq)$/
const FOURS_KINDS = /^(i|l|a|d|v|n)$/
const OUT = join(import.meta.dirname, '../domain/wording')

const { values } = readArguments(
  { options: { dictionary: { type: 'string' }, sounds: { type: 'string' }, texts: { type: 'string' } } },
  'node tools/make-slips.ts --dictionary FILE --sounds FILE --texts FOLDER',
)
const { dictionary: dictionaryFile = '', sounds: soundsFile = '', texts: folder = '' } = values
const dictionary = readDictionary(readFileSync(dictionaryFile, 'utf8'))
const text = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .sort()
  .map((name) => readFileSync(join(folder, name), 'utf8'))
  .join('\n')
const counted = countWords(text, dictionary)
const words = rankWords(counted)
const sounds = await readSounds(soundsFile, frequentCharacters())
const bare: SlipData = {
  words,
  alone: learnAlone(text, words),
  targets: TARGET_LISTS,
  sounds,
  looks: usefulLooks(),
  legal: new Set(),
}
const data = { ...bare, legal: collectLegalForms(bare, dictionary, text) }
writeSlipData(OUT, data)
console.log(`${words.flat().length} words, ${data.legal.size} legal forms`)

function rankWords(counts: readonly [string, number][]): string[][] {
  const kindOf = (word: string) => dictionary.get(word)?.kind ?? ''
  const common = counts.filter(([word]) => !NAMES.test(kindOf(word))).map(([word]) => word)
  const twos = common.filter((word) => word.length === 2)
  const threes = common.filter((word) => word.length === 3).slice(0, THREES)
  const known = new Set(twos.slice(0, RANKS[3]))
  const isOne = (word: string) => !(known.has(word.slice(0, 2)) && known.has(word.slice(2)))
  const fours = common.filter((word) => word.length === 4 && FOURS_KINDS.test(kindOf(word)) && isOne(word))
  const lists = RANKS.map((end, i) => twos.slice(RANKS[i - 1] ?? 0, end))
  lists[1]?.push(...threes.slice(0, FREQUENT_THREES))
  lists[2]?.push(...threes.slice(FREQUENT_THREES), ...fours.slice(0, FOURS))
  const frequent = new Set(lists.slice(0, TARGET_LISTS).flat())
  const own = OWN_WORDS.filter((word) => !frequent.has(word))
  lists[2]?.push(...new Set(own))
  return lists.map((list, i) => (i === TARGET_LISTS ? list.filter((word) => !own.includes(word)) : list))
}

/** The most frequent characters and those of all words in which slips are looked for. */
function frequentCharacters(): string[] {
  const counts = new Map<string, number>()
  for (const [word, { frequency }] of dictionary)
    for (const char of word) counts.set(char, (counts.get(char) ?? 0) + frequency)
  for (const [word, count] of counted) for (const char of word) counts.set(char, (counts.get(char) ?? 0) + 50 * count)
  const frequent = [...counts].sort((a, b) => b[1] - a[1]).slice(0, CHARACTERS)
  return [...new Set([...frequent.map(([char]) => char), ...words.slice(0, TARGET_LISTS).flat().join('')])]
}

/** Without groups whose characters sound alike anyway or stand in no word in which slips are looked for. */
function usefulLooks(): string[] {
  const syllableOf = new Map([...sounds].flatMap(([syllable, chars]) => [...chars].map((char) => [char, syllable])))
  const wanted = new Set(words.slice(0, TARGET_LISTS).flat().join(''))
  return LOOKS.filter((group) => {
    const heard = new Set([...group].map((char) => syllableOf.get(char) ?? char))
    return heard.size > 1 && [...group].some((char) => wanted.has(char))
  })
}

type Pinyin = (char: string, options: object) => string[]

/** The two commonest readings of each character, without tone; the usual reading's syllable first. */
async function readSounds(file: string, characters: readonly string[]): Promise<Map<string, string>> {
  const { pinyin } = (await import(pathToFileURL(file).href)) as { pinyin: Pinyin }
  const readings = characters.map((char) => ({
    char,
    syllables: [...new Set(pinyin(char, { toneType: 'none', multiple: true, type: 'array', v: true }))].slice(0, 2),
  }))
  const sounds = new Map<string, string>()
  for (const place of [0, 1])
    for (const { char, syllables } of readings) {
      const syllable = syllables[place]
      if (syllable === undefined) continue
      const key = place === 0 ? syllable : `${syllable}2`
      sounds.set(key, (sounds.get(key) ?? '') + char)
    }
  return new Map([...sounds].sort(([a], [b]) => (a < b ? -1 : 1)))
}
