import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fileTexts } from '../../addin/file/file-texts.ts'
import { createTranslate, isMessageKey, MESSAGES } from '../../addin/messages.ts'
import { MESSAGES as ISSUE_MESSAGES } from '../../domain/messages.ts'

const plain = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
const holes = (text: string) => plain(text).sort()

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
  expect(createTranslate('en')('rows')).toBe('{rows} {rows|row|rows}')
})

test('what goes with a number is singular for one alone', () => {
  const t = createTranslate('en')
  expect([0, 1, 2].map((rows) => t('rows', { rows }))).toEqual(['0 rows', '1 row', '2 rows'])
  expect(t('next.alsoAsks', { count: '1' })).toBe('; 1 question to check')
})

/** A plural, or its verb, right after a 1. */
const FALSE_PLURAL =
  /\b1 (?:of them |more |open |working )?(?!is\b|was\b|has\b|its\b|waits\b|stays\b)(?:\w+s|\w+(?: \w+)? (?:are|were|have)|are|were|have|wait|differ)\b|\w\(s\)/

test('every English text with a number has a singular', () => {
  const t = createTranslate('en')
  // A limit is never one.
  const one = (en: string) => Object.fromEntries(plain(en).map((name) => [name, name === 'most' ? 1000 : 1]))
  const wrong = Object.entries(MESSAGES).flatMap(([key, [, en]]) => {
    const text = t(key as keyof typeof MESSAGES, one(en))
    return FALSE_PLURAL.test(text) ? [`${key}: ${text}`] : []
  })
  expect(wrong).toEqual([])
})

/** Found only between rows: their count is never one. */
const OF_SEVERAL = ['row-id/duplicate', 'number/doubled', 'task/doubled', 'text/pasted']

test('every English sentence of an issue with a number has a singular', () => {
  const wrong = Object.entries(ISSUE_MESSAGES).flatMap(([code, { en }]) => {
    const text = en((param) => (param !== 'count' ? '' : OF_SEVERAL.includes(code) ? '2' : '1'))
    return FALSE_PLURAL.test(text) ? [`${code}: ${text}`] : []
  })
  expect(wrong).toEqual([])
})

test('the page with the file counts in English too', () => {
  const texts = fileTexts('en')
  expect(texts.copied(1)).toBe('Copied 1 cell.')
  expect(texts.hiddenParts(1, 2)).toContain('1 row, 2 columns')
})

test('only keys of the table are keys', () => {
  expect(isMessageKey('doubt.plan/no-lead')).toBe(true)
  expect(isMessageKey('toString')).toBe(false)
})
