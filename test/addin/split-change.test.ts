import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitChange } from '../../addin/ui/change.tsx'

test.each([
  ['确保应接尽接。。', '确保应接尽接。', ['确保应接尽接。', '。', '', '']],
  ['新增就业2500人。', '新增就业2600人。', ['新增就业', '2500', '2600', '人。']],
  ['完成第二针接种。', '县教委完成第二针接种。', ['', '', '县教委', '完成第二针接种。']],
  ['接种率达到90%。', '接种率达到95%以上。', ['接种率达到', '90%', '95%以上', '。']],
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
      expect([start, removed, added, end].some((part) => /\p{Surrogate}/u.test(part))).toBe(false)
    }),
  )
})
