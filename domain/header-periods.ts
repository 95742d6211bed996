/**
 * Headers whose time stands above them: 9月 under 2023年, or 目标 beside 完成情况 under each 一季度.
 * Brought into one form, so that the rest need look at the lowest header only.
 */
import { foldHeader } from './header-text.ts'
import type { HeaderColumn } from './header-window.ts'
import { parsePeriodLabel } from './period-label.ts'

const YEAR = /^20\d{2}年度?$/
const PLANNED = /目标|计划|任务|安排|要求/
const DONE = /(完成|进展|落实|推进|实际|办理)(情况|进度|进展)|^(工作|目前|最新)?(进展|完成)$/

export function nameByPeriod(headers: HeaderColumn[]): HeaderColumn[] {
  return headers.map((header) => {
    const group = header.groups.at(-1)
    if (group === undefined) return header
    const groups = header.groups.slice(0, -1)
    const label = parsePeriodLabel(header.text)
    if (label && label.year === undefined && YEAR.test(foldHeader(group)))
      return { ...header, text: foldHeader(group).replace('年度', '年') + header.text, groups }
    const isPlanned = PLANNED.test(header.text) && !saysDone(header.text)
    return !label && isPlanned && parsePeriodLabel(group) ? { ...header, text: group, groups } : header
  })
}

/** True for a header over what was done, not what is due; 目标任务及完成情况 is over both. */
export function saysDone(text: string): boolean {
  const folded = foldHeader(text)
  return DONE.test(folded) && !/目标|计划/.test(folded)
}
