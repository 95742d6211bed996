import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldText, isBlank, isDash } from '../../domain/fold.ts'

test.each([
  ['甲\r\n乙', '甲\n乙'],
  ['\u3000甲 \u00a0\u200b', '甲'],
  ['\ufeff甲', '甲'],
  ['e\u0301', 'é'],
  ['甲  乙', '甲  乙'],
])('folds %j to %j', (text, folded) => {
  expect(foldText(text)).toBe(folded)
})

test.each(['——', '—', '--', '-', '－－', '–', '――', ' —— ', '──'])('%j is a dash', (text) => {
  expect([isDash(text), isBlank(text)]).toEqual([true, false])
})
test.each(['', ' ', '一', '——甲', '3-5', '-3', '·'])('%j is no dash', (text) => {
  expect(isDash(text)).toBe(false)
})
test.each(['', ' \u3000', '\u200b', '\n'])('%j is blank', (text) => {
  expect(isBlank(text)).toBe(true)
})

test('folding twice is folding once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(foldText(foldText(text))).toBe(foldText(text))
    }),
  )
})
