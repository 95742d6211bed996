/**
 * 密钥通知单: the keys that were just issued, as slips to print, cut and hand over, and the list on
 * which their receivers sign. Keys stand on the slips alone: the list is filed, the slips are not.
 */
import { drawList } from './master-list.ts'
import type { Duty } from './protocol-keys.ts'
import { heightOfText, MAX_ROW_HEIGHT } from './row-height.ts'
import { type CellModel, type SheetModel, STYLES, type StyleName } from './sheet-model.ts'

/** One key with what its holder must know. */
export type KeySlip = {
  id: string
  key: string
  /** Name of the unit or office. */
  holder: string
  post: string
  /** Of a unit's key. */
  duty?: Duty
  /** Last day on which it works, YYYY-MM-DD; absent: until further notice. */
  expiresOn?: string
  /** What it may write, where not all of its unit's: each task in a few words. */
  tasks?: string[]
}

/** `address`: of the page on which the key is entered; `issuedOn`: YYYY-MM-DD. */
export type KeySlipOptions = { county: string; planTitle: string; address: string; issuedOn: string }

export const SLIPS_SHEET = '密钥通知单'
export const SLIP_LIST_SHEET = '发放清单'

const COLUMN_WIDTHS = [11, 26, 11, 26]
/** Points of height that a page of A4 has between its margins, with some room for rounding. */
const PAGE_HEIGHT = 738
/** More tasks than this are counted, not listed: a slip must stay far below a page. */
const MAX_TASKS = 12
const DUTY_NAMES: Record<Duty, string> = { handler: '经办', reviewer: '审核' }
const UNLIMITED = '长期有效'

const INSTRUCTIONS = [
  '1. 打开上列网址或 Excel 中的民生台账窗格，录入访问密钥，点“连接”。',
  '2. 密钥区分大小写；“分组核对”仅供逐段核对，空格不属于密钥。',
  '3. 首次使用后宜在窗格中更换密钥；岗位调整的，请报县里停用。',
].join('\n')
const SECRECY = '密钥仅限本单位使用，请勿转发、拍照外传；遗失请立即告知县发展改革委。'
const CUT = `${'－'.repeat(15)}裁切线${'－'.repeat(15)}`

/** The slips, none of them over two pages, and 发放清单, which holds no key. */
export function drawKeySlips(slips: readonly KeySlip[], options: KeySlipOptions): SheetModel[] {
  return [drawSlips(slips, options), drawReceivers(slips, options)]
}

type Line = { cells: CellModel[]; merges: { column: number; columns: number }[]; height: number }

function drawSlips(slips: readonly KeySlip[], options: KeySlipOptions): SheetModel {
  const model: SheetModel = {
    name: SLIPS_SHEET,
    visibility: 'visible',
    cells: [],
    merges: [],
    columnWidths: COLUMN_WIDTHS,
    rowHeights: [],
    hiddenColumns: [],
  }
  const breaks: number[] = []
  let used = 0
  for (const slip of slips) {
    const lines = drawSlip(slip, options)
    const height = lines.reduce((sum, line) => sum + line.height, 0)
    if (used > 0 && used + height > PAGE_HEIGHT) {
      breaks.push(model.cells.length - 1)
      used = 0
    }
    used += height
    for (const line of lines) {
      for (const merge of line.merges) model.merges.push({ row: model.cells.length, rows: 1, ...merge })
      model.cells.push(line.cells)
      model.rowHeights.push(line.height)
    }
  }
  model.print = {
    paper: 'A4',
    orientation: 'portrait',
    lastColumn: COLUMN_WIDTHS.length - 1,
    lastRow: Math.max(0, model.cells.length - 1),
    breaks,
  }
  return model
}

function drawSlip(slip: KeySlip, { county, planTitle, address }: KeySlipOptions): Line[] {
  return [
    drawWide(`${county}民生台账密钥通知单`, 'slipTitle', 0),
    drawPair('单位', slip.holder, '科室岗位', slip.post),
    drawPair('职责', slip.duty ? DUTY_NAMES[slip.duty] : '——', '有效期至', slip.expiresOn ?? UNLIMITED),
    drawField('访问密钥', slip.key, 'key'),
    drawField('分组核对', groupKey(slip.key), 'keyGroups'),
    drawPair('密钥编号', slip.id, '填报范围', slip.tasks ? '下列任务' : '本单位承担的全部任务'),
    ...(slip.tasks ? [drawField('任务', listTasks(slip.tasks, planTitle), 'text')] : []),
    drawField('网址', address, 'text'),
    drawField('使用说明', INSTRUCTIONS, 'text'),
    drawField('保密提示', SECRECY, 'text'),
    drawWide(CUT, 'cut', 0),
  ]
}

/** mt_aB3dE0O0_… → mt _ aB3d E0O0 _ …: for eyes and fingers, four at a time. */
function groupKey(key: string): string {
  return key
    .split('_')
    .map((part) => (part.match(/.{1,4}/gu) ?? []).join(' '))
    .join(' _ ')
}

function listTasks(tasks: readonly string[], planTitle: string): string {
  const shown = tasks.slice(0, MAX_TASKS).join('；')
  return `《${planTitle}》：${shown}${tasks.length > MAX_TASKS ? `；等 ${tasks.length} 项` : ''}`
}

function drawWide(text: string, style: StyleName, room: number): Line {
  const { size } = STYLES[style].font
  return {
    cells: COLUMN_WIDTHS.map((_, column) => ({ text: column === 0 ? text : '', style })),
    merges: [{ column: 0, columns: COLUMN_WIDTHS.length }],
    height: heightOfText('', 1, size) + room,
  }
}

function drawField(label: string, text: string, style: StyleName, room = 0): Line {
  const [, ...widths] = COLUMN_WIDTHS
  const width = widths.reduce((sum, one) => sum + one, 0)
  return {
    cells: [
      { text: label, style: 'readonlyCenter' },
      ...widths.map((_, i): CellModel => ({ text: i === 0 ? text : '', style })),
    ],
    merges: [{ column: 1, columns: widths.length }],
    height: Math.min(MAX_ROW_HEIGHT, heightIn(text, width, style) + room),
  }
}

function drawPair(label: string, text: string, otherLabel: string, other: string): Line {
  const [, width = 0, , otherWidth = 0] = COLUMN_WIDTHS
  return {
    cells: [
      { text: label, style: 'readonlyCenter' },
      { text, style: 'text' },
      { text: otherLabel, style: 'readonlyCenter' },
      { text: other, style: 'text' },
    ],
    merges: [],
    height: Math.max(heightIn(text, width, 'text'), heightIn(other, otherWidth, 'text')),
  }
}

function heightIn(text: string, width: number, style: StyleName): number {
  const { font, indent } = STYLES[style]
  return heightOfText(text, width, font.size, indent)
}

/** Whoever receives a slip signs here. */
function drawReceivers(slips: readonly KeySlip[], { county, issuedOn }: KeySlipOptions): SheetModel {
  const columns = [
    { header: '序号', width: 7, centered: true },
    { header: '单位', width: 28 },
    { header: '科室岗位', width: 24 },
    { header: '职责', width: 9, centered: true },
    { header: '有效期至', width: 14, centered: true },
    { header: '密钥编号', width: 14, centered: true },
    { header: '签收', width: 26 },
  ]
  const rows = slips.map(({ holder, post, duty, expiresOn, id }, i) => [
    String(i + 1),
    holder,
    post,
    duty ? DUTY_NAMES[duty] : '——',
    expiresOn ?? UNLIMITED,
    id,
    '',
  ])
  return drawList(SLIP_LIST_SHEET, [`${county}民生台账密钥发放清单`, `发放日期：${issuedOn}`], columns, rows)
}
