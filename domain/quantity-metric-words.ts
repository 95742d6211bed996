/**
 * The words around a figure that are not what it counts: verbs of doing, times, tone. Data; a word missing
 * here leaves a metric longer than it should be, nothing worse.
 */

/** A list of words as one string, longest first so that 新开工 is read before 开工. */
function words(text: string): string[] {
  return text
    .trim()
    .split(/\s+/)
    .sort((a, b) => b.length - a.length)
}

/** Verbs that hardly ever stand inside a name: what is counted begins behind the last of them. */
export const DOING = words(`
  完成 开展 实施 推进 发放 筹集 筹措 筹建 举办 承办 打造 建成 建立 设立 设置 配备 启动 落实 提供 达成 确定 组建 增设 召开
  印发 出台 制定 选派 选聘 吸纳 慰问 铺设 架设 敷设 购置 推出 新建 改扩建 扩建 改建 续建 迁建 重建 新改扩建 新改建 引进 引育
  招引 创建 创成 开工 新开工 开工建设 帮助 支持 推动 促进 加强 加快 强化 拓展 深化 建强 办好 争创 培育 挖掘 争取 完善 优化 聚焦
  建好 办结 办成 评选 评定 新认证 新认定 开通 开设 开办 上线 投放 添置 增配 增添 配齐 安排 下达 拨付 兑付 兑现 给予 补充
  组织开展 组织实施 统筹开发 统筹推进 深入开展 启动建设 启动实施 印制 编印 采集 消除 解决 盘活 收储 摸排 查处 取缔 关停
  清退 撤并 拆并 改造提升 提升改造 提档升级 改造升级 升级改造 巩固 提高 降低 减少 压降 签订 成立 新设 布设 布置 实现 颁发 核发 审结 投用 竣工
  进行 完工 投运 通车 封顶 交付 入住 开园 加大 栽植 栽种 补植 新栽 新植 出动 追回 追缴
`)

/** Verbs that are nouns as well (改造, 培训): taken off at the front, kept elsewhere, except behind a subject. */
export const DOING_OR_NOUN = words(`
  新增 增加 新增加 建设 改造 培训 轮训 整治 治理 维修 修复 修缮 修建 安装 加装 更新 更换 升级 清运 清理 清淤 处置 拆除 采购 办理 组织 开发 统筹 配套 配置 配建 安置
  救助 帮扶 接种 筛查 体检 检测 抽检 抽样 监测 调解 处理 回收 移交 利用 硬化 绿化 亮化 开放 签约 服务 覆盖 推广 创办 孵化 投资 建档 宣传 宣讲 演出 放映 惠及 受益 带动 辐射 拉动 吸引 撬动
  装修 装饰 探索 维护 养护 改厕 搬迁 核查 整修 翻新 接待 供应 租赁 转移 销售 出栏 存栏 收购 种植 养殖 播种 检查 巡查 排查 申报 报送 谋划 储备 策划 补助 资助 奖励 发展 新发展 招聘 招录 认证 认定 命名 结对
  对接 招收 录取 收治 接收 整改 检修 化解 减免 投入 培养 提升 扩大 压减 走访 受理 调处 征集 输送 疏浚 疏通 打通 接通 集中 布局 布点 挂牌 扶持 引导 动员 发动 淘汰 放流 增殖放流
`)
/** Behind another verb these belong to the noun: 栽植绿化苗木, 完善监测站点. */
export const VERB_OR_MODIFIER = words(`
  绿化 亮化 硬化 服务 投资 监测 检测 配套 免费 签约 集中 装修 养护 维护 安置 种植 养殖 救助 帮扶 宣传 演出 处理 利用 供应 租赁 补助 奖励 储备 发展 开发 转移 体检 检查 惠及 统筹 搬迁 招聘
`)
/** Of these the last one is what is counted where nothing else remains: 完成投资4000万元, 培训2000人次. */
export const COUNTED_DOING = words(`
  投资 培训 轮训 体检 筛查 接种 抽检 抽样 检测 监测 检查 巡查 排查 调解 走访 慰问 救助 帮扶 整治 招聘 绿化 宣传 宣讲 演出 放映 签约 清淤 抽查 义诊 回访 巡诊 转移 销售 出栏 补助 资助 增长
`)
/** Behind a subject or 对 …, 为 …, 在 … these begin what is done: 永安中学新增学位500个. */
export const DOING_OF_SUBJECT = words(`
  减免 新增 增加 建设 改造 培训 安装 加装 更新 更换 维修 修复 整治 硬化 绿化 亮化 清运 清理 移交 拆除 接种 配套 修建 组织 免费 采购 办理 配置 维护 开发 服务
`)
/** These behind a verb make one noun of both: 完成率, 改造面积, 培训机构. Single characters begin the rest. */
export const MAKES_NOUN =
  /^(?:率|额(?!济)|量(?!化)|度(?!假)|数(?!字|智|据)|者|(?:补贴|补助|奖补|保险|费用|机构|基地|中心|能力|水平|情况|方案|工作|活动|行动|计划|工程|项目|任务|资金|面积|里程|总额|总量|满意度|人数|户数|人员|人才|服务|设施|设备|企业|制度|力度|大户|用地|对象|合格率|成功率)$)/
/** Verbs that stand before whole nouns: 发放补贴 is never one noun. */
export const PLAIN_DOING = words(`
  完成 开展 实施 推进 发放 拨付 给予 兑付 兑现 落实 下达 举办 提供 组建 实现 筹集 争取 补充 安排 加大 进行 设立 成立 减免
`)
/** A verb that is the first half of a thing's name: 养殖场, 安置房, 污水处理厂. */
export const VERB_IN_NAME =
  /^(?:养殖|种植|安置|监测|检测|处理|招聘|投放|服务|开发|救助|补助|奖励|储备|供应|采购|租赁|回收|宣传|投资|收储|销售|维修|体检|演出|监控|消费|补植|接种|培训|调解|签约|搬迁|化解|帮扶|建成|更新)(?:场|站|点|区|园|厂|房|户|会|金|费|券|车|队|员|商|证|品|源|人|室|所|岗|中心|机构|平台|大户|设施|车间|基地|半径|范围|收入|成本|价格|补贴|井)/

/** Tone, frame and manner in front of a verb or a noun; taken off again and again. */
export const LEADING = words(`
  全县 全市 全区 全镇 全乡 全州 全旗 全域 全街道 我县 我市 我区 本县 本市 本区 县域内 县域 区域内 辖区内 辖区 县内 区内 市内
  继续 持续 进一步 有序 积极 稳步 稳妥 大力 全面 深入 扎实 切实 不断 依法 按时 按期 如期 及时 逐步 有效
  力争 确保 争取 计划 预计 已经 同时 另外 其中 以及 至少 累计 累积 共计 总共 合计 总计 总的 分别 每年度
  常态化 保持 通过 达到 主要是 成功 顺利 陆续 率先 共有 现有 原有 已有 已建成 目前 截至目前 截止目前 今年以来 年初以来 一是 二是 三是 四是 五是 包括 分为 不含 按照 根据 依托 结合 围绕
  可以 能够 预期 用于 直接 间接 随机 现共有 再新增 将要 至少要 完成后
`)
/** Single characters of the same kind, except where they begin a noun (应急, 能源, 和美). */
export const LEADING_CHARACTER =
  /^(?:拟|将(?!军)|已|要(?!素)|须|应(?!急|届|用|征|收|对)|并(?!网|轨|联)|且|另|还(?!林|草|建|湖|田|款)|再(?!生|就业)|又|及|和(?!美|谐|平|睦)|与|或|共(?!享|有|青|同|建|富)|约|后(?!勤|备|续|街|山|沟|期)|均(?!衡|等)|各(?!类)|即(?!时)|含|由|从(?!业)|到(?!户|位|期|岗|站)|使(?!用)|让|[可能](?=新增|增加|达|提供|解决|实现|容纳|满足|惠及)|对(?=[^口外接公])|拥有|有(?!机|轨|线|声))/
/** Manner before a verb (高标准建设公园), part of the noun elsewhere (高标准农田). */
export const MANNER = words(`
  高标准 高质量 高水平 高效 高起点 高品质 科学 精准 集中 重点 分批 分类 规范 免费 统一 统筹 新 自主 联合 定期 基本 主要 专项 跨省 异地 动态 优先 规范化 标准化 系统 协同 同步 协助 鼓励 支持 智能化
`)
/** Words of place and person before the thing they are about; never the begin of these nouns. */
export const PREPOSITION =
  /^(?:针对|面向|对于|对(?!口|外|接|公)|为(?!民|老|农)|向(?!阳)|给(?!水|排水)|把|将(?!军)|在(?!线|校|职|册|编|岗|园|建|读)|于|利用)/
/** Dates and spans in front of what is counted. */
export const TIME =
  /^(?:到|至|截至|截止|截止到|于|在|自|从|每)?(?:(?:20\d{2}|[一二三四五六七八九〇零]{4})年(?:全年|年?底|度|末|初)?(?:前|内|之前)?|(?:今|明|去|本|当|全|上|下|年)年?(?:年度|年|度|底|末|初|内)(?:前|内|之前|以前|中)?|全年度?|年度|年内|年底|年末|(?:\d{1,2}|十[一二]?|[一二三四五六七八九])月(?:份)?(?:\d{1,2}日)?(?:底|末|初|中旬|上旬|下旬)?(?:前|之前|以前|起)?|\d{1,2}[-—－–~～至、](?:\d{1,2})月(?:份)?|(?:第?[一二三四1-4]季度|上半年|下半年|前三季度|本季度|本月|当月|当期|本期|月底|季末|期内|十[三四五]五(?:期间|时期|末)?)(?:底|末|内)?(?:前|以前|之前)?)/

/** What stands between what is counted and its figure. */
export const TRAILING = words(`
  达到 达 为 是 共 共计 合计 总计 总共 累计 累积 各 各约 分别 分别达 分别为 均 超 超过 约 近 至 到 由 从 在 提高到 提高至 提升到 提升至 增加到 增加至 增至 增长到 增长至 提至 升至 升到 降至 降到
  下降到 下降至 降低到 降低至 减少到 减少至 压减至 压减到 压降至 扩大到 扩大至 稳定在 保持在 巩固在 维持在 控制在 控制 保持 稳定 维持 力争 确保 争取 预计 计划 拟 将 已 已经 完成 实现 新增 增加 达成 的 了 有 等 年内 全年 本年 当年
  发放 筹集 建成 开工 竣工 新建 投放 落实 引进 提供 新开工 不少于 不低于 不超过 不高于 不小于 至少 力争达到 超额完成 突破 高于 低于 多于 少于 均达 压缩至 压缩到 压缩 缩短至 缩短到 缩短 力争实现 持续 左右 大约 预期 每人 每户 每名 每 给予 按 按照 配备 配置 培育 创建 发展 吸纳
  能够 可以 能达 可达 已达 已达到 应达 其中 含 包括 包含 比例为 占 现有 原有 已有 总共有 目前有 现 各有
`)
/** Single characters at the end that stay where the word before needs them: 雷达, 存在, 户均. */
export const NOT_TRAILING =
  /(?:[A-Z彩]超|雷达|直达|到达|发达|抵达|传达|转达|存在|现在|人均|户均|村均|亩均|平均|校均|班均|占比|以为|行为|作为|共有|公共|所有|国有|富有|拥有|低等|高等|平等|中等|初等|农民|(?:签|预|履|违|节|续|公|契|特|集)约|模拟|自由|理由|报到|服从|夏至|冬至)$/

/** Where what is counted behind the figure ends: a new verb, a time, a purpose. */
export const ENDS_COUNTED =
  /进行|开展|完成|实施|实现|免费|用于|达到|建成|开工|竣工|投入|投用|投产|全部|覆盖|惠及|受益|带动|解决|方便|提高|提供|促进|推动|加快|确保|力争|全面|全年|年底|实行|启动|组织|通过|按照|纳入|得到|获得|取得|给予|分别|不少于|不低于|以及|其中|力度|正在|预计|已经|具体位置|持续|并(?!网|轨|联|购)|(?:\d{1,2}|十[一二]?)月底?|[，,。；;：:、（(）)]/
/** Behind a figure these begin something else than the thing that it counts. */
export const NOT_COUNTED =
  /^(?:[提增升降][至到高]|左右|上下|以上|以下|以内|之内|内|外|后|前|时|中|起|为|由|在|从|到|至|给|对|与|和|及|按|已|均|都|并|以|可|将|使|让|达|占|约|共|总|不|超|较|比|同比|其|等|有|是|被|向|应|须|要|力|来|去|新增|增加|新建|改建|扩建|改造(?=[^\s，。；、])|建设(?=[^\s，。；、])|吸引|惠|缓解|满足|推进|打造|引进|培育|发放|筹集|增长|下降|提升|消除|改善|保障|服务(?=[一-龥]{3})|[，,。；;：:、（(）)])/

/** Nouns that say how big a thing is, not what it is. */
export const MEASURE =
  /^(?:其?总?(?:长度?|宽度?|高度?|深度?|厚度?|里程|全长|面积|建筑面积|用地面积|占地面积|占地|体积|容积|库容|投资额?|概算|预算|规模|路宽|桥长|桥宽|路长|直径|管径)|全长|单长|全线长|总计长|设计路宽|平均宽度?|均长|净宽|红线宽度?)$/
/** Only these lean on the thing named before (消防通道总长); 建筑面积 stands by itself. */
export const LENGTH = /^(?:总|全|单|桥|路|净|设计|平均|全线)?(?:长度?|宽度?|高度?|深度?|厚度?|里程|路宽|管径|直径)$/

/** Words that say how far work has come: nothing behind a comma is counted by them. */
export const STAGE =
  /方案|文件|设计|规划|排查|摸排|摸底|调研|招标|招投标|前期|手续|审批|评审|验收|申报|勘察|勘测|论证|选址|征地|立项|宣传|机制|力度|水平|质量|能力|管理|监管|工作$|措施|政策|作用|氛围|环境|目标|情况|需求|领域|问题|成果|体系|制度|战略|模式|发展|作风|责任|短板|隐患|供给|条件/

/** Levels: a verb in front of them is part of their name (回收利用率), except those that raise them. */
export const LEVEL_NAME = /(?:率|占比|比例|比重|满意度|指数|覆盖面|增速)$/
export const RAISING = words('提升 扩大 增加 新增 投入')

/** How often or for how many: part of the metric (每千人…托位数). */
export const PER =
  /每(?:[两半百千万十]+|\d+)?(?:人口?|户|名|位|年|月|周|日|天|季度?|个月|星期|小时|半年|亩|村|所|家|班|校|镇|乡|县|个(?:行政村|自然村|乡镇|社区|村|镇|乡|班|学校|校|站|点|街道|县|小区|单位|家庭|工作日|学期))/g
