/** Verdicts of target arithmetic, answers to it and severities of issues in a word or two, for tables and reports. */
import type { Severity } from './issue.ts'
import type { Locale } from './message.ts'
import type { TargetAnswer, Verdict } from './targets.ts'

export const VERDICT_WORDS: Record<Verdict, Record<Locale, string>> = {
  'adds-up': { zh: '各期合计与目标相符', en: 'Adds up' },
  exceeds: { zh: '各期安排超过目标', en: 'Exceeds the target' },
  'falls-short': { zh: '各期安排未达目标', en: 'Falls short' },
  'cumulative-ok': { zh: '累计达到目标', en: 'Cumulative, reaches the target' },
  'cumulative-falls': { zh: '累计数前高后低', en: 'Cumulative, falls' },
  'rate-ok': { zh: '比率达到目标', en: 'Rate reaches the target' },
  'rate-regresses': { zh: '比率较前期退步', en: 'Rate regresses' },
  'share-ok': { zh: '工作进度达到目标', en: 'Share of work reaches the target' },
  'share-regresses': { zh: '工作进度前高后低', en: 'Share of work regresses' },
  restated: { zh: '全年数与目标一致', en: 'Target restated' },
  'restated-differs': { zh: '全年数与目标不一致', en: 'Restated differently' },
  'covered-by-share': { zh: '按工作进度安排完成', en: 'Covered by share of work' },
  'not-covered': { zh: '各期均未安排', en: 'Not covered' },
  'stage-only': { zh: '各期未列数量', en: 'Stages without the figure' },
  'scope-differs': { zh: '对象或范围不同', en: 'Another object or scope' },
  ambiguous: { zh: '当期数或累计数不明', en: 'Increment or cumulative?' },
  'not-comparable': { zh: '计量单位不可比', en: 'Units cannot be compared' },
  'not-checkable': { zh: '不作核算', en: 'Not checked' },
}

export const ANSWER_WORDS: Record<TargetAnswer['answer'], Record<Locale, string>> = {
  increment: { zh: '各期为当期数', en: 'Figures are of each period' },
  cumulative: { zh: '各期为累计数', en: 'Figures are cumulative' },
  elsewhere: { zh: '另有安排', en: 'Arranged elsewhere' },
}

export const SEVERITY_WORDS: Record<Severity, Record<Locale, string>> = {
  error: { zh: '错误', en: 'Error' },
  warning: { zh: '需处理', en: 'Warning' },
  ask: { zh: '请确认', en: 'Question' },
  hint: { zh: '提示', en: 'Hint' },
}
