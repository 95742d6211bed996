/**
 * 累计改造小区10个，新建公园6个: 累计 is said of the first figure, and may or may not be meant of one that
 * has a verb of its own behind it. Such a figure accuses nobody.
 */

import { saysSoFar } from '../quantity/role.ts'
import type { Quantity } from '../quantity.ts'
import type { Mention } from './match.ts'

const SENTENCE_ENDS = /[。；;！!？?\n]/u
/** Words further away than this are not looked through. */
const REACH = 80

/** Whether a figure of `text` is taken for the year so far only because `before`, the figure before it, is. */
export function isMarkCarried(text: string, before: Quantity | undefined, { role, start }: Quantity): boolean {
  if (role !== 'cumulative' || before === undefined) return false
  const words = text.slice(Math.max(before.end, start - REACH), start)
  return !SENTENCE_ENDS.test(words) && !saysSoFar(words)
}

/** Whether a figure may as well be what its period adds, for all that its words say. */
export function isUnmarked({ carried, quantity: { action, metric } }: Mention, target: Quantity): boolean {
  // 累计改造小区10个，楼栋30栋: a noun without its verb goes on with the list.
  const listed = action === undefined && target.action !== undefined && metric === target.metric
  return carried && !listed
}

/** The figure read as what its period adds. */
export function asIncrement(mention: Mention): Mention {
  return { ...mention, carried: false, quantity: { ...mention.quantity, role: 'increment' } }
}
