/** Every text of the workspace that shows the file, in Chinese and English. */
import { formFor } from '../../domain/message.ts'

const ZH = {
  open: '打开文件',
  openFirst: '打开 Excel 文件',
  openHint: '选择 .xlsx 文件，或将文件拖到这里。文件只在本机浏览器中打开，报送时只发送表内各行。',
  openLimit: '支持 5 MB 以内的 .xlsx（含 .xlsm 和模板）；.xls、.et 文件请先另存为 .xlsx。',
  openKeeps: '保存时只改动填写过的单元格，原有格式、其他工作表、图片、批注和打印设置均保持不变。',
  openNone: '没有现成表格的，连接台账后，责任单位可点“生成我的表”；县发展改革委和督查机构可在“汇总”中下载总表。',
  opening: '正在打开…',
  saving: '正在保存…',
  opened: (name: string) => `已打开“${name}”。`,
  save: '保存到本机',
  saveOver: '保存到原文件',
  saveCopy: '另存到本机',
  savedOver: (name: string) => `已保存到原文件“${name}”。`,
  savedCopy: (name: string) => `“${name}”已交由浏览器下载保存。`,
  unsaved: '有修改尚未保存',
  notAllowed: '浏览器未获准写入原文件，修改尚未保存。请点“另存到本机”。',
  notWritable: '原文件无法写入，可能正在 Excel 或 WPS 中打开。请关闭后再保存，或点“另存到本机”。',
  changedOutside: '原文件打开之后已被其他程序修改，为避免覆盖，本次未保存。请点“另存到本机”，核对后再合并。',
  replaceAsk: '当前文件有修改尚未保存。是否放弃修改，打开新文件？',
  replace: '放弃修改并打开',
  keep: '返回',
  kept: (name: string, time: string) => `“${name}”上次有修改尚未保存（${time}），已暂存在本机浏览器中。`,
  keptElsewhere: (name: string) =>
    `“${name}”正在本机浏览器的另一个窗口中修改，尚未保存。请回到该窗口继续；该窗口关闭后，未保存的修改可在此恢复。`,
  restore: '恢复修改',
  discard: '丢弃',
  restored: '已恢复上次的修改，请核对后保存。',
  sheets: '工作表',
  grid: '表格',
  blank: '空白',
  comma: '，',
  formula: '公式',
  shaded: '不由本单位填写',
  legend: '图例',
  hiddenParts: (rows: number, columns: number) =>
    `另有${[rows > 0 && ` ${rows} 行`, columns > 0 && ` ${columns} 列`].filter(Boolean).join('、')}在文件中已隐藏，此处不显示。`,
  pages: '分页',
  pagesHint: (rows: number) =>
    `表格较长，每页显示 ${rows} 行；浏览器查找（Ctrl+F）只查找当前页。校验、报送仍按全表进行。`,
  page: (from: number, to: number) => `第 ${from}–${to} 行`,
  copied: (cells: number) => `已复制 ${cells} 个单元格。`,
  pasted: (cells: number, passedOver: number) =>
    `已粘贴 ${cells} 个单元格${passedOver > 0 ? `；${passedOver} 处落在合并单元格内，未粘贴` : ''}。`,
  notEdited: (cells: number) => `${cells} 个单元格保存台账标识，用于识别各行任务，已保持原样。`,
  undone: '已撤销。',
  redone: '已恢复。',
  nothingToUndo: '没有可撤销的修改。',
  nothingToRedo: '没有可恢复的修改。',
  keys: '方向键移动；直接输入即替换，F2 修改，Enter 完成，Alt+Enter 换行；Shift+方向键选择多格；Ctrl+C、V、Z、Y、S 复制、粘贴、撤销、恢复、保存；Esc 离开表格。',
  marks: { error: '错误', warning: '需处理', hint: '提示', ask: '请确认' },
}

const EN: typeof ZH = {
  open: 'Open file',
  openFirst: 'Open an Excel file',
  openHint:
    'Choose an .xlsx file or drop it here. It is opened in this browser only; submitting sends the rows of the table.',
  openLimit: '.xlsx up to 5 MB, .xlsm and templates too; save .xls and .et files as .xlsx first.',
  openKeeps:
    'Saving changes only the cells that were filled in; formats, other sheets, pictures, notes and print set-up stay.',
  openNone:
    'No table of your own? Once connected, units choose “Draw my sheet”; the commission and supervision download the master under “Master table”.',
  opening: 'Opening…',
  saving: 'Saving…',
  opened: (name) => `“${name}” is open.`,
  save: 'Save to this computer',
  saveOver: 'Save to the original file',
  saveCopy: 'Save a copy',
  savedOver: (name) => `Saved to the original file “${name}”.`,
  savedCopy: (name) => `“${name}” was handed to the browser as a download.`,
  unsaved: 'Unsaved changes',
  notAllowed: 'The browser may not write the original file; nothing was saved. Choose “Save a copy”.',
  notWritable:
    'The original file cannot be written; it may be open in Excel or WPS. Close it there and save again, or choose “Save a copy”.',
  changedOutside:
    'Another program changed the original file since it was opened here, so it was not overwritten. Choose “Save a copy” and compare the two.',
  replaceAsk: 'This file has unsaved changes. Discard them and open the new file?',
  replace: 'Discard and open',
  keep: 'Go back',
  kept: (name, time) => `“${name}” had unsaved changes (${time}); they were kept in this browser.`,
  keptElsewhere: (name) =>
    `“${name}” has unsaved changes in another window of this browser. Go on there; once it is closed they can be restored here.`,
  restore: 'Restore them',
  discard: 'Discard',
  restored: 'The earlier changes are back. Look at them, then save.',
  sheets: 'Sheets',
  grid: 'Table',
  blank: 'blank',
  comma: ', ',
  formula: 'formula',
  shaded: 'not yours to fill in',
  legend: 'Legend',
  hiddenParts: (rows, columns) =>
    `Hidden in the file and not shown here: ${[rows > 0 && `${rows} ${formFor(rows, 'row', 'rows')}`, columns > 0 && `${columns} ${formFor(columns, 'column', 'columns')}`].filter(Boolean).join(', ')}.`,
  pages: 'Pages',
  pagesHint: (rows) =>
    `A long table, ${rows} rows a page; the browser's search (Ctrl+F) looks at this page only. Checks and submissions take all rows.`,
  page: (from, to) => `Rows ${from}–${to}`,
  copied: (cells) => `Copied ${cells} ${formFor(cells, 'cell', 'cells')}.`,
  pasted: (cells, passedOver) =>
    `Pasted ${cells} ${formFor(cells, 'cell', 'cells')}${passedOver > 0 ? `; ${passedOver} fell inside merged cells and were left out` : ''}.`,
  notEdited: (cells) =>
    `${cells} ${formFor(cells, 'cell holds the id', 'cells hold the ids')} by which rows are known; ${formFor(cells, 'it was', 'they were')} left as ${formFor(cells, 'it is', 'they are')}.`,
  undone: 'Undone.',
  redone: 'Redone.',
  nothingToUndo: 'Nothing to undo.',
  nothingToRedo: 'Nothing to redo.',
  keys: 'Arrow keys move; typing replaces, F2 changes, Enter is done, Alt+Enter breaks the line; Shift+arrows select; Ctrl+C, V, Z, Y, S copy, paste, undo, redo, save; Esc leaves the table.',
  marks: { error: 'error', warning: 'warning', hint: 'hint', ask: 'question' },
}

export type FileTexts = typeof ZH

export function fileTexts(locale: 'zh' | 'en'): FileTexts {
  return locale === 'zh' ? ZH : EN
}
