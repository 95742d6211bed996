/** How well a reader of quantities agrees with hand-made truth: figures, and every disagreement in words. */
import type { Figure, Quantity, QuantityValue } from '../../../domain/quantity.ts'
import type { TruthCell, TruthQuantity } from './quantities-notation.ts'

/** What a reader gives; what the words around say is compared only where the reader says a metric. */
type Found = Omit<Figure, 'end' | 'from' | 'to'> &
  Partial<Pick<Quantity, 'metric' | 'role' | 'object'>> & { describes?: string }

export type Measure = {
  cells: number
  truth: number
  found: number
  /** Found where the truth has the same start and text. */
  matched: number
  precision: number
  recall: number
  /** Shares of the matched that agree; 1 where there is nothing to compare. */
  value: number
  unit: number
  normalized: number
  comparator: number
  metric: number
  role: number
  describes: number
  object: number
  /** 漏 missed, 误 taken for a quantity, 值 单位 规范 比较 对象 作用 描述 归属 otherwise read. */
  misses: string[]
}

/** Reads every cell with `read` and compares. Linear in the number of quantities. */
export function measureQuantities(cells: TruthCell[], read: (text: string) => Found[]): Measure {
  const misses: string[] = []
  const compared = { value: 0, unit: 0, normalized: 0, comparator: 0, metric: 0, role: 0, describes: 0, object: 0 }
  const agreed = { ...compared }
  let truth = 0
  let found = 0
  let matched = 0
  for (const cell of cells) {
    const seen = read(cell.text)
    const unmatched = new Map(seen.map((quantity) => [keyOf(quantity), quantity]))
    truth += cell.quantities.length
    found += seen.length
    for (const expected of cell.quantities) {
      const actual = unmatched.get(keyOf(expected))
      if (actual === undefined) {
        misses.push(`漏 ${show(expected)} | ${cell.text}`)
        continue
      }
      unmatched.delete(keyOf(expected))
      matched += 1
      for (const [aspect, name, same] of compareAspects(expected, actual)) {
        compared[aspect] += 1
        if (same) agreed[aspect] += 1
        else misses.push(`${name} ${show(expected)} ≠ ${show(actual)} | ${cell.text}`)
      }
    }
    for (const extra of unmatched.values()) misses.push(`误 ${show(extra)} | ${cell.text}`)
  }
  const share = (aspect: keyof typeof compared) => divide(agreed[aspect], compared[aspect])
  return {
    cells: cells.length,
    truth,
    found,
    matched,
    precision: divide(matched, found),
    recall: divide(matched, truth),
    value: share('value'),
    unit: share('unit'),
    normalized: share('normalized'),
    comparator: share('comparator'),
    metric: share('metric'),
    role: share('role'),
    describes: share('describes'),
    object: share('object'),
    misses,
  }
}

type Aspect = Exclude<keyof Measure, 'cells' | 'truth' | 'found' | 'matched' | 'precision' | 'recall' | 'misses'>

function compareAspects(expected: TruthQuantity, actual: Found): [Aspect, string, boolean][] {
  const aspects: [Aspect, string, boolean][] = [
    ['value', '值', sameValue(expected.value, actual.value)],
    ['unit', '单位', expected.unit === actual.unit],
    [
      'normalized',
      '规范',
      expected.normalizedUnit === actual.normalizedUnit && sameValue(expected.normalizedValue, actual.normalizedValue),
    ],
    [
      'comparator',
      '比较',
      expected.comparator === actual.comparator && (expected.bothWays ?? false) === (actual.bothWays ?? false),
    ],
  ]
  if (actual.metric === undefined) return aspects
  if (expected.metric !== undefined) aspects.push(['metric', '对象', expected.metric === actual.metric])
  if (expected.role !== undefined) aspects.push(['role', '作用', expected.role === actual.role])
  if (expected.describes !== undefined)
    aspects.push(['describes', '描述', expected.describes === (actual.describes ?? '')])
  if (expected.object !== undefined) aspects.push(['object', '归属', expected.object === (actual.object ?? '')])
  return aspects
}

/** Equal but for the last bits, which 亩 and thirds leave to the order of the steps. */
function sameValue(a: QuantityValue, b: QuantityValue): boolean {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a))
  if (typeof a === 'number' || typeof b === 'number') return false
  return sameValue(a.min, b.min) && sameValue(a.max, b.max)
}

const keyOf = ({ start, text }: { start: number; text: string }) => `${start} ${text}`
const divide = (part: number, whole: number) => (whole === 0 ? 1 : part / whole)

function show(found: Found): string {
  const number = (value: QuantityValue) => (typeof value === 'number' ? `${value}` : `${value.min}..${value.max}`)
  const { text, value, unit, normalizedValue, normalizedUnit, comparator, metric, role, describes, object, bothWays } =
    found
  return [
    `[${text}] ${comparator}${bothWays ? '±' : ''} ${number(value)}“${unit}” = ${number(normalizedValue)}“${normalizedUnit}”`,
    metric && `#${metric}`,
    role && `@${role}`,
    describes !== undefined && `~${describes}`,
    object !== undefined && `^${object}`,
  ]
    .filter(Boolean)
    .join(' ')
}
