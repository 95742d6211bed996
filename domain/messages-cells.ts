/**
 * Sentences about single cells: what is filled in, how it is written, which units it names.
 */
import { formFor, type Message } from './message.ts'

export const CELL_MESSAGES = {
  'cell/required': {
    zh: (p) =>
      p('kind') === 'units'
        ? `“${p('column')}”未填写。没有相应单位的，请填“——”。`
        : `“${p('column')}”未填写，此栏为必填项。`,
    en: (p) =>
      p('kind') === 'units'
        ? `“${p('column')}” is not filled in. Enter “——” if there is no such unit.`
        : `“${p('column')}” is required and not filled in.`,
  },
  'cell/merged-down': {
    zh: (p) =>
      `“${p('column')}”为上下合并的单元格${p('at') === '' ? '' : `（${p('at')}，涉及${p('count')}行）`}，已按每行文字相同读取。请取消合并，逐行填写。`,
    en: (p) =>
      `“${p('column')}” is merged over several rows${p('at') === '' ? '' : ` (${p('at')})`} and was read as the same text in each. Unmerge it and fill in row by row.`,
  },
  'cell/formula': {
    zh: (p) => `“${p('column')}”中是公式，结果会随其他单元格变化。请改为直接填写文字（可复制后“粘贴为数值”）。`,
    en: (p) => `“${p('column')}” holds a formula. Replace it by its text (copy, then paste values).`,
  },
  'milestone/blank': {
    zh: (p) => `“${p('column')}”未填写。本期无工作任务的，请填“——”。`,
    en: (p) => `“${p('column')}” is not filled in. Enter “——” if there is no work in this period.`,
  },
  'text/too-long': {
    zh: (p) => `“${p('column')}”共${p('length')}字，超过单元格上限${p('limit')}字，超出部分会丢失。请精简。`,
    en: (p) => `“${p('column')}” has ${p('length')} characters; a cell holds ${p('limit')}. Shorten it.`,
  },
  'text/access-key': {
    zh: (p) =>
      `“${p('column')}”中有访问密钥，看到的人都可以用它冒充密钥所属单位报送。请立即删去；表格已经发给他人的，请更换密钥。`,
    en: (p) =>
      `“${p('column')}” holds an access key; whoever sees it can act for its unit. Delete it now, and have the key replaced if the table has gone to others.`,
  },
  'text/illegal-character': {
    zh: (p) =>
      `“${p('column')}”中有无法正常显示或传输的字符（${p('found')}），多由其他软件复制带入。请删除后重新输入。`,
    en: (p) =>
      `“${p('column')}” contains a character that cannot be shown or sent (${p('found')}). Delete it and type again.`,
  },
  'text/formula-like': {
    zh: (p) => `“${p('column')}”的内容以“${p('found')}”开头，可能被当作公式执行。请改用其他文字或符号开头。`,
    en: (p) =>
      `“${p('column')}” begins with “${p('found')}” and could run as a formula. Begin with another word or mark.`,
  },
  'space/stray': {
    zh: (p) =>
      p('place') === 'inside'
        ? `“${p('column')}”中有多余空格（${p('excerpt')}）。`
        : `“${p('column')}”的内容${p('place') === 'start' ? '前面' : '末尾'}有多余的空格或空行。`,
    en: (p) =>
      p('place') === 'inside'
        ? `“${p('column')}” contains a stray blank (${p('excerpt')}).`
        : `“${p('column')}” has stray blanks at the ${p('place') === 'start' ? 'beginning' : 'end'}.`,
  },
  'punctuation/doubled': {
    zh: (p) => `“${p('column')}”中标点重复：“${p('found')}”（${p('excerpt')}）。`,
    en: (p) => `“${p('column')}” has doubled punctuation “${p('found')}” (${p('excerpt')}).`,
  },
  'punctuation/wrong': {
    zh: (p) =>
      `“${p('column')}”中有${p('count')}处半角标点，如“${p('found')}”（${p('excerpt')}），宜用全角“${p('right')}”。`,
    en: (p) =>
      `“${p('column')}” has ${p('count')} half-width punctuation ${formFor(p('count'), 'mark', 'marks')}, such as “${p('found')}” (${p('excerpt')}); use “${p('right')}”.`,
  },
  'punctuation/unbalanced': {
    zh: (p) => `“${p('column')}”中标点 ${p('found')} 不成对（${p('excerpt')}）。请核对括号、引号或书名号。`,
    en: (p) =>
      `A mark ${p('found')} in “${p('column')}” has no other half (${p('excerpt')}). Check brackets and quotation marks.`,
  },
  'units/unknown': {
    zh: (p) =>
      `“${p('column')}”中的“${p('found')}”不在单位名录中。${p('candidates') === '' ? '请核对名称，或请县发展改革委补充名录。' : `是否为：${p('candidates')}？`}`,
    en: (p) =>
      `“${p('found')}” in “${p('column')}” is not in the list of units. ${p('candidates') === '' ? 'Check the name, or have it added to the list.' : `Did you mean ${p('candidates')}?`}`,
  },
  'units/ambiguous': {
    zh: (p) => `“${p('column')}”中的“${p('found')}”对应多个单位：${p('candidates')}。请确认是哪一个。`,
    en: (p) => `“${p('found')}” in “${p('column')}” may mean ${p('candidates')}. Which is it?`,
  },
  'units/former-name': {
    zh: (p) => `“${p('column')}”中的“${p('found')}”是原名称，现为“${p('unit')}”。`,
    en: (p) => `“${p('found')}” in “${p('column')}” is a former name; the unit is now “${p('unit')}”.`,
  },
  'units/alias': {
    zh: (p) => `“${p('column')}”中的“${p('found')}”宜用规范名称“${p('unit')}”。`,
    en: (p) => `Write “${p('unit')}” for “${p('found')}” in “${p('column')}”.`,
  },
  'units/doubled': {
    zh: (p) => `“${p('column')}”中“${p('found')}”重复列出，请保留一处。`,
    en: (p) => `“${p('found')}” is listed twice in “${p('column')}”. Keep one.`,
  },
  'units/mixed-separators': {
    zh: (p) => `“${p('column')}”中单位之间的分隔符号不一致（${p('found')}），宜统一用顿号“、”。`,
    en: (p) => `“${p('column')}” separates units in different ways (${p('found')}); use “、” throughout.`,
  },
  'units/no-lead': {
    zh: (p) => `“${p('column')}”未明确单位。每项任务应至少有一个负责单位。`,
    en: (p) => `“${p('column')}” names no unit. Every task needs at least one.`,
  },
  'units/group-leads': {
    zh: (p) => `“${p('column')}”只写了“${p('found')}”，未明确由哪个单位牵头负责。请写明具体单位。`,
    en: (p) => `“${p('column')}” names only “${p('found')}”; it stays open which unit answers. Name one.`,
  },
  'units/reviewer-leads': {
    zh: (p) => `“${p('found')}”负责审核汇总，又牵头本任务。本任务的报送情况宜由督查机构审核。`,
    en: (p) => `“${p('found')}” reviews all tasks and leads this one; the supervision office should approve it.`,
  },
  'units/named-two-ways': {
    zh: (p) =>
      `“${p('column')}”中写作“${p('found')}”，单位栏中写作“${p('other')}”，是同一单位。宜统一用“${p('unit')}”。`,
    en: (p) =>
      `“${p('column')}” says “${p('found')}”, the unit column “${p('other')}”: one unit, two names. Use “${p('unit')}”.`,
  },
  'units/lead-is-supporting': {
    zh: (p) => `“${p('found')}”已是本任务的牵头（责任）单位，不宜在“${p('column')}”中再列为配合单位。`,
    en: (p) =>
      `“${p('found')}” already leads this task and should not be named as supporting it in “${p('column')}” as well.`,
  },
} satisfies Record<string, Message>
