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
  'receipt.allUnchanged': ['{rows} 行均没有变化。', 'All {rows} rows are unchanged.'],
  'submit.changed.cell': ['变化', 'Change'],
  'jump.gone': ['表格中已没有这一行。', 'The row is no longer in the sheet.'],
  'recognise.against': ['与计划文字相比', 'Against the plan'],
} as const satisfies Record<string, Text>
