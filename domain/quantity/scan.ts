/**
 * Reads the figures of official prose: numbers with units and what bounds them. What they count is said by
 * quantity.ts.
 */
import { exactOf, multiply, toNumber } from '../decimal.ts'
import type { Comparator, Figure, QuantityValue } from '../quantity.ts'
import { boundBefore, boundBehind, distantBound, eachBehind, isBothWays } from './comparators.ts'
import { findNames } from './exclusions.ts'
import { type Member, readMembers } from './members.ts'
import { findNumerals } from './numerals.ts'
import { type PlainText, readPlainly } from './text.ts'
import { factorBetween, normalize } from './units.ts'

const ONE = exactOf(1)
const RANGE_SIGN = /(?:--?|[—–―─]{1,2}|[~〜至到])/y
const LIST_SIGN = /(?:、|和|及|与|或|以及)/y
const LONGEST_SIGN = 2

/** A member with what joins it to the one before: part of its range, next in its list, or nothing. */
type Linked = Member & { link: 'none' | 'range' | 'list' }

/**
 * All quantities in order of reading, none overlapping. Years, dates, grades, ages, codes and names are left
 * alone. Takes time in proportion to the text.
 */
export function scanQuantities(text: string): Figure[] {
  const read = readPlainly(text)
  const { plain } = read
  const members = readMembers(read, findNumerals(plain))
  barNames(plain, members)
  if (members.every(({ barred }) => barred)) return []
  return chain(read, members).flatMap((linked) => readChain(text, read, linked))
}

/** Numbers in names count nothing. Changes the members. */
function barNames(plain: string, members: readonly Member[]): void {
  const names = findNames(plain)
  let at = 0
  for (const member of members) {
    while (at < names.length && names[at]!.end <= member.start) at++
    const name = names[at]
    if (name && name.start <= member.start) member.barred = true
  }
}

/** Numbers that stand side by side with nothing but a sign between them. */
function chain(read: PlainText, members: readonly Member[]): Linked[][] {
  const chains: Linked[][] = []
  let last: Linked | undefined
  for (const member of members) {
    const link = last ? linkOf(read, last, member) : 'none'
    const linked = { ...member, link }
    if (link === 'none') chains.push([linked])
    else chains.at(-1)!.push(linked)
    last = linked
  }
  return chains
}

function linkOf(read: PlainText, last: Member, member: Member): Linked['link'] {
  const { plain } = read
  const from = last.barred ? barredEnd(plain, last) : last.end
  if (member.start - from > LONGEST_SIGN) return 'none'
  for (const [sign, link] of [
    [RANGE_SIGN, 'range'],
    [LIST_SIGN, 'list'],
  ] as const) {
    sign.lastIndex = from
    if (!sign.test(plain) || sign.lastIndex !== member.start) continue
    return link === 'list' && isItemNumber(read, last) ? 'none' : link
  }
  return 'none'
}

/** A barred number ends behind its word: 1月至6月, 2023年、2024年. */
function barredEnd(plain: string, { digitsEnd, end }: Member): number {
  if (end > digitsEnd) return end
  return /[月日号岁级年期届季]/.test(plain.charAt(end)) ? end + 1 : end
}

/** The 1 of “1、20个公厕” at the beginning of a line or clause. */
function isItemNumber({ plain, lineStarts }: PlainText, { start, end, unit, power, value }: Member): boolean {
  const bare = unit === '' && power === '' && end - start <= 2 && value < 50
  return bare && (lineStarts.has(start) || /[；。：:;）)]/.test(plain.charAt(start - 1)))
}

/** One number or both ends of a range, in the plain text. */
type Reading = { start: number; end: number; value: QuantityValue; unit: string; more: boolean }

function readChain(text: string, read: PlainText, linked: readonly Linked[]): Figure[] {
  const { plain, origin } = read
  const members = linked.length > 1 ? passOn(plain, linked) : linked
  const readings: Reading[] = []
  for (let i = 0; i < members.length; i++) {
    const run = [members[i]!]
    while (members[i + 1]?.link === 'range') run.push(members[++i]!)
    readings.push(...readRun(read, run))
  }
  return bindAll(plain, readings).map(({ start, end, from, to, value, unit, comparator, bothWays }) => {
    const normalized = normalize(value, unit)
    const [first, last] = [origin[start]!, origin[end - 1]! + 1]
    return {
      text: text.slice(first, last),
      start: first,
      end: last,
      value,
      unit,
      normalizedValue: normalized.value,
      normalizedUnit: normalized.unit,
      comparator,
      from: origin[from]!,
      to: origin[to - 1]! + 1,
      ...(bothWays ? { bothWays } : {}),
    }
  })
}

/**
 * Units go back to bare numbers (300、500、200户), and so does a date or a grade (3、4月); an ordinal goes on
 * (第一、三批).
 */
function passOn(plain: string, linked: readonly Linked[]): Linked[] {
  const members = linked.map((member) => ({ ...member }))
  for (let i = members.length - 2; i >= 0; i--) {
    const member = members[i]!
    const next = members[i + 1]!
    if (next.barred) member.barred ||= isBare(member) || next.link === 'range'
    else if (member.unit === '' && !member.fraction && (member.style === 'figures' || next.link === 'range')) {
      members[i] = { ...member, unit: next.unit, power: member.power || carriedPower(member, next) }
    }
  }
  for (let i = 1; i < members.length; i++) {
    const last = linked[i - 1]!
    if (plain.charAt(linked[0]!.start - 1) !== '第' || !isBare(last)) break
    members[i]!.barred = true
  }
  return members
}

/** 3000-5000万元 are both 万元; 5000-2万元 begins at 5000 元. */
function carriedPower(member: Member, next: Linked): string {
  const most = next.link === 'range' ? next.value : next.value * 1000
  return member.value < most ? next.power : ''
}

function isBare({ unit, power }: Member): boolean {
  return unit === '' && power === ''
}

/** A range has two ends; more numbers in a row are a code (1-2-3). */
function readRun(read: PlainText, run: readonly Linked[]): Reading[] {
  const { plain } = read
  const [first, second, third] = run
  const kept = run.filter((member) => isQuantity(read, member))
  if (third) return []
  if (first && second && kept.length === 2 && !isFromTo(plain, first, second)) {
    const range = readRange(plain, first, second)
    if (range) return [range]
  }
  return kept.filter((member) => !second || !isBare(member)).map((member) => readOne(plain, member))
}

/** 由80%提高至90% and 由3个至5个 tell two levels, not a range. */
function isFromTo(plain: string, first: Member, second: Member): boolean {
  return /[由从]/.test(plain.charAt(first.start - 1)) && /[至到]/.test(plain.charAt(second.start - 1))
}

function readRange(plain: string, first: Member, second: Member): Reading | undefined {
  const unit = unitOf(plain, second)
  const other = unitOf(plain, first)
  if (unit === '' && !first.fraction) return
  const factor = factorBetween(other, unit)
  if (factor === undefined) return
  const min = toNumber(multiply(exactOf(first.value), factor))
  if (min >= second.value) return
  return { start: first.start, end: second.end, value: { min, max: second.value }, unit, more: false }
}

/** Whether a number stands for something counted, by itself. */
function isQuantity(read: PlainText, member: Member): boolean {
  const { plain } = read
  if (member.barred) return false
  if (member.round && !isNamedRound(plain, member)) return false
  if (member.fraction) return true
  if (member.unit !== '') return member.style === 'figures' || member.value > 0
  if (member.power !== '') return true
  if (member.style === 'chinese') return isMoney(plain, member) && member.value >= 1e4
  return !read.lineStarts.has(member.start) && isBareNumber(plain, member)
}

/** 近百家 says a number, 百家 does not. */
function isNamedRound(plain: string, { start }: Member): boolean {
  return boundBefore(plain, start, false) !== undefined || /[过破]$/.test(plain.charAt(start - 1))
}

/** Figures without a unit count where a bound or a change says so, or where they end their clause. */
function isBareNumber(plain: string, { start, end, value }: Member): boolean {
  if (boundBefore(plain, start, false) || boundBehind(plain, end, '')) return true
  const before = plain.slice(Math.max(0, start - LABEL_REACH), start)
  const behind = plain.slice(end, end + 3)
  if (CHANGED_TO.test(before) || (/[由从]$/.test(before) && CHANGE.test(behind))) return true
  const ends = /^(?:$|[，。；）)])/.test(behind)
  return (
    ends &&
    value >= 10 &&
    value < 1e4 &&
    !isYearLike(value) &&
    /[\p{Script=Han}：]$/u.test(before) &&
    !LABEL.test(before)
  )
}

const LABEL_REACH = 8
const CHANGE = /^[提增升降减上下扩缩压]/
const CHANGED_TO = /(?:提|增|升|降|减|压减|扩大|缩小|提高|提升|增加|增长|上升|下降|降低|减少|压降|缩短|缩减)[至到为]$/
const LABEL =
  /(?:附件|附表|表|图|编号|序号|号|代码|邮编|电话|热线|专线|[国省县乡]道|平台|第|前|排名|型|公路|服务|型号|代号|拨打|\d：)$/

/** 2000 is rather a target than a year. */
function isYearLike(value: number): boolean {
  return value >= 1900 && value < 2100 && value !== 2000
}

function readOne(plain: string, member: Member): Reading {
  const { end, more, power } = member
  const unit = unitOf(plain, member)
  if (isNegative(plain, member)) return { start: member.start - 1, end, more, unit, value: -member.value }
  const { start } = member
  // 1.2亿 of nothing named is the number 120000000.
  return unit === power
    ? { start, end, more, unit: '', value: toNumber(multiply(exactOf(member.value), factorBetween(power, '') ?? ONE)) }
    : { start, end, more, unit, value: member.value }
}

/** 增速-3.2%: a sign, not a dash between words, which only rates have. */
function isNegative(plain: string, { start, unit }: Member): boolean {
  return (
    plain.charAt(start - 1) === '-' &&
    /^(?:%|‰|个?百分点|℃)$/.test(unit) &&
    /[^A-Za-z\d-]/.test(plain.charAt(start - 2))
  )
}

/** The unit as written; a bare 万 of money is 万元. */
function unitOf(plain: string, member: Member): string {
  if (member.unit !== '' || member.fraction) return member.power + member.unit
  const money = (member.power !== '' || member.value >= 1e4) && isMoney(plain, member)
  return money ? `${member.power}元` : member.power
}

const MONEY_REACH = 20
const MONEY =
  /(?:投资|贷款|资金|补助|补贴|产值|(?:^|[^低])收入|拨付|奖补|奖励|经费|预算|债券|销售额|销售|营收|税收|金额|总额|效益|利润|GDP|增加值|募集|捐赠|捐款|善款|融资|授信|减税|退税|降费|减免|支出|救助金|工资|欠薪|成本|费用|保费|赔付|价值|造价|消费(?!者)|零售额|交易额|成交额|营业额|进出口|外资|基金|专款|补偿|担保|财政|款项|债务|赔偿|欠款|货款|保证金|养老金|待遇|津贴|学费|年金|薪|专项债|消费券|股金|分红|余额|额度|限额)[^。；;人户众次口惠覆株吨亩]{0,14}$/

function isMoney(plain: string, { start }: Member): boolean {
  return MONEY.test(plain.slice(Math.max(0, start - MONEY_REACH), start))
}

type Bound = Reading & { from: number; to: number; comparator: Comparator; bothWays?: true }

/** What stands behind a number bounds more than what stands before it. A list of one unit shares its bounds. */
function bindAll(plain: string, readings: readonly Reading[]): Bound[] {
  const own = readings.map((reading) => bind(plain, reading))
  const first = own[0]
  const last = own.at(-1)
  const shared = own.length > 1 && own.every(({ unit }) => unit === first?.unit)
  if (!first || !last || !shared) return own
  return own.map((bound, i) => {
    if (bound.comparator !== '=') return bound
    const comparator = last.to > last.end ? last.comparator : i > 0 && first.from < first.start ? first.comparator : '='
    return comparator === 'range' ? bound : { ...bound, comparator }
  })
}

const TIME_UNITS: ReadonlySet<string> = new Set(['年', '个月', '天', '周', '日', '个星期'])
const SHARE_UNITS: ReadonlySet<string> = new Set(['%', '倍', ''])

function bind(plain: string, reading: Reading): Bound {
  const { start, end, unit, value, more } = reading
  const signed = plain.charAt(start - 1) === '±' ? start - 1 : start
  const time = TIME_UNITS.has(unit)
  const found = boundBefore(plain, signed, SHARE_UNITS.has(unit))
  const before = found && time && plain.charAt(start - 1) === '近' ? undefined : found
  const each = eachBehind(plain, end)
  const behind = boundBehind(plain, end + each, unit)
  const from = signed - (before?.length ?? 0)
  const to = end + each + (behind?.length ?? 0)
  if (typeof value !== 'number') return { ...reading, from, to, comparator: 'range' }
  const comparator =
    behind?.comparator ?? (more ? '>' : undefined) ?? before?.comparator ?? distantBound(plain, signed) ?? '='
  const bothWays = (signed < start || comparator === '<=') && isBothWays(plain, from)
  if (signed < start) return { ...reading, from, to, comparator: '<=', bothWays: true }
  return { ...reading, from, to, comparator, ...(bothWays ? { bothWays } : {}) }
}
