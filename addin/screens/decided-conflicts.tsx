/** 已决定: how each conflict was decided, by whom and why, with the texts that stood against each other. */
import type { ConflictBody } from '../../domain/protocol.ts'
import { PagedList } from '../ui/more.tsx'
import { formatTime } from '../ui/time.ts'
import { ConflictVersions } from './conflict-versions.tsx'
import { columnsLabel, taskLabel } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'

export function DecidedConflicts({ conflicts, ...props }: ScreenProps & { conflicts: ConflictBody[] }) {
  const { t } = props
  if (conflicts.length === 0) return null
  // The last decision first: that is the one somebody asks about.
  const latest = [...conflicts].sort((one, other) => (other.resolution?.seq ?? 0) - (one.resolution?.seq ?? 0))
  return (
    <details>
      <summary>{t('conflicts.decided', { count: conflicts.length })}</summary>
      <PagedList
        class="issues"
        items={latest}
        more={(left) => t('more', { left })}
        render={(conflict) => <DecidedItem key={conflict.id} {...props} conflict={conflict} />}
      />
    </details>
  )
}

function DecidedItem({ conflict, ...props }: ScreenProps & { conflict: ConflictBody }) {
  const { state, t } = props
  const { resolution } = conflict
  return (
    <li class="issue">
      <h3>{taskLabel(conflict.number, conflict.task)}</h3>
      <p class="where">{columnsLabel(state, conflict)}</p>
      {resolution ? (
        <p>
          <strong>{t(`conflicts.choice.${resolution.choose}`)}</strong>{' '}
          {t('conflicts.decidedBy', { by: resolution.by, at: formatTime(resolution.at) })}
          {resolution.reason ? t('conflicts.because', { reason: resolution.reason }) : ''}
        </p>
      ) : null}
      <ConflictVersions {...props} conflict={conflict} />
    </li>
  )
}
