/** Texts of 报送单 and of what became of a submission. */
import type { Text } from './text.ts'

export const PAPER = {
  'busy.slip': ['正在生成报送单', 'Making the submission slip'],
  'slip.save': ['保存报送单（打印签字）', 'Save the slip to print and sign'],
  'slip.about': [
    '按回执生成 A4 报送单（.xlsx），列明变化、编号、时间和校验码，留有签字、盖章处。',
    'An A4 slip (.xlsx) made from the receipt: the changes, number, time and hash, with places to sign and seal.',
  ],
  'slip.aboutPaper': [
    '本计划要求纸质签批：请保存并打印报送单，签字盖章后交县发展改革委。',
    'This plan asks for a signature on paper: save and print the slip, sign and seal it, and hand it to the commission.',
  ],
  'slip.saved': ['已保存“{name}”，可以打印。', '“{name}” is saved and ready to print.'],
  'receipt.broughtBy': ['报送方式', 'Brought by'],
  'receipt.broughtByOffice': ['由{office}代为报送', 'Handed in by {office}'],
  'receipt.wholeHash': ['完整校验码', 'Whole hash'],
  'receipt.copyHash': ['复制校验码', 'Copy the hash'],
  'receipt.hashCopied': ['校验码已复制。', 'The hash is copied.'],
  'receipt.hashNotCopied': [
    '浏览器不允许复制，请在框中选取后按 Ctrl+C。',
    'The browser does not allow copying. Select the text in the field and press Ctrl+C.',
  ],
  'receipt.allUnchanged': ['{rows} 行均没有变化。', '{rows} {rows|row, unchanged|rows, all unchanged}.'],
  'submit.changed.cell': ['变化', 'Change'],
  'jump.gone': ['表格中已没有这一行。', 'The row is no longer in the sheet.'],
  'recognise.against': ['与计划文字相比', 'Against the plan'],
  semicolon: ['；', '; '],
  'submit.will': ['确认报送后，{rows} 行中：{parts}。', 'Of {rows} {rows|row|rows}, submitting will: {parts}.'],
  'submit.will.applied': ['{count} 处变化写入总表', 'put {count} {count|change|changes} into the master'],
  'submit.will.clear': ['清空总表 {count} 处', 'clear {count} {count|cell|cells} of the master'],
  'submit.will.conflicts': ['{count} 处与总表冲突，留待决定', 'leave {count} {count|conflict|conflicts} to be decided'],
  'submit.will.decided': [
    '{count} 处此前已有决定，总表不变',
    'leave {count} {count|text|texts} that {count|was|were} decided before as the master has {count|it|them}',
  ],
  'submit.will.held': [
    '{count} 处空白尚未确认清空，总表保留原内容',
    'leave {count} {count|blank|blanks} unconfirmed, the master keeps its text',
  ],
  'submit.will.blocked': [
    '{count} 行有错误，暂不进入总表',
    'keep {count} {count|row|rows} with errors out of the master',
  ],
  'submit.will.notSent': [
    '{count} 处不由报送单位填写，不会报送',
    'not send {count} {count|cell that is|cells that are} not the unit’s',
  ],
  'submit.rows': ['逐行变化（{rows} 行）', 'Row by row ({rows})'],
  'submit.explain': ['请改正或者说明理由（{count}）', 'Mend these or say why they stay ({count})'],
  'submit.explainAbout': [
    '下列提示不影响报送；说明的理由随本次报送一并登记。',
    'These do not keep you from submitting. The reasons that you give are recorded with it.',
  ],
  'returned.title': ['已退回，尚未修改（{count}）', 'Sent back and not changed yet ({count})'],
  'returned.about': [
    '县发展改革委退回了下列内容，表中仍是退回时的文字。',
    'The commission sent these back, and the text is still what it was then.',
  ],
  'returned.wholeRow': ['整行', 'Whole row'],
  'returned.by': ['{by}退回，{at}', 'Sent back by {by}, {at}'],
  'reviewed.title': ['审核情况', 'Review'],
  'reviewed.returned': ['退回 {rows} 行', '{rows} sent back'],
  'reviewed.pending': ['待审 {rows} 行', '{rows} waiting'],
  'reviewed.accepted': ['通过 {rows} 行', '{rows} accepted'],
  'reviewed.none': ['未报送 {rows} 行', '{rows} not submitted'],
} as const satisfies Record<string, Text>
