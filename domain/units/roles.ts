/**
 * The words in a unit cell that are no names: who leads and who supports (牵头：…；配合：…,
 * 县教委牵头, 县财政局（配合）) and the marks of a list (1. （2） ③).
 */

export type UnitRole = 'lead' | 'supporting'

/** Where such words stand; they divide the cell. `role` holds for what follows, up to the next one. */
export type RoleMark = { start: number; end: number; role?: UnitRole }

/** How the name of a unit ends. */
export const UNIT_END = '局委办部院会社司校镇乡道处所站馆队行联厅团园心厂企场）)'

const LEADS = '总?牵头|主办|主责|承办|责任'
const SUPPORTS = '配合|协办|协助|协同|协作|参与|参加'
const LABEL = new RegExp(`(?:(${LEADS})|${SUPPORTS})(?:责任)?(?:单位|部门)?[ \\t]*[:：]`, 'g')
/** Only behind a name, a separator or nothing: 3.15 is no list. */
const LIST = new RegExp(
  `(?<![^\\s、，,；;/／${UNIT_END}])(?:\\d{1,2}[.．、](?=[^\\d.．])|[（(]\\d{1,2}[)）])[ \\t]*|[①-⑳]`,
  'g',
)
const ENDING = /(?:负责)?(?:(牵头)|配合|协助|协办|参与)(?:负责|组织实施|实施|落实|推进)?$/
/** 县教委、县财政局按职责分工负责: nobody's part in particular. */
const SHARED_ENDING =
  /(?:分别|共同|(?:按照?|根据)(?:各自)?(?:职责|职能)(?:分工)?)(?:负责|落实|推进|配合)?$|(?:具体|组织)?(?:负责|实施|落实)$/
const REMARK = /[（(](?:(总?牵头|主办|主责)|(配合|协办|协助|协同|参与)|负责)[^（）()]{0,30}[）)]$/

/** Whether a bracket says which part the unit before it plays: （牵头）. Then another name may follow at once. */
export function isRoleRemark(bracket: string): boolean {
  return bracket.length < 40 && REMARK.test(bracket)
}

/** Labels and list marks of a cell in reading order. */
export function findRoleMarks(text: string): RoleMark[] {
  const marks: RoleMark[] = []
  for (const { 0: words, 1: leads, index } of text.matchAll(LABEL))
    marks.push({ start: index, end: index + words.length, role: leads === undefined ? 'supporting' : 'lead' })
  for (const { 0: words, index } of text.matchAll(LIST)) marks.push({ start: index, end: index + words.length })
  return marks.sort((a, b) => a.start - b.start)
}

/** 县财政局（负责资金保障） → 县财政局; its role where the remark names one. Undefined where there is no such remark. */
export function cutRemark(words: string): { length: number; role?: UnitRole } | undefined {
  const remark = REMARK.exec(words)
  if (!remark || remark.index === 0) return undefined
  const role = remark[1] !== undefined ? 'lead' : remark[2] !== undefined ? 'supporting' : undefined
  return { length: remark.index, ...(role && { role }) }
}

/** 由县教委牵头 → 县教委, lead. The word speaks for the names before it too. Undefined where there is none. */
export function cutEnding(words: string): { length: number; role?: UnitRole } | undefined {
  const ending = ENDING.exec(words)
  if (ending && ending.index >= 2)
    return { length: ending.index, role: ending[1] === undefined ? 'supporting' : 'lead' }
  const shared = SHARED_ENDING.exec(words)
  return shared && shared.index >= 2 ? { length: shared.index } : undefined
}

/** 县财政局配合做好资金保障 → 县财政局配合; what a unit does behind the last word on its part is no name. */
export function cutPurpose(words: string): string {
  return /^.*(?:牵头|配合|协助|协办|参与)/s.exec(words)?.[0] ?? words
}
