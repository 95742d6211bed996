/** A cell of a submission that clashes with the master: whether it is asked for now, waits already, or was decided. */
import type { ComponentChildren } from 'preact'
import type { ConflictBody, Receipt } from '../../domain/protocol.ts'
import type { Translate } from '../messages.ts'
import { Change } from '../ui/change.tsx'
import { formatTime } from '../ui/time.ts'
import { changeWords, columnsLabel } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'

/** One sentence on where a conflict of this receipt stands. `columns`: what it is about, in words. */
export function clashSentence(t: Translate, conflict: ConflictBody, { at }: Receipt, columns: string): string {
  const { status, resolution } = conflict
  if (status === 'resolved') {
    return resolution
      ? t('clash.decidedBy', { column: columns, by: resolution.by, at: formatTime(resolution.at) })
      : t('clash.decided', { column: columns })
  }
  // One that this submission raises is as old as its receipt.
  return conflict.at === at
    ? t('submit.conflict', { column: columns })
    : t('clash.waits', { column: columns, at: formatTime(conflict.at) })
}

/** The clash with both texts; what a person can do about it goes inside. */
export function Clash({
  conflict,
  receipt,
  children,
  state,
  t,
}: Pick<ScreenProps, 'state' | 't'> & { conflict: ConflictBody; receipt: Receipt; children?: ComponentChildren }) {
  // A receipt goes on saying what was so when it was given.
  const since = state.conflicts?.find(({ id }) => id === conflict.id)?.resolution
  return (
    <div class="part">
      <h4>{clashSentence(t, conflict, receipt, columnsLabel(state, conflict))}</h4>
      <Change
        before={conflict.head ?? ''}
        after={conflict.submitted ?? ''}
        words={{ ...changeWords(t), before: t('conflicts.head'), after: t('conflicts.submitted') }}
      />
      {conflict.resolution?.reason ? <p>{t('clash.reason', { reason: conflict.resolution.reason })}</p> : null}
      {since && conflict.status === 'open' ? (
        <p>
          <strong>{t('clash.since', { by: since.by, at: formatTime(since.at) })}</strong>
          {t(`conflicts.choice.${since.choose}`)}
          {since.reason ? t('conflicts.because', { reason: since.reason }) : ''}
        </p>
      ) : null}
      {children}
    </div>
  )
}
