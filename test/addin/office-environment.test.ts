import { expect, test } from 'vitest'
import { isDarkColor } from '../../addin/excel/office-environment.ts'

test.each([
  ['#FFFFFF', false],
  ['#E6E6E6', false],
  ['#262626', true],
  ['#000000', true],
  // Office's Dark Gray theme writes white on this.
  ['#666666', true],
  ['ffffff', false],
])('a theme with the background %s is dark: %s', (color, dark) => {
  expect(isDarkColor(color)).toBe(dark)
})

test('what is no colour says nothing, so the browser is asked', () => {
  expect([undefined, '', 'false', '#fff', 'rgb(0,0,0)'].map(isDarkColor)).toEqual(Array(5).fill(undefined))
})
