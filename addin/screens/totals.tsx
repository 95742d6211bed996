/** The counts of a submission in one line of words. */
import type { Receipt } from '../../domain/protocol.ts'
import type { Translate } from '../messages.ts'

export function Totals({ totals, t }: { totals: Receipt['totals']; t: Translate }) {
  return <p class="number">{t('submit.totals', totals)}</p>
}
