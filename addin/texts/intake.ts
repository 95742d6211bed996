/** Texts of 收回的文件 and of handing out each unit its sheet. */
import type { Text } from './text.ts'

export const INTAKE = {
  'intake.button': ['收回的文件', 'Returned files'],
  'intake.about': [
    '识别各单位以邮件、U 盘交回的表格，预览后代为报送。',
    'Takes in tables that units sent back by mail or on a stick: recognised, previewed, and submitted for them.',
  ],
  'intake.title': ['收回的文件', 'Returned files'],
  'intake.detail': ['收回的文件：核对', 'Returned file'],
  'intake.back': ['返回文件列表', 'Back to the files'],
  'intake.intro': [
    '文件只在本机读取，不会放入当前打开的工作簿。报送后与各单位自行报送的结果一致，记录中注明由本机关代为报送。离开本页后，除回执外不保留文件内容。',
    'Files are read on this computer only and not put into the open workbook. What they say merges as if their unit had submitted it; the record names who handed it in. Once you leave this page nothing of a file is kept but its receipt.',
  ],
  'intake.fixed': [
    '本计划的文字已经固定，不再接收报送。',
    'The texts of this plan are fixed; nothing more can be submitted.',
  ],
  'intake.offline': [
    '目前未连接服务器，不能处理收回的文件。连接恢复后再试；文件请自行留存。',
    'The server cannot be reached, so returned files cannot be taken in now. Keep them and try again once connected.',
  ],
  'intake.drop': ['将一个或多个文件拖到这里，或者', 'Drop one or many files here, or'],
  'intake.choose': ['选择文件', 'Choose files'],
  'intake.chooseMore': ['继续添加文件', 'Add more files'],
  'intake.limit': ['.xlsx 文件，每个不超过 5 MB。', '.xlsx files of at most 5 MB each.'],
  'busy.intake': ['正在读取收回的文件', 'Reading the returned files'],
  'intake.read': [
    '读取完成：可直接报送 {clean} 份，需核对 {look} 份，不能处理 {problem} 份。',
    'Read: {clean} ready to submit, {look} to look at, {problem} that cannot be used.',
  ],
  'intake.sendClean': ['全部报送（{count} 份）', 'Submit all ({count})'],
  'intake.cleanAbout': [
    '只报送没有疑问的文件；有冲突、清空、待修改或者单位、行次待确认的，请逐份核对。',
    'Only files without open questions are submitted. Those with conflicts, clearings, errors, or an unsure unit or row wait for you.',
  ],
  'intake.sent': ['已代为报送 {count} 份。', '{count} submitted.'],
  'intake.sentPartly': [
    '已代为报送 {count} 份；另有 {left} 份在报送前出现需要核对的变化，未报送。',
    '{count} submitted; {left} changed meanwhile and {left|waits|wait} for you to look.',
  ],
  'intake.step.problem': ['不能处理：', 'Cannot be used: '],
  'intake.step.refused': ['未受理：', 'Refused: '],
  'intake.step.confirm': ['待确认单位或行次。', 'Unit or rows to be confirmed.'],
  'intake.step.look': ['待核对。', 'To be looked at. '],
  'intake.step.preview': ['尚未预览。', 'Not previewed yet.'],
  'intake.step.nothing': ['与总表一致，没有变化。', 'Same as the master; nothing would change.'],
  'intake.step.clean': ['可以报送。', 'Ready to submit.'],
  'intake.step.done': ['已报送。', 'Submitted. '],
  'intake.step.earlier': ['此前已收过。', 'Taken in before. '],
  'intake.open.confirm': ['确认单位和行次', 'Confirm unit and rows'],
  'intake.open.look': ['逐项核对', 'Look at it'],
  'intake.open.receipt': ['查看回执', 'Open the receipt'],
  'intake.previewAgain': ['重新预览', 'Preview again'],
  'intake.remove': ['移出列表', 'Take off the list'],
  'intake.file': ['文件：{file}', 'File: {file}'],
  'intake.sheet': ['工作表：{sheet}', 'Sheet: {sheet}'],
  'intake.unit': ['单位：{unit}', 'Unit: {unit}'],
  'intake.unitProposed': ['可能是：{unit}（待确认）', 'Perhaps: {unit} (to be confirmed)'],
  'intake.received': ['回执编号 {number}。', 'Receipt number {number}.'],
  'intake.earlier': [
    '同一文件已于 {at} 收过，回执编号 {number}，不重复报送。',
    'The same file was taken in on {at} with receipt {number} and is not submitted again.',
  ],
  'intake.overlaps': [
    '本文件的工作表“{sheets}”含有相同的任务行，请核对以哪一张为准，只报送其中一张。',
    'The sheet “{sheets}” of this file has rows of the same tasks. See which one counts and submit only that one.',
  ],
  'intake.sameFile': ['与“{file}”内容完全相同，不重复处理。', 'The very same as “{file}”; not taken in twice.'],
  'intake.notReadable': [
    '文件未能读取，可能已被移动，或者 U 盘已拔出。',
    'The file could not be read; it may have been moved, or the stick pulled out.',
  ],
  'intake.unreadable': [
    '文件内容无法识别。请在 Excel 或 WPS 中重新保存后再试。',
    'The file could not be understood. Save it again in Excel or WPS and try once more.',
  ],
  'intake.otherPlan': [
    '文件属于另一个计划（{plan}）。请切换到该计划后再处理。',
    'The file belongs to another plan ({plan}). Open that plan to take it in.',
  ],
  'intake.noTable': ['各工作表中均未找到本计划的任务分解表。', 'No sheet of the file has the task table of this plan.'],
  'intake.noRows': [
    '工作表“{sheet}”中没有与本计划相同或相近的任务。',
    'No row of the sheet “{sheet}” is, or resembles, a task of this plan.',
  ],
  'intake.notOfUnit': [
    '表中没有{unit}牵头的任务行。请移出列表后重新添加，另选单位。',
    'No row of the table is led by {unit}. Take it off the list, add it again and choose another unit.',
  ],
  'intake.whose': ['报送单位', 'Unit that it is from'],
  'intake.whoseWhy': [
    '最可能是{unit}：表中有该单位牵头的任务 {rows} 行，其中与总表不同的 {edited} 行。请核实后确认。',
    'Most likely {unit}: it leads {rows} {rows|row|rows} of the table, {edited} of which {edited|differs|differ} from the master. Please confirm.',
  ],
  'intake.whoseUnknown': [
    '文件中没有能够判断单位的内容，请选择。',
    'Nothing in the file says whose it is. Please choose.',
  ],
  'intake.matched': [
    '已带标识 {carried} 行，按任务文字对应 {matched} 行，待确认 {open} 行。',
    '{carried} {carried|row carries its id|rows carry ids}, {matched} {matched|was|were} matched by text, {open} {open|is|are} for you to decide.',
  ],
  'intake.confirm': ['确认并预览', 'Confirm and preview'],
  'intake.previewed': [
    '以{unit}名义报送 {rows} 行，结果预览如下；尚未报送。',
    'This is what submitting {rows} {rows|row|rows} for {unit} would do. Nothing has been submitted.',
  ],
  'intake.unversioned': [
    '有 {rows} 行没有版本标识，无法判断文件与总表哪一方较新。请逐项对照：报送后以文件内容为准；应保留总表内容的，请勾选“保留总表内容”。',
    '{rows} {rows|row carries|rows carry} no version, so it cannot be told whether the file or the master is newer. Compare each: what is submitted replaces the master; tick “Keep the master” where its text should stay.',
  ],
  'intake.foreignAbout': [
    '下列单元格在其他单位的任务行中，与总表不一致，不会报送。',
    'These cells stand in rows of other units and differ from the master; they are not submitted.',
  ],
  'intake.send': ['代为报送', 'Submit for the unit'],
  'intake.sendSeen': ['已核对，代为报送', 'Looked at: submit for the unit'],
} as const satisfies Record<string, Text>
