/**
 * The sentences for what can go wrong between a screen and a spreadsheet, in Chinese and English.
 * Every one says what to do next; none quotes the program's own message, which is localised and vague.
 */
import { HostFailure, type HostFailureCode } from './sheet-host.ts'

type Sentence = { zh: string; en: string }

const SENTENCES: Record<HostFailureCode, Sentence> = {
  'cell-editing': {
    zh: '请先按 Enter 键退出单元格编辑，再试一次。',
    en: 'Press Enter to leave the cell you are editing, then try again.',
  },
  busy: {
    zh: 'Excel 正忙，请稍候再试。',
    en: 'Excel is busy. Please try again in a moment.',
  },
  'too-large': {
    zh: '工作表内容过多，无法一次处理。请删除表格以外的内容后再试。',
    en: 'The sheet holds too much to handle. Remove what does not belong to the table, then try again.',
  },
  'access-denied': {
    zh: '工作表受保护，或文件以只读方式打开。请取消保护或启用编辑后再试。',
    en: 'The sheet is protected or the file is read-only. Unprotect it or enable editing, then try again.',
  },
  'sheet-missing': {
    zh: '未找到该工作表，可能已被删除或改名。请重新选择工作表。',
    en: 'The sheet was not found; it may have been deleted or renamed. Please choose the sheet again.',
  },
  'api-missing': {
    zh: '当前 Excel 版本过低，不支持此操作。请升级 Excel，或改用浏览器页面打开文件。',
    en: 'This version of Excel does not support this. Update Excel, or open the file on the browser page.',
  },
  'became-formula': {
    zh: '有内容被 Excel 当作公式，已清空该单元格。请检查后重新填写。',
    en: 'Excel took some text for a formula; the cell was cleared. Please check it and enter it again.',
  },
  'not-written': {
    zh: '有单元格未能写入，可能已被合并。请检查表格后再试。',
    en: 'Some cells could not be written; they may have been merged. Please check the table and try again.',
  },
  'array-formula': {
    zh: '有单元格属于数组公式，不能单独修改。请在 Excel 或 WPS 中修改后再打开。',
    en: 'A cell belongs to an array formula and cannot be changed alone. Change it in Excel or WPS, then open the file again.',
  },
  cancelled: {
    zh: '操作已取消。',
    en: 'Cancelled.',
  },
  unknown: {
    zh: 'Excel 未能完成此操作。请稍后再试；如仍不成功，请保存文件后重新打开。',
    en: 'Excel could not complete this. Try again later; if it still fails, save the file and reopen it.',
  },
  'no-file': {
    zh: '请先打开一个 Excel 文件（.xlsx）。',
    en: 'Please open an Excel file (.xlsx) first.',
  },
  'file-unsaved': {
    zh: '当前文件有未保存的修改。请先保存文件，再进行此操作。',
    en: 'The open file has changes that are not saved. Save it first, then try again.',
  },
  'file-too-large': {
    zh: '文件超过 5 MB，无法打开。请删除其中的图片和无关工作表后再试。',
    en: 'The file is larger than 5 MB. Remove pictures and unrelated sheets, then try again.',
  },
  'file-old-format': {
    zh: '这是旧版 .xls（或 WPS .et）文件。请在 Excel 或 WPS 中“另存为”.xlsx 格式后再打开。',
    en: 'This is an old .xls (or WPS .et) file. Save it as .xlsx in Excel or WPS, then open it.',
  },
  'file-encrypted': {
    zh: '文件设有打开密码。请取消密码后再打开。',
    en: 'The file is protected by a password. Remove the password, then open it.',
  },
  'file-empty': {
    zh: '文件是空的（0 字节），可能没有下载完整。请重新获取后再打开。',
    en: 'The file is empty (0 bytes); the download may have been cut off. Get it again, then open it.',
  },
  'file-other-spreadsheet': {
    zh: '这是其他格式的表格文件（如 .ods、.xlsb 或 Excel 2003 XML）。请在 Excel 或 WPS 中“另存为”.xlsx 格式后再打开。',
    en: 'This is a spreadsheet of another format, such as .ods, .xlsb or Excel 2003 XML. Save it as .xlsx, then open it.',
  },
  'file-web-page': {
    zh: '这个文件的内容是网页，只是以表格命名（多由业务系统导出）。请在 Excel 或 WPS 中打开后“另存为”.xlsx 格式。',
    en: 'This file is a web page under the name of a workbook, as some systems export it. Open it in Excel or WPS and save it as .xlsx.',
  },
  'file-text': {
    zh: '这是文本文件（如 CSV）。请在 Excel 或 WPS 中打开后“另存为”.xlsx 格式。',
    en: 'This is a text file, such as CSV. Open it in Excel or WPS and save it as .xlsx.',
  },
  'file-other-document': {
    zh: '这是 Word、PowerPoint 或 PDF 文件，不是 Excel 工作簿。请选择 .xlsx 文件。',
    en: 'This is a Word, PowerPoint or PDF file, not an Excel workbook. Please choose an .xlsx file.',
  },
  'file-archive': {
    zh: '这是压缩包。请先解压，再打开其中的 .xlsx 文件。',
    en: 'This is an archive. Unpack it first, then open the .xlsx file inside.',
  },
  'file-not-xlsx': {
    zh: '这不是 Excel 工作簿。请选择 .xlsx 文件。',
    en: 'This is not an Excel workbook. Please choose an .xlsx file.',
  },
  'file-damaged': {
    zh: '文件已损坏或内容不完整，无法打开。请在 Excel 或 WPS 中重新保存后再试。',
    en: 'The file is damaged or incomplete. Save it again in Excel or WPS, then try again.',
  },
}

/** The sentence to show for a failed host call; undefined where the error is no HostFailure but a bug. */
export function hostFailureText(error: unknown, locale: 'zh' | 'en'): string | undefined {
  return error instanceof HostFailure ? SENTENCES[error.code][locale] : undefined
}
