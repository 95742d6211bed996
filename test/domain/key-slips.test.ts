/** 密钥通知单 as others read and print it: keys whole and as text, no slip cut by a page, no key on the list. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { drawKeySlips, type KeySlip, SLIP_LIST_SHEET, SLIPS_SHEET } from '../../domain/key-slips.ts'
import { writeWorkbook } from '../../xlsx/write.ts'
import { convertByLibreOffice } from '../support/libreoffice.ts'
import { readByOpenpyxl } from '../support/openpyxl.ts'
import { findPdfToText, findPythonWithOpenpyxl, findSoffice } from '../support/programs.ts'

const OPTIONS = {
  county: '奉节县',
  planTitle: '奉节县2023年保障和改善民生行动计划任务分解表',
  address: 'https://ledger.example.gov.cn/',
  issuedOn: '2023-03-14',
}
const idOf = (i: number) => `Key0${String(i).padStart(4, '0')}`
const keyOf = (i: number) => `mt_${idOf(i)}_${'0Oo1lI8B5S2Z6G9gq7xYwVuTaBcDeF'}_1lI0Oo`
const HOLDERS = ['县教委', '县人力社保局', '奉节县高新技术产业园区管理委员会筹备工作领导小组办公室']

function slipOf(i: number): KeySlip {
  return {
    id: idOf(i),
    key: keyOf(i),
    holder: HOLDERS[i % 3] ?? '',
    post: '基础教育科',
    duty: i % 2 === 0 ? 'reviewer' : 'handler',
    ...(i % 4 > 0 && { expiresOn: '2023-12-31' }),
    ...(i % 5 === 4 && { tasks: Array.from({ length: 30 }, (_, n) => `第 ${n + 1} 项 开展适龄女孩接种，优化布局`) }),
  }
}

const SLIPS = Array.from({ length: 41 }, (_, i) => slipOf(i))
const draw = (slips = SLIPS) => drawKeySlips(slips, OPTIONS)
const write = (slips = SLIPS) => writeWorkbook(draw(slips), { title: '通知单', created: '2023-03-14T00:00:00Z' })

describe('the slips', () => {
  test('say of each key whose it is, what it may do and until when', () => {
    const [model] = draw([slipOf(0), slipOf(4)])
    const texts = model?.cells.flat().map(({ text }) => text) ?? []
    for (const text of [
      '奉节县民生台账密钥通知单',
      '县教委',
      '审核',
      '长期有效',
      '本单位承担的全部任务',
      OPTIONS.address,
    ])
      expect(texts).toContain(text)
    expect(texts.filter((text) => text.startsWith('《') && text.endsWith('；等 30 项'))).toHaveLength(1)
    expect(texts).toContain('密钥仅限本单位使用，请勿转发、拍照外传；遗失请立即告知县发展改革委。')
  })

  test('show the key in groups of four that are the key again without blanks', () => {
    const groups = draw([slipOf(0)])[0]
      ?.cells.flat()
      .find(({ style, text }) => style === 'keyGroups' && text !== '')
    expect(groups?.text).toMatch(/^mt _ \S{4} \S{4} _ /)
    expect(groups?.text.replaceAll(' ', '')).toBe(keyOf(0))
  })

  test('have a page end only between two of them, and several on a page', () => {
    const [model] = draw()
    const breaks = model?.print?.breaks ?? []
    expect(breaks.length).toBeGreaterThan(0)
    for (const row of breaks) expect(model?.cells[row]?.[0]?.style).toBe('cut')
    const [alike] = draw(Array.from({ length: 6 }, () => slipOf(0)))
    expect(alike?.print?.breaks).toHaveLength(1)
  })

  test('of nobody are an empty sheet', () => {
    expect(draw([])[0]?.cells).toEqual([])
  })
})

test('发放清单 has a line for each key, a blank to sign, and no key', () => {
  const list = draw()[1]
  const texts = list?.cells.flat().map(({ text }) => text) ?? []
  expect(texts.filter((text) => /mt_|1lI0Oo/.test(text))).toEqual([])
  expect(list?.cells[2]?.map(({ text }) => text)).toEqual([
    '序号',
    '单位',
    '科室岗位',
    '职责',
    '有效期至',
    '密钥编号',
    '签收',
  ])
  const line = list?.cells[4]?.map(({ text }) => text)
  expect(line).toEqual(['2', '县人力社保局', '基础教育科', '经办', '2023-12-31', idOf(1), ''])
  expect(list?.cells).toHaveLength(3 + SLIPS.length)
})

test.skipIf(!findPythonWithOpenpyxl())('openpyxl finds each key whole in one text cell, none a formula', async () => {
  const hostile = { ...slipOf(1), post: '=HYPERLINK("http://example.com")' }
  const [slips, list] = readByOpenpyxl(await write([...SLIPS, hostile]))
  expect([slips?.name, list?.name]).toEqual([SLIPS_SHEET, SLIP_LIST_SHEET])
  const cells = Object.values(slips?.cells ?? {})
  const keys = cells.filter(({ value }) => String(value).startsWith('mt_'))
  expect(keys.map(({ value }) => value)).toEqual([...SLIPS, hostile].map(({ key }) => key))
  const all = [...cells, ...Object.values(list?.cells ?? {})]
  expect(all.filter(({ type }) => type !== 's')).toEqual([])
})

/** The text of each printed page. */
async function print(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
  const file = join(folder, 'slips.pdf')
  writeFileSync(file, convertByLibreOffice(await write(), 'pdf'))
  const text = execFileSync(findPdfToText() as string, ['-layout', file, '-'], { encoding: 'utf8' })
  rmSync(folder, { recursive: true, force: true })
  return text.split('\f').filter((page) => page.trim() !== '')
}

test.skipIf(!findSoffice() || !findPdfToText())(
  'LibreOffice prints every slip whole on one page, and each key in one line',
  { timeout: 120_000 },
  async () => {
    const pages = (await print()).filter((page) => page.includes('裁切线'))
    expect(pages).toHaveLength((draw()[0]?.print?.breaks?.length ?? 0) + 1)
    for (const page of pages) {
      const count = (text: string) => page.split(text).length - 1
      expect(count('密钥通知单')).toBe(count('裁切线'))
      expect(count('保密提示')).toBe(count('裁切线'))
      expect([...page.matchAll(/mt_Key0\d{4}_\w{30}_\w{6}/g)]).toHaveLength(count('裁切线'))
    }
    expect(pages.flatMap((page) => [...page.matchAll(/mt_\w{46}/g)]).map(([key]) => key)).toEqual(
      SLIPS.map(({ key }) => key),
    )
  },
)
