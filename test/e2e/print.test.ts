/**
 * Both plans as LibreOffice prints them: what hangs on the wall must be complete. A text that is too
 * long for its row runs into the rows beside it, so every word is looked for between its own row's borders.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { SheetModel } from '../../domain/sheet-model.ts'
import { drawPlan } from '../../tools/draw-plan.ts'
import { readSeed } from '../../tools/read-seed.ts'
import { writeWorkbook } from '../../xlsx/write.ts'
import { convertByLibreOffice } from '../support/libreoffice.ts'
import { findPdfToText, findSoffice } from '../support/programs.ts'

const A3_LANDSCAPE = { width: 1190.55, height: 841.89 }

/** In points from the page's top left. */
type Word = { left: number; right: number; top: number; bottom: number; text: string }
type Page = { width: number; height: number; words: Word[] }

function readPages(pdf: Uint8Array): Page[] {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
  const file = join(folder, 'book.pdf')
  writeFileSync(file, pdf)
  const markup = execFileSync(findPdfToText() as string, ['-bbox', file, '-'], { encoding: 'utf8' })
  rmSync(folder, { recursive: true, force: true })
  const numberOf = (tag: string, name: string) => Number(new RegExp(` ${name}="([\\d.]+)"`).exec(tag)?.[1])
  return markup
    .split(/(?=<page )/)
    .slice(1)
    .map((page) => ({
      width: numberOf(page, 'width'),
      height: numberOf(page, 'height'),
      words: [...page.matchAll(/(<word [^>]*>)([^<]*)</g)].map(([, tag = '', text = '']) => ({
        left: numberOf(tag, 'xMin'),
        right: numberOf(tag, 'xMax'),
        top: numberOf(tag, 'yMin'),
        bottom: numberOf(tag, 'yMax'),
        text: unescapeXml(text),
      })),
    }))
}

function unescapeXml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
}

/** The characters in order of their codes; blanks aside, and fonts may give a character by its twin. */
function charactersOf(texts: string[]): string {
  return [...texts.join('').normalize('NFKC').replace(/\s+/g, '')].sort().join('')
}

/**
 * Top and bottom on the page of each row of the model that is printed there. The 序号 stands in the
 * middle of its row: with the heights of the rows, the first and the last of the page give the scale.
 */
function placeRows(page: Page, model: SheetModel) {
  const [headerTop, headerBottom] = model.print!.repeatRows!
  const header = page.words.find(({ text }) => text === model.cells[headerTop]![0]!.text)!
  const numbers = page.words.filter(
    ({ text, left, right }) => /^\d+$/.test(text) && left < header.right && right > header.left,
  )
  const rows = numbers.map(({ text }) =>
    model.cells.findIndex((line, row) => row > headerBottom && line[0]!.text === text),
  )
  const edges = [0]
  for (const height of model.rowHeights) edges.push(edges.at(-1)! + height!)
  const middle = (row: number) => (edges[row]! + edges[row + 1]!) / 2
  const middleOf = (word: Word) => (word.top + word.bottom) / 2
  const [first, last] = [rows[0]!, rows.at(-1)!]
  const scale = (middleOf(numbers.at(-1)!) - middleOf(numbers[0]!)) / (middle(last) - middle(first))
  const place = (y: number) => middleOf(numbers[0]!) + (y - middle(first)) * scale
  return rows.map((row) => ({ row, top: place(edges[row]!), bottom: place(edges[row + 1]!) }))
}

describe.skipIf(!findSoffice() || !findPdfToText())('as LibreOffice prints it', () => {
  test.each([
    ['fengjie-2023', 4],
    ['chengkou-2023', 1],
  ])('the plan %s is complete, pages at most %i, A3 landscape, the header on each', async (seed, most) => {
    const file = await readSeed(seed)
    const model = drawPlan(file)
    const bytes = await writeWorkbook([model], { title: file.plan.title, created: '2030-01-01T00:00:00Z' })
    const pages = readPages(convertByLibreOffice(bytes, 'pdf'))
    expect(pages.length).toBeLessThanOrEqual(most)
    const [headerTop, headerBottom] = model.print!.repeatRows!
    const headers = model.cells.slice(headerTop, headerBottom + 1).flatMap((line) => line.map(({ text }) => text))
    const printed: number[] = []
    for (const [i, page] of pages.entries()) {
      expect(page.width).toBeCloseTo(A3_LANDSCAPE.width, 0)
      expect(page.height).toBeCloseTo(A3_LANDSCAPE.height, 0)
      const places = placeRows(page, model)
      const above = page.words.filter(({ bottom }) => bottom <= places[0]!.top)
      const titles = i === 0 ? file.plan.titleLines : []
      expect(charactersOf(above.map(({ text }) => text))).toBe(charactersOf([...titles, ...headers]))
      for (const { row, top, bottom } of places) {
        const words = page.words.filter((word) => word.top >= top - 1 && word.bottom <= bottom + 1)
        const cells = model.cells[row]!.map(({ text }) => text)
        expect(charactersOf(words.map(({ text }) => text))).toBe(charactersOf(cells))
        printed.push(row)
      }
    }
    expect(printed).toEqual(file.rows.map((_, i) => headerBottom + 1 + i))
  })
})
