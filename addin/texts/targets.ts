/** Texts of 目标核算: whether the milestones keep each target, and the questions about it. */
import type { Text } from './text.ts'

export const TARGETS = {
  'targets.button': ['目标核算', 'Targets'],
  'targets.buttonOpen': ['目标核算（{count} 项需核对）', 'Targets ({count} to check)'],
  'targets.title': ['目标核算', 'Targets and milestones'],
  'targets.about': [
    '逐项列出年度目标与各期数量，核对各期安排能否完成目标。点击数字，可定位到单元格并查看原文。',
    'Each target with the figures of its periods, and whether they keep it. Press a figure to go to its cell and read it there.',
  ],
  'targets.back': ['返回校验结果', 'Back to the results'],
  'targets.again': ['重新核算', 'Work out again'],
  'targets.all': ['显示全部各行', 'Show all rows'],
  'targets.one': ['只列出所选任务。', 'Only the chosen task is shown.'],
  'targets.none': ['没有可以核算的目标。', 'There is no target to work out.'],
  'targets.noneOpen': ['没有需要核对的目标。', 'No target has to be checked.'],
  'targets.open': ['需核对（{count} 行）', 'To check ({count} {count|row|rows})'],
  'targets.explained': ['已说明（{count} 行）', 'Explained ({count} {count|row|rows})'],
  'targets.advised': ['提示（{count} 行）', 'Hints ({count} {count|row|rows})'],
  'targets.fine': ['其他各行（{count} 行）', 'Other rows ({count})'],
  'targets.untold': [
    '本行尚有期次未填写，填写完整后再作判断。',
    'Some periods of this row are still blank; it is judged once they are filled in.',
  ],
  'targets.unread': ['不作核算的数字：', 'Figures that promise nothing:'],

  'targets.target': ['目标', 'Target'],
  'targets.period': ['期次', 'Period'],
  'targets.figure': ['各期数量', 'Figure'],
  'targets.steps': ['工作安排', 'Work'],
  'targets.role': ['口径', 'Kind'],
  'targets.noFigures': ['各期均未写明相应数量。', 'No period gives a figure for it.'],
  'targets.sum': ['核算', 'Sum'],
  'targets.sumAdded': ['{figures}，合计 {reached}', '{figures} = {reached}'],
  'targets.sumTarget': ['{reached}；目标 {target}', '{reached}; target {target}'],
  'targets.sumGap': ['{sum}；相差 {gap}', '{sum}; difference {gap}'],
  'targets.verdict': ['结论', 'Verdict'],
  'role.increment': ['当期', 'Of the period'],
  'role.cumulative': ['累计', 'Cumulative'],
  'role.share': ['进度', 'Share of work'],
  'role.rate': ['比率', 'Rate'],
  'role.restated': ['全年', 'Whole year'],
  'role.open': ['待确认', 'Not clear'],

  'path.title': ['{metric}：各期进展', '{metric}: the way to the target'],
  'path.sum': ['各期相加：{points}。{target}。', 'Added up by period: {points}. {target}.'],
  'path.level': ['各期所达：{points}。{target}。', 'Reached by period: {points}. {target}.'],
  'path.target': ['目标 {target}', 'Target {target}'],

  'cell.title': ['{address}（{header}）的原文', 'Text of {address} ({header})'],
  'cell.close': ['收起原文', 'Close'],
  'cell.where': ['已定位到 {address}（{header}），所涉数字：{text}。', 'At {address} ({header}): {text}.'],

  'answer.question': ['请确认', 'Please answer'],
  'answer.may': ['可以说明', 'You may say'],
  'answer.increment': ['口径：当期数', 'Figures of each period'],
  'answer.cumulative': ['口径：累计数', 'Cumulative figures'],
  'answer.elsewhere': ['另有安排', 'Arranged elsewhere'],
  'answer.hint': [
    '确认结果随该行保存；所涉文字改动后自动失效，可以撤回。',
    'Answers are kept with their row, lapse when its text changes, and can be taken back.',
  ],
  'answer.hintHere': [
    '本表未与计划对应，确认结果只在本次打开期间保留，关闭后失效。',
    'The sheet is not matched with a plan: what you answer is kept only until the pane is closed.',
  ],
  'answer.by': ['{by}确认，{at}', 'Answered by {by}, {at}'],
} as const satisfies Record<string, Text>
