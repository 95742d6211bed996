/** Writes the data for finding slips as modules that a person can read and compare. */
import { writeFileSync } from 'node:fs'
import type { SlipData } from '../../domain/wording/slip-finder.ts'

const WIDTH = 110
const NOTE = 'Written by tools/make-slips.ts; do not edit.'

/** Each file with its text, by name. */
export function formatSlipData({ words, alone, sounds, looks, legal }: SlipData): Record<string, string> {
  return {
    'slip-words-data.ts': `/** Words of official prose by rank, the most frequent first, and how freely characters stand alone. ${NOTE} */

/** By first character; a figure opens the words of another rank, a dash each word of three or four: 工0作程1业2-作组. */
export const WORDS = ${quote(foldRanks(words))}

/** One string for each of the costs in slip-reading.ts. */
export const ALONE_BY_FREEDOM = [
${alone.map((chars) => `  '${chars}',`).join('\n')}
] as const
`,
    'slip-sounds-data.ts': `/** Characters that sound or look alike. ${NOTE} */

/** Syllable without tone, characters; a character read in two ways stands twice, its usual way first. */
export const SOUNDS = ${quote([...sounds].map(([syllable, chars]) => `${syllable}:${chars}`))}

export const LOOKS = ${quote(looks)}
`,
    'slip-legal-data.ts': formatLegalForms(legal),
  }
}

function formatLegalForms(legal: ReadonlySet<string>): string {
  return `/** What looks like a slip and is right: words that are rare in official prose, and places where two words meet. ${NOTE} */
export const LEGAL_FORMS = ${quote(foldByFirst([...legal]))}
`
}

/** Only the legal forms, the rest as it is. */
export function writeLegalForms(folder: string, legal: ReadonlySet<string>): void {
  writeFileSync(`${folder}/slip-legal-data.ts`, formatLegalForms(legal))
}

export function writeSlipData(folder: string, data: SlipData): void {
  for (const [name, text] of Object.entries(formatSlipData(data))) writeFileSync(`${folder}/${name}`, text)
}

/** 工:作程业-作组: what follows the character, words of two first, then each longer word behind a dash. */
function foldByFirst(words: readonly string[]): string[] {
  const short = new Map<string, string>()
  const long = new Map<string, string>()
  for (const word of [...words].sort()) {
    const first = word.charAt(0)
    if (word.length === 2) short.set(first, (short.get(first) ?? '') + word.charAt(1))
    else long.set(first, `${long.get(first) ?? ''}-${word.slice(1)}`)
  }
  const firsts = [...new Set([...short.keys(), ...long.keys()])].sort()
  return firsts.map((first) => `${first}:${short.get(first) ?? ''}${long.get(first) ?? ''}`)
}

/** 工0作程1业2-作组 */
function foldRanks(lists: readonly (readonly string[])[]): string[] {
  const tokens = new Map<string, string>()
  for (const [rank, list] of lists.entries())
    for (const token of foldByFirst(list)) {
      const first = token.charAt(0)
      tokens.set(first, `${tokens.get(first) ?? first}${rank}${token.slice(2)}`)
    }
  return [...tokens.values()].sort()
}

function quote(tokens: readonly string[]): string {
  const lines: string[] = []
  let line = ''
  for (const token of tokens) {
    if (line !== '' && line.length + token.length >= WIDTH) {
      lines.push(line)
      line = ''
    }
    line += line === '' ? token : ` ${token}`
  }
  return `\`\n${[...lines, line].join('\n')}\n\``
}
