/**
 * The words that stand behind numbers in plans of counties: units that convert, units of their own, counters.
 * Data only; quantity/units.ts reads it. A counter that is missing here belongs here.
 */

/** Spelling → unit it converts to and how many of that one it is, as `parts/of`. */
export const CONVERSIONS: Readonly<Record<string, readonly [to: string, factor: string]>> = {
  元: ['元', '1'],
  平方米: ['平方米', '1'],
  平米: ['平方米', '1'],
  平方: ['平方米', '1'],
  '㎡': ['平方米', '1'],
  'm²': ['平方米', '1'],
  m2: ['平方米', '1'],
  亩: ['平方米', '2000/3'],
  公顷: ['平方米', '10000'],
  ha: ['平方米', '10000'],
  'hm²': ['平方米', '10000'],
  hm2: ['平方米', '10000'],
  平方公里: ['平方米', '1000000'],
  平方千米: ['平方米', '1000000'],
  'km²': ['平方米', '1000000'],
  km2: ['平方米', '1000000'],
  米: ['米', '1'],
  m: ['米', '1'],
  公里: ['米', '1000'],
  千米: ['米', '1000'],
  km: ['米', '1000'],
  KM: ['米', '1000'],
  Km: ['米', '1000'],
  '㎞': ['米', '1000'],
  里: ['米', '500'],
  华里: ['米', '500'],
  厘米: ['米', '0.01'],
  cm: ['米', '0.01'],
  毫米: ['米', '0.001'],
  mm: ['米', '0.001'],
  千克: ['千克', '1'],
  公斤: ['千克', '1'],
  kg: ['千克', '1'],
  KG: ['千克', '1'],
  斤: ['千克', '0.5'],
  克: ['千克', '0.001'],
  g: ['千克', '0.001'],
  吨: ['千克', '1000'],
  t: ['千克', '1000'],
  '%': ['%', '1'],
  成: ['%', '10'],
  '‰': ['‰', '1'],
  百分点: ['百分点', '1'],
  个百分点: ['百分点', '1'],
  立方米: ['立方米', '1'],
  立方: ['立方米', '1'],
  'm³': ['立方米', '1'],
  m3: ['立方米', '1'],
  千瓦: ['千瓦', '1'],
  kW: ['千瓦', '1'],
  KW: ['千瓦', '1'],
  kw: ['千瓦', '1'],
  兆瓦: ['千瓦', '1000'],
  MW: ['千瓦', '1000'],
  千瓦时: ['千瓦时', '1'],
  kWh: ['千瓦时', '1'],
  千伏安: ['千伏安', '1'],
  kVA: ['千伏安', '1'],
  KVA: ['千伏安', '1'],
  MVA: ['千伏安', '1000'],
  小时: ['小时', '1'],
  个小时: ['小时', '1'],
}

/** Units that convert to nothing; words of several characters win over the counters they begin with. */
const OWN_UNITS =
  '倍 个月 个工作日 工作日 个星期 星期 个年度 年 天 日 周 分钟 秒 学时 课时 学年 ℃ 摄氏度 度 分 分贝 ' +
  '美元 欧元 港元 港币 升 毫升 微克/立方米 微克每立方米 μg/m³ μg/m3 µg/m³ µg/m3 ug/m3 mg/m³ mg/m3 毫克/立方米 毫克/升 mg/L 延米 延长米 公里/小时 蒸吨 兆伏安 MPa kPa 兆帕 千帕 GB TB MB Mbps Gbps 勒克斯 ' +
  '标准箱 标台 标准件 番 折 方 吨位 千卡 大卡 亩次'

/** Behind figures and behind Chinese numerals. */
const COMMON_COUNTERS =
  '个 件 项 座 所 条 处 家 户 名 位 次 场 台 辆 套 支 栋 幢 间 张 份 篇 部 种 门 本 册 棵 株 头 只 艘 架 盏 ' +
  '根 面 片 段 层 例 起 批 款 人 轮 类 趟 堂 节 枚 箱 瓶 袋 口 眼 块 对 剂 针 堵 宗 具 尊 幅 顶 尾 匹 羽 孔 副 ' +
  '期次 窗口 台套 件套 单元'

/** Behind figures only: behind Chinese numerals they are mostly names and set phrases. */
const FIGURE_COUNTERS =
  '组 村 校 口人 人份 人日 工日 人天 人月 期 队 团 班 道 股 颗 粒 根 杆 桩 枪 机位 樘 扇 床 门 路 站 卷 页 字 行 ' +
  '桶 罐 包 盒 串 穴 窝 垄 塘 点 点位 端 端口 路段 座次 席 席位 车位 泊位 床位 学位 托位 摊位 铺位 工位 展位 厕位 蹲位 ' +
  '座位 岗位 岗 机柜 标箱 镇 乡 县 社区 学校 企业 部门 班级 家庭 家次 网点 站点 园 院 店 馆 屏 列 曲 首 集 课 组件 ' +
  '元 条款 图斑 台件 件数 台班 包次 样 样次 样品 批样 编制 圃 池 井 渠 坝 塔 亭 桥 泵 窖 棚 灯 厕 壶 枝 束 ' +
  '笔 封 则 桌 餐 顿 灶 缸 盆 篮 管 板 遍 回 贴 棒 联 晚 夜 幕 筐 捆 车 船 梯 房 案 单 卡 帧 兆瓦时 毫升 担 令 打 双 筒 刀 把 盘 碗 台次 挂 丛 簇 蔸 兜 苗 支次'

/** A counter with 次 counts the times: 人次, 批次, 剂次. */
const TIMES =
  '人 户 批 场 件 辆 班 架 车 台 例 项 轮 趟 频 门 篇 条 家 处 册 点 只 头 岗 针 剂 艘 节 部 组 支 课 个 套 所 床 船 单 航 ' +
  '亩 份 堂 店 期 样'

/**
 * What must not follow, as characters: 人均 is no counter, 家庭 no 家. Only where the number would stand
 * directly before such a word.
 */
export const NOT_BEFORE: Readonly<Record<string, string>> = {
  个: '别体性',
  人: '均才民',
  户: '均籍外',
  村: '均',
  校: '均长',
  亩: '均',
  家: '长',
  次: '性序生方',
  部: '门分队委',
  场: '景',
  分: '之别类局层级期布批片校院店流散析解工配为成红包钟',
  度: '假',
  年: '级龄代底末中均鉴报轻货终度',
  天: '然气线',
  日: '常均照前起',
  周: '年岁边围',
  成: '立为效果本员熟功长绩交型活都',
  点: '名击亮燃评半',
  轮: '车椅胎',
  路: '段灯面',
  回: '收迁访购落流',
  管: '理网道护线',
  板: '房块',
  夜: '间',
  晚: '会',
  联: '合网动',
  封: '闭面',
  班: '子',
  单: '位一',
  机: '构关制',
  案: '例',
  课: '题',
  行: '业政动',
  方: '面案式法',
  对: '于象接照比应口待标立外',
  组: '织建合',
  台: '账',
  支: '持撑部付教队',
  名: '单优录',
  处: '理置罚方',
  所: '有属在需以谓',
  门: '诊',
  节: '能约点目',
  条: '件例',
  期: '间待限货',
  种: '植子',
  块: '链',
  口: '袋岸',
  头: '部',
  首: '先次批个要',
  把: '握关',
  打: '造击好通开',
  双: '拥方创重',
  车: '间站辆',
  井: '盖',
  灯: '光',
  房: '屋地',
  园: '区',
  院: '校',
  桥: '梁',
  卡: '口',
  令: '人',
  集: '中体团聚群',
  代: '表办理',
  县: '级域',
  镇: '级域',
  乡: '村级镇',
  面: '向积对',
  本: '地级年次月市县科',
  包: '括含',
  份: '额',
  位: '于置一',
  股: '份权',
  道: '路',
  站: '点',
  队: '伍',
  团: '队结',
}

const split = (words: string): string[] => words.split(' ').filter((word) => word !== '')

/** Every word that may stand behind figures. */
export const FIGURE_UNITS: readonly string[] = [
  ...Object.keys(CONVERSIONS),
  ...split(OWN_UNITS),
  ...split(COMMON_COUNTERS),
  ...split(FIGURE_COUNTERS),
  ...split(TIMES).map((counter) => `${counter}次`),
]

/** Every word that may stand behind a Chinese numeral. */
export const CHINESE_UNITS: readonly string[] = [
  ...Object.keys(CONVERSIONS).filter((word) => !['里', '方', '平方', '立方', 'm', 'g', 't'].includes(word)),
  ...split('倍 个月 个工作日 工作日 个星期 星期 年 天 日 周 分钟 学时 课时 学年 美元'),
  ...split(COMMON_COUNTERS),
  ...split(TIMES).map((counter) => `${counter}次`),
]
