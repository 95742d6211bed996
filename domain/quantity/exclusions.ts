/**
 * Numbers that count nothing: dates, ordinals, grades, ages, codes, formulas, set phrases, names. Tables of
 * rules, so that a new one is a line and not a change of code.
 */
import { FIGURE_UNITS } from './unit-words.ts'

/** A number with what stands around it; positions in the plain text. */
export type Candidate = {
  start: number
  /** End of the digits, before power and unit. */
  digitsEnd: number
  end: number
  style: 'figures' | 'chinese'
  value: number
  /** Unit word without its power; '' where none stands there. */
  unit: string
}

type Rule = {
  style?: Candidate['style']
  value?: (value: number) => boolean
  /** The digits themselves: tells 二 from 两. */
  digits?: RegExp
  unit?: RegExp
  before?: RegExp
  /** What follows the digits. */
  behindDigits?: RegExp
  /** What follows the unit. */
  after?: RegExp
}

const AROUND = 16
const isYear = (value: number) => Number.isInteger(value) && value >= 1900 && value < 2100
const one = (value: number) => value === 1
const few = (value: number) => value < 11
/** 三棵树街道, 五眼桥村: a thing of nature or a building with the kind of place behind it. */
const PLACE_OF_THINGS = /^[树松柳槐房佛山石塘井泉桥店窑沟岭墩洼](?=镇|乡(?!村)|村(?!级|民)|街道|社区)/

/**
 * Words directly behind the digits that make a date, a grade, an age, a name of them. Such a word also takes
 * the numbers of a list or range before it: 1-6月, 三、四年级.
 */
const BARRING =
  /^(?:月|号|周岁|岁|周年|[级型价版届章强后楼时星维码]|季度|世纪|年代|年级|年度|学年度|刻钟|千伏(?!安)|[kK][vV](?![aA])|伏|兆(?!瓦)|线城市|产业|标段|[孩胎]|[东西南北]|中全会|大精神|届|生肖)/
/** Counters that begin like such a word. */
const NOT_BARRING = /^(?:楼栋|星期|时段|级差)/

/** Whether the word behind the digits tells that they are no quantity. */
export function isBarredBehind(plain: string, digitsEnd: number): boolean {
  const behind = plain.slice(digitsEnd, digitsEnd + 4)
  return BARRING.test(behind) && !NOT_BARRING.test(behind)
}

const PLAN_WORDS =
  '(?:[^，。；、\\d内完以实编推落]{0,6}(?:行动|计划|规划)|实施(?:计划|方案)|攻坚|制|倍增|滚动|专项行动|大变样|义务教育|免费教育|一贯|规划|连增|如一日|树木|有成)'

const RULES: readonly Rule[] = [
  // Ordinals and ranks: 第三批, 前10名.
  { before: /第$/ },
  { before: /(?:(?:^|[^目底日月年之此以提当生产会])前|排名|位列|位居|倒数)$/, unit: /^(?:名|位|批|%|)$/ },
  { before: /[（(]不?含$/, after: /^[）)]/ },
  // Vague: 几十个, 数百人.
  { style: 'chinese', before: /(?:几|(?:^|[^总人件户个次天份额分倍指基])数)$/ },
  // What belongs to a frequency: 每2个月, 每10万人.
  { before: /每$/ },
  // Formulas and codes: 3+N, 7×24小时, G348, K12+300, 5G.
  { before: /[+#№_@&]$/ },
  { before: /[×*]$/, unit: /^(?:小时|)$/ },
  { behindDigits: /^[+×*#_@&]/ },
  { before: /(?:^|[^A-Za-z])[A-Za-z]$/ },
  // AED50台 are counted, PM2.5 and DN200 are not.
  { before: /(?:PM|DN|De|HPV|PE|PVC|HRB|CO|SO|NO|No|IPv|Vol|TOP|Top)-?$/ },
  { before: /[A-Za-z]-?$/, unit: /^(?:|%|‰|元|米|公里|千米|年|天|日|周|分|度|倍|成|管|路|段|期|类|种|层)$/ },
  { before: /[A-Za-z]-$/ },
  { before: /[A-Za-z]\.$/ },
  { behindDigits: /^[A-Za-z]/, unit: /^$/ },
  { behindDigits: /^[·•・]\d/ },
  { before: /\d[·•・]$/ },
  { before: /\d[:：]$/, value: (value) => value < 100, unit: /^$/ },
  { behindDigits: /^[:：]\d{2}(?!\d)/, unit: /^$/ },
  // Dates: 2023年, 21年12月, 15日, 7天24小时.
  { unit: /^学?年$/, value: isYear },
  {
    unit: /^年$/,
    after: /^(?:\d{1,2}月|底|初(?![步见级中])|末|度|以来|份|一季度|二季度|三季度|四季度|上半年|下半年|全年|[春夏秋冬])/,
  },
  { unit: /^日$/, before: /月$/ },
  { unit: /^日$/, after: /^(?!内(?!容)|以内|之内|以上)/ },
  { unit: /^天$/, after: /^[×,，]?24小时/ },
  { unit: /^小时$/, value: (value) => value === 24, after: /^(?!内(?!容)|以内|之内)/ },
  { unit: /^点$/, before: /(?:午|早|晚|晨|间|点[至到~—-])$/ },
  { unit: /^点$/, after: /^(?:\d|半|整|前|后|至|到|-|~|—|钟)/ },
  { unit: /^分$/, before: /[时点]$/ },
  { unit: /^[分度]$/, after: /^[^，。；、：,;!！（()）以及左上的并且且和至到-]/ },
  // Plans and schooling named by their years: 三年行动计划, 学前三年.
  { unit: /^年$/, after: new RegExp(`^${PLAN_WORDS}`) },
  { unit: /^年$/, before: /(?:学前|小学|初中|高中|中职|普高|幼儿园)(?:教育)?$/ },
  { unit: /^(?:天|日|周|个月)$/, after: /^(?:攻坚|会战|集中攻坚|大会战|行动|游|龄)/ },
  { unit: /^个月$/, after: /^(?:龄|(?:以上|以下|以内)?(?:的)?(?:婴|幼|儿童))/ },
  // Circles named by their radius: 15分钟生活圈.
  { unit: /^(?:分钟|小时)$/, after: /^[^，。；、：,;\d]{0,10}圈/ },
  { unit: /^(?:公里|里|米)$/, after: /^[^，。；、：,;\d]{0,5}圈/ },
  { unit: /^(?:公里|里|米|百米)$/, before: /(?:最后|最先|最初|第)$/ },
  // Classes by their size: 1000吨级冷库.
  { style: 'figures', unit: /./, after: /^级(?![别差部长])/ },
  { unit: /^人$/, after: /^制/ },
  { unit: /^口$/, after: /^之家/ },
  { unit: /^米$/, after: /^见[绿园]/ },
  { unit: /^个$/, after: /^[“‘"']\p{Script=Han}[”’"']字/u },
  // Addresses: 三合村3组.
  { unit: /^[组队社]$/, before: /(?:村|社区|居委会|屯)$/ },
  // 12路公交 is a name, 视频监控2600路 are counted.
  { unit: /^路$/, value: (value) => value < 1000, before: /(?:^|[^控频头号像讯口])$/ },
  // Stages and addresses: 3期工程, 3号楼2单元.
  { unit: /^期$/, value: (value) => value <= 5, after: /^(?:工程|项目|建设|扩建|改造|改扩建|地块|厂房|[）)”])/ },
  { unit: /^(?:单元|层|幢|栋)$/, before: /(?:号楼|栋|幢|小区|单元)$/, after: /^\d|^[^，。；、,;]?室/ },
  { unit: /^(?:类|种)$/, before: /(?:水质|水体|地表水|达到?|优于)$/ },
  { unit: /^类$/, digits: /^[一二三四五]$/ },
  // One thing for each: 一户一策, 1村1品.
  { value: one, after: /^[一1]\p{Script=Han}/u },
  // Set phrases with Chinese digits.
  { style: 'chinese', value: one, before: /[新上下这那某任另同哪又再唯统其之逐单划合专万前后仅不整归]$/ },
  {
    style: 'chinese',
    value: one,
    unit: /^(?:段|点|头|眼|片|秒|类)$/,
    after: /^(?!以上|左右|，|。|；|、|$)/,
  },
  { style: 'chinese', value: one, unit: /^[块面起种层口批]$/ },
  {
    style: 'chinese',
    value: one,
    unit: /^(?:年|天|日|周)$/,
    before: /(?:^|[^为期续少于过达内足满每约])$/,
    after: /^(?!内|以内|之内|以上|左右)/,
  },
  {
    style: 'chinese',
    value: one,
    unit: /^次$/,
    after: /^(?:办|申请|告知|通过|受理|提交|录入|采集|到位|登录|认证|产业|分配|能源|装表|取号|排队)/,
  },
  { style: 'chinese', value: one, unit: /^次$/, before: /(?:跑|跑腿|只|首)$/ },
  { style: 'chinese', value: one, before: /不(?:漏掉?|落下?|少|丢下?|让)$/ },
  { style: 'chinese', value: one, unit: /^张$/, after: /^(?:网|图|蓝图|表|卡|清单|皮|白纸|嘴|身份证)/ },
  {
    style: 'chinese',
    value: one,
    unit: /^个$/,
    after: /^(?:都|也|不|个|人都|样|劲|口子|声音|标准|步调|调子|窗口[受办对进])/,
  },
  { style: 'chinese', value: one, unit: /^[户人家]$/, after: /^(?:多|不|都|也|亲|子|同|宅|住|有|之|为)/ },
  { style: 'chinese', value: one, unit: /^部$/, after: /^手机/ },
  { style: 'chinese', digits: /^两$/, unit: /^项$/, after: /^补贴/ },
  { style: 'chinese', value: one, unit: /^件$/, after: /^事(?!项|务|业|故)/ },
  { style: 'chinese', value: one, unit: /^条$/, after: /^(?:龙|心|街)/ },
  { style: 'chinese', value: one, unit: /^本$/, after: /^(?:账|通|证|手册|书)/ },
  { style: 'chinese', value: one, unit: /^门$/, after: /^(?:式|心思|通|就|受理)/ },
  { style: 'chinese', value: one, unit: /^(?:对|台|盘|位|处)$/, after: /^(?:一|多|戏|棋|难求)/ },
  {
    style: 'chinese',
    value: (value) => value === 2,
    before: /(?:^|[^十百])$/,
    unit: /^(?:次|类|批|层|轮|套|场|段|手|组)$/,
    behindDigits: /^[次类层手]/,
    after: /^(?!，|。|；|、|以上|$)/,
  },
  {
    style: 'chinese',
    unit: /^个$/,
    after:
      /^(?:[一二三四五六七八九十百]|维护|确立|意识|自信|全面|必须|确保|坚持|务必|绝不|结合起来|毫不动摇|伟大|不相信|革命|行动纲领)/,
  },
  { style: 'chinese', unit: /^[位支项所条]$/, after: /^(?:一体|一扶|规定精神|一庭|红线)/ },
  { style: 'chinese', unit: /^(?:项|件)$/, before: /中央$/, after: /^规定/ },
  {
    style: 'chinese',
    unit: /^次$/,
    after: /^(?:全体)?(?:会议|全会|党代会|代表大会)/,
    before: /(?:大|届|政协|全国|委员会)$/,
  },
  { style: 'chinese', unit: /^次$/, after: /^(?:产业|供水|供能|元|污染|加压|创业)/ },
  { style: 'chinese', unit: /^(?:年|天|日)$/, after: /^(?:半|两头|打鱼|不|之|一度)/ },
  { style: 'chinese', unit: /^(?:个|年|天|小时)$/, after: /^半/ },
  // Places: 三台县, 五家渠市, 三门峡, 三元村, 三百户镇; but 三家县级医院, 五条街道 and 三座乡村桥梁 are counted.
  { style: 'chinese', value: few, unit: /^台$/, after: /^(?:县(?!级)|河市|河区|区(?!域)|子|山(?!区|地)|镇(?!级))/ },
  {
    style: 'chinese',
    value: few,
    unit: /^家$/,
    after: /^(?:子(?!公司|企业)|渠|庄|湾|寨|畈|[店村镇沟](?=$|[，。；、镇乡村社街]))/,
  },
  { style: 'chinese', value: few, unit: /^门$/, after: /^(?:峡|县|店|口(?=[村镇社]))/ },
  { style: 'chinese', value: few, unit: /^元$/, before: /(?:^|[^费价款金票币补收缴付约过超达减于交])$/ },
  { style: 'chinese', value: few, unit: /^(?:间|棵|面|块|口|眼|座|条|层|只)$/, after: PLACE_OF_THINGS },
  {
    style: 'chinese',
    unit: /^(?:间|棵|面|块|口|眼|座|条|层|只|户|份|亩|片|对|支|堂|顶)$/,
    after: /^子?(?:镇(?![级区村属])|乡(?![镇级村道间])|村(?![级民委卫组集史医办道桥里内干]))/,
  },
  {
    style: 'chinese',
    value: few,
    unit: /^(?:面|只|棵|眼|间|台|家|门|口|块)$/,
    after: /^(?!乡镇|城镇|村镇|集镇|城乡|入乡|下乡)\p{Script=Han}(?:镇(?![级区])|乡(?![镇级村])|街道)/u,
  },
  { style: 'chinese', value: few, unit: /^口$/, after: /^子/ },
]

/** Rules that look at what stands before the number, or behind its digits, and at nothing else: each lot is one pattern. */
const ALWAYS_BEFORE = joinPatterns('before')
const ALWAYS_BEHIND = joinPatterns('behindDigits')

function joinPatterns(only: 'before' | 'behindDigits'): RegExp {
  const alone = RULES.flatMap((rule) => (isOnly(rule, only) ? [rule[only]?.source] : []))
  return new RegExp(alone.join('|'))
}

function isOnly(rule: Rule, only: keyof Rule): boolean {
  return Object.keys(rule).join() === only
}

/** The other rules by the unit that they concern: few concern any one. */
const RULES_OF_UNIT = new Map([...FIGURE_UNITS, ''].map((unit) => [unit, rulesOf(unit)]))

function rulesOf(unit: string): Rule[] {
  return RULES.filter(
    (rule) => !isOnly(rule, 'before') && !isOnly(rule, 'behindDigits') && (rule.unit?.test(unit) ?? true),
  )
}

/** Whether what stands around a number shows that it counts nothing. */
export function isNoQuantity(plain: string, { start, digitsEnd, end, style, value, unit }: Candidate): boolean {
  const before = plain.slice(Math.max(0, start - AROUND), start)
  const behindDigits = plain.slice(digitsEnd, digitsEnd + AROUND)
  if (ALWAYS_BEFORE.test(before) || ALWAYS_BEHIND.test(behindDigits)) return true
  const after = plain.slice(end, end + AROUND)
  return (RULES_OF_UNIT.get(unit) ?? rulesOf(unit)).some(
    (rule) =>
      (rule.style === undefined || rule.style === style) &&
      (rule.value === undefined || rule.value(value)) &&
      (rule.digits === undefined || rule.digits.test(plain.slice(start, digitsEnd))) &&
      (rule.before === undefined || rule.before.test(before)) &&
      (rule.behindDigits === undefined || rule.behindDigits.test(behindDigits)) &&
      (rule.after === undefined || rule.after.test(after)),
  )
}

/** Longer quotations are speech and may promise numbers; short ones are names: “3+N”, “两个维护”. */
const MAX_NAME = 14
const OPENING = /[“‘「『《〈]/g
const CLOSING = new Map([
  ['“', '”'],
  ['‘', '’'],
  ['「', '」'],
  ['『', '』'],
  ['《', '》'],
  ['〈', '〉'],
])
const MAX_TITLE = 60

/** Stretches in quotation marks that name something, and titles: no number in them counts anything. */
export function findNames(plain: string): { start: number; end: number }[] {
  if (plain.search(OPENING) < 0) return []
  const names: { start: number; end: number }[] = []
  for (const { 0: open, index } of plain.matchAll(OPENING)) {
    if (index < (names.at(-1)?.end ?? 0)) continue
    const from = index + 1
    const length = plain.slice(from, from + 1 + (open === '《' ? MAX_TITLE : MAX_NAME)).indexOf(CLOSING.get(open) ?? '')
    if (length < 0 || /[，。；]/.test(plain.slice(from, from + length))) continue
    names.push({ start: index, end: from + length + 1 })
  }
  return names
}
