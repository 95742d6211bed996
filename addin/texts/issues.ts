/** Texts about issues: what to do next, why, and what is said of those that stay. */
import type { Text } from './text.ts'

export const ISSUES = {
  'next.returned': [
    '先按退回意见修改 {count} 处，再重新报送。',
    'First mend {count} {count|place that was|places that were} sent back, then submit again.',
  ],
  'next.errors': ['先改 {count} 处错误{also}。', 'First mend {count} {count|error|errors}{also}.'],
  'next.thenErrors': ['另改 {count} 处错误{also}。', 'Then mend {count} {count|error|errors}{also}.'],
  'next.alsoWarnings': ['；另有 {count} 处请修改或说明理由', '; then mend or explain {count} {count|warning|warnings}'],
  'next.alsoAsks': ['；{count} 处请确认', '; {count} {count|question|questions} to check'],
  'next.warnings': [
    '没有错误。有 {count} 处请修改，或说明保留的理由{also}。',
    'No errors. Mend {count} {count|warning, or say why it stays|warnings, or say why they stay}{also}.',
  ],
  'next.thenWarnings': [
    '另有 {count} 处请修改，或说明保留的理由{also}。',
    'Then mend {count} {count|warning, or say why it stays|warnings, or say why they stay}{also}.',
  ],
  'next.asks': ['没有错误。有 {count} 处请核实确认。', 'No errors. {count} {count|question|questions} to check.'],
  'next.submit': ['没有必须处理的问题，可以报送。', 'Nothing has to be done; you can submit.'],
  'next.nothing': ['没有必须处理的问题。', 'Nothing has to be done.'],
  'next.hints': ['另有提示 {count} 处，供参考。', '{count} {count|hint|hints} for your information.'],
  'next.fixable': [
    '{count} 处可以一键处理，处理前可逐处核对。',
    '{count} can be mended at once; you see each before it is done.',
  ],

  'severity.returned': ['退回', 'Sent back'],
  'severity.returned.group': ['退回（{count}）', 'Sent back ({count})'],
  'severity.returned.about': [
    '按退回意见修改。文字改动后，退回自动解除。',
    'Mend what the commission asked for. It lapses once the text changes.',
  ],
  'issues.filter': ['筛选和分组', 'Filter and group'],
  'issues.severity': ['级别', 'Kind'],
  'issues.every': ['全部（{count}）', 'All ({count})'],
  'issues.groups': ['排列方式', 'Order'],
  'issues.byTodo': ['按处理顺序', 'By what to do'],
  'issues.byRow': ['按行', 'By row'],
  'issues.byRule': ['按问题种类', 'By kind of issue'],
  'issues.scope': ['范围', 'Whose'],
  'issues.mine': ['本单位填写的（{count}）', 'In my cells ({count})'],
  'issues.all': ['全部单元格（{count}）', 'In all cells ({count})'],
  'issues.search': ['查找', 'Find'],
  'issues.searchHint': ['任务、栏目或提示中的文字', 'Words of the task, the column or the issue'],
  'issues.shown': ['显示 {shown} 处，共 {total} 处。', '{shown} of {total} shown.'],
  'issues.none': ['没有符合筛选条件的问题。', 'Nothing matches the filter.'],
  'issues.reset': ['取消筛选', 'Show all'],
  'issues.row': ['第 {row} 行', 'Row {row}'],
  'issues.grouped': ['{title}（{count} 处）', '{title} ({count})'],
  'issues.others': ['不由本单位填写', 'Not yours to fill in'],
  'issues.next': ['下一处', 'Next'],

  'undo.one': ['可撤销：{at}，改回“{text}”', 'Can be undone: {at}, back to “{text}”'],
  'undo.blank': ['可撤销：{at}，改回空白', 'Can be undone: {at}, back to blank'],
  'undo.several': [
    '可撤销：一次改动的 {count} 个单元格（{at} 等）',
    'Can be undone: {count} {count|cell|cells} changed together ({at} and others)',
  ],
  'undo.otherCopy': [
    '打开的已是另一个文件，此前的修改不能在这里撤销。',
    'Another file is open now: what was changed before cannot be undone here.',
  ],
  'undo.before': ['；此前还有 {count} 次', '; {count} more before it'],

  why: ['为什么', 'Why'],
  'why.failed': [
    '说明文字未能读取。请检查网络后，收起再展开一次。',
    'The explanation could not be read. Check the network, then fold and unfold this again.',
  ],
  'why.unknown': [
    '本程序没有该提示的说明，更新后可以查看。',
    'This version has no explanation for it; update to see one.',
  ],
  'why.example': ['例', 'Example'],
  'why.becomes': ['改为', 'becomes'],

  'reason.give': ['保留并说明理由', 'Keep it and say why'],
  'reason.label': ['保留的理由', 'Why it stays'],
  'reason.hint': [
    '随本行一并送县发展改革委；所涉文字改动后自动失效。最多 {most} 字，请勿填写个人姓名、电话。',
    'Goes to the coordinating office with the row and lapses when the text changes. At most {most} characters; no personal names or phone numbers.',
  ],
  'reason.hintHere': [
    '本表未与计划对应，理由只在本次打开期间保留，并写入校验报告。最多 {most} 字，请勿填写个人姓名、电话。',
    'The sheet is not matched with a plan: kept until the pane is closed, and written into the report. At most {most} characters; no personal names or phone numbers.',
  ],
  'reason.hintDraft': [
    '随下次送审一并送出，所涉文字改动后自动失效。最多 {most} 字，请勿填写个人姓名、电话。',
    'Goes along when you next send for review and lapses when the text changes. At most {most} characters; no personal names or phone numbers.',
  ],
  'reason.save': ['登记理由', 'Record the reason'],
  'reason.withdraw': ['撤回', 'Take back'],
  'reason.by': ['{by}说明，{at}', 'By {by}, {at}'],
  'reason.here': ['本表填报人', 'Whoever filled in this sheet'],
  'reason.explained': ['已说明理由（{count}）', 'Explained ({count})'],
  'reason.explainedAbout': [
    '理由随行报送。文字改动后理由失效，需要重新说明。',
    'The reasons go with their rows. Once the text changes they lapse.',
  ],
  'found.explained': ['已说明理由 {count} 处', '{count} explained'],
  'change.inline': ['改动', 'Change'],

  'report.button': ['导出校验报告', 'Save a report'],
  'busy.report': ['正在生成校验报告', 'Writing the report'],
  'report.saved': ['已生成“{name}”，可以打印或留存。', '“{name}” is saved, to print or to keep.'],

  'master.issues': ['校验提示', 'Issues'],
  'master.noIssues': ['未发现问题', 'None'],
  'master.open': ['总表中需要处理的问题（{count}）', 'To do in the master ({count})'],
  'master.openAbout': [
    '由任务的责任单位处理；不由单位填写的单元格，由县发展改革委处理。',
    'For the units of each task; cells that units do not write are the coordinating office’s.',
  ],
  'master.explained': ['各单位说明保留的问题（{count}）', 'Kept with a reason ({count})'],
  'master.explainedAbout': [
    '请逐条核对理由。认为不能成立的，可以在校验总表时撤回，该问题重新列为待处理。',
    'Look at each reason. One that does not hold can be taken back when the master is checked; the issue is open again.',
  ],
  'status.explained': ['已说明 {count}', '{count} explained'],

  'busy.annotate': ['正在登记说明', 'Noting what you say'],
  'busy.withdraw': ['正在撤回说明', 'Taking it back'],
  'annotation.saved': ['已登记说明，并已重新校验。', 'Noted, and checked again.'],
  'annotation.keptHere': [
    '已登记说明。本表未与计划对应，说明只在本次打开期间保留，关闭后失效。',
    'Noted. The sheet is not matched with a plan, so this is kept only until the pane is closed.',
  ],
  'annotation.goesAlong': [
    '已登记理由，将随下次送审一并送出；在此之前请勿关闭窗格。',
    'Noted; it goes along when you next send for review. Keep the pane open until then.',
  ],
  'annotation.withdrawn': ['已撤回说明，并已重新校验。', 'Taken back, and checked again.'],
  'annotation.changed': [
    '表格内容已有变化，说明未登记；已重新校验，请核对后再作说明。',
    'The sheet has changed meanwhile, so nothing was noted; it was checked again. Look once more, then say it.',
  ],
} as const satisfies Record<string, Text>
