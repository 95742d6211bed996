/**
 * Which counters go with which things: 所 counts schools, never seats, although 个 counts both. Figures in
 * counters of different things are never added.
 */

/** Counters of one line are used for the same things. */
const COUNTERS = [
  words('个 家 所 座 处 间 项 宗 件 条 支 套 台 部 盏 块 片 栋 幢 辆'),
  words('人 名 位 个'),
  words('次 场 场次 期 回 轮'),
  words('人次 例次 例'),
  words('批次 批 次 组'),
  words('户 家'),
  words('台 部 辆 套 架'),
  words('栋 幢 座'),
  words('剂 剂次 针 针次'),
  words('张 个'),
  words('个次 个'),
]
/** Two counters of things, neither of them 个, speak of the same thing only in these. */
const GENERAL = '个'

/** What these count, by the words at the end of its name; other counters go with anything. */
const COUNTED_BY: Readonly<Record<string, RegExp>> = {
  所: /[校园院馆所室站学堂]$|中心|机构|卫生|教学点|幼儿|初中|高中/u,
  座: /[桥站库厂园馆塔厕场棚坝楼井泵窑房院亭]$|中心|厕所|水利|工程|设施/u,
  家: /[厂店社场园院馆吧所站企部]$|企业|公司|机构|中心|单位|平台|基地|主体|商户|超市|市场|农家|家庭|民宿|酒店|组织|医疗|银行|之家|家园|驿站|食堂/u,
  条: /[路线道街渠河沟链管巷溪带网]$|通道|线路|管网|街巷|航线|举措|措施/u,
  套: /[房具器套]$|住房|设备|系统|设施|住宅|公寓|器材|装置|教材|方案/u,
  台: /[机车器梯桩泵炉]$|设备|电梯|终端|器材|机具|农机|充电/u,
  辆: /车/u,
  栋: /[楼房栋]$|建筑|住宅|厂房|公寓|大棚/u,
  幢: /[楼房栋]$|建筑|住宅|厂房|公寓/u,
  间: /[室房间厕铺店舍]$|教室|宿舍|门面|厕所|病房/u,
  盏: /灯/u,
}

/** Counters that a unit as written is: 套, 间 and 套间 of 套（间）. */
export function countersOf(unit: string): string[] {
  const [, first = unit, second] = /^(.+)[（(](.+)[）)]$/u.exec(unit) ?? []
  return second === undefined ? [unit] : [first, second, first + second]
}

export type UnitSameness = 'same' | 'near' | 'other'

/** Whether two counters may count the same things. Symmetric. */
export function sameCounter(one: string, other: string): UnitSameness {
  const together = COUNTERS.filter((line) => line.has(one) && line.has(other))
  if (together.length === 0) return 'other'
  return one === GENERAL || other === GENERAL || together.some((line) => line !== COUNTERS[0]) ? 'same' : 'near'
}

/** Places for people and things are counted in 个 or 张 and in nothing that counts what holds them. */
const SEATS = /[学床岗车泊托摊工席座厕铺展]位$|岗$/u

/**
 * Whether a thing called `metric`, which its text counts otherwise, may also be counted in `counter`: 建成2所 is
 * perhaps about 学校20个, never about 学位2000个. `named`: the figure says by itself what it counts.
 */
export function mayCount(counter: string, metric: string, named: boolean): boolean {
  const kinds = COUNTED_BY[counter]
  if (kinds === undefined) return true
  return !SEATS.test(metric) && (named || kinds.test(metric))
}

function words(line: string): ReadonlySet<string> {
  return new Set(line.split(' '))
}
