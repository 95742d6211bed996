/** A count that does not agree with the names beside it: 4个片区：甲、乙、丙. */
import { checkNamedLists, isMiscounted } from '../targets/list.ts'
import { cellRule } from './rule.ts'

const LONGEST_EXCERPT = 60

export const targetList = cellRule({
  level: 'cell',
  per: 'cell',
  codes: { 'target/list-count': 'warning' },
  kinds: ['text', 'milestone'],
  check({ text }, { read }) {
    return checkNamedLists(text, read)
      .filter(isMiscounted)
      .map(({ count, named, start, end, sure }) => {
        const excerpt = text.slice(start, end).replace(/\s+/gu, '')
        return {
          code: 'target/list-count',
          ...(!sure && { severity: 'ask' }),
          params: {
            count,
            named,
            start,
            excerpt: excerpt.slice(0, LONGEST_EXCERPT),
            subject: excerpt.slice(0, LONGEST_EXCERPT),
          },
        }
      })
  },
})
