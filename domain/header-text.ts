/**
 * When two headers count as the same: as typed but for blanks, line breaks and full-width twins,
 * or loosely, without a leading year and without remarks in brackets.
 */

/** 重 点\n任务 → 重点任务, ２０２３年 → 2023年. */
export function foldHeader(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\u200B-\u200D\u2060\uFEFF]+/g, '')
    .toLowerCase()
}

/** foldHeader, and 2023年工作目标任务（万元） → 工作目标任务. Never empty unless the text is. */
export function foldHeaderLoosely(text: string): string {
  const folded = foldHeader(text)
  return folded.replace(/\(.*?\)|〔.*?〕|\[.*?\]/g, '').replace(/^20\d{2}年度?(?=.*[^\d月日])/, '') || folded
}
