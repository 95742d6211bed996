// What the page of excel-page.ts needs of the pane.
export { ExcelSheetHost } from '../../addin/excel/excel-sheet-host.ts'
export { hostFailureText } from '../../addin/host-messages.ts'
