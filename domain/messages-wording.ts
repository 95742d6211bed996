/**
 * Sentences about wording and consistency: slips of the pen, what stands twice, placeholders, dates, and texts
 * that differ from the plan's.
 */
import type { Message } from './message.ts'

export const WORDING_MESSAGES = {
  'punctuation/nested': {
    zh: (p) => `“${p('column')}”中 ${p('found')} 之内又用同一种符号（${p('excerpt')}），内层宜用“${p('right')}”。`,
    en: (p) =>
      `“${p('column')}” has ${p('found')} within the same kind of mark (${p('excerpt')}); use “${p('right')}” inside.`,
  },
  'punctuation/straight-quotes': {
    zh: (p) => `“${p('column')}”中用了半角引号（${p('excerpt')}），宜用全角引号。`,
    en: (p) => `“${p('column')}” has straight quotation marks (${p('excerpt')}); use full-width ones.`,
  },
  'punctuation/middle-dot': {
    zh: (p) => `“${p('column')}”中的间隔号写作“${p('found')}”（${p('excerpt')}），宜用“·”。`,
    en: (p) => `The middle dot in “${p('column')}” is typed as “${p('found')}” (${p('excerpt')}); use “·”.`,
  },
  'text/full-width': {
    zh: (p) => `“${p('column')}”中有全角数字或字母“${p('found')}”（${p('excerpt')}），宜用半角“${p('right')}”。`,
    en: (p) =>
      `“${p('column')}” has full-width figures or letters “${p('found')}” (${p('excerpt')}); write “${p('right')}”.`,
  },
  'text/stray-end': {
    zh: (p) => `“${p('column')}”以“${p('found')}”结尾，内容可能不完整，或应改用句号。`,
    en: (p) => `“${p('column')}” ends with “${p('found')}”; it may be incomplete, or a full stop was meant.`,
  },
  'text/stray-start': {
    zh: (p) => `“${p('column')}”以“${p('found')}”开头，前面的内容可能缺失，或属多余标点。`,
    en: (p) => `“${p('column')}” begins with “${p('found')}”; something may be missing in front of it.`,
  },
  'text/no-stop': {
    zh: (p) => `“${p('column')}”末尾没有句号，与本栏其他内容不一致。`,
    en: (p) => `“${p('column')}” has no full stop at the end, unlike the others of its column.`,
  },
  'text/slip': {
    zh: (p) => `“${p('column')}”中的“${p('found')}”（${p('excerpt')}）疑为“${p('right')}”之误，请核对。`,
    en: (p) => `“${p('found')}” in “${p('column')}” (${p('excerpt')}) is probably meant to be “${p('right')}”.`,
  },
  'text/near-miss': {
    zh: (p) => `“${p('column')}”中的“${p('found')}”（${p('excerpt')}）是否为“${p('right')}”？请核对。`,
    en: (p) => `Is “${p('found')}” in “${p('column')}” (${p('excerpt')}) meant to be “${p('right')}”?`,
  },
  'text/doubled': {
    zh: (p) => `“${p('column')}”中“${p('found')}”疑有重复的字词（${p('excerpt')}），请核对。`,
    en: (p) => `“${p('column')}” seems to repeat a character or word: “${p('found')}” (${p('excerpt')}).`,
  },
  'text/doubled-verb': {
    zh: (p) => `“${p('column')}”中“${p('found')}”一句有两个动词，宜只留一个。`,
    en: (p) => `“${p('found')}” in “${p('column')}” has two verbs for one work; keep one.`,
  },
  'text/repeated': {
    zh: (p) => `“${p('column')}”中“${p('found')}”出现了两次，请核对是否重复。`,
    en: (p) => `“${p('found')}” stands twice in “${p('column')}”. Please check.`,
  },
  'text/pasted': {
    zh: (p) => `有${p('count')}项任务的“${p('column')}”完全相同，可能是粘贴所致。是否确为各自的工作目标？`,
    en: (p) => `${p('count')} tasks have the same “${p('column')}”; one may have been pasted. Is it meant for each?`,
  },
  'placeholder/variant': {
    zh: (p) => `“${p('column')}”填写的是“${p('found')}”。没有相应内容的，宜统一填“——”。`,
    en: (p) => `“${p('column')}” says “${p('found')}”. Where there is nothing to enter, write “——”.`,
  },
  'placeholder/beside-text': {
    zh: (p) => `“${p('column')}”中既有“——”一类的符号又有文字，请核对并只保留一种。`,
    en: (p) => `“${p('column')}” has both a placeholder and words. Keep one.`,
  },
  'placeholder/unspecific': {
    zh: (p) => `“${p('column')}”只写“${p('found')}”，未写明具体工作，到期时难以核对。请写明本期要完成的工作。`,
    en: (p) => `“${p('column')}” only says “${p('found')}”. Name the work of this period, so that it can be checked.`,
  },
  'placeholder/unfilled': {
    zh: (p) => `“${p('column')}”中有留空待填的内容（${p('excerpt')}），请补全。`,
    en: (p) => `“${p('column')}” has a blank that is still to be filled in (${p('excerpt')}).`,
  },
  'deadline/impossible': {
    zh: (p) => `“${p('column')}”中的“${p('found')}”（${p('excerpt')}）在日历上没有，请核对日期。`,
    en: (p) => `There is no such date as “${p('found')}” in “${p('column')}” (${p('excerpt')}).`,
  },
  'deadline/late': {
    zh: (p) => `“${p('column')}”写有“${p('found')}”，晚于本期截止日期${p('dueOn')}（${p('excerpt')}）。请核对。`,
    en: (p) => `“${p('found')}” in “${p('column')}” is later than the period is due, ${p('dueOn')} (${p('excerpt')}).`,
  },
  'deadline/early': {
    zh: (p) => `“${p('column')}”写有“${p('found')}”，早于本期开始日期${p('from')}（${p('excerpt')}）。请核对。`,
    en: (p) => `“${p('found')}” in “${p('column')}” is earlier than the period begins, ${p('from')} (${p('excerpt')}).`,
  },
  'task/changed': {
    zh: (p) => `“${p('column')}”与计划文本不一致。计划文本的修改须由县发展改革委办理，请恢复原文，或说明理由。`,
    en: (p) =>
      `“${p('column')}” differs from the plan. Only the coordinating office changes it; restore it or give a reason.`,
  },
} satisfies Record<string, Message>
