/**
 * What may rightly stand twice in Chinese prose, and what may not, as data for the rule of doubled
 * characters and words.
 */

/** Characters that are doubled on purpose: 天天, 人人, 熊熊, names. Two pairs in a row (扎扎实实) always are. */
export const REDUPLICATED: ReadonlySet<string> = new Set(
  '天人家户层处事时件常渐个条步多好年月日样次种村县镇乡校队组区市段点面路岁代世生刚仅往通频偏匆默稍微悄纷滔源茫累冉缓栩熊星芊丽汪茜拉买爸妈爷奶哥姐弟妹叔姑婆宝娃明白干整高在大小早晚分秒块片座栋门棵张份笔页本枚桩环丝节级等看说听想试走谈问查摸谢太红火风光兢欣向荣熙皆比是息相关头斤津有味落方孜倦循善诱念营跃欲绰余裕滚炎赫名娓蒸上下班对双三五扎千洗治轻松国一二四六七八九十百万零两几殷勃徐腾悠甸抹钉紧',
)

/**
 * Characters that end longer words and names (农民工, 增值税, 停车场, 永安): another word may begin with the same
 * one (工资, 税率, 场地, 安置).
 */
export const ENDS_WORDS: ReadonlySet<string> = new Set(
  '工税品会场率化性度区员者点站线所厅部科室组队班园馆厂店楼桥路街巷费款金证卡号期级类型式法制力量权额机车器网群业学生师体地田水电气油粮房院校局委办处联盟社团党军兵民农商企城乡镇村县市省州国家界洲江河湖海山川岛港湾溪沟坪坝岭峰林木草花果茶药医食物货料材具械表图书册案标卷报刊章文字语言词句话声音色光热能源速长宽高深厚重轻值价本利息债券股票币钱财产权益责任务职位席床铺铁钢铝铜铅锌煤矿石沙土泥灰渣尘烟雾雨雪风云阳阴安平永新兴宁远清德仁义和顺康福寿春华明龙凤马牛羊东西南北中门关口台岩泉井洞滩洲丰乐昌心情感觉想说理论目录像片影视剧曲歌舞戏棋牌球赛奖杯络端岸段面层带圈链堆份成分子间',
)

/** Of these, those that may end a word that begins with a verb of doing: 推进会, 完成率. */
export const ENDS_VERBS: ReadonlySet<string> = new Set('会率度期者班费点员方组办力量额法性化品区线日月年')

/** Characters that stand alone or before another word (全市, 新建, 再次): they do not belong to the word before. */
export const BEGINS_WORDS: ReadonlySet<string> = new Set(
  '子全进新大小老总副分主多非无再初高中上下前后已未不可能要应须将在为以于由从对向和与及或等的地得了着过有是到达至个名家所处户座条国省市县区镇乡村校院厂站会党军民人男女东西南北内外本各每某该此其被把让使令给用做作当按据经因若如即就才又也还更最较很太极仅只均都并且而但却则虽税费金水电气油路车房地山河湖海林田土工农商学兵医药书报网信公私自双单正反零一二三四五六七八九十百千万亿两几半数少左右长短宽厚轻重快慢早晚先旧好坏优良差真假明暗冷热干湿软硬',
)

/** Words that end in front of the next word whatever it is, so that a word may begin behind them as behind a comma. */
export const OPENERS: ReadonlySet<string> = new Set('的和与及对将把向从并或被')
/** The same behind a word. */
export const CLOSERS: ReadonlySet<string> = new Set('的和及与')

/** Particles and adverbs that are never doubled, but behind and before these characters. */
export const PARTICLES: Readonly<Record<string, { after: string; before: string }>> = {
  的: { after: '目标', before: '确士哥' },
  了: { after: '不明', before: '解之然望却' },
  和: { after: '总调饱共缓温祥谦平人柔暖随义中求', before: '美气顺睦平谐解善好' },
  与: { after: '参给赠授', before: '与' },
  及: { after: '以普涉波触企惠推', before: '时格早' },
  对: { after: '针比核校面反绝相应一配结', before: '联比照口象策应接标外内手立付待话岸准等方错' },
  已: { after: '', before: '' },
  为: { after: '作成认视以因改行定列化变分称转评确有无能造设建更判名所', before: '民老企农侨军什了何人' },
  是: { after: '但于还就只也若要凡总都正又可求', before: '非否' },
  将: { after: '干闯健名主', before: '来' },
  并: { after: '合兼吞一', before: '非且行网联发列购存处轨入举重' },
}

/** Words of doing and of manner: twice in a row they are a slip wherever they stand. Of nouns one may end and the next begin a word. */
export const NEVER_TWICE: ReadonlySet<string> = new Set(
  '进行 开展 完成 推进 加强 加快 全面 深入 积极 持续 切实 扎实 有序 稳步 大力 认真 严格 及时 确保 实现 达到 提高 强化 优化 巩固 健全 制定 印发 召开 督促 促进 推动 继续 不断 充分 有效 逐步 已经 根据 按照 以及 并且 同时 其中 对于 关于 为了 由于 主动 统一 集中 重点 着力 努力 争取 力争 尽快 如期 按时 按期'.split(
    ' ',
  ),
)

/** Characters that only end words: twice they are a slip whatever stands around them. */
export const ONLY_END: ReadonlySet<string> = new Set('者们')
