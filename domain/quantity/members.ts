/**
 * One number with power and unit, before it is joined to its neighbours in a range or list: 1500余万元,
 * 百分之九十, 1/3.
 */
import { type Candidate, isBarredBehind, isNoQuantity } from './exclusions.ts'
import type { Numeral } from './numerals.ts'
import type { PlainText } from './text.ts'
import { isCounter, powerAt, unitAt } from './units.ts'

/** Positions in the plain text. */
export type Member = Candidate & {
  /** 万 in 5万元; '' behind Chinese numerals, which hold theirs in the value. */
  power: string
  /** 余 or 多 inside: 20000余人. */
  more: boolean
  /** 百, 千万: a Chinese numeral without a digit. */
  round: boolean
  /** 1/3, 三分之一: complete without a unit. */
  fraction: boolean
  /** No quantity whatever stands beside it; it takes bare neighbours of its list or range with it. */
  barred: boolean
}

const MORE: ReadonlySet<string> = new Set('余多来')
/** Powers that stand alone: 5万. 3千 alone is rather the beginning of a word. */
const BARE_POWER = /[万亿]$/
/** 50台（套）: the second name of the same counter. */
const SECOND_COUNTER = /^[（(][个台套件户人次名位处座间张份场家项条所只支辆部栋幢]{1,2}[）)]/
/** 4批次/千人: so many for each thousand. */
const FOR_EACH = /^\/(?:[百千万]|十万|百万|1?0{0,3}[1-9]0{0,4}万?)?(?:常住人口|人口|人|户|班|村|校|社区|床|公里|亩)/u
/** 12/10万: of each 100000. */
const OF_MANY = /^1(?:0{0,2}万|0{2,5})/
const SHARES: Readonly<Record<number, string>> = { 100: '%', 1000: '‰', 10000: '‱' }

/** All numbers of a plain text in order, those without a value barred. */
export function readMembers({ plain, lineStarts }: PlainText, numerals: readonly Numeral[]): Member[] {
  const members: Member[] = []
  for (let i = 0; i < numerals.length; i++) {
    const numeral = numerals[i]!
    const next = numerals[i + 1]
    const fraction = next && readFraction(plain, numeral, next)
    if (fraction) i++
    const whole = fraction ?? readMember(plain, numeral)
    const member = lineStarts.has(whole.start) ? dropItemNumber(plain, whole) : whole
    const last = members.at(-1)
    if (last && joinsTo(last, member)) members[members.length - 1] = join(last, member)
    else members.push(member)
  }
  for (const member of members) member.barred ||= isNoQuantity(plain, member)
  return members
}

function readMember(plain: string, numeral: Numeral): Member {
  const { start, end: digitsEnd, style } = numeral
  const bare: Member = {
    start,
    digitsEnd,
    end: digitsEnd,
    style,
    value: numeral.value ?? 0,
    power: '',
    unit: '',
    more: false,
    round: numeral.round === true,
    fraction: false,
    barred: numeral.value === undefined,
  }
  if (bare.barred) return bare
  if (isBarredBehind(plain, digitsEnd)) return { ...bare, barred: true }
  let at = digitsEnd
  let more = false
  const skipMore = () => {
    if (more || !MORE.has(plain.charAt(at))) return
    more = true
    at++
  }
  skipMore()
  const power = style === 'figures' || more ? powerAt(plain, at) : ''
  at += power.length
  const powerEnd = at
  skipMore()
  const months = plain.startsWith('个多月', at)
  const unit = months ? '个多月' : unitAt(plain, at, style)
  if (unit === '') {
    // 余 behind 万 (3万余群众) bounds it from outside.
    return BARE_POWER.test(power) ? holdPower({ ...bare, end: powerEnd, more, power }) : bare
  }
  at += unit.length
  const bracket = plain.charAt(at)
  const second = bracket === '（' || bracket === '(' ? (SECOND_COUNTER.exec(plain.slice(at, at + 4))?.[0] ?? '') : ''
  const each =
    second === '' && plain.charAt(at) === '/' && isCounter(unit)
      ? (FOR_EACH.exec(plain.slice(at, at + 10))?.[0] ?? '')
      : ''
  return holdPower({
    ...bare,
    end: at + second.length + each.length,
    power,
    unit: months ? '个月' : unit + second + each,
    more: more || months,
  })
}

/** What has no halves: 1.5个 at the beginning of a line is item 1 with 5个. */
const WHOLE_THINGS = /^(?:[人户名位座所处件栋幢套台辆场次家条项])$/
const ITEM = /^(\d{1,2}\.)(\d+)$/

/** 1.5座公厕, 2.2024年: an item number and the number behind it, typed without a blank. */
function dropItemNumber(plain: string, member: Member): Member {
  const [, item, digits] = ITEM.exec(plain.slice(member.start, member.digitsEnd)) ?? []
  if (item === undefined || digits === undefined || member.power !== '') return member
  const value = Number(digits)
  const year = member.unit === '年' && value >= 1900 && value < 2100
  const things = WHOLE_THINGS.test(member.unit) && /^\p{Script=Han}/u.test(plain.slice(member.end, member.end + 1))
  return year || things ? { ...member, start: member.start + item.length, value } : member
}

/** A number written wholly in Chinese is one numeral: 十余万元 are 100000 元. */
function holdPower(member: Member): Member {
  if (member.style === 'figures') return member
  const factor = [...member.power].reduce((product, char) => product * (CHINESE_POWERS[char] ?? 1), 1)
  return { ...member, value: member.value * factor, power: '' }
}

const CHINESE_POWERS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000, 万: 1e4, 亿: 1e8 }

/** 百分之九十, 三分之一, 1/3; a quotient above one (24/7, 2023/2024) is a code. */
function readFraction(plain: string, first: Numeral, second: Numeral): Member | undefined {
  const between = plain.slice(first.end, second.start)
  if (between !== '分之' && between !== '/') return
  const { value: left = 0 } = first
  const { value: right = 0 } = second
  const member: Member = {
    start: first.start,
    digitsEnd: second.end,
    end: second.end,
    style: second.style,
    value: 0,
    power: '',
    unit: '',
    more: false,
    round: false,
    fraction: true,
    barred: false,
  }
  if (between === '分之') {
    const share = SHARES[left]
    if (share) return { ...member, value: right, unit: share, barred: second.value === undefined }
    return { ...member, value: right / left, barred: left === 0 || second.value === undefined }
  }
  const many = OF_MANY.exec(plain.slice(second.start, second.start + 6))?.[0]
  if (many !== undefined && first.style === 'figures' && !/[/\d]/.test(plain.charAt(second.start + many.length))) {
    const end = second.start + many.length
    return { ...member, digitsEnd: first.end, end, style: 'figures', value: left, unit: `/${many}`, fraction: false }
  }
  const figures = first.style === 'figures' && second.style === 'figures'
  const proper = figures && left > 0 && left < right && right <= 100 && !/[/\d]/.test(plain.charAt(second.end))
  return { ...member, value: proper ? left / right : 0, barred: !proper || plain.charAt(first.start - 1) === '/' }
}

/** 1亿2000万元 is one number. */
function joinsTo(last: Member, member: Member): boolean {
  return (
    last.end === member.start &&
    last.power === '亿' &&
    last.unit === '' &&
    member.power === '万' &&
    member.style === 'figures' &&
    !last.barred &&
    !member.barred
  )
}

function join(last: Member, member: Member): Member {
  return { ...member, start: last.start, value: last.value * 1e4 + member.value }
}
