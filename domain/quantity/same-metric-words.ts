/**
 * The words that decide whether two quantities count the same thing: other names of one thing, words that
 * add nothing, and words that exclude each other.
 */

/** Left is read as right, in this order; the longer before the shorter. */
export const SYNONYMS: readonly (readonly [string, string])[] = [
  ['新增城镇就业', '城镇新增就业'],
  ['新增就业', '城镇新增就业'],
  ['增长速度', '增速'],
  ['增长率', '增速'],
  ['增长幅度', '增速'],
  ['增幅', '增速'],
  ['增长', '增速'],
  ['老年人口', '老年人'],
  ['老人', '老年人'],
  ['停车泊位', '泊位'],
  ['停车位', '泊位'],
  ['车位', '泊位'],
  ['公厕', '公共厕所'],
  ['卫生间', '厕所'],
  ['户厕', '户用厕所'],
  ['辅助器具', '辅具'],
  ['公办园', '公办幼儿园'],
  ['普惠园', '普惠性幼儿园'],
  ['普惠幼儿园', '普惠性幼儿园'],
  ['大学生', '高校毕业生'],
  ['贷款余额', '贷款'],
  ['保租房', '保障性租赁住房'],
  ['公租房', '公共租赁住房'],
  ['充电设施', '充电桩'],
  ['充电基础设施', '充电桩'],
  ['居家适老化', '适老化'],
  ['家庭适老化', '适老化'],
  ['村民小组', '村组'],
  ['通组公路', '通组路'],
  ['四好农村公路', '四好农村路'],
  ['农村道路', '农村公路'],
  ['免费筛查', '筛查'],
  ['免费体检', '体检'],
  ['免费接种', '接种'],
]

/**
 * Words that may stand in one mention and be missing in the other without a doubt: what is done, the frame
 * of a project, the count itself. Activities at the end only; see `cutLight`.
 */
export const LIGHT_START = [
  '全县',
  '全市',
  '全区',
  '全镇',
  '全乡',
  '全域',
  '全省',
  '县域内',
  '县域',
  '辖区内',
  '辖区',
  '新增加',
  '新增',
  '增加',
  '新',
  '标准化',
  '标准',
  '总',
  '各类',
  '各级',
  '城乡',
  '一批',
] as const

export const LIGHT_END = [
  '建设项目',
  '改造项目',
  '建设工程',
  '改造工程',
  '建设任务',
  '改造任务',
  '改造提升',
  '提升改造',
  '提档升级',
  '建设',
  '改造',
  '整治',
  '治理',
  '新建',
  '安装',
  '发放',
  '开发',
  '筹集',
  '任务',
  '工作',
  '项目',
  '工程',
  '活动',
  '服务',
  '总数',
  '数量',
  '人数',
  '户数',
  '人员',
  '总量',
  '数',
] as const

/** Words of one line exclude each other. A word within a longer one of its line counts as the longer one. */
const OPPOSITES = [
  '国家级 省级 市级 地级 县级 区级 镇级 乡级 乡镇级 街道级 村级 社区级 校级',
  '幼儿园 小学 初中 高中 中职 高职 大学 中小学 学前 本科 普通高中 职业高中 义务教育 特殊教育 高等教育',
  '男性 女性 男童 女童',
  '城镇 农村 城市 乡村',
  '公办 民办',
  '首针 第一针 第二针 第三针 加强针 全程接种',
  '高校毕业生 农民工 退役军人 退捕渔民 脱贫人口 失业人员 困难人员 残疾人 农村劳动力 妇女 青年',
  '养老保险 医疗保险 失业保险 工伤保险 生育保险',
  '食品 药品 医疗器械 化妆品 农产品 特种设备',
  '污水 垃圾 厕所 饮水 供水',
  '国道 省道 县道 乡道 村道 通组路',
  '儿童 老年人 孕产妇 青少年 成年人 未成年人 婴幼儿 学生',
  '教师 医生 护士 护理员 社工 网格员 家政 保育员 养老护理员',
  '重点 一般',
  '参保率 续保率 就业率 失业率 入学率 入园率 毛入园率 巩固率 升学率 覆盖率 普及率 接种率 签约率 知晓率 合格率 达标率 处理率 回收率 利用率 满意率 办结率 优良率 占比 增速 完成率 使用率 保有率 死亡率 发病率 建档率 管理率',
  '乙肝 卡介苗 脊灰 百白破 麻腮风 流脑 乙脑 甲肝 流感 新冠 水痘 狂犬',
  '宫颈癌 乳腺癌 肺癌 结直肠癌 胃癌 肝癌 食管癌',
  '高血压 糖尿病 慢阻肺 精神障碍 肺结核 艾滋病',
  '羊 牛 猪 鸡 鸭 鹅 鱼 蜂',
  '水稻 小麦 玉米 油菜 大豆 蔬菜 水果 茶叶 中药材 柑橘 烤烟 马铃薯 红薯',
  '营业收入 利润 产值 投资 税收 零售额 进出口 可支配收入 存款 贷款',
  '城区 镇区 山区 园区',
  '路灯 充电桩 停车位 泊位 电梯 监控 消火栓 垃圾桶 座椅',
  '图书馆 文化馆 博物馆 体育馆 美术馆 科技馆',
  '中医 西医',
  '早餐 午餐 晚餐',
  '上行 下行',
  '初级 中级 高级',
  '一级 二级 三级',
  '开工 竣工',
  '室内 室外',
  '乔木 灌木',
  '新生儿 早产儿',
].map((line) => line.split(' ').sort((a, b) => b.length - a.length))

/** The lines by the codes of their members' first characters, so that a phrase is compared with few of them. */
const LINES_BY_FIRST = new Map<number, Set<readonly string[]>>()
for (const line of OPPOSITES) {
  for (const member of line) {
    const first = member.charCodeAt(0)
    LINES_BY_FIRST.set(first, (LINES_BY_FIRST.get(first) ?? new Set()).add(line))
  }
}

/** What is done with a thing: two of different lists are two promises (新建 against 改建). */
const DOINGS = [
  ['新建', '新增', '新开工'],
  ['改建', '改造', '扩建', '翻新', '提升', '提档升级', '整治', '维修', '维护', '修缮', '升级'],
  ['拆除', '拆并', '关停', '撤并', '取缔', '淘汰'],
] as const
const NO_LINES: ReadonlySet<readonly string[]> = new Set()

/** Whether two phrases name different members of one line (初中, 小学). Lists of both (初中、小学) do not. */
export function areOpposed(one: string, other: string): boolean {
  const lines = new Set<readonly string[]>()
  for (let at = 0; at < one.length; at++)
    for (const line of LINES_BY_FIRST.get(one.charCodeAt(at)) ?? NO_LINES) lines.add(line)
  return [...lines].some((line) => {
    const ofOne = membersIn(one, line)
    const ofOther = ofOne.length > 0 ? membersIn(other, line) : []
    return (
      ofOther.length > 0 &&
      !ofOne.some((member) => ofOther.some((also) => also.includes(member) || member.includes(also)))
    )
  })
}

/** Longest members first; what one has taken is gone for the shorter ones. */
function membersIn(phrase: string, line: readonly string[]): string[] {
  const found: string[] = []
  let rest = phrase
  for (const member of line) {
    if (!rest.includes(member)) continue
    found.push(member)
    rest = rest.replaceAll(member, ' ')
  }
  return found
}

/** Whether two verbs are two different promises about the same thing: 新建 against 改建. 新建改建 is both. */
export function areDifferentDoings(one: string, other: string): boolean {
  const [first, second] = [one, other].map((verb) =>
    DOINGS.filter((doing) => doing.some((word) => verb.includes(word))),
  )
  if (!first?.length || !second?.length) return false
  return !first.some((doing) => second.includes(doing))
}
