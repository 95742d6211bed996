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
    let end = bare.length - 1
    while (end > 0 && /[，、；：,;:\s]/.test(bare.charAt(end - 1))) end--
    const words = bare.slice(0, end)
    const wantsStop = column.kind === 'milestone' || (column.kind === 'text' && /[。；]/.test(words))
    const endsWithStop = wantsStop && !words.endsWith('。')
    return [{ code: 'text/stray-end', params: { found: mark }, to: endsWithStop ? `${words}。` : words }]
  },
})
