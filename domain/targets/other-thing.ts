/**
 * Figures of another thing or another part of the county, which may make up what was promised only by chance.
 */
import { areDifferentThings } from '../quantity/different-things.ts'
import type { Mention } from './match.ts'
import type { Judged } from './outcome.ts'

/** Whether a figure is plainly of something else: 学位150个 for 托位300个; 乡镇新建公厕4座 for 县城新建公厕8座. */
export function isOfOther(mention: Mention, { target, around }: Judged): boolean {
  if (isCalled(mention) && areDifferentThings(target.metric, mention.quantity.metric)) return true
  const { words } = mention
  return IN_TOWN.test(around) && !IN_COUNTRY.test(around) && IN_COUNTRY.test(words) && !IN_TOWN.test(words)
}

/** Its noun stands between its verb and the figure or behind the figure; elsewhere it may be a place: 人民公园改造2座. */
function isCalled({ quantity: { metric, action, start, end }, milestone: { text } }: Mention): boolean {
  if (metric === '' || action === undefined) return false
  return text.slice(0, start).endsWith(action + metric) || text.startsWith(metric, end)
}

const IN_TOWN = /城区|县城/u
const IN_COUNTRY = /乡镇|镇村|农村(?!信用|商业)|乡村/u
