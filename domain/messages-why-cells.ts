/**
 * Why issues about single cells are found: what is filled in, how it is written, which units it names.
 */
import type { Why } from './messages-why.ts'

export const CELL_REASONS = {
  'cell/required': {
    zh: '空白分不清是没有内容还是漏填。没有相应单位的，用“——”表示。',
    en: 'A blank cell may mean none or forgotten; “——” says that there is none.',
    example: ['配合单位：（空白）', '配合单位：——'],
    described: ['Supporting units left blank', 'Supporting units: ——'],
  },
  'cell/merged-down': {
    zh: '任务逐行核对、逐行汇总。上下合并的单元格只有一份内容，排序、增删行以后容易错位。',
    en: 'Rows are checked and merged one by one; a cell over several rows is lost when they are sorted or moved.',
    example: ['三行合用一个“牵头单位”单元格', '三行分别填写牵头单位'],
    described: ['Three rows share one cell', 'Each row has its own'],
  },
  'cell/formula': {
    zh: '公式的结果会随引用的单元格改变，他人打开时也可能不同。台账只收文字；序号中的公式仅作提示。',
    en: 'The result of a formula changes with other cells and files; the ledger takes texts. For numbers it is a hint.',
    example: ['=B3&"人"', '新增就业2500人。'],
  },
  'milestone/blank': {
    zh: '空白分不清是漏填还是本期无任务。本期无工作任务的，用“——”表示，二者不能混用。',
    en: 'Blank may mean forgotten; “——” says that there is no work in the period.',
    example: ['（空白）', '——'],
    described: ['(blank)', '——'],
  },
  'text/too-long': {
    zh: 'Excel 每个单元格最多容纳32767个字符，超出的部分在保存、传输时会丢失。',
    en: 'Excel holds 32,767 characters in a cell; the rest would be lost.',
    example: ['将实施方案全文粘贴到单元格', '写明本期要完成的工作和数量'],
    described: ['A whole plan pasted into a cell', 'The work of this period and its figures'],
  },
  'text/access-key': {
    zh: '访问密钥只在连接台账时填写，不写入表格。表格会经多人传阅，密钥随之外泄。含密钥的表格不能报送。',
    en: 'A key is typed only to connect. Tables pass through many hands, and the key with them; such a table cannot be submitted.',
    example: ['完成选址。（后附整串访问密钥）', '完成选址。'],
    described: ['A milestone followed by a whole access key', 'The milestone alone'],
  },
  'text/illegal-character': {
    zh: '控制字符、乱码等在其他软件中会丢失、移位或显示为方框，收到的文字可能与原意不符。',
    en: 'Other programs drop, reorder or box such characters, so that readers may see another text.',
    example: ['完成\uFFFD验收。', '完成竣工验收。'],
  },
  'text/formula-like': {
    zh: '以“=”“+”“-”“@”等开头的内容，他人打开或粘贴时可能被当作公式执行。负数、百分比和“——”不在此列。',
    en: 'Such a beginning can run as a formula when others open or paste it. Negative numbers and “——” are fine.',
    example: ['+完成选址。', '完成选址。'],
  },
  'space/stray': {
    zh: '汉字之间一般不留空格。首尾空格和看不见的字符会使相同的文字被当作不同，影响查找和核对。外文单词之间的空格不在此列。',
    en: 'Chinese text has no blanks between characters; stray ones make equal texts differ. Those between foreign words stay.',
    example: ['完成 选址。', '完成选址。'],
  },
  'punctuation/doubled': {
    zh: '停顿处只用一个标点，接连出现的多为误输。省略号“……”、破折号“——”各为一个标点，不在此列。',
    en: 'One pause takes one mark. An ellipsis “……” and a dash “——” are single marks.',
    example: ['完成选址。。', '完成选址。'],
  },
  'punctuation/wrong': {
    zh: '中文行文使用全角标点。数字（10,000）、比分（3:1）、时间、网址和外文中的半角标点不在此列。',
    en: 'Chinese prose takes full-width marks. Those in figures, times, addresses and foreign words stay.',
    example: ['完成选址,启动设计.', '完成选址，启动设计。'],
  },
  'punctuation/unbalanced': {
    zh: '括号、引号、书名号应当成对使用，缺少一半时看不出引用或注释到哪里为止。条目编号“1）”不在此列。',
    en: 'Brackets and quotation marks come in pairs. “1）” before an item of a list is fine.',
    example: ['开展“春风行动活动。', '开展“春风行动”活动。'],
  },
  'units/unknown': {
    zh: '单位名称要与本计划的单位名录对应，才能确定由谁办理、向谁催报。名录中的全称、简称、原名都能识别；对不上的只列出相近名称，不自动更改。',
    en: 'A name must be in the plan’s list of units, so that it is clear who answers. Similar names are only suggested.',
    example: ['县人力社保据', '县人力社保局'],
  },
  'units/ambiguous': {
    zh: '两个以上单位都可能用这个简称。程序不作推断，请写明全称。',
    en: 'More than one unit goes by this short name; it is asked, not guessed.',
    example: ['县规划局', '县规划自然资源局'],
  },
  'units/former-name': {
    zh: '机构更名后，台账使用现名。原名仍能识别，不影响报送。',
    en: 'The ledger uses the present name. The former one is understood all the same.',
    example: ['县卫生计生委', '县卫生健康委'],
  },
  'units/alias': {
    zh: '同一单位在台账中用同一个名称，便于查找、统计和通报。简称能够识别，不影响报送。',
    en: 'One unit, one name: that helps to search and count. The short form is understood all the same.',
    example: ['县人社局', '县人力社保局'],
  },
  'units/doubled': {
    zh: '同一单位在一个单元格中列出两次，也可能是另一单位的名称误写成了该单位。',
    en: 'A unit listed twice may stand where another one was meant.',
    example: ['县教委、县财政局、县教委', '县教委、县财政局'],
  },
  'units/mixed-separators': {
    zh: '并列的单位之间统一用顿号，便于准确区分各个单位。',
    en: 'One separator throughout tells the units apart.',
    example: ['县教委，县财政局、县民政局', '县教委、县财政局、县民政局'],
  },
  'units/no-lead': {
    zh: '每项任务都要有单位负责，否则无人填报，也无从催报和考核。',
    en: 'A task without a unit has nobody to report on it.',
    example: ['牵头单位：——', '牵头单位：县教委'],
    described: ['Lead unit: ——', 'Lead unit: 县教委'],
  },
  'units/group-leads': {
    zh: '“各乡镇（街道）”等是泛指。只写泛指时，看不出由哪个单位牵头、由谁汇总数据。名录列明成员的，仅作提示。',
    en: 'A group alone leaves open who draws the threads together. Where its members are listed this is a hint.',
    example: ['各乡镇（街道）', '县农业农村委，各乡镇（街道）'],
  },
  'units/reviewer-leads': {
    zh: '负责审核的单位不宜审核本单位牵头的任务，其报送情况由督查机构审核为宜。',
    en: 'Nobody approves its own work; the supervision office does.',
    example: ['本单位牵头，本单位审核', '本单位牵头，督查机构审核'],
    described: ['Leads and approves', 'Leads; the supervision office approves'],
  },
  'units/named-two-ways': {
    zh: '同一行中，正文与单位栏对同一单位的写法不同，容易被看作两个单位。',
    en: 'Two names for one unit in one row read like two units.',
    example: ['由县发改委负责（单位栏：县发展改革委）', '由县发展改革委负责'],
  },
  'units/lead-is-supporting': {
    zh: '同一任务中，一个单位要么牵头（责任），要么配合，职责应当明确。',
    en: 'In one task a unit either leads or supports.',
    example: ['牵头：县教委；配合：县教委、县财政局', '牵头：县教委；配合：县财政局'],
  },
} satisfies Record<string, Why>
