/** What a check found, in lines for a terminal. */
import { SEVERITY_WORDS, VERDICT_WORDS } from '../../domain/messages-verdicts.ts'
import type { CheckedSheet, PlacedIssue, RowVerdicts } from './check-workbook.ts'

const SEVERITIES = ['error', 'warning', 'ask', 'hint'] as const

/** Every sheet with its issues, the gravest first, and its target verdicts. */
export function describeSheets(sheets: readonly CheckedSheet[]): string {
  return `${sheets.map(describeSheet).join('\n\n')}\n`
}

function describeSheet({ sheet, plan, rows, issues, targets }: CheckedSheet): string {
  const sorted = SEVERITIES.flatMap((severity) => issues.filter((issue) => issue.severity === severity))
  const checks = targets.flatMap(({ checks: found }) => found)
  const counts = SEVERITIES.map(
    (severity) => `${SEVERITY_WORDS[severity].zh}${issues.filter((issue) => issue.severity === severity).length}`,
  )
  return [
    `工作表“${sheet}”：${plan.title}，${rows.length}行`,
    ...(sorted.length === 0 ? ['  未发现问题。'] : sorted.map(describeIssue)),
    ...(checks.length === 0 ? [] : ['  目标核算：', ...targets.flatMap(describeVerdicts)]),
    `  共${issues.length}条：${counts.join('，')}；目标${checks.length}项，其中${checks.filter(({ severity }) => severity === 'ok').length}项无须处理`,
  ].join('\n')
}

function describeIssue({ severity, at, sentence, code }: PlacedIssue): string {
  return `  ${SEVERITY_WORDS[severity].zh} ${at ?? '全表'} ${sentence} [${code}]`
}

function describeVerdicts({ number, at, checks }: RowVerdicts): string[] {
  return checks.map(({ metric, target, verdict, arithmetic, severity }) => {
    const mark = severity === 'ok' ? '' : `（${SEVERITY_WORDS[severity].zh}）`
    const words = `${VERDICT_WORDS[verdict].zh}${mark}`
    const what = [metric, target.text].filter((part) => part !== '').join(' ')
    return `    ${number} ${at ?? ''} ${what}：${words}${arithmetic === undefined ? '' : `，${arithmetic}`}`
  })
}
