/**
 * Blanks inside a sentence that were left for somebody to fill: 完成投资XX万元, 培训___人次, 于  月底前, （待定）.
 * The same signs also stand on purpose (X光, 3+X, XX-200型, “……” in a quotation, a note's asterisk), so most of them
 * count only in front of a unit.
 */

/** UTF-16 positions; the characters themselves and not the unit behind them. */
export type Blank = { start: number; end: number }

/** Units in front of which even one blank is a gap; 亿元企业 and 万元户 are kinds of things, not sums. */
const CERTAIN_UNIT =
  '(?:[万亿]元(?!产值|[A-Z]|店|增加值|大关|税收|企业|产业|园区|[户村镇级])|[万亿]?(?:平方米|平方公里|立方米)|公里|公顷|百分点|%|％)'
/** Units of several characters: few words of prose begin so. */
const LONG_UNIT = `(?:${CERTAIN_UNIT}|人次|户次|场次|千米|万[亩吨户株])`
/** Units of one character, where no word goes on with them (个人, 名称, 家庭, 台账, 条例, 项目). */
const SHORT_UNIT =
  '(?:[元亩吨座栋株](?![旦均宵位谈标级])|人(?![才民员口力居均工物大文社户])|户(?![籍外主口均型])|个(?![人体性别案])|名(?![称师优录单下])|家(?![庭园长政具电])|场(?![景所地馆内外])|次(?![生年要月])|所(?![有需在属])|处(?![置理于方级长])|项(?!目)|条(?![例件款])|件(?!套)|台(?![账风])|米(?![面粉])|万(?=[人户]))'
/** 月, 日 and 年 of a date. */
const DATE_UNIT =
  '(?:月(?=[底末初份前中上下内日]|\\s*[\\dXx×_＿]+\\s*日)|日(?=[前内止起]|之前|以前|完成|召开)|年(?=\\s*[\\dXx×_＿]+\\s*月|[底末]))'
const UNIT = `(?:${LONG_UNIT}|${SHORT_UNIT}|${DATE_UNIT})`
/** What follows a short unit that can only be one. */
const UNIT_ENDS = '(?=$|[\\s，。；、：（）]|以[上内下]|左右|以前|之前)'
const SURE_UNIT = `(?:${LONG_UNIT}|${SHORT_UNIT}${UNIT_ENDS})`

const PATTERNS: readonly RegExp[] = [
  // ___ between letters is a name of a program.
  /(?<![A-Za-z0-9_＿])[_＿]{2,}|(?<![_＿])[_＿]{2,}(?![A-Za-z0-9_＿])/g,
  new RegExp(`(?<![A-Za-z0-9_＿])[_＿]+(?=${UNIT})`, 'g'),
  // XX大道 as well as XX万元; not XX-200, XXL, XX型, nor the title 《XX县行动方案》.
  /(?<![A-Za-z0-9Ａ-Ｚａ-ｚ×+＋\-－/“])(?:[XxＸｘ]{2,}|×{2,})(?![A-Za-z0-9×+＋\-－”]|型)(?<!《[^《》]{0,40})/g,
  new RegExp(`(?<![A-Za-z0-9+＋\\-－×])[XxＸｘ×](?=${UNIT})`, 'g'),
  new RegExp(`(?<![\\d一二三四五六七八九零*＊])(?:[*＊]{2,}(?=${UNIT})|[*＊](?=${SURE_UNIT}))`, 'g'),
  // One alone in front of 年底 is a bullet.
  new RegExp(`(?<![\\d一二三四五六七八九零○〇◯□△])(?:[○〇◯□△]{2,}(?=${UNIT})|[○〇◯□△](?=${SURE_UNIT}))`, 'g'),
  // 绿化、亮化……人居环境 goes on; ……万元 does not.
  new RegExp(`(?<![….。])(?:…+|\\.{3,}|。{3,})(?=${SURE_UNIT})`, 'g'),
  /（\s*）|《\s*》|〔\s*〕|【\s*】|(?<![A-Za-z0-9_])\(\s*\)/g,
  /[（(【[](?:此处|在此|请在?此?处?)(?:填|补[充填]|写|插入|录入|输入)[^（()）】\]]{0,20}[）)】\]]|[（(【[]\s*(?:待定|待补充?|待填写?|待填报|待明确|待确定|未定|填写|空白|TBD)\s*[）)】\]]|此处(?:填写|填报|补充|待补|待填|留空)/g,
]

const NUMERAL = '一二三四五六七八九十百千万亿两零几数多余半'
/** Words in front of 月 that name one: 每 月底 has a blank that is only stray. */
const NAMED_MONTH = '每本次当该上下这各同逐'
/** Blanks where a figure belongs: one is enough before 万元, two before 户 or 月底. */
const GAPS: readonly RegExp[] = [
  new RegExp(`(?<=\\p{Script=Han}(?<![${NUMERAL}每上过近按位]))[^\\S\\n\\r]+(?=${CERTAIN_UNIT})`, 'gu'),
  new RegExp(
    `(?<=\\p{Script=Han}(?<![${NUMERAL}每上过近按位]))(?:[^\\S\\n\\r]{2,}|\\u3000)(?=${SURE_UNIT}|个(?![人体性别案])\\p{Script=Han})`,
    'gu',
  ),
  new RegExp(
    `(?<=[\\p{Script=Han}（](?<![${NUMERAL}${NAMED_MONTH}]))(?:[^\\S\\n\\r]{2,}(?=月(?:[底末初份前]|[中上下]旬))|[^\\S\\n\\r]+(?=月\\s+日))`,
    'gu',
  ),
  /(?<=月)[^\S\n\r]+(?=日)|(?<=第)[^\S\n\r]{2,}(?=[批期次届号]|季度)/g,
  /(?<=投资|共计|合计|累计|不少于|不低于|不超过|达到|超过|突破|面积|人数|户数|数量|金额|总额)[^\S\n\r]{2,}(?=[，。；、）])/g,
]

/** Whether a text can hold one at all: one quick look at what is nearly always clean. */
const MAY_HOLD =
  /[_＿XxＸｘ×*＊○〇◯□△…]|\.{3}|。{3}|[（《〔【(]\s*[）》〕】)]|[（(【[][此在请待未填空T\s]|此处|[^\S\n\r]/

/** All blanks of a text in reading order, none within another. */
export function findBlanks(text: string): Blank[] {
  if (!MAY_HOLD.test(text)) return []
  const found = [...PATTERNS, ...GAPS].flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length })),
  )
  found.sort((a, b) => a.start - b.start || b.end - a.end)
  const apart: Blank[] = []
  for (const blank of found) if (blank.start >= (apart.at(-1)?.end ?? 0)) apart.push(blank)
  return apart
}
