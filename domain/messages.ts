/**
 * The sentences for issue codes, Chinese first. The only place where an issue becomes prose; a rule
 * whose code has no sentence here does not compile.
 */
import type { RuleCode } from './checks/index.ts'
import type { Issue } from './issue.ts'
import type { Fill, Locale, Message } from './message.ts'
import { CELL_MESSAGES } from './messages-cells.ts'
import { ROW_MESSAGES } from './messages-rows.ts'
import { TARGET_MESSAGES } from './messages-targets.ts'
import { WORDING_MESSAGES } from './messages-wording.ts'
import { columnOf, type SheetSpec } from './sheet-spec.ts'

export type { Locale } from './message.ts'

/** Codes that no rule gives: of reading a sheet, and of what the commission sent back. */
export type ReaderCode = 'header/missing' | 'header/doubled' | 'row/id-malformed' | 'review/returned'

export const MESSAGES: Record<RuleCode | ReaderCode, Message> = {
  ...ROW_MESSAGES,
  ...CELL_MESSAGES,
  ...TARGET_MESSAGES,
  ...WORDING_MESSAGES,
}

/** One sentence or two for a person: what is wrong and what to do. Columns are called by the headers of `spec`. */
export function issueText(issue: Issue, spec: SheetSpec, locale: Locale = 'zh'): string {
  const header = issue.column === undefined ? '' : headerOf(spec, issue.column)
  const fill: Fill = (param) => (param === 'column' ? header : String(issue.params[param] ?? ''))
  const message = Object.hasOwn(MESSAGES, issue.code) ? MESSAGES[issue.code as keyof typeof MESSAGES] : undefined
  if (message) return message[locale](fill)
  // A newer server may know rules that this pane does not.
  return locale === 'zh' ? `发现一处问题（代码：${issue.code}）。` : `A problem was found (code: ${issue.code}).`
}

/** Headers are broken over lines in sheets; in a sentence they are not. */
function headerOf(spec: SheetSpec, key: string): string {
  return (columnOf(spec, key)?.header ?? key).replace(/\s+/g, '')
}
