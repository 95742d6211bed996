/**
 * What stands in a cell in the place of words: signs for nothing (——, /, 无), and phrases that name no work (待定,
 * 序时推进).
 */
import { DASH, foldText } from '../fold.ts'

/** Signs and words that alone in a cell say nothing else; 一一 is —— typed as a number. */
const NONE =
  /^(?:[-\u2010-\u2015\u2212\u2500\u2501\u30FC\uFE58\uFE63\uFF0D_＿~～]+|[/／\\＼]+|[×xX]|一一+|无|暂无|没有|略|空|空格|空白|不涉及|无内容|无(?:工作)?任务|N\/?A|nil|null)[。.]?$/i

/** The sign or word without what is around it, where the cell only says that there is nothing; —— itself among them. */
export function readNone(text: string): string | undefined {
  const folded = foldText(text)
  const bare = folded === DASH ? text.trim() : folded
  return NONE.test(bare) ? bare : undefined
}

const UNDECIDED =
  /^(?:[待另](?:定|补充?|明确|确定|完善|报|填|行通知)|未定|暂未?定|同(?:上|前|左)|见上|同上(?:期|行|栏)|待报|X{2,}|×{2,}|[.…]{2,})[。.]?$/i
const BY_TIME =
  /^(?:按照?|依)?(?:计划|时间|任务)?(?:序时|时序)(?:进度)?(?:要求)?(?:有序|持续|稳步)?(?:推进|实施|开展|完成)?(?:工作|任务)?[。.；;]?$/

/** 待定, 同上: whoever reads the row later learns nothing. */
export function isUndecided(text: string): boolean {
  return UNDECIDED.test(foldText(text))
}

/** 序时推进: right for a whole year; of one period it says nothing that could be checked. */
export function saysByTime(text: string): boolean {
  return BY_TIME.test(foldText(text).replace(/\s/g, ''))
}
