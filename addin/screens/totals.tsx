/** The counts of a submission in one line of words; what there is none of is left out. */
import type { Receipt } from '../../domain/protocol.ts'
import type { Translate } from '../messages.ts'

const COUNTS = ['applied', 'converged', 'conflicts', 'decided', 'held', 'notWritable', 'blocked'] as const

export function Totals({ totals, t }: { totals: Receipt['totals']; t: Translate }) {
  const parts = COUNTS.flatMap((key) => {
    const count = totals[key] ?? 0
    return count > 0 ? [t(`totals.${key}`, { count })] : []
  })
  return <p class="number">{parts.length === 0 ? t('totals.none') : `${parts.join(t('comma'))}${t('fullStop')}`}</p>
}
