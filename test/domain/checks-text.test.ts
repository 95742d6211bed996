import { describe, expect, it } from 'vitest'
import { CELL_LIMIT } from '../../domain/checks/text-too-long.ts'
import { MAX_CELL_LENGTH } from '../../domain/protocol.ts'
import { codesFor, fixed, issuesOf, spoilt } from './checks-support.ts'

/** Texts as officials write them; a rule that stirs at one of these costs trust. */
const RIGHT = [
  '城镇新增就业2500人。发放创业担保贷款1500万。持续跟进动态消除“零就业”家庭。',
  '药品网采率（不含中药饮片）≧95%。',
  '脱贫户人均纯收入增速12%，办学规模达标率93.5%。',
  '创建县级重点专科3-5项，师生比1:18，每天8:30开门。',
  '投资1,500万元，占比66.8%，打造就业帮扶车间2.0版。',
  '“出生一件事”“义务教育阶段学生入学一件事”等16个套餐服务。',
  '组织学习《教师职业道德规范》《新时代教师职业行为十项准则》；初步核定学校编制。',
  '推进初二在校适龄女学生HPV疫苗接种，实现CT、DR全覆盖。',
  '举办“三峡之巅·诗橙奉节”半程马拉松赛。',
  '办好……等工作——重点是学前教育。',
  '1.完成选址；2.开工建设。',
  '1）完成选址；2）开工建设。',
  '（1）完成选址；（2）开工建设。',
  '一.完成选址',
  '采用Office 365 for business平台，网址http://www.example.gov.cn:8080/a,b?x=1。',
  '新增 50 个泊位',
  '每千人拥有3岁\n以下婴幼儿托位数达2.5个以上。',
  '第一阶段：选址。\n　　第二阶段：开工。',
  '建成“劳动者港湾”示范2个；完成2个农村示范安葬（放）设施（含红土乡、大树镇（一期））。',
  '按照GB/T 19001(2016)执行',
  '是否纳入？请研究！',
  '-3.2%',
  '+5',
  '−1,200.5',
  '𠮷林村便民中心完工',
  '开展“3+N”联盟采购',
  '引进ABC Co.，并投产',
]

describe('right texts', () => {
  it.each(RIGHT)('%s raises nothing', (text) => {
    expect(codesFor(text)).toEqual([])
  })

  it.each([
    '县财政局、各乡镇（街道）',
    '县财政局，县民政局',
    '县财政局\n县民政局',
    '县财政局、\n县民政局',
    '县财政局等',
    '各金融机构、相关街道',
  ])('units written %j raise nothing', (text) => {
    expect(codesFor(text, 'supportingUnits')).toEqual([])
  })
})

describe('doubled punctuation', () => {
  it.each([
    ['消除“零就业”家庭。。', '消除“零就业”家庭。'],
    ['增速12%.。', '增速12%。'],
    ['增速12%。.', '增速12%。'],
    ['教育、、卫生，，住房；；就业', '教育、卫生，住房；就业'],
    ['完成选址，。', '完成选址。'],
    ['完成选址,，开工', '完成选址，开工'],
  ])('%s is a warning and becomes %s', (text, right) => {
    expect(issuesOf('punctuation/doubled', spoilt({ 'milestone.P2': text }))[0]?.severity).toBe('warning')
    expect(fixed('punctuation/doubled', text)).toBe(right)
  })

  it('shows what it found and where', () => {
    const [issue] = issuesOf(
      'punctuation/doubled',
      spoilt({ 'milestone.P2': '完成前期工作并报送备案。。随后开工建设并投入使用' }),
    )
    expect(issue?.params).toEqual({ found: '。。', excerpt: '…作并报送备案。。随后开工建设…' })
  })

  it('is shown without tearing a character in two', () => {
    const [issue] = issuesOf('punctuation/doubled', spoilt({ 'milestone.P2': '𠮷𠮷𠮷𠮷a。。b𠮷𠮷𠮷𠮷' }))
    expect(issue?.params.excerpt).toBe('…𠮷𠮷a。。b𠮷𠮷…')
  })

  it('that may be an ellipsis has no fix', () => {
    expect(codesFor('教育、卫生。。。')).toEqual(['punctuation/doubled'])
    expect(fixed('punctuation/doubled', '教育、卫生。。。')).toBeUndefined()
  })
})

describe('half-width punctuation', () => {
  it.each([
    ['达标率80.00%,义务教育达标率93.5%', '达标率80.00%，义务教育达标率93.5%'],
    ['完成选址;开工:2个!是否?', '完成选址；开工：2个！是否？'],
    ['完成选址,', '完成选址，'],
    ['完成选址.', '完成选址。'],
    ['增速12%.', '增速12%。'],
    ['增速12%.下一步', '增速12%。下一步'],
    ['安葬(放)设施', '安葬（放）设施'],
    ['(一)完成选址', '（一）完成选址'],
    ['(1)完成选址；(2)开工', '（1）完成选址；（2）开工'],
    ['接种疫苗(HPV)', '接种疫苗（HPV）'],
    ['安葬（放)设施', '安葬（放）设施'],
    ['HPV(x）后', 'HPV（x）后'],
    ['增速12％.下一步', '增速12％。下一步'],
  ])('%s is a hint and becomes %s', (text, right) => {
    expect(codesFor(text)).toEqual(['punctuation/wrong'])
    expect(issuesOf('punctuation/wrong', spoilt({ 'milestone.P2': text }))[0]?.severity).toBe('hint')
    expect(fixed('punctuation/wrong', text)).toBe(right)
  })
})

describe('brackets and quotation marks without their other half', () => {
  it.each(['完成“渝馨家园创建。', '完成渝馨家园”创建。', '安葬（放设施', '安葬放）设施', '《准则', '（“一）”'])(
    '%s is a warning without a fix',
    (text) => {
      const issues = issuesOf('punctuation/unbalanced', spoilt({ 'milestone.P2': text }))
      expect(issues).toMatchObject([{ severity: 'warning' }])
      expect(issues[0]?.fix).toBeUndefined()
    },
  )
})

describe('stray spaces', () => {
  it.each([
    ['“一件事一 次办”', '“一件事一次办”', 'inside'],
    ['  完成选址。', '完成选址。', 'start'],
    ['完成选址。 \n', '完成选址。', 'end'],
    ['\u3000完成选址。', '完成选址。', 'start'],
    ['完成\u3000选址\u00A0，开工', '完成选址，开工', 'inside'],
    ['完\u200B成\uFEFF选址', '完成选址', 'inside'],
    ['完成选址， 开工', '完成选址，开工', 'inside'],
    ['Office\u00A0365平台 \n上线', 'Office 365平台\n上线', 'inside'],
  ])('%j is a hint and becomes %j', (text, right, place) => {
    const [issue] = issuesOf('space/stray', spoilt({ 'milestone.P2': text }))
    expect(issue).toMatchObject({ severity: 'hint', params: { place } })
    expect(issue?.fix?.[0]?.to).toBe(right)
  })

  it('are found in every column', () => {
    expect(codesFor(' 1', 'number')).toEqual(['space/stray'])
    expect(codesFor('县 财政局', 'supportingUnits')).toEqual(['space/stray'])
  })
})

describe('illegal characters', () => {
  it.each([
    ['完成\u0007选址', 'U+0007', '完成选址'],
    ['完成\u000B选址', 'U+000B', '完成\n选址'],
    ['完成\u202E选址', 'U+202E', '完成选址'],
    ['完成\u2028选址', 'U+2028', '完成\n选址'],
    ['完成\uFFFE选址', 'U+FFFE', '完成选址'],
  ])('%j is an error; what nobody can see is taken out', (text, found, right) => {
    const [issue] = issuesOf('text/illegal-character', spoilt({ 'milestone.P2': text }))
    expect(issue).toMatchObject({ severity: 'error', params: { found } })
    expect(issue?.fix?.[0]?.to).toBe(right)
  })

  it.each([
    ['完成\uFFFD选址', 'U+FFFD'],
    ['完成\uE5F1选址', 'U+E5F1'],
    ['完成\uD800选址', 'U+D800'],
    ['完成\u{F0000}选址', 'U+F0000'],
  ])('%j stands for a lost character: an error without a fix', (text, found) => {
    const [issue] = issuesOf('text/illegal-character', spoilt({ 'milestone.P2': text }))
    expect(issue).toMatchObject({ severity: 'error', params: { found } })
    expect(issue?.fix).toBeUndefined()
  })

  it('line breaks and tabs are legal', () => {
    expect(codesFor('完成选址；\r\n开工\t建设')).not.toContain('text/illegal-character')
  })
})

describe('text like a formula', () => {
  it.each(['=1+1', '+完成', '-完成选址', '@SUM(A1)', '＝1+1', '＋1a', '－完成', '＠a', ' =A1', '\n=A1', '-1-1', '=——'])(
    '%j is an error',
    (text) => {
      expect(issuesOf('text/formula-like', spoilt({ 'milestone.P2': text }))).toMatchObject([{ severity: 'error' }])
    },
  )

  it.each(['-3.2%', '＋5', '-1,200', '-', '－', '——', '--', '12', '完成=达标', '—完成'])('%j is not', (text) => {
    expect(codesFor(text)).not.toContain('text/formula-like')
  })

  it('is mended only where a tab stands before plain words', () => {
    expect(fixed('text/formula-like', '\t完成选址。')).toBe('完成选址。')
    expect(fixed('text/formula-like', '\t=A1')).toBeUndefined()
  })

  it('is looked for in every column', () => {
    for (const column of ['number', 'task', 'leadUnits', 'supportingUnits']) {
      expect(codesFor('=A1', column)).toContain('text/formula-like')
    }
  })
})

describe('text too long for a cell', () => {
  it('is an error above the limit that the wire has too', () => {
    expect(CELL_LIMIT).toBe(MAX_CELL_LENGTH)
    expect(codesFor('字'.repeat(CELL_LIMIT))).toEqual([])
    const [issue] = issuesOf('text/too-long', spoilt({ 'milestone.P2': '字'.repeat(CELL_LIMIT + 1) }))
    expect(issue).toMatchObject({ severity: 'error', params: { length: CELL_LIMIT + 1, limit: CELL_LIMIT } })
  })
})
