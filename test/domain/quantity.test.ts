/**
 * What figures say beside their value: their role in a milestone, what they only describe, and to which
 * named thing they belong. One line: the text, and one word for each figure in order of reading (- for none).
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extractQuantities, type Quantity } from '../../domain/quantity.ts'

const wordsOf = (text: string, word: (quantity: Quantity) => string | undefined) =>
  extractQuantities(text)
    .map((quantity) => word(quantity) ?? '-')
    .join(' ')

describe('the role of a figure', () => {
  it.each([
    ['城镇新增就业2500人。', 'increment'],
    ['12月底完成城镇新增就业2500人。', 'increment'],
    ['对食品抽检20批次。', 'increment'],
    ['新建公厕2座、改建公厕4座。', 'increment increment'],
    ['发放创业担保贷款1000万。', 'increment'],
    ['完成30套。', 'increment'],
    ['清运处置农村生活垃圾1.1万吨。', 'increment'],
    ['空气质量优良天数不少于80天。', 'increment'],
    ['改造老旧小区3个，共420户。', 'increment increment'],
    ['累计对食品抽检60批次。', 'cumulative'],
    ['新增泊位900个，其中公共500个。', 'increment increment'],
    ['食品抽检累计完成200批次。', 'cumulative'],
    ['12月底累计完成农村危房改造900户。', 'cumulative'],
    ['总共培训农民800人。', 'cumulative'],
    ['已完成户厕改造500户。', 'cumulative'],
    ['住院床位达到400张。', 'cumulative'],
    ['互认项目达到40项。', 'cumulative'],
    ['截至6月底，城镇新增就业6200人。', 'cumulative'],
    ['1—6月发放创业担保贷款3200万元。', 'cumulative'],
    ['上半年，新增市场主体2200户。', 'cumulative'],
    ['今年以来，培训农民工1200人次。', 'cumulative'],
    ['累计完成投资3000万元。', 'cumulative'],
    ['累计建成服务点40个，服务群众3000人次。', 'cumulative cumulative'],
    ['完成工程量的30%。', 'share'],
    ['气象公园完成工程量的60%。', 'share'],
    ['形象进度达到80%。', 'share'],
    ['完成年度任务的50%。', 'share'],
    ['完成主体工程的60%。', 'share'],
    ['主体工程完成60%。', 'share'],
    ['完成总工程量的七成。', 'share'],
    ['施工进度达90%。', 'share'],
    ['困难群众家庭医生签约率达到70%。', 'rate'],
    ['居民可支配收入增速11.2%。', 'rate'],
    ['养老机构护理型床位占比达75%。', 'rate'],
    ['城镇调查失业率控制在5.5%以内。', 'rate'],
    ['单位GDP能耗下降3%。', 'rate'],
    ['首针接种率达60%，接种1000人。', 'rate increment'],
    ['每千人口托位数达到4.2个。', 'rate'],
    ['人均体育场地面积达2.28平方米。', 'rate'],
    ['任务完成率达到100%。', 'share'],
    ['全年免费开放率达100%。', 'rate'],
    ['农村低保标准提高到每人每月550元。', 'rate'],
    ['细颗粒物平均浓度控制在32微克/立方米以内。', 'rate'],
    ['全年新增学位2000个。', 'restated'],
    ['全年预计新增学位2000个。', 'restated'],
    ['开展法治宣传20场，全年完成120场。', 'increment restated'],
    ['年度新增残疾人就业18人及以上。', 'restated'],
    ['新增学位达到500个。', '-'],
    ['办理时限压缩至3个工作日。', '-'],
    ['对现有120个摊位进行优化。', '-'],
  ])('%s: %s', (text, roles) => {
    expect(wordsOf(text, ({ role }) => role)).toBe(roles)
  })
})

describe('what a figure only describes', () => {
  it.each([
    ['公办园由574所提至609所。', 'baseline -'],
    ['森林覆盖率从52.1%提高到53%。', 'baseline -'],
    ['床位由300张增加至450张。', 'baseline -'],
    ['对现有120个摊位进行优化。', 'baseline'],
    ['在原有35个站点基础上，新增12个。', 'baseline -'],
    ['绿化覆盖率由41.2%提高到42%。', 'baseline -'],
    ['城镇新增就业10000人，其中高校毕业生1500人。', '- part'],
    ['完成营造林3.5万亩，其中人工造林1.2万亩、封山育林2.3万亩。', '- part part'],
    ['新建学校5所（小学3所、初中2所），新增学位900个。', '- part part -'],
    ['建设充电桩300个（其中公共充电桩200个）。', '- part'],
    ['培训农民300人，其中女性不少于90人。', '- part'],
    ['新增学位2000个，其中小学1200个，初中800个，新建幼儿园3所。', '- part part -'],
    ['新建消防通道1条，总长270米，设计路宽6米。', '- size size'],
    ['建设儿童公园一座，占地面积约2.35万平方米。', '- size'],
    ['新建综合楼一栋，建筑面积1500平方米。', '- size'],
    ['新建水厂1座，占地15亩。', '- size'],
    ['新建文体广场14处，总面积2.1万平方米。', '- size'],
    ['硬化道路，路面宽4.5米。', 'size'],
    ['建设全长12.6公里的绿道1条。', 'size -'],
    ['总长25公里的绕城路完工。', 'size'],
    ['建设总长25公里的绕城路。', '-'],
    ['其中城区5个、乡镇3个，安装电梯20台。', 'part part -'],
    ['新建消防通道5条，总长1270米。', '- -'],
    ['新增体育场地10万平方米。', '-'],
    ['改造老旧小区7个，1608户，93栋，27.4万平方米。', '- - - -'],
    ['新建农村公路150公里。', '-'],
    ['新增建设用地控制在500亩以内。', '-'],
    ['引进10亿元以上企业5家。', 'eligibility -'],
    ['年营业收入2000万元以上的企业新增12家。', 'eligibility -'],
    ['拆并10人以下的小学3所。', 'eligibility -'],
    ['检查500平方米以上超市20家。', 'eligibility -'],
    ['投资5000万元以上项目开工8个。', 'eligibility -'],
    ['招引项目6个，其中10亿元以上1个。', '- eligibility part'],
    ['发放创业担保贷款1亿元以上。', '-'],
    ['开发公益性岗位2000个以上。', '-'],
    ['培训农民工1000人以上。', '-'],
    ['每个行政村每周不少于2次。', 'frequency'],
    ['每季度开展安全检查1次。', 'frequency'],
    ['县级每月巡河1次，乡级不少于2次。', 'frequency frequency'],
    ['每月开展义诊3场，全年服务5000人。', 'frequency -'],
    ['每年组织体检1次。', 'frequency'],
    ['开展安全检查12次。', '-'],
    ['改造老旧小区18个，惠及居民2600户。', '- effect'],
    ['完成建设后，受益人口20000余人，提供就业岗位500余个。', 'effect effect'],
    ['建成后新增停车位300个。', 'effect'],
    ['建成供水工程6处，受益群众1.2万人。', '- effect'],
    ['发放消费券500万元，带动消费2亿元。', '- effect'],
    ['对符合条件的家庭给予每人5000元补助。', 'amount'],
    ['给予5000至20000元的社会救助。', 'amount'],
    ['每户补助2万元。', 'amount'],
    ['每亩补贴200元，补贴面积3万亩。', 'amount -'],
    ['发放一次性求职补贴3000元。', 'amount'],
    ['发放一次性求职创业补贴210万元。', '-'],
    ['给予一次性奖励50万元。', 'amount'],
    ['城乡低保标准提高到每人每月717元。', '-'],
    ['发放补贴180万元。', '-'],
    ['人均体育场地面积达2.28平方米。', '-'],
  ])('%s: %s', (text, descriptions) => {
    expect(wordsOf(text, (quantity) => quantity.describes)).toBe(descriptions)
  })
})

describe('the named thing a figure belongs to', () => {
  it.each([
    ['永安中学新增学位500个。', '永安中学'],
    ['气象公园完成工程量的60%。', '气象公园'],
    ['羊市镇卫生院完成投资300万元，草堂镇卫生院完成投资200万元。', '羊市镇卫生院 草堂镇卫生院'],
    ['在城东社区改造老旧小区2个。', '城东社区'],
    ['兴隆镇完成户厕改造30户，柳河镇完成户厕改造20户。', '兴隆镇 柳河镇'],
    ['三江初中迁建工程建成，增加学位1250个。', '三江初中'],
    ['断头路完成工程量的40%。', '断头路'],
    ['263场送戏下乡已送230场。', '- -'],
    ['东关、西关分别安装路灯30、20盏。', '东关 西关'],
    ['城镇新增就业2500人。', '-'],
    ['老旧小区改造完成12个。', '-'],
    ['各乡镇完成户厕改造300户。', '-'],
    ['从西南大学引进柑橘新品种2个。', '-'],
    ['奉节中学、永安中学等7所学校新增学位2000个。', '- -'],
    ['创建绿色社区4个。', '-'],
    ['农村公路完成投资300万元。', '-'],
    ['改扩建明通镇中心幼儿园，全县毛入园率达到92%。', '-'],
  ])('%s: %s', (text, objects) => {
    expect(wordsOf(text, ({ object }) => object)).toBe(objects)
  })
})

describe('the verb that governs what is counted', () => {
  it.each([
    ['新建停车场3个、改建2个。', '新建 改建'],
    ['新建改建口袋公园12个。', '新建改建'],
    ['城镇新增就业2500人。', '-'],
    ['完成培训300人。', '完成'],
  ])('%s: %s', (text, actions) => {
    expect(wordsOf(text, ({ action }) => action)).toBe(actions)
  })
})

const clause = fc.constantFrom(
  '城镇新增就业2500人',
  '其中高校毕业生500人',
  '完成工程量的30%',
  '（含小学3所）',
  '发放贷款1.2亿元以上',
  '“渝馨家园”8家',
  '由574所提至609所',
  '分别完成300、500户',
  '每周不少于2次',
  '、',
  '（',
  '”',
  '\n',
  '和',
  '推进建设',
)
const prose = fc.array(clause, { maxLength: 8 }).map((parts) => parts.join('，'))
const figures = (quantities: readonly Quantity[]) =>
  quantities.map(({ text, value, unit, comparator }) => ({ text, value, unit, comparator }))

describe('extractQuantities', () => {
  it('finds in two sentences what it finds in each', () => {
    fc.assert(
      fc.property(prose, prose, (one, other) => {
        const both = extractQuantities(`${one}。${other}`)
        expect(figures(both)).toEqual([...figures(extractQuantities(`${one}。`)), ...figures(extractQuantities(other))])
      }),
    )
  })

  it('says the same of a sentence whatever sentences stand before it', () => {
    const said = (text: string) =>
      extractQuantities(text).map(({ metric, role, describes }) => ({ metric, role, describes }))
    const last = '发放创业担保贷款1000万，惠及300人。'
    fc.assert(
      fc.property(prose, (text) => {
        expect(said(`${text}。${last}`).slice(-2)).toEqual(said(last))
      }),
    )
  })

  it('gives offsets that lead back to the text', () => {
    fc.assert(
      fc.property(fc.oneof(prose, fc.string({ unit: 'grapheme' })), (text) => {
        for (const { start, end, text: found } of extractQuantities(text)) expect(text.slice(start, end)).toBe(found)
      }),
    )
  })

  it.each(['（', '“', '、', '，', '。', '5个、', '5个，', '（5个', '新建', '每周', '和', '完成300户和', '由', ' '])(
    'reads 30,000 characters of %s in no time',
    (part) => {
      const text = part.repeat(Math.ceil(30_000 / part.length))
      const begin = performance.now()
      extractQuantities(text)
      expect(performance.now() - begin).toBeLessThan(2_000)
    },
  )
})
