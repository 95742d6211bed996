/** What a commission would want settled before the texts stand: who has not reported, what is wrong where, and the way there. */
import type { ComponentChildren } from 'preact'
import type { Master } from '../../domain/protocol.ts'
import { pullConflicts } from '../flows/conflicts.ts'
import { pullStatus } from '../flows/desk.ts'
import { pullMaster } from '../flows/master.ts'
import type { MessageKey } from '../messages.ts'
import { Button } from '../ui/button.tsx'
import { rowLabel } from './labels.ts'
import { MergeIssues } from './merge-issues.tsx'
import type { ScreenProps } from './screen-props.ts'
import { silentUnits } from './status-order.ts'

export function OpenMatters({ master, ...props }: ScreenProps & { master: Master }) {
  const { state, flow, t } = props
  const silent = silentUnits(master.status)
  const errors = master.issues.filter(({ severity }) => severity === 'error')
  const conflicts = master.conflicts.filter(({ status }) => status === 'open')
  const unconfirmed = master.rows.filter(({ spansConfirmed }) => !spansConfirmed)
  const nameRow = ({ rowId }: { rowId: string }) => rowLabel(state.rows, rowId, master.rows)
  const way = (text: MessageKey, onClick: () => void) => (
    <div class="actions">
      <Button small disabled={state.busy !== undefined} onClick={onClick}>
        {t(text)}
      </Button>
    </div>
  )
  const isSettled = silent.length + errors.length + conflicts.length + unconfirmed.length === 0
  return (
    <section class="stack">
      <h3>{t('issue.open')}</h3>
      <p class="hint">{t(isSettled ? 'issue.openNone' : 'issue.openSome')}</p>
      <Matter title={t('issue.silent')} count={silent.length}>
        <p>{silent.join('、')}</p>
        {way('status.button', () => void pullStatus(flow))}
      </Matter>
      <Matter title={t('issue.errors')} count={errors.length}>
        <MergeIssues {...props} about={t('issue.errorsAbout')} issues={errors} />
      </Matter>
      <Matter title={t('issue.conflicts')} count={conflicts.length}>
        <Names names={conflicts.map(nameRow)} />
        {way('review.toConflicts', () => void pullConflicts(flow))}
      </Matter>
      <Matter title={t('issue.unconfirmed')} count={unconfirmed.length}>
        <Names names={unconfirmed.map(nameRow)} />
        {way('spans.button', () => void pullMaster(flow, 'spans'))}
      </Matter>
    </section>
  )
}

/** A count, and behind it what it counts. */
function Matter({ title, count, children }: { title: string; count: number; children: ComponentChildren }) {
  if (count === 0) {
    return (
      <p>
        {title} <span class="number">0</span>
      </p>
    )
  }
  return (
    <details>
      <summary>
        {title} <span class="number">{count}</span>
      </summary>
      <div class="stack">{children}</div>
    </details>
  )
}

function Names({ names }: { names: string[] }) {
  return (
    <ul>
      {[...new Set(names)].map((name) => (
        <li key={name}>{name}</li>
      ))}
    </ul>
  )
}
