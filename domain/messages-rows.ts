/**
 * Sentences about headers, rows and the table as a whole.
 */
import { toBeijingTime } from './beijing-time.ts'
import type { Message } from './message.ts'

export const ROW_MESSAGES = {
  'header/missing': {
    zh: (p) => `未找到表头“${p('header')}”。请核对表头文字，不要删除或改写表头。`,
    en: (p) => `The header “${p('header')}” was not found. Restore the header row as issued.`,
  },
  'header/doubled': {
    zh: (p) => `表头“${p('header')}”出现多次（${p('at')}），无法确定以哪一列为准。请只保留一列。`,
    en: (p) => `The header “${p('header')}” occurs more than once (${p('at')}). Keep one of the columns.`,
  },
  'row/id-malformed': {
    zh: (p) => `本行的行标识无法识别（${p('at')}：“${p('text')}”）。请不要改动隐藏列，可重新获取表格后再填。`,
    en: (p) =>
      `The row identifier in ${p('at')} (“${p('text')}”) cannot be read. Pull the table again; leave the hidden column alone.`,
  },
  'review/returned': {
    zh: (p) =>
      `已退回${p('column') && `“${p('column')}”`}：${p('reason')}（${p('by')}${p('at') && `，${toBeijingTime(p('at'))}`}）。请修改后重新报送。`,
    en: (p) =>
      `Sent back${p('column') && ` (“${p('column')}”)`}: ${p('reason')} (${p('by')}${p('at') && `, ${toBeijingTime(p('at'))}`}). Mend it and submit again.`,
  },
  'row-id/duplicate': {
    zh: (p) => `有${p('count')}行带有同一个行标识，多因整行复制造成，无法确定以哪一行为准。请删除多余的行。`,
    en: (p) =>
      `${p('count')} rows carry the same row identifier, probably because rows were copied. Delete the extra ones.`,
  },
  'row-id/shifted': {
    zh: (p) =>
      `本行的行标识属于另一项任务，“${p('column')}”与计划不符，可能是只对部分列进行了排序或移动。请撤销该操作，或重新获取表格。`,
    en: (p) =>
      `This row carries the identifier of another task (“${p('column')}” differs from the plan); part of the columns may have been sorted or moved. Undo that or pull the table again.`,
  },
  'row-id/missing': {
    zh: () => '本行没有行标识，暂不能报送。请核对本行对应的任务；如为新增任务，请与县发展改革委联系。',
    en: () =>
      'This row has no row identifier and cannot be submitted yet. Check which task it is; for a new task, ask the coordinating office.',
  },
  'row-id/none': {
    zh: (p) => `本表各行（共${p('count')}行）均没有行标识，将按任务内容与计划逐行核对，经确认后写入。`,
    en: (p) =>
      `No row (of ${p('count')}) carries a row identifier. They will be matched with the plan by task text, to be confirmed once.`,
  },
  'row-id/unknown': {
    zh: () => '本行的行标识不在本计划内，可能来自其他年度或其他计划的表格，也可能该任务已被删除。请核对。',
    en: () => 'The plan has no row with this identifier. It may come from another plan, or the task was deleted.',
  },
  'number/missing': {
    zh: (p) => `“${p('column')}”未填写。`,
    en: (p) => `“${p('column')}” is not filled in.`,
  },
  'number/doubled': {
    zh: (p) => `序号${p('number')}重复，共有${p('count')}行使用。`,
    en: (p) => `Number ${p('number')} is used by ${p('count')} rows.`,
  },
  'number/out-of-order': {
    zh: (p) => `序号${p('number')}排在${p('above')}之后，顺序有误。`,
    en: (p) => `Number ${p('number')} comes after ${p('above')}.`,
  },
  'number/gap': {
    zh: (p) => (p('from') === p('to') ? `缺少序号${p('from')}。` : `缺少序号${p('from')}至${p('to')}。`),
    en: (p) =>
      p('from') === p('to') ? `Number ${p('from')} is missing.` : `Numbers ${p('from')} to ${p('to')} are missing.`,
  },
  'task/doubled': {
    zh: (p) =>
      `有${p('count')}行的“${p('column')}”相同，可能是同一项任务重复列入。请核对；确属不同任务的，可不作修改。`,
    en: (p) => `${p('count')} rows have the same “${p('column')}”; one task may have been entered twice. Please check.`,
  },
  'period/not-covered': {
    zh: (p) => `“${p('column')}”没有对应的目标任务。请单独填写，或与相邻期次合并填写；无工作任务的，请填“——”。`,
    en: (p) =>
      `No target covers “${p('column')}”. Fill it in, merge it with a neighbouring period, or enter “——” for no work.`,
  },
  'span/outside': {
    zh: (p) =>
      `${at(p('at'))}“${p('column')}”的合并单元格超出了期次各列的范围，或与其他单元格重叠。请取消合并后重新填写。`,
    en: (p) =>
      `The merged cell at “${p('column')}”${p('at') && ` (${p('at')})`} leaves the period columns or covers another cell. Unmerge it and fill in again.`,
  },
} satisfies Record<string, Message>

function at(address: string): string {
  return address === '' ? '' : `${address}：`
}
