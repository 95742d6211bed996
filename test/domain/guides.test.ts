/**
 * What README and guides send a reader to is there: files, headings and pictures they link to, the buttons that they
 * tell people to press (点“…”) and the sentences that they say the screen shows (first column of their tables).
 */
import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { fileTexts } from '../../addin/file/file-texts.ts'
import { MESSAGES } from '../../addin/messages.ts'

const IMAGES = 'docs/images'
const MOST_BYTES_OF_IMAGES = 2.5 * 1024 * 1024
/** Where the sentences stand that a person can meet on the screen. */
const SENTENCES = [
  'addin/texts',
  'addin/file/file-texts.ts',
  'addin/host-messages.ts',
  'addin/public/boot.js',
  'worker/refusals.ts',
]

type Document = { path: string; text: string }

let documents: Document[] = []
let guides: Document[] = []
let sentences = ''

beforeAll(async () => {
  const paths = ['README.md', ...(await readdir('docs')).filter((name) => name.endsWith('.md')).map(inDocs)]
  documents = await Promise.all(paths.map(async (path) => ({ path, text: await readFile(path, 'utf8') })))
  guides = documents.filter(({ path }) => path === 'README.md' || path.includes('使用说明'))
  sentences = (await Promise.all(SENTENCES.map(readAll))).join('\n')
})

describe('README and guides', () => {
  test('link to files and headings that exist', () => {
    const headings = new Map(documents.map(({ path, text }) => [path, anchorsIn(text)]))
    const broken = documents.flatMap(({ path, text }) =>
      linksIn(text).flatMap((link) => {
        const [file = '', anchor] = decodeURIComponent(link).split('#')
        const target = file === '' ? path : normalize(join(dirname(path), file))
        if (anchor === undefined) return []
        return headings.get(target)?.includes(anchor) ? [] : [`${path}: ${link}`]
      }),
    )
    expect(broken).toEqual([])
  })

  test('link to nothing that is missing', async () => {
    const broken: string[] = []
    for (const { path, text } of documents)
      for (const link of linksIn(text)) {
        const file = decodeURIComponent(link).split('#')[0] ?? ''
        if (file !== '' && !(await exists(normalize(join(dirname(path), file))))) broken.push(`${path}: ${link}`)
      }
    expect(broken).toEqual([])
  })

  test('show every picture that is kept, and the pictures stay small', async () => {
    const shown = documents.flatMap(({ path, text }) =>
      linksIn(text).map((link) => normalize(join(dirname(path), link))),
    )
    const kept = (await readdir(IMAGES)).map((name) => normalize(join(IMAGES, name)))
    expect(kept.filter((picture) => !shown.includes(picture))).toEqual([])
    const sizes = await Promise.all(kept.map(async (picture) => (await stat(picture)).size))
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST_BYTES_OF_IMAGES)
  })

  test('name buttons as the screens do', () => {
    expect(guides.length).toBe(4)
    const unknown = guides.flatMap(({ path, text }) =>
      buttonsIn(text).flatMap((name) => (isOnScreen(name) ? [] : [`${path}: ${name}`])),
    )
    expect(unknown).toEqual([])
    expect(isOnScreen('确认并上传')).toBe(false)
  })

  test('quote sentences as the screens say them', () => {
    const unknown = guides.flatMap(({ path, text }) =>
      quotedFirst(text).flatMap((sentence) => (isSaid(sentence) ? [] : [`${path}: ${sentence}`])),
    )
    expect(unknown).toEqual([])
    expect(isSaid('内容已经上传')).toBe(false)
    expect(guides.flatMap(({ text }) => quotedFirst(text)).length).toBeGreaterThan(20)
  })
})

function inDocs(name: string): string {
  return join('docs', name)
}

async function readAll(path: string): Promise<string> {
  if (path.includes('.')) return readFile(path, 'utf8')
  const names = await readdir(path)
  return (await Promise.all(names.map((name) => readFile(join(path, name), 'utf8')))).join('\n')
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/** Targets of links and pictures that are not on another site. */
function linksIn(text: string): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link).filter((link) => !/^[a-z]+:/.test(link))
}

/** The anchors that GitHub makes of headings. */
function anchorsIn(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

/** 点“甲”, 点“甲”“乙” and 点“甲”或者“乙”. */
function buttonsIn(text: string): string[] {
  return [...text.matchAll(/点((?:“[^”]+”(?:、|或者|或)?)+)/g)].flatMap(([, names = '']) =>
    [...names.matchAll(/“([^”]+)”/g)].map(([, name = '']) => name),
  )
}

/** …… stands for what the button fills in; a button's own （…）at the end may be left out. */
function isOnScreen(name: string): boolean {
  const filled = strip(name.replaceAll('……', '0'))
  return buttonTexts().some((text) => {
    const pattern = escapePattern(strip(text)).replace(/\\\{\w+\\\}/g, '.+')
    return new RegExp(`^${pattern}$`).test(filled) || text.replace(/（[^（]*\{\w+\}[^（]*）$/, '') === name
  })
}

/** Without what is set differently in running text: spaces around numbers, and quotes inside quotes. */
function strip(text: string): string {
  return text.replace(/[ “”]/g, '')
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** …… stands for what the screen fills in, or for the rest of a long sentence. */
function isSaid(sentence: string): boolean {
  const parts = sentence.split('……').map(escapePattern)
  return new RegExp(parts.join("[^'\\n]*")).test(sentences)
}

function buttonTexts(): string[] {
  const ofPane = Object.values(MESSAGES).map(([chinese]) => chinese)
  const ofFile = Object.values(fileTexts('zh')).filter((text): text is string => typeof text === 'string')
  return [...ofPane, ...ofFile].filter((text) => !text.endsWith('。'))
}

/** Sentences that open a row of a table, where the table says what the screen shows. */
function quotedFirst(text: string): string[] {
  return [...text.matchAll(/^\| “([^|]+)” \|/gm)].map(([, sentence = '']) => sentence)
}
