/**
 * Tells the rows of a table from what stands between and below them: section titles
 * (一、推动就业社保更加健全), notes (注：…, 填报人：…), totals, the header printed once more.
 */
import { isBlank } from './fold.ts'
import { foldHeader } from './header-text.ts'
import type { SkippedKind } from './layout.ts'

/**
 * A sheet row as the reader sees it. `texts`: texts of the table's columns, merged ones filled in,
 * in sheet order. `cells`: cells of the sheet row that hold text. `lone`: the only text of the whole row, with the
 * table columns it covers.
 */
export type RowView = {
  texts: { key: string; text: string }[]
  first: string
  cells: number
  lone?: { text: string; keys: string[] }
}

const NOTE =
  /^[*※]?\s*(备?注|说明|附注|填表说明|填报说明|填报?单位|填报?人|填表人|制表人?|联系人|联系方式|联系电话|电话|审核人?|复核人?|审签人?|签字|(单位|分管|主要)?负责人|(分管|主要)领导(签字|签名)?|(单位)?负责人签字|(填报|填表|制表)(日期|时间)|抄送|盖章|\(盖章\))\d{0,2}[:(]/
const SECTION =
  /^([一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]{1,3}[部章节类篇])/
const TOTAL = /^(本页)?(合计|总计|小计|共计)(\(.*\))?:?$/
const CHINESE_NUMBER = /^\(?[一二三四五六七八九十]{1,3}\)?[、.]?$/
const COLUMN_NUMBER = /^[(（]?(\d{1,2})[)）]?$/
const STEMS = '甲乙丙丁'
const NUMBER = /^[(（]?\d+([.-]\d+)*[)）]?[.、]?$/

/** 注：…, 填报人：…: what stands above or below a table but is not of it. */
export function isNote(text: string): boolean {
  return NOTE.test(foldHeader(text))
}

/** 一、就业增收: a title of a part. */
export function isSection(text: string): boolean {
  return SECTION.test(foldHeader(text))
}

/**
 * Kind of a row that carries no id; undefined for a row of the table. `headers`: folded texts of the
 * header by column key; `afterNote`: a note stands above it.
 */
export function judgeRow(
  view: RowView,
  headers: ReadonlyMap<string, ReadonlySet<string>>,
  afterNote: boolean,
): SkippedKind | undefined {
  const filled = view.texts.filter(({ text }) => !isBlank(text))
  if (filled.length >= 2 && filled.every(({ key, text }) => headers.get(key)?.has(foldHeader(text)))) return 'header'
  if (isColumnNumbers(filled)) return 'header'
  const number = foldHeader(view.texts.find(({ key }) => key === 'number')?.text ?? '')
  const first = foldHeader(view.first)
  if (!NUMBER.test(number) && isNote(view.first)) return 'note'
  if (TOTAL.test(number === '' ? first : number)) return 'note'
  // 一 | 就业增收: a section whose number has a column of its own.
  if (CHINESE_NUMBER.test(number) && view.cells === 2 && filled.some(({ key }) => key === 'task')) return 'section'
  return view.lone && judgeLone(view, view.lone, afterNote)
}

/** 1 2 3 4, or 甲 乙 1 2: the numbers of the columns below their headers. No task reads like that. */
function isColumnNumbers(filled: RowView['texts']): boolean {
  const numbers = filled.map(({ text }) => COLUMN_NUMBER.exec(foldHeader(text))?.[1])
  const counted = numbers.filter((number, i) => number !== undefined || !STEMS.includes(foldHeader(filled[i]!.text)))
  if (filled.length < 3 || counted.length < 2) return false
  return counted.every((number, i) => number !== undefined && Number(number) > Number(counted[i - 1] ?? 0))
}

/** A row with one text only: a title if it stands where titles stand, else a row that somebody began to fill in. */
function judgeLone(view: RowView, lone: { text: string; keys: string[] }, afterNote: boolean): SkippedKind | undefined {
  const text = foldHeader(lone.text)
  if (lone.keys.length === 0) return 'note'
  if (NUMBER.test(text)) return undefined
  const isTitle = SECTION.test(text)
  if (afterNote && !isTitle) return 'note'
  const leftmost = view.texts[0]?.key
  const across = lone.keys.length > 1 && (lone.keys.includes('task') || lone.keys[0] === leftmost)
  const leading = lone.keys[0] === 'number' || (isTitle && (lone.keys[0] === leftmost || lone.keys[0] === 'task'))
  return across || leading ? 'section' : undefined
}
