/**
 * How departments are called in government writing. Data only: a form that is not standard all over
 * the country belongs into the county's own registry, as an alias.
 */

/**
 * Each line: the full words, then the short forms that mean them. A short form may stand in several
 * lines (住建: 住房城乡建设, 住房建设); then it fits each of them. 委员会 is written 委 here, 办公室 办,
 * and 和 is left out.
 */
const LINES = `
发展改革 发改
教育委 教委
科学技术 科技
工业信息化 工信 工业信息
经济信息化 经信 经济信息
民族宗教事务 民宗 民族宗教 民宗事务
人力资源社会保障 人社 人力社保 人力资源社保 人力社会保障
自然资源 自资
规划自然资源 规自 规资 规划资源
自然资源规划 自规 资规
住房城乡建设 住建 住房城乡建
住房城乡建设委 建委 城乡建委
住房建设 住建
交通运输 交通 交运
农业农村委 农委
文化旅游 文旅
文化广播电视 文广
广播电视 广电 广播影视 电视广播
卫生健康 卫健
退役军人事务 退役军人
应急管理 应急
市场监督管理 市场监管 市监
监督管理 监管
医疗保障 医保
医疗保险 医保
城市管理 城管
城市管理综合行政执法 城管 城管执法 城市管理执法 城管综合执法 城市管理综合执法 城管综合行政执法
综合行政执法 综合执法
交通运输综合行政执法 交通执法 交通综合执法 交通运输执法 交通综合行政执法 交通运输综合执法
行政审批服务 行政审批 审批服务 审批
行政审批 审批
政务服务数据管理 政数 政务数据
政务服务 政务
大数据发展 大数据
大数据管理 大数据
大数据发展管理 大数据
大数据应用发展管理 大数据
机关事务管理 机关事务
机关事务服务 机关事务
国有资产监督管理 国资 国资监管 国有资产监管 国有资产管理
林业草原 林草
粮食物资储备 粮储
烟草专卖 烟草
消防救援 消防
人民防空 人防
金融工作 金融
金融服务 金融
投资促进 投促
扶贫开发 扶贫
疾病预防控制 疾控
妇幼保健院 妇保院
中医医院 中医院
住房公积金 公积金
住房公积金管理 公积金 住房公积金
就业服务 就业
就业服务管理 就业
就业创业服务 就业
社会保险 社保
社会保险事业管理 社保 社会保险
供销合作社 供销社 供销联社 供销合作联社 供销合作社联合社
残疾人联合会 残联
妇女联合会 妇联
文学艺术界联合会 文联
科学技术协会 科协
工商业联合会 工商联
归国华侨联合会 侨联
社会科学界联合会 社科联
计划生育协会 计生协
爱国卫生运动委办 爱卫办
安全生产委办 安委办
食品安全委办 食安办
河长制办 河长办
经济发展 经发
红十字会 红会
慈善总会 慈善会
总工会 工会
关心下一代工作委 关工委
共产主义青年团委 团委 共青团委
组织部 委组织部
宣传部 委宣传部
统一战线工作部 统战部 委统战部 委统一战线工作部
政法委 委政法委
社会工作部 社工部 委社会工作部 委社工部
机构编制委办 编办 编委办 委编办 委编委办 委机构编制委办
网络安全信息化委办 网信办 委网信办 委网络安全信息化委办
巡察工作领导小组办 巡察办 委巡察办 委巡察工作领导小组办
老干部局 老干局 委老干局 委老干部局
党校 委党校
直属机关工作委 直属机关工委 直机关工委 机关工委 委直属机关工作委 委直属机关工委 委直机关工委 委机关工委
教育工作委 教育工委 委教育工委 委教育工作委
全面深化改革委办 改革办 深改办 委改革办 委深改办 委全面深化改革委办
农村工作领导小组办 农办 委农办 委农村工作领导小组办
政策研究室 政研室 委政研室 委政策研究室
政府 人民政府
政府办 府办 人民政府办
人大常委会办 人大办 人大常委办 人民代表大会常务委办 人大常务委办
政协办 政协委办
纪委监委 纪委 监委 纪委监委机关 纪律检查委 纪委监察委
监察委 监委
法院 人民法院
检察院 人民检察院
人民武装部 人武部
经济技术开发区 经开区
经济开发区 经开区
高新技术产业开发区 高新区
`

/** Departments all over the country whose names have no short form, and those that were reorganised. */
const PLAIN_LINE = `
教育 体育 教育体育 教育科技 民政 民族 宗教 财政 公安 司法 审计 统计 商务 水利 水务 林业 农业 农机 农业机械 畜牧 渔业 税务 国税 地税 气象
信访 档案 史志 文化 文物 旅游 外事 侨务 台湾事务 农业农村 生态环境 环保 环境保护 国土资源 乡村振兴 园林 园林绿化 城乡建设 规划 城乡规划
经济 工商 质监 安监 粮食 物价 民防 地震 海事 邮政 通信管理 公路 航道 港航 铁路 民航 能源 科协 保密 机要 招商 政务 督查 督察 目标
`

/** Departments with several tasks are called by one character for each: 文旅体局, 科工信局, 农水局. */
const INITIAL_LINES = `
教 教育
科 科学技术
文 文化
旅 旅游
体 体育
广 广播电视
新 新闻出版
工 工业
信 信息化
经 经济
商 商务
农 农业农村
水 水利 水务
林 林业
草 草原
牧 畜牧 牧业
住 住房
建 城乡建设 建设
发 发展
改 改革
卫 卫生
健 健康
人 人力资源
社 社会保障
规 规划
自 自然资源
民 民族
宗 宗教事务 宗教
外 外事
侨 侨务
园 园林
绿 绿化
能 能源
`

const rows = (lines: string) =>
  lines
    .trim()
    .split('\n')
    .map((line) => line.split(' '))

/** Written form → the full words that it may stand for. */
export const FULL_WORDS: ReadonlyMap<string, readonly string[]> = collectForms()

/** Full words → their short forms. */
export const SHORT_FORMS: ReadonlyMap<string, readonly string[]> = new Map(
  rows(LINES).map(([full = '', ...forms]) => [full, forms]),
)

/** Full words of the departments that there are all over the country, without 局, 委, 办. */
export const DEPARTMENTS: ReadonlySet<string> = new Set([
  ...PLAIN_LINE.trim().split(/\s+/),
  ...[...SHORT_FORMS.keys()].map((full) => full.replace(/[局委办]$/, '')),
])

/** One character of a combined department → the full words that it may stand for. */
export const INITIALS: ReadonlyMap<string, readonly string[]> = new Map(
  rows(INITIAL_LINES).map(([initial = '', ...full]) => [initial, full]),
)

function collectForms(): Map<string, string[]> {
  const forms = new Map<string, string[]>()
  for (const line of rows(LINES)) {
    const [full = ''] = line
    for (const form of line) forms.set(form, [...(forms.get(form) ?? []), full])
  }
  return forms
}
