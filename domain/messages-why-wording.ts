/**
 * Why wording is found fault with: slips of the pen, what stands twice, placeholders, dates, and texts that
 * differ from the plan's.
 */
import type { Why } from './messages-why.ts'

export const WORDING_REASONS = {
  'punctuation/nested': {
    zh: '引号里面又用引号的，外层用双引号，内层用单引号；书名号里面又用书名号的，内层用单书名号（《标点符号用法》）。',
    en: 'Within double quotation marks single ones are used, and within 《》 〈〉 (GB/T 15834).',
    example: ['“开展“四送”活动”', '“开展‘四送’活动”'],
  },
  'punctuation/straight-quotes': {
    zh: '中文行文使用全角引号，前后方向不同。外文中的引号和表示尺寸的符号不在此列。',
    en: 'Chinese prose takes full-width quotation marks; foreign words and signs of measure keep theirs.',
    example: ['"春风行动"', '“春风行动”'],
  },
  'punctuation/middle-dot': {
    zh: '间隔号写作“·”。用项目符号“•”等代替时，查找不到。',
    en: 'The middle dot is “·”; a bullet in its place is not found by a search.',
    example: ['爱心•助学', '爱心·助学'],
  },
  'text/full-width': {
    zh: '数字、字母用半角。全角数字在查找和统计时容易漏掉。',
    en: 'Searches and sums miss full-width figures and letters.',
    example: ['２０００人', '2000人'],
  },
  'text/stray-end': {
    zh: '以逗号、顿号、分号、冒号结尾，后面可能还有内容没有写完。',
    en: 'A text that breaks off with such a mark may be incomplete.',
    example: ['完成选址，', '完成选址。'],
  },
  'text/stray-start': {
    zh: '以标点开头，前面的文字可能被误删。',
    en: 'Something may have been deleted in front of the mark.',
    example: ['，完成选址。', '完成选址。'],
  },
  'text/no-stop': {
    zh: '同一栏的写法宜一致。本栏其他内容大多以句号结尾时，才作提示。',
    en: 'Said only where most texts of the column end with a full stop.',
    example: ['完成选址', '完成选址。'],
  },
  'text/slip': {
    zh: '公文中常见的错别字、易混词。只在较有把握时提示，改与不改由填报人决定。',
    en: 'A common slip in official writing. Said only where it is fairly sure; the writer decides.',
    example: ['布署', '部署'],
  },
  'text/near-miss': {
    zh: '与常用词语只差一个读音或字形相近的字，可能是误写。人名、地名、专有名称本来如此的，不必修改。',
    en: 'One character away from a common word that sounds or looks alike. Names may rightly read so.',
    example: ['职则', '职责'],
  },
  'text/doubled': {
    zh: '相邻的字词重复，多为误输。“天天”“层层”等叠词不在此列。',
    en: 'A character or word typed twice. Words that rightly repeat one are left alone.',
    example: ['开展展专项检查。', '开展专项检查。'],
  },
  'text/doubled-verb': {
    zh: '对同一项工作用了两个动词，语句重复。',
    en: 'Two verbs for one work.',
    example: ['开展学校食堂进行检查。', '对学校食堂进行检查。'],
  },
  'text/repeated': {
    zh: '同一单元格中相同的语句出现两次，可能是重复粘贴。',
    en: 'The same clause twice in a cell may have been pasted twice.',
    example: ['制定农村公路养护办法，落实经费，制定农村公路养护办法。', '制定农村公路养护办法，落实经费。'],
  },
  'text/pasted': {
    zh: '不同任务同一期的内容完全相同，可能误贴了其他任务的内容。公文套语和简短内容不在此列。',
    en: 'The same long text under two tasks may belong to only one of them. Formulas and short texts are left alone.',
    example: ['两项任务5月都写“完成城北管网设计评审”', '各写本任务的工作'],
    described: ['One text under two tasks', 'Each task its own'],
  },
  'placeholder/variant': {
    zh: '“无”“/”“--”等统一写作“——”，表示本期无工作任务或没有配合单位。',
    en: 'One sign, “——”, for no work in the period or no supporting unit.',
    example: ['无', '——'],
  },
  'placeholder/beside-text': {
    zh: '“——”表示没有内容，与文字写在一起，意思相互矛盾。',
    en: '“——” says that there is nothing, which contradicts the words beside it.',
    example: ['完成验收。——', '完成验收。'],
  },
  'placeholder/unspecific': {
    zh: '“待定”“同上”等看不出本期要做什么。“序时推进”用于全年合并的一格，分期填写的宜写明各期工作。',
    en: 'It names no work that could be checked. “序时推进” is for one cell over the whole year.',
    example: ['待定', '完成选址。'],
  },
  'placeholder/unfilled': {
    zh: '“XX”“___”或空格占着数字、名称的位置，定稿时没有补上。有意使用的名称（如“X光”“3+X”）不在此列。',
    en: 'XX, ___ or blanks hold the place of a figure or a name that was never entered. Names such as X光 are left alone.',
    example: ['完成投资XX万元。', '完成投资300万元。'],
  },
  'deadline/impossible': {
    zh: '日历上没有这个日期，可能是月份或日期误写。',
    en: 'No calendar has that date; the month or the day was mistyped.',
    example: ['2月30日前完成选址。', '2月28日前完成选址。'],
  },
  'deadline/late': {
    zh: '按本期的截止日期核对，不看栏目名称。所写时间晚于截止日期，到期时还不能完成。一格中有几个时间的，不作判断。',
    en: 'The period’s own due date counts, not its label. A cell that names several times is not judged.',
    example: ['6月30日截止的一期写“9月底前完成”', '6月30日截止的一期写“6月底前完成”'],
    described: ['“9月底前” in a period due on 30 June', '“6月底前” in it'],
  },
  'deadline/early': {
    zh: '按本期的起止日期核对，不看栏目名称。所写时间在本期开始之前，可能是沿用了上一期的文字。',
    en: 'The period’s own dates count, not its label. The text may be left over from the period before.',
    example: ['5月1日开始的一期写“3月底前完成”', '5月1日开始的一期写“6月底前完成”'],
    described: ['“3月底前” in a period that begins on 1 May', '“6月底前” in it'],
  },
  'task/changed': {
    zh: '计划文本由县发展改革委统一修改（任务调整、勘误）。在单位的表格中改动，不会进入总表，还会使各方所依据的文本不一致。',
    en: 'Texts of the plan change by adjustment or erratum. An edit in a unit’s sheet never reaches the master.',
    example: ['自行将10000人改为8000人', '恢复原文，另行申请调整'],
    described: ['Changing 10000人 to 8000人', 'Restoring it and asking for an adjustment'],
  },
} satisfies Record<string, Why>
