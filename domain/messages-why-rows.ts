/**
 * Why issues about headers, rows and the table as a whole are found.
 */
import type { Why } from './messages-why.ts'

export const ROW_REASONS = {
  'header/missing': {
    zh: '程序按表头文字辨认各列。表头被删除或改写后，不知道该列填的是什么，也不作猜测。',
    en: 'Columns are known by their headers; without one nothing is guessed.',
    example: ['表头改写为“内容”', '表头为“重点任务”'],
    described: ['Header changed to 内容', 'Header 重点任务'],
  },
  'header/doubled': {
    zh: '两列用同一个表头时，不知道应当读取哪一列，为免取错内容，不予读取。',
    en: 'With two columns of one name, either could be meant.',
    example: ['两列都叫“牵头单位”', '只留一列“牵头单位”'],
    described: ['Two columns 牵头单位', 'One column 牵头单位'],
  },
  'row/id-malformed': {
    zh: '隐藏列中的行标识说明每一行是哪一项任务。标识被改动后无法辨认。',
    en: 'The hidden column says which task a row is. Changed ones cannot be read.',
    example: ['取消隐藏后改动标识', '保持隐藏列不变'],
    described: ['Editing the hidden column', 'Leaving it alone'],
  },
  'review/returned': {
    zh: '县发展改革委审核后认为该处需要修改。文字改动后退回自动解除，重新报送后再行审核；不能以说明理由代替修改。',
    en: 'The coordinating office wants this mended. It lapses once the text changes and is reviewed anew; a reason does not settle it.',
    example: ['退回：缺少完成数量', '补充数量后重新报送'],
    described: ['Sent back: no figure', 'Add the figure, submit again'],
  },
  'row-id/duplicate': {
    zh: '每项任务只有一个行标识。复制整行时，隐藏的标识也被复制，汇总时不知道以哪一行为准。',
    en: 'Each task has one identifier. Copying a row copies it too, and either row could be meant.',
    example: ['复制整行，再改写文字', '需要新增任务的，与县发展改革委联系'],
    described: ['Copying a row, then editing it', 'Asking the coordinating office for a new task'],
  },
  'row-id/shifted': {
    zh: '行标识与任务文字应当对应。只对一部分列排序，或者剪切、插入单元格，会使目标错到其他任务名下。',
    en: 'Sorting or moving only a part of the columns puts targets under other tasks.',
    example: ['选中一列单独排序', '选中整张表再排序'],
    described: ['Sorting one column', 'Sorting the whole table'],
  },
  'row-id/missing': {
    zh: '其他各行都有标识，本行没有，不知道对应总表中的哪一项，直接汇总会造成重复或遗漏。',
    en: 'Other rows carry identifiers and this one does not, so it cannot be placed in the master.',
    example: ['自行插入一行', '由县发展改革委新增任务后，重新获取表格'],
    described: ['Inserting a row', 'Pulling the table again once the task was added'],
  },
  'row-id/none': {
    zh: '在使用本程序之前流转的表格没有行标识，属于正常情况。先按任务文字逐行对应，经确认后写入标识，表内文字不变。',
    en: 'Tables that circulated before have no identifiers. Rows are matched by their texts, and nothing is written unasked.',
    example: ['表中没有隐藏的标识列', '点“识别当前表”，核对后确认'],
    described: ['No hidden column of identifiers', '“Recognise this sheet”, then confirm'],
  },
  'row-id/unknown': {
    zh: '本计划没有这个行标识，该行不会并入总表，以免混入其他年度、其他计划的内容。',
    en: 'The plan does not know this identifier, so the row is kept out of its master.',
    example: ['在上一年度的表格中填写', '在本计划的表格中填写'],
    described: ['Filling in last year’s table', 'Filling in the table of this plan'],
  },
  'number/missing': {
    zh: '会议、通报、函件都用序号指称任务，没有序号不便查对。',
    en: 'Papers and meetings refer to tasks by number.',
    example: ['（空白）', '12'],
    described: ['(blank)', '12'],
  },
  'number/doubled': {
    zh: '两项任务用同一个序号，引用时分不清是哪一项。',
    en: 'With one number for two tasks, a reference could mean either.',
    example: ['11、12、12、14', '11、12、13、14'],
  },
  'number/out-of-order': {
    zh: '序号自上而下递增；前后颠倒时，可能有行被移动。各部分分别编号的表格不在此列。',
    en: 'Numbers rise from top to bottom; where not, a row may have been moved. Sections may begin anew.',
    example: ['11、13、12', '11、12、13'],
  },
  'number/gap': {
    zh: '整表的序号应当连续，缺号可能是漏列了任务。只有部分任务的单位表不作判断。',
    en: 'In the whole table a missing number may be a missing task. A unit’s own rows are not judged.',
    example: ['11、12、14', '11、12、13、14'],
  },
  'task/doubled': {
    zh: '任务文字相同而行标识不同，可能是重复列入。程序不自行合并，由填报人核对。',
    en: 'The same words under two identifiers may be one task entered twice; rows are never merged by their words.',
    example: ['两行都是“开展技能培训5000人次”', '删除一行，或写明各自的对象'],
    described: ['Two rows with the same task', 'One row, or what tells them apart'],
  },
  'period/not-covered': {
    zh: '每一期都应有安排：单独填写，或与相邻期次合并填写；无工作任务的，用“——”表示。',
    en: 'Every period has its own cell, a share in a merged one, or “——”.',
    example: ['3月、5月合并填写，7月没有内容', '7月填“——”，或一并合并填写'],
    described: ['March and May merged, nothing for July', '“——” for July, or all three merged'],
  },
  'span/outside': {
    zh: '合并填写只限于期次各列，且不能盖住已有内容，否则看不出属于哪几期。',
    en: 'A merged cell stays within the periods and covers no other text.',
    example: ['将“11月”与“牵头单位”两格合并', '只合并“9月”与“11月”两格'],
    described: ['Merging a period with 牵头单位', 'Merging two periods'],
  },
} satisfies Record<string, Why>
