/** What a reader is shown as changed between two versions of a text. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffWords } from '../../addin/ui/word-diff.ts'

const shown = (before: string, after: string) =>
  diffWords(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'removed' ? `[-${text}]` : `[+${text}]`))
    .join('')

test.each([
  ['新增就业2500人。', '新增就业2600人。', '新增就业[-2500][+2600]人。'],
  ['达到90%，完成验收。', '达到95%，完成初步验收。', '达到[-90%][+95%]，完成[+初步]验收。'],
  ['制定方案。', '', '[-制定方案。]'],
  ['', '制定方案。', '[+制定方案。]'],
  ['一样', '一样', '一样'],
])('%s → %s', (before, after, expected) => {
  expect(shown(before, after)).toBe(expected)
})

test('a character that happens to be common between two changes is part of the change', () => {
  expect(shown('完成甲乙的建设', '完成丙丁的验收')).toBe('完成[-甲乙的建设][+丙丁的验收]')
})

test('leaves nothing out of either text, however long or odd', () => {
  const text = fc.string({ unit: fc.constantFrom('就', '业', '1', '2', '.', '%', '\n', '𠮷', 'a') })
  fc.assert(
    fc.property(text, text, (before, after) => {
      const pieces = diffWords(before, after)
      const without = (kind: string) => pieces.filter((piece) => piece.kind !== kind).map((piece) => piece.text)
      expect(without('added').join('')).toBe(before)
      expect(without('removed').join('')).toBe(after)
    }),
  )
})

test('two long texts without anything in common take no time', () => {
  const before = performance.now()
  expect(diffWords('甲'.repeat(20_000), '乙'.repeat(20_000))).toHaveLength(2)
  expect(performance.now() - before).toBeLessThan(500)
})
