import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createTranslate, isMessageKey, MESSAGES } from '../../addin/messages.ts'

const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()

test('every text says the same in Chinese and English', () => {
  const bad = Object.entries(MESSAGES).filter(
    ([, [zh, en]]) =>
      (/\p{L}/u.test(zh + en) && !/\p{Script=Han}/u.test(zh)) ||
      en.trim() === '' ||
      String(holes(en)) !== String(holes(zh)),
  )
  expect(bad).toEqual([])
})

test('no text stands unused', async () => {
  const folders = ['addin', 'addin/flows', 'addin/screens', 'addin/ui']
  const sources = await Promise.all(folders.map(readSources))
  const code = sources.join('\n')
  // Keys made of a code are written `prefix.${…}`.
  const prefixes = [...code.matchAll(/`([A-Za-z.]+\.)\$\{/g)].map(([, prefix]) => prefix ?? '')
  const unused = Object.keys(MESSAGES).filter(
    (key) => !code.includes(`'${key}'`) && !prefixes.some((prefix) => key.startsWith(prefix)),
  )
  expect(unused).toEqual([])
})

async function readSources(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => /\.tsx?$/.test(name) && name !== 'messages.ts')
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('\n')
}

test('a parameter that is missing stays visible', () => {
  expect(createTranslate('zh')('rows', { rows: 3 })).toBe('3 行')
  expect(createTranslate('en')('rows')).toBe('{rows} rows')
})

test('only keys of the table are keys', () => {
  expect(isMessageKey('doubt.plan/no-lead')).toBe(true)
  expect(isMessageKey('toString')).toBe(false)
})
