/**
 * 为什么: for each code the rule behind it, what it rests on in this very place, and an example. For people who
 * ask why something was found; what is wrong and what to do stands in messages.ts.
 */
import type { RuleCode } from './checks/index.ts'
import type { Issue } from './issue.ts'
import type { Locale } from './message.ts'
import type { ReaderCode } from './messages.ts'
import { CELL_REASONS } from './messages-why-cells.ts'
import { ROW_REASONS } from './messages-why-rows.ts'
import { TARGET_REASONS } from './messages-why-targets.ts'
import { WORDING_REASONS } from './messages-why-wording.ts'

/**
 * The rule in a sentence or two, and an example of what is wrong and what is right. An example that quotes a
 * table is the same in both languages; `described`: its English words where it describes one.
 */
export type Why = Record<Locale, string> & {
  example: readonly [wrong: string, right: string]
  described?: readonly [wrong: string, right: string]
}

export const WHY: Record<RuleCode | ReaderCode, Why> = {
  ...ROW_REASONS,
  ...CELL_REASONS,
  ...TARGET_REASONS,
  ...WORDING_REASONS,
}

export type IssueWhy = {
  rule: string
  /** What the finding rests on in this place, as label and value. */
  evidence: { label: string; value: string }[]
  wrong: string
  right: string
}

/** Undefined for a code that only a newer server knows. */
export function issueWhy({ code, params }: Pick<Issue, 'code' | 'params'>, locale: Locale): IssueWhy | undefined {
  const why = Object.hasOwn(WHY, code) ? WHY[code as keyof typeof WHY] : undefined
  if (!why) return undefined
  const [wrong, right] = locale === 'en' ? (why.described ?? why.example) : why.example
  const evidence = Object.entries(EVIDENCE).flatMap(([param, label]) => {
    const value = String(params[param] ?? '')
    return value === '' || !tellsMore(param, code, params) ? [] : [{ label: label[locale], value }]
  })
  return { rule: why[locale], evidence, wrong, right }
}

/** Whether a param says something of its own here. */
function tellsMore(param: string, code: string, { figures, several }: Issue['params']): boolean {
  // Elsewhere the same name stands for numbers of rows.
  if (param === 'from') return code.startsWith('deadline/')
  // A sum of one figure is that figure, and the figures of a sum are what was found.
  if (param === 'figures') return several === 1
  return param !== 'found' || figures === undefined
}

/** Params that a person can check against the sheet, in the order in which they are shown. */
const EVIDENCE: Record<string, Record<Locale, string>> = {
  target: { zh: '目标', en: 'Target' },
  figures: { zh: '各期数字', en: 'Figures' },
  sum: { zh: '核算结果', en: 'Result' },
  gap: { zh: '差额', en: 'Difference' },
  found: { zh: '所涉文字', en: 'Found' },
  excerpt: { zh: '前后文', en: 'In context' },
  right: { zh: '宜写作', en: 'Better' },
  unit: { zh: '名录中的名称', en: 'In the list of units' },
  candidates: { zh: '名录中相近的名称', en: 'Similar names' },
  from: { zh: '本期开始', en: 'Period begins' },
  dueOn: { zh: '本期截止', en: 'Period is due' },
}
