/**
 * Named things (羊市镇卫生院, 永安中学, 城东社区): numbers of several of them in one cell are told apart.
 */

const PLACE = '街道|镇|乡|村|社区|林场|农场|片区|新区|园区|开发区|苏木|嘎查'
const FACILITY =
  '中学|小学|初中|高中|中学校|学校|学院|大学|幼儿园|职教中心|卫生院|卫生室|医院|妇幼保健院|疾控中心|敬老院|养老院|福利院|养老中心|养老服务中心|公园|广场|水库|水厂|污水处理厂|大桥|桥|隧道|车站|客运站|变电站|码头|农贸市场|市场|小区|花园|家园|新村|安置点|安置房|图书馆|文化馆|博物馆|体育馆|体育中心|体育场|大道|大街|路|街|河|湖|综合楼|教学楼|体艺楼|科技楼|陵园|基地|产业园|工业园|工程|项目'
const NAME_END = new RegExp(
  `^(.{2,20}?)(?:(?:${PLACE})(?:中心)?)?(?:${FACILITY}|${PLACE})(?:迁建|改扩建|扩建|新建|改造|建设)?(?:工程|项目)?$`,
)
const WORKS = /(?:主体|附属|配套)?(?:迁建|改扩建|扩建|新建|改造|建设|提升|续建|重建)*(?:工程|项目)?$/
/** Words that make a kind of thing, not one of them: 老旧小区, 乡镇卫生院. */
const KINDS =
  /[下返]$|主体|附属|配套|管网|前期|装饰|装修|土建|桩基|基础|绿化|亮化|照明|安防|供水|供电|水利|老旧|城市|农村|城镇|城乡|乡镇|乡村|绿色|平安|文明|卫生|和谐|幸福|完整|未来|零碳|低碳|友好|宜居|健康|法治|先进|星级|普惠|公办|民办|标准化|示范|智慧|口袋|县级|市级|省级|镇级|村级|区级|国家级|重点|全县|全市|全区|各|每|该|本|相关|有关|所有|部分|其他|以上|以下|义务教育|中等|高等|职业|普通|特殊|寄宿|优质|薄弱|基层|社区卫生|公立|私立|综合|二级|三级|中小|小型|大型|中型|病险|湿地|体育|山体|郊野|主题|社区公园|商品|住宅|安置|保障|残疾|老年|儿童|妇女|退役|养老|托育|医疗|教育|文化|旅游|产业|工业|农业|科技|数字|生态|环境|污水|垃圾|充电|停车|道路|公路|街巷|管网|惠民|民生|试点|美丽|和美|传统|行政|自然|贫困|脱贫|易地|搬迁|移民|危房|危桥|高标准|人居|建设|改造|新建|改建|扩建|完成|实施|推进|就业|培训|未成年|青少年|公共|集中|一批|个|的|、|和|及|等|至|到/

/** Before its verb a kind may stand for the one thing of the row (儿童公园), but not these. */
const GENERAL_STEM =
  /[下返]$|主体|附属|配套|室外|室内|土建|前期|桩基|装修|老旧|农村|城镇|城乡|乡镇|^(?:行政|自然|城市|社区)$|各|每|全县|全市|全区|相关|所有/
/** 村 and 社区 begin too many other words (合格村医): a name only with an institution behind it. */
const TOWN_AHEAD =
  /^([\u4e00-\u9fff]{2,4})(?:(?:镇|乡|街道)(?!级|镇|道|村|居|企|土|情|愁|风|贤)(?:中心)?(?:卫生院|小学|初中|中学|幼儿园|敬老院|污水处理厂)?|(?:村|社区)(?:卫生室|小学|幼儿园|养老服务站|党群服务中心|文化广场))/

/** The named thing that the words are, times and prepositions taken off before. Undefined for kinds of things. */
export function namedThing(words: string): string | undefined {
  if (/”(?:工程|项目)$/.test(words)) return undefined
  const name = /^“?([^“”]+)”?$/.exec(words)?.[1] ?? words
  const stem = NAME_END.exec(name)?.[1]
  return stem === undefined || KINDS.test(stem) || name.length > 24 ? undefined : bareName(words)
}

/** A subject of its own before a verb of doing: a named thing, a level, an office. */
export function isNamedPlace(words: string): boolean {
  return (
    namedThing(words) !== undefined ||
    /^(?:县|市|区|省|镇|乡|村|校|院|国家)级$/.test(words) ||
    /(?:局|委|办|中心|协会|联社|公司|城区|县城|场镇)$/.test(words)
  )
}

/** What stands before the verb, where it is one thing: 儿童公园 of 儿童公园完成工程量的30%. */
export function namedSubject(subject: string): string | undefined {
  if (subject === '' || subject.length > 24 || /[、，]|各|每|等$|所有|全部/.test(subject)) return undefined
  const stem = NAME_END.exec(subject)?.[1]
  return stem === undefined || GENERAL_STEM.test(stem) ? undefined : bareName(subject)
}

/** 三江初中迁建工程 → 三江初中: the thing is the same whatever is built on it. */
function bareName(name: string): string {
  const bare = name.replace(WORKS, '')
  return bare.length >= 3 ? bare : name
}

/** 羊市镇 of 羊市镇卫生院床位: a place in front of what is counted. */
export function placeIn(metric: string): string | undefined {
  const place = TOWN_AHEAD.exec(metric)
  return place?.[1] === undefined || place[0] === metric || KINDS.test(place[1]) ? undefined : place[0]
}
