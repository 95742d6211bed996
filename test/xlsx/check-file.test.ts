/** The command that checks a workbook outside Excel, run as a person or a script runs it. */
import { spawnSync } from 'node:child_process'
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drawPlan } from '../../tools/draw-plan.ts'
import { readSeed } from '../../tools/read-seed.ts'
import { readWorkbook } from '../../xlsx/read.ts'
import { writeWorkbook } from '../../xlsx/write.ts'

const DEFECTS = 'test/fixtures/counties/with-defects.xlsx'
let folder: string
let issued: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'check-file-'))
  issued = join(folder, 'issued.xlsx')
  const file = await readSeed('fengjie-2023')
  await writeFile(issued, await writeWorkbook([drawPlan(file)], { title: '', created: '2023-03-13T00:00:00Z' }))
})
afterAll(() => rm(folder, { recursive: true }))

function checkFile(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/check-file.ts', ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

describe('check-file', () => {
  test('prints issues with their cells, the gravest first, and ends with 1 where some are errors', () => {
    const { status, stdout } = checkFile(DEFECTS)
    expect(status).toBe(1)
    const lines = stdout.split('\n').filter((line) => /\[[a-z-]+\/[a-z-]+\]$/.test(line))
    expect(lines[0]).toMatch(/错误 E8 .*未填写.* \[milestone\/blank\]$/)
    const severities = lines.map((line) => line.trim().split(' ')[0])
    expect(severities).toEqual(severities.toSorted((a, b) => ORDER.indexOf(a!) - ORDER.indexOf(b!)))
    expect(new Set(severities)).toEqual(new Set(ORDER))
  })

  test('adds up the targets of an issued table, and ends with 0 where nothing is an error', () => {
    const { status, stdout } = checkFile(issued, '--plan', 'seeds/fengjie-2023')
    expect(status).toBe(0)
    expect(stdout).toContain('城镇新增就业 10000人：各期合计与目标相符，2500+1000+1500+1500+1000+2500=10000人')
    expect(stdout).toMatch(/1000\+2500\+1800\+2000\+1200\+1500=10000万元，目标1亿元/)
  })

  test('gives the same as JSON: issues with address and sentence, verdicts with their evidence', () => {
    const { stdout } = checkFile(issued, '--json')
    const { sheets } = JSON.parse(stdout) as {
      sheets: {
        rows: unknown[]
        issues: { code: string; at?: string; sentence: string }[]
        targets: { number: string; at: string; columns: string[]; checks: { verdict: string; evidence: unknown[] }[] }[]
      }[]
    }
    expect(sheets).toHaveLength(1)
    const [sheet] = sheets
    expect(sheet?.rows).toHaveLength(42)
    expect(sheet?.issues.find(({ code }) => code === 'punctuation/wrong')).toMatchObject({ at: 'H26' })
    const first = sheet?.targets.find(({ number }) => number === '1')
    expect(first).toMatchObject({
      at: 'B5',
      columns: ['P1', 'P2', 'P3', 'P4', 'P5', 'P6'].map((p) => `milestone.${p}`),
    })
    expect(first?.checks[0]).toMatchObject({ verdict: 'adds-up' })
    expect(first?.checks[0]?.evidence).toHaveLength(6)
  })

  test('writes the report as a workbook', async () => {
    const out = join(folder, 'report.xlsx')
    expect(checkFile(DEFECTS, '--report', out).status).toBe(1)
    const { sheets } = await readWorkbook(new Uint8Array(await readFile(out)))
    expect(sheets.map(({ name }) => name)).toEqual(['校验报告'])
    expect(sheets[0]?.grid.texts.flat()).toContain('错误')
  })

  test('is no failure of its own where its reader has read enough', () => {
    const command = 'set -o pipefail; "$0" tools/check-file.ts "$1" --json | head -c 1'
    const { status, stdout, stderr } = spawnSync('bash', ['-c', command, process.execPath, issued], {
      encoding: 'utf8',
    })
    expect([status, stdout, stderr]).toEqual([0, '{', ''])
  })

  test('ends with 2 where the report cannot be written', () => {
    const { status, stderr } = checkFile(DEFECTS, '--report', join(folder, 'nowhere', 'report.xlsx'))
    expect([status, stderr]).toEqual([2, expect.stringContaining('无法写入')])
  })

  test('never writes the report over what it checks', async () => {
    const copy = join(folder, 'copy.xlsx')
    await copyFile(DEFECTS, copy)
    const { status, stderr } = checkFile(copy, '--report', copy)
    expect([status, stderr]).toEqual([2, expect.stringContaining('不能覆盖')])
    expect(await readFile(copy)).toEqual(await readFile(DEFECTS))
  })

  test.each([
    ['nothing given', [], '用法'],
    ['an option that it does not know', [DEFECTS, '--strict'], '用法'],
    ['no such file', ['nowhere.xlsx'], '无法读取'],
    ['a file that is no workbook', ['README.md'], '不是 .xlsx 工作簿'],
    ['a sheet that is not there', [DEFECTS, '--sheet', '附表'], '工作表“附表”不存在'],
    ['a plan that is none', [DEFECTS, '--plan', 'docs'], '不是计划文件夹'],
  ])('says in one line what is wrong and ends with 2: %s', (_, args, said) => {
    const { status, stdout, stderr } = checkFile(...args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(said)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })
})

const ORDER = ['错误', '需处理', '请确认', '提示']
