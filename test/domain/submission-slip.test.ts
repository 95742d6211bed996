/** 报送单 as others read and print it: everything of the receipt on it, places to sign, and none of them cut by a page. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { breakdownSpec } from '../../domain/plan.ts'
import type { Receipt, RowOutcome } from '../../domain/protocol.ts'
import { drawSubmissionSlip, SLIP_SHEET, shortenChange } from '../../domain/submission-slip.ts'
import { writeWorkbook } from '../../xlsx/write.ts'
import { receiptOf } from '../support/fake-server.ts'
import { convertByLibreOffice } from '../support/libreoffice.ts'
import { readByOpenpyxl } from '../support/openpyxl.ts'
import { FENGJIE } from '../support/plan-samples.ts'
import { findPdfToText, findPythonWithOpenpyxl, findSoffice } from '../support/programs.ts'

const SPEC = breakdownSpec(FENGJIE)
const HASH = '0123456789abcdef'.repeat(4)

const rowsOf = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    rowId: `r${i}`,
    cells: { number: String(i + 1), task: `第${i + 1}项任务：统筹抓好农民工、高校毕业生等重点群体就业。` },
  }))

function receiptWith(
  count: number,
  outcomes: Record<string, Partial<RowOutcome>>,
  more: Partial<Receipt> = {},
): Receipt {
  const rows = rowsOf(count).map(({ rowId }) => ({ rowId, baseVer: 3, cells: {} }))
  const receipt = receiptOf({ form: 'breakdown', specVersion: 1, rows }, outcomes, false)
  return { ...receipt, number: '20231110-0007', hash: HASH, ...more }
}

const draw = (receipt: Receipt, count: number) =>
  drawSubmissionSlip({ plan: FENGJIE, spec: SPEC, receipt, rows: rowsOf(count) })
const textsOf = (receipt: Receipt, count: number) =>
  draw(receipt, count).cells.map((line) => line.map(({ text }) => text).filter((text) => text !== ''))
const lineOf = (lines: string[][], part: string) => lines.find((line) => line.some((text) => text.includes(part))) ?? []

const changeOf = (rowId: string, old: string, text: string): Partial<RowOutcome> => ({
  outcome: 'applied',
  applied: [{ rowId, column: 'milestone.P1', old, new: text }],
})

describe('the slip', () => {
  test('names county, year, unit, plan, number, Beijing time and the whole hash', () => {
    const lines = textsOf(receiptWith(2, { r0: changeOf('r0', '甲', '乙') }), 2)
    expect(lines[0]).toEqual([`${FENGJIE.county}${FENGJIE.year}年民生实事任务分解表报送单`])
    expect(lineOf(lines, '报送单位')[1]).toBe('县人力社保局')
    expect(lineOf(lines, '计划名称')[1]).toBe(FENGJIE.title)
    expect(lineOf(lines, '回执编号')[1]).toBe('20231110-0007')
    expect(lineOf(lines, '报送时间')[1]).toBe('2023-11-10 09:02（北京时间）')
    expect(lineOf(lines, '校验码')[1]).toContain(HASH)
    expect(lineOf(lines, '报送结果')[1]).toBe('共报送2行，写入总表1处，没有变化1行。')
    expect(lineOf(lines, '代为报送')).toEqual([])
  })

  test('says what changed, clashed, waits and stayed out, each on its line', () => {
    const header = SPEC.columns.find(({ key }) => key === 'milestone.P1')?.header
    const conflict = { id: 'c', rowId: 'r1', column: 'milestone.P1', head: '总表', submitted: '报送', status: 'open' }
    const lines = textsOf(
      receiptWith(4, {
        r0: changeOf('r0', '', '新填内容。'),
        r1: { outcome: 'conflict', conflicts: [conflict as never] },
        r2: { outcome: 'held', held: [{ column: 'milestone.P1', head: '原有。' }] },
        r3: {
          outcome: 'blocked',
          blocked: [{ code: 'milestone/blank', severity: 'error', rowId: 'r3', column: 'milestone.P1', params: {} }],
        },
      }),
      4,
    )
    const of = (number: string) => lines.filter((line) => line[0] === number).map((line) => line.slice(2))
    expect(of('1')).toEqual([[header, '（空白）', '新填内容。', '写入总表']])
    expect(of('2')).toEqual([[header, '总表', '报送', '冲突，待决定']])
    expect(of('3')).toEqual([[header, '原有。', '（空白）', '未清空，待确认']])
    expect(of('4')[0]?.at(-1)).toBe('待修改，未进入总表')
  })

  test('names who handed it in, and the reasons that stand', () => {
    const reason = { text: '与印发文件口径一致。', by: '县人力社保局', at: '2023-11-10T01:02:03Z' }
    const issue = {
      code: 'milestone/blank',
      severity: 'warning' as const,
      rowId: 'r0',
      column: 'milestone.P1',
      params: {},
    }
    const lines = textsOf(
      receiptWith(
        1,
        {},
        {
          broughtBy: '县发展改革委',
          issues: [
            { ...issue, reason },
            { ...issue, code: 'other' },
          ],
        },
      ),
      1,
    )
    expect(lineOf(lines, '代为报送')[1]).toContain('县发展改革委')
    expect(lineOf(lines, '保留说明')).toEqual(['保留说明（1条）'])
    expect(lineOf(lines, reason.text).at(-1)).toBe('保留')
    expect(lines).toContainEqual(['各行与总表一致，没有变化。'])
  })

  test('leaves places to sign and prints no name into them', () => {
    const lines = textsOf(receiptWith(1, {}), 1)
    expect(lines.at(-1)?.map((text) => text.trim())).toEqual([
      '经办科室（岗位）：',
      '审核：',
      '单位（盖章）：\n\n\n日期：　　　　年　　月　　日',
    ])
  })

  test('shows long texts from shortly before to shortly after the change, short ones whole', () => {
    const long = '前'.repeat(80)
    expect(shortenChange('甲', '乙')).toEqual(['甲', '乙'])
    const [before, after] = shortenChange(`${long}旧${long}`, `${long}新新${long}`)
    expect([before, after]).toEqual([
      `…${'前'.repeat(12)}旧${'前'.repeat(12)}…`,
      `…${'前'.repeat(12)}新新${'前'.repeat(12)}…`,
    ])
    expect(shortenChange('', long)[0]).toBe('（空白）')
  })
})

describe.skipIf(!findPythonWithOpenpyxl() || !findSoffice() || !findPdfToText())('as others see it', () => {
  const count = 60
  const outcomes = Object.fromEntries(
    rowsOf(count).map(({ rowId }, i) => [rowId, changeOf(rowId, '原有内容。'.repeat(8), `改后内容${i}。`.repeat(6))]),
  )
  const write = () =>
    writeWorkbook([draw(receiptWith(count, outcomes), count)], { title: '报送单', created: '2023-11-10T01:02:03Z' })

  test('openpyxl reads one sheet of texts', async () => {
    const [sheet, ...others] = readByOpenpyxl(await write())
    expect([sheet?.name, others]).toEqual([SLIP_SHEET, []])
    const values = Object.values(sheet?.cells ?? {})
    expect(values.every(({ type }) => type === 's')).toBe(true)
    expect(values.some(({ value }) => String(value).includes(HASH))).toBe(true)
  })

  test('LibreOffice prints it on A4 upright, with the places to sign together on the last page', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ledger-slip-'))
    const file = join(folder, 'slip.pdf')
    writeFileSync(file, convertByLibreOffice(await write(), 'pdf'))
    const pages = execFileSync(findPdfToText() as string, ['-layout', file, '-'], { encoding: 'utf8' })
      .split('\f')
      .filter((page) => page.trim() !== '')
    const markup = execFileSync(findPdfToText() as string, ['-bbox', file, '-'], { encoding: 'utf8' })
    rmSync(folder, { recursive: true, force: true })
    expect(markup).toMatch(/<page width="595\.\d+" height="84[12]\.\d+"/)
    expect(pages.length).toBeGreaterThan(1)
    for (const page of pages) expect(page).toContain('报送内容')
    const last = pages.at(-1) ?? ''
    for (const label of ['经办科室', '审核', '盖章', '日期']) expect(last).toContain(label)
  })
})
