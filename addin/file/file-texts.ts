/** Every text of the workspace that shows the file, in Chinese and English. */

const ZH = {
  open: '打开文件',
  openFirst: '打开 Excel 文件',
  openHint: '选择 .xlsx 文件，或将文件拖到这里。文件只在本机浏览器中打开，报送时只发送表内各行。',
  openLimit: '支持 5 MB 以内的 .xlsx；.xls、.et 文件请先另存为 .xlsx。',
  openNone: '没有现成表格的单位，连接台账后点“生成我的表”即可。',
  opening: '正在打开…',
  save: '保存到本机',
  unsaved: '有修改尚未保存',
  replaceAsk: '当前文件有修改尚未保存。是否放弃修改，打开新文件？',
  replace: '放弃修改并打开',
  keep: '返回',
  sheets: '工作表',
  grid: '表格',
  cell: '单元格',
  editing: '正在编辑',
  formula: '公式',
  shaded: '不属于本单位填写',
  more: (shown: number) => `仅显示前 ${shown} 行，其余各行照常校验、报送。`,
  keys: '方向键移动，Enter 编辑，Alt+Enter 换行，Esc 取消。',
  marks: { error: '错误', warning: '需处理', hint: '提示', ask: '请确认' },
}

const EN: typeof ZH = {
  open: 'Open file',
  openFirst: 'Open an Excel file',
  openHint:
    'Choose an .xlsx file or drop it here. It is opened in this browser only; submitting sends the rows of the table.',
  openLimit: '.xlsx up to 5 MB; save .xls and .et files as .xlsx first.',
  openNone: 'Units without a table of their own: connect, then choose “Draw my sheet”.',
  opening: 'Opening…',
  save: 'Save to this computer',
  unsaved: 'Unsaved changes',
  replaceAsk: 'This file has unsaved changes. Discard them and open the new file?',
  replace: 'Discard and open',
  keep: 'Go back',
  sheets: 'Sheets',
  grid: 'Table',
  cell: 'Cell',
  editing: 'Editing',
  formula: 'formula',
  shaded: 'not yours to fill in',
  more: (shown) => `Only the first ${shown} rows are shown; the others are checked and submitted all the same.`,
  keys: 'Arrow keys move, Enter edits, Alt+Enter breaks the line, Esc cancels.',
  marks: { error: 'error', warning: 'warning', hint: 'hint', ask: 'question' },
}

export type FileTexts = typeof ZH

export function fileTexts(locale: 'zh' | 'en'): FileTexts {
  return locale === 'zh' ? ZH : EN
}
