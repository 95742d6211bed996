/**
 * 建设人才公寓300套，力争完成320套: what is striven for beyond a plain figure of the same thing promises nothing
 * by itself, and the plain one is kept by whatever lies between both.
 */
import { standsWithin } from '../quantity/same-metric.ts'
import { areDifferentDoings } from '../quantity/same-metric-words.ts'
import type { Quantity } from '../quantity.ts'
import { compareAmounts, readAmount } from './amount.ts'
import { isCap } from './outcome.ts'

/** From behind the plain figure, its noun and bound included, to the one striven for. */
const LEAD =
  /^[^，,、。；;：:（(\d]{0,12}[，,、；;（(]\s*(?:并|且|全年|年内|全力)*(?:力争|争取|冲刺|奋力|努力|力求)([^，,、。；;：:（(\d]*)$/u
const STRIVES = /全力|力争|争取|冲刺|奋力|努力|力求/gu
/** 力争开工5所, 力争全县达到50所: another stage of the work, or all there are, is no more of the same. */
const OF_OTHER = /开工|动工|交付|完工|竣工|投用|投入|启用|签约|入住|验收|全[县市区镇乡]|累计|累积|总数|总量|共/u

/**
 * The same quantities in their order: what a plain one before it is to be stretched to is described as such, and
 * the plain one is a floor where more was striven for. `text`: what they were read from.
 */
export function markStretches(text: string, quantities: readonly Quantity[]): Quantity[] {
  const marked: Quantity[] = []
  for (const quantity of quantities) {
    const plain = marked.at(-1)
    if (!plain || !isStretchOf(text, plain, quantity)) {
      marked.push(quantity)
      continue
    }
    if (plain.describes === undefined && plain.comparator === '=')
      marked[marked.length - 1] = { ...plain, comparator: '>=' }
    marked.push({ ...quantity, describes: 'stretch' })
  }
  return marked
}

function isStretchOf(text: string, plain: Quantity, quantity: Quantity): boolean {
  const { metric, action = '', normalizedUnit, describes } = quantity
  const promised = plain.describes === undefined || plain.describes === 'stretch'
  if (!promised || describes !== undefined || plain.normalizedUnit !== normalizedUnit) return false
  const between = LEAD.exec(text.slice(plain.end, quantity.start))?.[1]
  if (between === undefined || OF_OTHER.test(between) || areDifferentDoings(action, plain.action ?? '')) return false
  return standsWithin(metric.replace(STRIVES, ''), plain.metric) && isBeyond(plain, quantity)
}

/** More than a plain figure, or less than a cap. */
function isBeyond(plain: Quantity, quantity: Quantity): boolean {
  const [promised, striven] = [readAmount(plain), readAmount(quantity)]
  return isCap(plain) ? compareAmounts(striven.max, promised.min) < 0 : compareAmounts(striven.min, promised.max) > 0
}
