/** Texts of 标记: painting what the check found into the sheet, and clearing it. */
import type { Text } from './text.ts'

export const MARKS = {
  'marks.title': ['在表格中标记', 'Mark in the sheet'],
  'marks.since': ['表格中的标记：{time} 校验的结果', 'Marks in the sheet: checked at {time}'],
  'marks.isOld': ['；此后结果有变化', '; the findings have changed since'],
  'marks.about': [
    '在有问题的单元格上加底色。标记用条件格式，不改动原有格式和内容，清除后不留痕迹；随文件保存，别人打开也能看到。边填边校验不写入表格，标记需点按钮更新。',
    'Colours the cells with findings. Marks are conditional formats: your formats and texts stay, and clearing leaves nothing behind. They are saved with the file, so others see them too. Checking while you type does not write to the sheet: press the button to renew the marks.',
  ],
  'marks.error': ['错误：红底粗体', 'Error: red, bold'],
  'marks.warning': ['需处理：黄底下划线', 'Warning: yellow, underlined'],
  'marks.ask': ['请确认：蓝底斜体', 'Question: blue, italic'],
  'marks.hint': ['提示：绿底', 'Hint: green'],
  'marks.readonly': ['非本单位填写：灰底', 'Not yours to fill in: grey'],
  'marks.shade': ['标出非本单位填写的单元格', 'Shade cells that are not yours to fill in'],
  'marks.paint': ['标记', 'Mark'],
  'marks.again': ['重新标记', 'Mark again'],
  'marks.clear': ['清除标记', 'Clear marks'],
  'marks.painting': ['正在标记…', 'Marking…'],
  'marks.clearing': ['正在清除标记…', 'Clearing marks…'],
  'marks.painted': [
    '已按 {time} 校验的结果标记 {count} 个单元格。{left}',
    'Marked {count} cells by the check of {time}. {left}',
  ],
  'marks.left': ['另有 {count} 个单元格超出标记的上限，没有标出。', '{count} more are beyond what can be marked.'],
  'marks.cleared': ['标记已清除，表格恢复标记前的格式。', 'The marks are cleared; the sheet looks as before.'],
  'marks.onPage': [
    '问题标记只显示在本页，不写入保存的文件；需要随文件交给别人的，请导出校验报告。',
    'Marks are shown on this page only and are not saved in the file. To hand the findings on, save the check report.',
  ],
} as const satisfies Record<string, Text>
