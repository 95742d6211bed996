/**
 * Rules of wording, each by literal cases: what is a slip and what only looks like one. The right cases are
 * as important as the wrong ones.
 */
import { describe, expect, it } from 'vitest'
import { SLIPS } from '../../domain/wording/slips.ts'
import { codesFor, fixed, issuesOf, spoilt } from './checks-support.ts'

const severityOf = (code: string, text: string) =>
  issuesOf(code, spoilt({ 'milestone.P2': text })).find(({ column }) => column === 'milestone.P2')?.severity

/** Wrong texts of one rule with what they become, and right ones over which no rule stirs. */
function cases(code: string, wrong: readonly (readonly [text: string, mended?: string])[], clean: readonly string[]) {
  it.each(wrong.map(([text, mended]) => ({ text, mended })))('$text is found', ({ text, mended }) => {
    expect(codesFor(text)).toEqual([code])
    expect(severityOf(code, text)).toBe('hint')
    expect(fixed(code, text)).toBe(mended)
  })
  it.each(clean)('%s is right', (text) => {
    expect(codesFor(text)).toEqual([])
  })
}

describe('doubled characters and words', () => {
  cases(
    'text/doubled',
    [
      ['完成所有前期期工作。', '完成所有前期工作。'],
      ['扎实开展工工作，推进落地。', '扎实开展工作，推进落地。'],
      ['提高公共服务的的质量。', '提高公共服务的质量。'],
      ['完成了了方案编制。', '完成了方案编制。'],
      ['与与社区共建。', '与社区共建。'],
      ['项目建设设。', '项目建设。'],
      ['实实施改造工程。', '实施改造工程。'],
      ['启动项项目建设。', '启动项目建设。'],
      ['完成管网改改造。', '完成管网改造。'],
      ['进行进行整改。', '进行整改。'],
      ['在全县范围内内推广。', '在全县范围内推广。'],
      ['进一步步完善制度。', '进一步完善制度。'],
      ['管网漏损率降到9%以下下。', '管网漏损率降到9%以下。'],
      ['组织各乡镇乡镇开展自查。', '组织各乡镇开展自查。'],
      ['改造老旧小区区道路。', '改造老旧小区道路。'],
      ['全面全面推进。', '全面推进。'],
      ['完成基本公共服务服务。', '完成基本公共服务。'],
      ['改造农贸市场农贸市场。', '改造农贸市场。'],
      ['已已完成摸底。', '已完成摸底。'],
      ['完成项目的的建设。', '完成项目的建设。'],
      ['加快快推进。', '加快推进。'],
      ['切实为为群众办事。', '切实为群众办事。'],
    ],
    [
      '做到天天有调度、人人有责任、件件有着落。',
      '家家户户干干净净，老人高高兴兴。',
      '召开安全生产委员会会议。',
      '为中小学学位紧缺片区增加供给。',
      '请医院院长、学校校长到场。',
      '全县县级以上机关带头。',
      '全市市场监管系统联动。',
      '保障农民工工资支付。',
      '完善停车场场地平面图。',
      '对接税务局，落实增值税税率。',
      '加强农村村民自治，听取居民民意。',
      '推进道路路面、物业业主、产品品牌三项工作。',
      '项目目标明确，资金金额无误，财政政策到位。',
      '的的确确办好实事，达到预期目的的项目。',
      '为了了解需求，开展调查。',
      '参与与否由业主决定。',
      '合并并网手续。',
      '和和美美过新年，涵养和和气气的邻里。',
      '开展对对口帮扶村的走访。',
      '一步一步推进，一户一户核查。',
      '召开项目推进推进会。',
      '推进进社区宣传活动。',
      '完成茜茜河整治。',
      '2名名师、3家家政企业、5所所属学校。',
      '组织党组织组织生活会。',
      '加快快递网点建设，加快快充站建设。',
      '作为为民实事，改造为为老服务点。',
      '采购标的的验收。',
    ],
  )

  it('in the text of a task are found too', () => {
    expect(codesFor('提高公共服务的的质量。', 'task')).toContain('text/doubled')
  })

  it('are each removed by a fix of their own', () => {
    const issues = issuesOf('text/doubled', spoilt({ 'milestone.P2': '前期期工作的的进度。' }))
    expect(issues.map(({ fix }) => fix?.[0]?.to)).toEqual(['前期工作的的进度。', '前期期工作的进度。'])
  })
})

describe('common slips', () => {
  cases(
    'text/slip',
    [
      ['布署年度工作。', '部署年度工作。'],
      ['完成电梯按装。', '完成电梯安装。'],
      ['建立台帐，逐项销号。', '建立台账，逐项销号。'],
      ['截止目前，已完成80%。', '截至目前，已完成80%。'],
      ['截止2024年6月底，累计改造300户。', '截至2024年6月底，累计改造300户。'],
      ['做为重点推进。', '作为重点推进。'],
      ['手续以经办结。', '手续已经办结。'],
      ['必需按照规范施工。', '必须按照规范施工。'],
      ['完善其它配套。', '完善其他配套。'],
      ['布署动员，再次布署。', '部署动员，再次部署。'],
      ['全面复盖农村地区。', '全面覆盖农村地区。'],
      ['建全长效机制。', '健全长效机制。'],
      ['落实建后管户。', '落实建后管护。'],
      ['管户工作到位。', '管护工作到位。'],
      ['健全长效管户机制。', '健全长效管护机制。'],
      ['作出决择。', '作出抉择。'],
      ['落实县委决择部署。', '落实县委决策部署。'],
      ['实施城市提生工程。', '实施城市提升工程。'],
      ['做好各项工做。', '做好各项工作。'],
    ],
    [
      '公布署名文件。',
      '按装机容量补助，按装备清单验收。',
      '坚持以经济建设为中心，以经办人为准。',
      '报名截止12月10日，截止日期为3月15日，截止时间不变。',
      '做为民服务的实事，做用心用情的服务。',
      '备足生活必需品，必需物资到位。',
      '搭建帐篷，发放蚊帐。',
      '在次年完成，在次要道路施工。',
      '恢复盖章，超过份额，补充份额。',
      '构建全国统一目录，新建康养中心。',
      '共渡难关，渡过难关。',
      '快速反应，反应迅速。',
      '天然气管道改造。',
      '加强网络实名管理。',
      '种植党参于林下。',
      '贴近群众，面积级差合理。',
      '托管户数增加，客户经理包管户到位。',
      '坚决择优选聘，解决择校问题。',
      '员工做好防护，施工做法符合要求。',
      '在此前提生产安全。',
      '消防犯罪案例宣传。',
    ],
  )

  it('are at least 150, none its own correction, none hidden behind another', () => {
    expect(SLIPS.length).toBeGreaterThan(300)
    expect(SLIPS.filter(({ wrong, right }) => wrong === '' || right === '' || right.includes(wrong))).toEqual([])
    expect(new Set(SLIPS.map(({ wrong }) => wrong)).size).toBe(SLIPS.length)
  })
})

describe('characters that only sound or look right', () => {
  cases(
    'text/near-miss',
    [
      // Without a fix at one click:职则 might be another word.
      ['认真履行职则。'],
      ['将资金拔付至各单位。', '将资金拨付至各单位。'],
      ['加强食品安全监官。', '加强食品安全监管。'],
      ['防止破坏生态环镜。', '防止破坏生态环境。'],
      ['完善应急予案。', '完善应急预案。'],
    ],
    [
      '举办“书香·悦读人生”活动。',
      '提高人才队伍质量。',
      '排查社区娱乐场所。',
      '儿童志愿服务队入户。',
      '电梯供应商进场。',
      '举办“智慧职则”讲堂。',
      '完成任河路、四方镇道路改造。',
      '完成项目可研批复。',
      '应改尽改、愿改尽改。',
    ],
  )
})

describe('the same said twice', () => {
  cases(
    'text/repeated',
    [
      ['完成管网改造工程施工，完成管网改造工程施工。'],
      ['重点落实培训服务合同签订，减轻负担。完成督导。落实培训服务合同签订。'],
      ['支持群众合理购房需求，开展价格检查，支持群众合理购房需求。'],
    ],
    [
      '甲校完成主体施工，开展装修；乙校完成主体施工，开展装修。',
      '一是全面完成，二是全面验收。',
      '新建甲桥，完成工程量的30%；新建乙桥，完成工程量的30%。',
      '东区完成竣工验收并投入使用，西区完成竣工验收并投入使用。',
      '东区道路，完成竣工验收并投入使用；西区道路，完成竣工验收并投入使用。',
    ],
  )
})

describe('two verbs for one work', () => {
  cases(
    'text/doubled-verb',
    [['开展西苑幼儿园进行装修设计工作。'], ['6月底开展辖区企业进行安全检查。'], ['开展对养老机构进行消防检查。']],
    [
      '对4个示范点活动开展情况进行验收。',
      '开展排查，进行整改。',
      '开展摸底调查并进行分析。',
      '开展培训后进行考核。',
      '开展安全检查，对隐患进行整改。',
      '将开展的活动进行归档。',
    ],
  )
})

describe('width', () => {
  cases(
    'text/full-width',
    [
      ['２０２３年新增５Ｇ基站。', '2023年新增5G基站。'],
      ['增长８．５％。', '增长8.5％。'],
    ],
    ['二０二三年完成。', '达标率90％。', '全长3.6公里，Ⅲ类水质。', '推进“3＋N”模式。'],
  )

  it.each([
    ['开展"两癌"筛查。', 'punctuation/straight-quotes', '开展“两癌”筛查。'],
    ['打造“奉公办•更快捷”场景。', 'punctuation/middle-dot', '打造“奉公办·更快捷”场景。'],
    ['完成方案设计.启动施工。', 'punctuation/wrong', '完成方案设计。启动施工。'],
  ])('%s: %s', (text, code, right) => {
    expect(codesFor(text)).toEqual([code])
    expect(fixed(code, text)).toBe(right)
  })

  it.each([
    '采购24"显示器2台。',
    '采购24"显示器2台，开展"护苗"行动。',
    '使用"Office 365"平台。',
    '• 完成选址。\n• 完成招标。',
    '举办“三峡·诗橙”马拉松。',
  ])('%s is right', (text) => {
    expect(codesFor(text)).toEqual([])
  })
})

describe('marks of the wrong kind', () => {
  it.each([
    ['实施“厕所革命“，改造户厕。', '实施“厕所革命”，改造户厕。'],
    ['推进”雪亮工程“建设。', '推进“雪亮工程”建设。'],
    ['落实《《工作方案》。', '落实《工作方案》。'],
    ['落实《工作方案〉。', '落实《工作方案》。'],
    ['消除“零就业””家庭。', '消除“零就业”家庭。'],
  ])('%s is a warning and becomes %s', (text, right) => {
    expect(codesFor(text)).toEqual(['punctuation/unbalanced'])
    expect(severityOf('punctuation/unbalanced', text)).toBe('warning')
    expect(fixed('punctuation/unbalanced', text)).toBe(right)
  })

  it.each(['完善“一户一档”’资料。', '开展‘春风行动招聘。', '开展春风行动’招聘。'])('%s lacks a half', (text) => {
    expect(codesFor(text)).toEqual(['punctuation/unbalanced'])
  })

  it.each([
    '落实‘两免一补’政策。',
    '关爱‘90后’青年。',
    '改造‘98洪灾受损渠道。',
    '引进L’Oreal门店1家。',
    '落实“开展‘A计划’”要求。',
  ])('%s is right', (text) => {
    expect(codesFor(text)).toEqual([])
  })

  it.each([
    ['落实“开展“四送”活动”要求。', '落实“开展‘四送’活动”要求。'],
    ['贯彻《关于印发《方案》的通知》。', '贯彻《关于印发〈方案〉的通知》。'],
  ])('%s is a hint and becomes %s', (text, right) => {
    expect(codesFor(text)).toEqual(['punctuation/nested'])
    expect(fixed('punctuation/nested', text)).toBe(right)
  })

  it.each(['开展“春风行动”“招聘月”活动。', '完成安葬（含集镇（一期））设施。', '《甲办法》《乙细则》已印发。'])(
    '%s is right',
    (text) => {
      expect(codesFor(text)).toEqual([])
    },
  )
})

describe('the end of a text', () => {
  it.each([
    ['完成主体施工，', 'text/stray-end', '完成主体施工。'],
    ['改造东门巷、盐店巷、', 'text/stray-end', '改造东门巷、盐店巷。'],
    ['，完成验收。', 'text/stray-start', '完成验收。'],
  ])('%s: %s', (text, code, right) => {
    expect(codesFor(text)).toEqual([code])
    expect(fixed(code, text)).toBe(right)
  })

  it('several stray marks go at once, and a full stop that stands in front of them stays', () => {
    expect(fixed('text/stray-end', '完成主体施工；\n、')).toBe('完成主体施工。')
    expect(fixed('text/stray-end', '完成主体施工。\n、')).toBe('完成主体施工。')
  })

  it.each([
    ['完成选址。 。', '完成选址。'],
    ['完成选址， 。', '完成选址。'],
    ['工作内容：：排查。', '工作内容：排查。'],
    ['按期完成！！', '按期完成！'],
  ])('%s is doubled punctuation', (text, right) => {
    expect(codesFor(text)).toContain('punctuation/doubled')
    expect(fixed('punctuation/doubled', text)).toBe(right)
  })

  it('that is a doubled stop is not called stray as well', () => {
    expect(codesFor('完成选址。，')).toEqual(['punctuation/doubled'])
  })

  it.each(['他问：“完成了吗？！”', '据悉，“已完成。”。', '完成绿化……持续管护。'])('%s is right', (text) => {
    expect(codesFor(text)).toEqual([])
  })
})
