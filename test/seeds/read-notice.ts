/**
 * Reads the table of a notice as it was dumped to text: each cell begins with a tab, rows are parted
 * by an empty line, and a line without a tab continues the cell above. Test code only: the seeds
 * themselves are data, written once.
 */
import { readFile } from 'node:fs/promises'

const NOTICES = new URL('../fixtures/notices/', import.meta.url)

/** Line breaks that only the width of a cell caused, with the text around them. Every one is joined. */
export const WIDTH_BREAKS: Record<string, string[]> = {
  'fengjie-2023': ['县残联、\n各乡镇（街道）', '县财政局、\n各乡镇（街道）'],
  'chengkou-2023': [
    '改造和\n社区',
    '3岁\n以下',
    '阶段学\n生',
    '健康\n教育',
    '安全生\n命防护',
    '示范点\n及城市',
    '接种\nHPV',
    '设施\n建设',
    '育才\n中学校',
    '投资2\n亿元',
  ],
}

/** Text of the table part of a notice, exactly as published. */
export async function noticeText(planId: string): Promise<string> {
  return await readFile(new URL(`${planId}.txt`, NOTICES), 'utf8')
}

/** Cells as dumped, header rows first. A row begins with a number; an empty line before anything else is inside one. */
export function dumpedRows(text: string): string[][] {
  return text
    .replace(/\n$/, '')
    .split(/\n\n(?=\t(?:\d+\n|\n))/)
    .map((block) => block.replace(/^\t/, '').split('\n\t'))
}

/** The visible text of a dumped cell: width-caused line breaks joined, blanks around it dropped. */
export function visibleText(cell: string, planId: string): string {
  return (WIDTH_BREAKS[planId] ?? [])
    .reduce((text, around) => text.replace(around, around.replace('\n', '')), cell)
    .trim()
}
