import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitChange } from '../../addin/ui/change.tsx'

test.each([
  ['确保应接尽接。。', '确保应接尽接。', ['确保应接尽接。', '。', '', '']],
  ['新增就业2500人。', '新增就业2600人。', ['新增就业2', '5', '6', '00人。']],
  ['完成第二针接种。', '县教委完成第二针接种。', ['', '', '县教委', '完成第二针接种。']],
  ['', '开工。', ['', '', '开工。', '']],
])('%s → %s', (before, after, parts) => {
  expect(splitChange(before, after)).toEqual(parts)
})

test('the parts make up both texts, and no character is cut in two', () => {
  const text = fc.string({ unit: fc.constantFrom('一', '。', '𠮷', '𠮸', '1') })
  fc.assert(
    fc.property(text, text, (before, after) => {
      const [start, removed, added, end] = splitChange(before, after)
      expect([start + removed + end, start + added + end]).toEqual([before, after])
      expect([start, removed, added, end].every((part) => part.isWellFormed())).toBe(true)
    }),
  )
})
