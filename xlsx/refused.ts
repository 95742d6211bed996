/** Why a file is not read as a workbook. */

export type WorkbookRefusalCode =
  | 'too-large'
  | 'too-large-unpacked'
  | 'empty'
  /** Old .xls, or .et of WPS. */
  | 'legacy-xls'
  | 'encrypted'
  /** A spreadsheet of another kind: .ods, .xlsb, or XML of Excel 2003. */
  | 'other-spreadsheet'
  /** A web page that a system exported under the name of a workbook. */
  | 'web-page'
  /** Text, CSV among it. */
  | 'text'
  /** Word, PowerPoint, PDF. */
  | 'other-document'
  /** A zip, rar or 7z that holds files. */
  | 'archive'
  | 'damaged'
  | 'not-a-workbook'

/** A file that is not read, with the reason as a code; hosts have the sentence. */
export class WorkbookRefused extends Error {
  readonly code: WorkbookRefusalCode
  constructor(code: WorkbookRefusalCode, cause?: unknown) {
    super(`workbook refused: ${code}`, { cause })
    this.code = code
  }
}
