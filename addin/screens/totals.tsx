/** The counts of a submission in one line of words; what there is none of is left out. */
import type { Receipt } from '../../domain/protocol.ts'
import type { Translate } from '../messages.ts'

const COUNTS = ['applied', 'converged', 'conflicts', 'held', 'notWritable', 'blocked'] as const

export function Totals({ totals, t }: { totals: Receipt['totals']; t: Translate }) {
  const parts = COUNTS.filter((key) => totals[key] > 0).map((key) => t(`totals.${key}`, { count: totals[key] }))
  return <p class="number">{parts.length === 0 ? t('totals.none') : `${parts.join(t('comma'))}${t('fullStop')}`}</p>
}
