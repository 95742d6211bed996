/**
 * Quantity: a number in official prose, with its unit, how it bounds what it counts, and what that is.
 */
import { describe } from './quantity/describes.ts'
import { readFigures } from './quantity/metric.ts'
import { roleOf } from './quantity/role.ts'
import { scanQuantities } from './quantity/scan.ts'

/** 元, 平方米, 米, 千克 where the unit converts; counters, % and all else stay themselves. */
export type QuantityValue = number | { min: number; max: number }

/** `=` where nothing bounds it; `range` has both ends in its values. */
export type Comparator = '>=' | '<=' | '>' | '<' | '=' | '≈' | 'range'

/**
 * What a figure in a milestone says. increment: done in this period (完成2500人). cumulative: done since the
 * year began (累计完成60批次). share: of the work (完成工程量的30%). rate: a level reached (签约率达到70%).
 * restated: the target of the year written again (全年新增2000个).
 */
export type QuantityRole = 'increment' | 'cumulative' | 'share' | 'rate' | 'restated'

/**
 * A number that describes and promises nothing by itself. baseline: where it starts (由574提至609: the
 * first; 现有120个). part: of another quantity (其中…). size: of one object (路宽6米, 占地4万平方米).
 * eligibility: who or what is counted (10亿元以上企业). frequency: how often (每周不少于2次). effect: what
 * follows from the work (受益人口20000余人). amount: what each one gets (每人5000元). plan: of several years
 * (两年建成600套，今年完成300套: the first). stretch: what is striven for beyond a promise (建设300套，力争320套), which
 * only the reader of targets tells.
 */
export type Description =
  | 'baseline'
  | 'part'
  | 'size'
  | 'eligibility'
  | 'frequency'
  | 'effect'
  | 'amount'
  | 'plan'
  | 'stretch'

/** Offsets are UTF-16 positions in the text; `text` is the number with its unit. */
export type Quantity = {
  text: string
  start: number
  end: number
  /** As written beside `unit`: 1000 with 万元 in 1000万元, 20000 with 人 in 两万人. */
  value: QuantityValue
  /** As written, with its 万 or 亿 behind figures; '' where the number has none. A bare 万 of money is 万元. */
  unit: string
  normalizedValue: QuantityValue
  normalizedUnit: string
  comparator: Comparator
  /** The noun phrase that is counted, the same in target and milestone: 城镇新增就业. '' where none is said. */
  metric: string
  /** The verb of doing that governs the metric, where it stands beside it: 新建 in 新建停车场3个. */
  action?: string
  role?: QuantityRole
  describes?: Description
  /** The named thing that it belongs to, where the text says one: 羊市镇卫生院. */
  object?: string
  /** Bounds a change in both directions: 增减幅度控制在10%以内. */
  bothWays?: true
}

/**
 * What reading the figures alone gives, before the words around them are understood. `from` and `to`: the
 * stretch that belongs to the figure, its comparator included (控制在5.5%以内).
 */
export type Figure = Omit<Quantity, 'metric' | 'action' | 'role' | 'describes' | 'object'> & {
  from: number
  to: number
}

/** How a text's quantities are got: `extractQuantities`, or what remembers its answers. */
export type QuantityReader = (text: string) => readonly Quantity[]

/** Without one of these characters a text has no number. */
const NUMERAL = /[\d０-９〇零一二三四五六七八九十百千万亿两]/

/** All quantities of a text in reading order. Blank and any other text gives none; never throws. */
export function extractQuantities(text: string): Quantity[] {
  if (!NUMERAL.test(text)) return []
  const readings = readFigures(text, scanQuantities(text))
  const descriptions = describe(readings)
  return readings.map((reading, nth) => {
    const { figure, metric, action, object } = reading
    const describes = descriptions[nth]
    const role = roleOf(reading, describes)
    // Field by field: there are thousands of these, and copying them with spreads takes longer than finding them.
    const quantity: Quantity = {
      text: figure.text,
      start: figure.start,
      end: figure.end,
      value: figure.value,
      unit: figure.unit,
      normalizedValue: figure.normalizedValue,
      normalizedUnit: figure.normalizedUnit,
      comparator: figure.comparator,
      metric,
    }
    if (figure.bothWays) quantity.bothWays = true
    if (action !== undefined) quantity.action = action
    if (role) quantity.role = role
    if (describes) quantity.describes = describes
    if (object !== undefined) quantity.object = object
    return quantity
  })
}
