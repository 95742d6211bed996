/**
 * Whether two quantities count the same thing. One line: two texts with one number each (or the number of
 * the second that has its unit), and the answer, which holds both ways.
 */
import { describe, expect, it } from 'vitest'
import { findCounted, sameMetric, sameThing } from '../../domain/quantity/same-metric.ts'
import { extractQuantities, type Quantity } from '../../domain/quantity.ts'

const only = (text: string): Quantity => {
  const [quantity, more] = extractQuantities(text)
  if (!quantity || more) throw new Error(`not one quantity: ${text}`)
  return quantity
}

const same: [string, string][] = [
  ['城镇新增就业10000人以上', '新增就业2500人'],
  ['城镇新增就业10000人以上', '12月底完成城镇新增就业2500人'],
  ['新增学位2000个', '学位1250个'],
  ['发放创业担保贷款1亿元以上', '发放创业担保贷款1000万'],
  ['统筹开发公益性岗位2000个以上', '公益性岗位新增500个'],
  ['新增体育场地10万平方米', '完成体育场地建设10万平方米'],
  ['新增标准住院床位400张以上', '新增住院床位400张'],
  ['居民可支配收入增速11.2%', '居民可支配收入增长速度11.2%'],
  ['新建停车位100个', '新增停车泊位40个'],
  ['建设公共厕所12座', '建成公厕3座'],
  ['筹集保障性租赁住房200套', '筹集保租房50套'],
  ['建设养老服务中心6个', '建成养老服务中心2家'],
  ['高标准农田建设2万亩', '建成高标准农田8000亩'],
  ['创建“渝馨家园”8家', '完成渝馨家园3家'],
  ['药品网采率（不含中药饮片）达95%', '药品网采率90%'],
  ['完成特殊困难老年人家庭适老化改造300户', '特殊困难老人家庭适老化改造80户'],
  ['全县普惠性幼儿园覆盖率达90%', '普惠性幼儿园覆盖率88%'],
  ['全年接待群众30万人次', '接待群众6万人次'],
  ['新建农村公路120公里', '新建农村公路8000米'],
  ['免费开展“两癌”检查4000人', '完成“两癌”检查1500人'],
  ['引进教师60名', '引进教师20人'],
  ['抽检食品2200批次', '食品抽检500批次'],
]
const near: [string, string][] = [
  ['改造农村户厕1500户', '改造户厕300户'],
  ['创建市级示范性老年友好型社区2个', '创建老年友好型社区1个'],
  ['安装农村太阳能路灯3000盏', '安装太阳能路灯1000盏'],
  ['困难群众家庭医生签约率达100%', '家庭医生签约率70%'],
  ['新建九年一贯制学校1所', '新建学校1所'],
  ['完成养老服务机构公建民营改革5个', '完成养老服务机构2个'],
  ['完成食品安全监督抽检1200批次', '食品抽检300批次'],
  ['培训肉牛养殖技术人员100人次', '培训养殖技术人员40人次'],
  ['城区公共供水管网漏损率控制在9%以内', '漏损率控制在9.5%以内'],
  ['更新改造城市燃气管道28公里', '改造燃气管道7公里'],
  ['筹集保障性租赁住房200套', '完成30套'],
  ['城镇新增就业10000人以上', '完成2500人'],
  ['老旧小区改造12个', '完成3个'],
  ['新建社区养老服务站15个', '新建养老服务站4个'],
  ['开展职业技能培训5000人次', '培训1200人次'],
  ['新发展优质柑橘1万亩', '新发展柑橘2000亩'],
  ['推出“一件事一次办”套餐16个', '推出套餐4个'],
  ['培育农业产业化龙头企业10家', '培育龙头企业3家'],
  ['建设户外劳动者爱心驿站16个', '建设爱心驿站5个'],
  ['新增公办幼儿园学位900个', '新增学位300个'],
  ['整治C级、D级危房150户', '完成整治60户'],
  ['高标准农田建设3.2万亩', '高农完成1万亩'],
  ['残疾人就业120人', '残就40人'],
  ['新建乡镇消防救援站4个', '消防站建成1个'],
  ['新建学校20个', '建成2所'],
]
const other: [string, string][] = [
  ['创建市级重点专科2个', '创建县级重点专科3个'],
  ['新增初中学位500个', '新增小学学位500个'],
  ['新建停车场3个', '改建停车场3个'],
  ['新建公厕6座', '改建公厕10座'],
  ['改造农村户厕300户', '改造农村危房300户'],
  ['高校毕业生就业率达90%', '城镇调查失业率5.5%'],
  ['城乡居民养老保险参保率达95%', '城乡居民医疗保险参保率达95%'],
  ['改造老旧小区7个', '新增学位7个'],
  ['食品抽检200批次', '药品抽检200批次'],
  ['新建农村公路30公里', '新建供水管网30公里'],
  ['培训村医80人', '培训教师80人'],
  ['卡介苗接种率99%', '乙肝疫苗接种率99%'],
  ['完成老旧小区改造50户', '完成老旧小区改造50栋'],
  ['普惠性幼儿园覆盖率90%', '公办幼儿园占比50%'],
  ['公办幼儿园在园幼儿占比50%', '民办幼儿园在园幼儿占比50%'],
  ['每千人口托位数达4.2个', '新增托位100个'],
  ['男性学员30人', '女性学员30人'],
  ['新增城镇停车泊位300个', '新增农村停车泊位300个'],
  ['完成工程量的30%', '完成投资4000万元'],
  ['城市污水处理率95%', '城市垃圾处理率95%'],
  ['国道养护30公里', '县道养护30公里'],
  ['新增公共充电桩100个', '新增路灯100个'],
  ['学前三年毛入园率92%', '九年义务教育巩固率92%'],
  ['新建省级卫生村3个', '新建市级卫生村3个'],
  ['开工老旧小区改造12个', '新增养老床位12张'],
  ['新增学位2000个', '建成2所'],
  ['新增中小学校学位2000个', '建成学校2所'],
]

describe('sameMetric', () => {
  it.each([
    ...same.map((pair) => [...pair, 'same'] as const),
    ...near.map((pair) => [...pair, 'near'] as const),
    ...other.map((pair) => [...pair, 'other'] as const),
  ])('%s and %s: %s', (one, another, expected) => {
    const [a, b] = [only(one), only(another)]
    expect([sameMetric(a, b), sameMetric(b, a)]).toEqual([expected, expected])
  })
})

describe('sameThing', () => {
  it('does not look at units', () => {
    expect(sameThing('老旧小区', '老旧小区改造')).toBe('same')
  })

  it('finds nothing in common where nothing is said', () => {
    expect(sameThing('', '学位')).toBe('other')
  })
})

describe('findCounted', () => {
  it('gives a number without words to the only target of its unit', () => {
    const targets = extractQuantities('筹集保障性租赁住房200套，新增停车位100个。')
    expect(findCounted(only('完成30套。'), targets)?.target.metric).toBe('保障性租赁住房')
  })

  it('gives it to none where two have that unit', () => {
    const targets = extractQuantities('筹集保障性租赁住房200套，改造公租房300套。')
    expect(findCounted(only('完成30套。'), targets)).toBeUndefined()
  })

  it('prefers the certain one', () => {
    const targets = extractQuantities('新增公办幼儿园学位900个，新增学位2000个。')
    expect(findCounted(only('新增学位300个。'), targets)?.target.text).toBe('2000个')
  })
})
