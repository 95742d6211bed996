/** Texts of 标记: painting what the check found into the sheet, and clearing it. */
import type { Text } from './text.ts'

export const MARKS = {
  'marks.title': ['标记说明', 'About marks'],
  'marks.since': ['表格中的标记为 {time} 的校验结果。', 'The marks in the sheet are of the check of {time}.'],
  'marks.isOld': [
    '表格中的标记为 {time} 的校验结果，此后结果有变化，可重新标记。',
    'The marks in the sheet are of the check of {time}; the findings have changed since. Mark again to renew them.',
  ],
  'marks.about': [
    '标记在有问题的单元格上显示底色，不改动表格内容和原有格式，可随时清除。边填边校验时标记不会自动更新，需点“重新标记”。标记随文件保存，他人打开文件也能看到；文件上报或外发前，请视情清除。',
    'Marks colour the cells with findings. Texts and formats stay as they are, and marks can be cleared at any time. Checking while you type does not renew them: use “Mark again”. They are saved with the file and seen by whoever opens it; clear them before you pass the file on where that is not wanted.',
  ],
  'marks.error': ['错误：红底粗体', 'Error: red, bold'],
  'marks.warning': ['需处理：黄底下划线', 'Warning: yellow, underlined'],
  'marks.ask': ['请确认：蓝底斜体', 'Question: blue, italic'],
  'marks.hint': ['提示：绿底', 'Hint: green'],
  'marks.readonly': ['不由本单位填写：灰底', 'Not yours to fill in: grey'],
  'marks.shade': [
    '标出不由本单位填写的单元格（标记时生效）',
    'Shade cells that are not yours to fill in (when you mark)',
  ],
  'marks.paint': ['在表格中标记', 'Mark in the sheet'],
  'marks.again': ['重新标记', 'Mark again'],
  'marks.clear': ['清除标记', 'Clear marks'],
  'marks.painting': ['正在标记…', 'Marking…'],
  'marks.clearing': ['正在清除标记…', 'Clearing marks…'],
  'marks.painted': [
    '已按 {time} 校验的结果标记 {count} 个单元格。{left}',
    'Marked {count} {count|cell|cells} by the check of {time}. {left}',
  ],
  'marks.left': [
    '另有 {count} 个单元格超出标记的上限，没有标出。',
    '{count} more {count|is|are} beyond what can be marked.',
  ],
  'marks.cleared': ['标记已清除，表格恢复标记前的格式。', 'The marks are cleared; the sheet looks as before.'],
  'marks.onPage': [
    '问题标记只显示在本页，不写入保存的文件；需要随文件交给别人的，请导出校验报告。',
    'Marks are shown on this page only and are not saved in the file. To hand the findings on, save the check report.',
  ],
} as const satisfies Record<string, Text>
