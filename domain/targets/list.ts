/**
 * Counts beside the names that they count: 甲、乙、丙3个片区, 4个片区：甲、乙、丙、丁, 甲镇、乙镇等7个乡镇. Only what
 * certainly is a list of names is compared; 新建、改建5所学校 and 10个村（社区、居委会） are none.
 */
import { extractQuantities, type Quantity, type QuantityReader } from '../quantity.ts'

/**
 * `count`: as stated; `named`: names found, which an open list (等) may fall short of. `start`, `end`: the
 * list and its count. `sure`: the list follows a colon or stands in brackets behind the count.
 */
export type NamedList = { count: number; named: number; start: number; end: number; open: boolean; sure: boolean }

/**
 * Every list of names with its count, whether they agree or not, in reading order. Linear in the text. `read`: for
 * a caller that reads the same text elsewhere.
 */
export function checkNamedLists(text: string, read: QuantityReader = extractQuantities): NamedList[] {
  if (!text.includes('、')) return []
  const counts = read(text).filter(isCountOfThings)
  return counts.flatMap((count, at) => {
    const from = counts[at - 1]?.end ?? 0
    const list = listBehind(text, count) ?? listBefore(text, count, from)
    return list ? [list] : []
  })
}

/** Whether a count and the names beside it contradict each other. */
export function isMiscounted({ count, named, open }: NamedList): boolean {
  return open ? named > count : named !== count
}

function isCountOfThings({ value, comparator, normalizedUnit }: Quantity): boolean {
  return (
    typeof value === 'number' &&
    Number.isInteger(value) &&
    value >= 2 &&
    value <= MOST_NAMES &&
    comparator === '=' &&
    COUNTERS.has(normalizedUnit)
  )
}

const MOST_NAMES = 50
const LONGEST_NOUN = 14
const LONGEST_LIST = 600
const LONGEST_NAME = 16
const COUNTERS: ReadonlySet<string> = new Set('个 家 所 处 座 条 项 栋 幢 镇 乡 村 街道 社区 片区 小区'.split(' '))

/** Not a name: work, an ordinal, a kind of thing without a name of its own, a part that says what is included. */
const NO_NAME =
  /\d|[：:]|^(?:一是|二是|三是|含|其中|包括|包含|涉及|不含|如|即将|约|每|各|全)|完成|开展|推进|实施|新建|改建|扩建|改造|建设|提升|设计|施工|验收|招标|立项|选址|开工|竣工|整治|治理|安装|培训|发放|申报|责任|牵头|配合/u
const KIND_ONLY =
  /^(?:行政)?(?:村|社区|居委会|街道|乡|镇|乡镇|小区|片区|学校|中小学|幼儿园|小学|初中|高中|中学|医院|卫生院|卫生室|企业|单位|部门|科室|楼栋|院落|农村|城区|县城|城镇|城市|乡村|城乡|公办|民办|东部|西部|南部|北部|中部|水|电|气|路|讯)$/u

/** 4个片区：甲、乙、丙、丁 and 改造小区3个（甲、乙、丙）. */
function listBehind(text: string, count: Quantity): NamedList | undefined {
  const opening = /^[^。；;，,、：:（(！？\n]{0,14}(?:：|:|（|\()/u.exec(
    text.slice(count.end, count.end + LONGEST_NOUN + 1),
  )
  if (!opening) return undefined
  const start = count.end + opening[0].length
  const inBrackets = /[（(]$/u.test(opening[0])
  const end = endOfList(text, start, inBrackets)
  if (end === undefined) return undefined
  const read = readNames(text.slice(start, end))
  if (!read?.names.every(isName)) return undefined
  return close(count, read, { start: count.start, end, sure: true })
}

/** The stop that ends a list, at the depth of brackets at which it began; undefined where it is too long to be one. */
function endOfList(text: string, start: number, inBrackets: boolean): number | undefined {
  let depth = 0
  for (let at = start; at < Math.min(text.length, start + LONGEST_LIST); at++) {
    const char = text.charAt(at)
    if (char === '（' || char === '(') depth++
    else if (char === '）' || char === ')') {
      if (depth === 0) return inBrackets ? at : undefined
      depth--
    } else if (depth === 0 && /[。；;，,：:\n]/u.test(char)) return inBrackets ? undefined : at
  }
  return text.length - start < LONGEST_LIST && !inBrackets ? text.length : undefined
}

/** 甲中学、乙中学等7所学校: the names stand directly before the count and are of the kind that is counted. */
function listBefore(text: string, count: Quantity, from: number): NamedList | undefined {
  const start = startOfList(text, count.start, from)
  const read = readNames(text.slice(start, count.start))
  if (!read) return undefined
  const [first = '', ...rest] = read.names
  // The first name has the verb before it: 完成复兴路片区.
  if (!rest.every(isName) || first.length > LONGEST_NAME * 2) return undefined
  const noun = text.slice(count.end, count.end + 8)
  if (
    !KINDS.some((kind) => kind.counted.test(`${count.unit}${noun}`) && read.names.every((name) => kind.name.test(name)))
  ) {
    return undefined
  }
  return close(count, read, { start, end: count.end, sure: false })
}

function startOfList(text: string, end: number, from: number): number {
  let depth = 0
  for (let at = end - 1; at >= Math.max(from, end - LONGEST_LIST); at--) {
    const char = text.charAt(at)
    if (char === '）' || char === ')') depth++
    else if (char === '（' || char === '(') depth--
    if (depth < 0 || (depth === 0 && /[。；;，,：:\n]/u.test(char))) return at + 1
  }
  return Math.max(from, end - LONGEST_LIST)
}

/** What is counted, and how names of such things end. */
const KINDS: readonly { counted: RegExp; name: RegExp }[] = [
  {
    counted: /^.{0,4}(?:学校|中小学|小学|中学|初中|高中)/u,
    name: /(?:学校|中学|小学|初中|高中|校区|完小|[一二三四五六七八九十]中)$/u,
  },
  { counted: /^.{0,6}幼儿园/u, name: /幼儿园$/u },
  { counted: /^.{0,2}(?:乡镇|镇|乡|街道|镇街)/u, name: /(?:镇|乡|街道)(?:（.{1,6}）)?$/u },
  { counted: /^.{0,4}(?:村|社区)/u, name: /(?:村|社区)$/u },
  { counted: /^.{0,6}(?:小区|片区|社区)/u, name: /(?:小区|片区|苑|花园|家园|新村|新城|宿舍|大院|家属院|社区)$/u },
  { counted: /^.{0,6}(?:医院|卫生院|医疗机构|医疗卫生机构)/u, name: /(?:医院|卫生院|服务中心)$/u },
  { counted: /^.{0,6}公园/u, name: /公园$/u },
  { counted: /^.{0,6}水库/u, name: /水库$/u },
  { counted: /^.{0,6}(?:道路|街道|主干道|市政道路|街巷|背街小巷)/u, name: /(?:路|街|大道|巷)$/u },
  { counted: /^.{0,6}桥/u, name: /桥$/u },
  { counted: /^.{0,6}停车场/u, name: /停车场$/u },
  { counted: /^.{0,6}(?:农贸市场|市场)/u, name: /市场$/u },
  { counted: /^.{0,6}(?:部门|单位)/u, name: /(?:局|委|办|中心|部门)$/u },
]

type Names = { names: string[]; open: boolean }

/** Undefined for fewer than two. 等 at the end leaves the list open. */
function readNames(list: string): Names | undefined {
  const closed = list.replace(/等$/u, '')
  const names = splitNames(closed).map((name) => name.trim())
  return names.length < 2 ? undefined : { names, open: closed.length < list.length }
}

/** Splits at 、 outside of brackets and quotes. */
function splitNames(list: string): string[] {
  const names: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at <= list.length; at++) {
    const char = list.charAt(at)
    if ('（(“《'.includes(char) && char !== '') depth++
    else if ('）)”》'.includes(char) && char !== '') depth--
    if (at < list.length && !(char === '、' && depth <= 0)) continue
    names.push(list.slice(start, at))
    start = at + 1
  }
  return names
}

function isName(name: string): boolean {
  return name !== '' && name.length <= LONGEST_NAME && !NO_NAME.test(name) && !KIND_ONLY.test(name)
}

/** A list with far fewer names than its count is none of what is counted, but of kinds or of examples. */
function close(
  { value }: Quantity,
  { names, open }: Names,
  place: { start: number; end: number; sure: boolean },
): NamedList | undefined {
  const count = typeof value === 'number' ? value : 0
  // 甲镇、乙镇和丙镇, but 和平镇 is one.
  const joined = names.filter((name) => /..[和及与]../u.test(name)).length
  const named = names.length + (joined > 0 && count > names.length ? 1 : 0)
  if (!open && named * 2 < count) return undefined
  return { ...place, count, named, open }
}
