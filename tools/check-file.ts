/**
 * `npm run -s check-file -- FILE.xlsx [--plan FOLDER] [--sheet NAME] [--json] [--report OUT.xlsx]`: the
 * checks of the pane outside Excel, for admins and scripts. Exit status 0: no errors; 1: errors found; 2: the file
 * could not be checked.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type WorkbookRefusalCode, WorkbookRefused } from '../xlsx/guard.ts'
import { type CheckedSheet, checkWorkbook } from './check-file/check-workbook.ts'
import { describeSheets } from './check-file/describe.ts'
import { drawReports } from './check-file/report.ts'
import { readArguments } from './read-arguments.ts'
import { readSeed, SEEDS } from './read-seed.ts'

const USAGE =
  'npm run -s check-file -- 文件.xlsx [--plan 计划文件夹] [--sheet 工作表] [--json] [--report 校验报告.xlsx]'

const REFUSED: Record<WorkbookRefusalCode, string> = {
  'too-large': '文件超过 5 MB。 The file is larger than 5 MB.',
  'too-large-unpacked': '文件内容过多。 The file holds too much.',
  empty: '文件是空的（0 字节）。 The file is empty.',
  'legacy-xls': '这是旧版 .xls（或 .et）文件，请另存为 .xlsx。 An old .xls file; save it as .xlsx.',
  'other-spreadsheet': '这是其他格式的表格文件，请另存为 .xlsx。 A spreadsheet of another format; save it as .xlsx.',
  'web-page': '这是网页格式的文件，请在 Excel 或 WPS 中另存为 .xlsx。 A web page; save it as .xlsx.',
  text: '这是文本文件，不是 .xlsx 工作簿；CSV 请另存为 .xlsx。 A text file; save a CSV as .xlsx.',
  'other-document': '这是 Word、PowerPoint 或 PDF 文件。 A Word, PowerPoint or PDF file.',
  archive: '这是压缩包，请先解压。 An archive; unpack it first.',
  damaged: '文件已损坏或内容不完整。 The file is damaged or incomplete.',
  encrypted: '文件设有打开密码。 The file is protected by a password.',
  'not-a-workbook': '不是 .xlsx 工作簿。 Not an .xlsx workbook.',
}

const { values, positionals } = readArguments(
  {
    allowPositionals: true,
    options: {
      plan: { type: 'string' },
      sheet: { type: 'string' },
      report: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  },
  USAGE,
)
const [file] = positionals
if (file === undefined || positionals.length > 1) stop(`用法 usage: ${USAGE}`)
if (values.report !== undefined && resolve(values.report) === resolve(file)) {
  stop(`${file}：校验报告不能覆盖所校验的文件，请另取文件名。 The report would overwrite the file that is checked.`)
}

const now = new Date()
const sheets = await readSheets(file)
if (sheets.length === 0) {
  stop(
    values.sheet === undefined
      ? `${file}：未找到任务分解表（需有“重点任务”等表头）。 No breakdown table found.`
      : `${file}：工作表“${values.sheet}”不存在，或其中没有任务分解表。 No such sheet, or no table on it.`,
  )
}
// Who reads only the first lines (head) closes the pipe; the exit status still tells what was found.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})
process.stdout.write(values.json ? `${JSON.stringify({ file, sheets }, undefined, 2)}\n` : describeSheets(sheets))
if (values.report !== undefined) await writeReport(values.report)
if (sheets.some(({ issues }) => issues.some(({ severity }) => severity === 'error'))) process.exitCode = 1

async function readSheets(path: string): Promise<CheckedSheet[]> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) =>
    stop(`${path}：无法读取（${error.code ?? '未知原因'}）。 Cannot be read.`),
  )
  const plan = values.plan === undefined ? undefined : await readPlan(values.plan)
  try {
    return await checkWorkbook(new Uint8Array(bytes), { plan, sheet: values.sheet, year: now.getFullYear() })
  } catch (error) {
    if (error instanceof WorkbookRefused) return stop(`${path}：${REFUSED[error.code]}`)
    throw error
  }
}

async function writeReport(path: string): Promise<void> {
  await writeFile(path, await drawReports(sheets, now)).catch((error: NodeJS.ErrnoException) =>
    stop(`${path}：无法写入（${error.code ?? '未知原因'}）。 Cannot be written.`),
  )
}

/** A folder, or the id of a plan that the repository brings along, with or without seeds/ before it. */
async function readPlan(folder: string) {
  const id = SEEDS.find((seed) => folder.replace(/\/+$/, '') === `seeds/${seed}`)
  return await readSeed(id ?? folder).catch((error: Error) =>
    stop(`${folder}：不是计划文件夹。 Not a plan folder. ${error.message}`),
  )
}

function stop(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(2)
}
