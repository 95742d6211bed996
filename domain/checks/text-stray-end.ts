/** A text that breaks off with a comma, pause mark, semicolon or colon, or begins with a stop. */
import { isChinese } from './characters.ts'
import { cellRule } from './rule.ts'

const STOPS = '，、；：。,;:.'

export const textStrayEnd = cellRule({
  level: 'cell',
  per: 'cell',
  kinds: ['text', 'milestone', 'units'],
  codes: { 'text/stray-end': 'hint', 'text/stray-start': 'hint' },
  check({ text, column }) {
    const start = /^(?:\s*[，、；：。])+/.exec(text)?.[0]
    if (start !== undefined && start.length < text.trimEnd().length) {
      return [{ code: 'text/stray-start', params: { found: start.trim() }, to: text.slice(start.length) }]
    }
    const bare = text.trimEnd()
    const [before, mark] = [bare.at(-2) ?? '', bare.at(-1) ?? '']
    // Half-width behind Chinese is punctuation/wrong, two stops are punctuation/doubled.
    const isStray = '，、；：'.includes(mark) || (',;:'.includes(mark) && !isChinese(before))
    if (mark === '' || before === '' || !isStray || STOPS.includes(before)) return []
    const words = bare.slice(0, -1)
    const endsWithStop = column.kind === 'milestone' || (column.kind === 'text' && /[。；]/.test(words))
    return [{ code: 'text/stray-end', params: { found: mark }, to: endsWithStop ? `${words}。` : words }]
  },
})
