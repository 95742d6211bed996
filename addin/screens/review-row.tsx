/** One row to be judged: who changed what, what the checks and the unit say of it, and 通过 or 退回. */
import { useState } from 'preact/hooks'
import { issueKey } from '../../domain/annotation.ts'
import { issueText } from '../../domain/messages.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type { QueuedRow, ServerRow } from '../../domain/protocol.ts'
import { milestoneKeys } from '../../domain/sheet-spec.ts'
import { pullConflicts } from '../flows/conflicts.ts'
import { rowOfQueued } from '../flows/desk.ts'
import { jumpToRow } from '../flows/history.ts'
import { acceptRows, mayReview, withdrawReview } from '../flows/review.ts'
import { Button } from '../ui/button.tsx'
import { formatTime } from '../ui/time.ts'
import { useElementId } from '../ui/use-element-id.ts'
import { CellChange } from './cell-change.tsx'
import { HistoryButton } from './history-button.tsx'
import { GivenReason } from './issue-reason.tsx'
import { columnLabel, planOf, taskLabel } from './labels.ts'
import { countIssues } from './master-issues.tsx'
import { Milestones } from './milestones.tsx'
import { ReturnForm } from './return-form.tsx'
import type { ScreenProps } from './screen-props.ts'

type Props = ScreenProps & { queued: QueuedRow }

/** `onChoose`: ticks it for passing together with others. */
export function ReviewRow(props: Props & { chosen: boolean; onChoose?: (() => void) | undefined }) {
  const { queued, chosen, onChoose, state, flow, t } = props
  const id = useElementId()
  const [isReturning, setReturning] = useState(false)
  const { rowId, number, task, lead, by, at, hand = 'changed', review, changes, returns, openConflicts } = queued
  const busy = state.busy !== undefined
  const row = rowOfQueued(state, queued)
  const mayDecide = mayReview(state) && row !== undefined
  const lastHand = t(`review.hand.${hand}`, { by, at: formatTime(at) })
  return (
    <li class={review === 'returned' ? 'issue warning' : 'issue'} data-row={rowId}>
      <h3 id={id}>{taskLabel(number, task)}</h3>
      <p class="where">
        {t(`review.is.${review}`)} ·{' '}
        {lead.length === 1 && lead[0] === by ? lastHand : t('review.lead', { lead: lead.join('、'), hand: lastHand })}
      </p>
      {changes.length === 0 ? <p class="hint">{t('review.unchanged')}</p> : null}
      {changes.map((change) => (
        <CellChange key={change.column} change={change} state={state} t={t} />
      ))}
      {returns.map((said) => (
        <SentBack key={said.column} {...props} said={said} mayDecide={mayDecide} describedBy={id} />
      ))}
      <RowIssues {...props} row={row} />
      {openConflicts > 0 ? <p>{t('review.conflicts', { count: openConflicts })}</p> : null}
      {row ? <WholeRow {...props} row={row} /> : null}
      {isReturning && row ? (
        <ReturnForm
          {...{ state, flow, t, row }}
          start={changes[0]?.column}
          describedBy={id}
          onClose={() => setReturning(false)}
        />
      ) : null}
      <div class="actions">
        {mayDecide && openConflicts === 0 ? (
          <Button small describedBy={id} disabled={busy} onClick={() => void acceptRows(flow, [queued])}>
            {t('review.accept')}
          </Button>
        ) : null}
        {openConflicts > 0 && state.me?.actor.role === 'commission' ? (
          <Button small describedBy={id} disabled={busy} onClick={() => void pullConflicts(flow)}>
            {t('review.toConflicts')}
          </Button>
        ) : null}
        {mayDecide && !isReturning ? (
          <Button small describedBy={id} disabled={busy} onClick={() => setReturning(true)}>
            {t('review.return')}
          </Button>
        ) : null}
        <HistoryButton {...{ state, flow, t }} rowId={rowId} describedBy={id} />
        <Button small describedBy={id} disabled={busy} onClick={() => void jumpToRow(flow, rowId, changes[0]?.column)}>
          {t('review.jump')}
        </Button>
        {onChoose ? (
          <label class="choice">
            <input type="checkbox" checked={chosen} disabled={busy} aria-describedby={id} onChange={onChoose} />
            {t('review.select')}
          </label>
        ) : null}
      </div>
    </li>
  )
}

/** What was sent back and still stands, and the way to take it back. */
function SentBack(props: Props & { said: QueuedRow['returns'][number]; mayDecide: boolean; describedBy: string }) {
  const { queued, said, mayDecide, describedBy, state, flow, t } = props
  const { column, reason, by, at } = said
  const where = column === undefined ? t('return.wholeRow') : columnLabel(planOf(state), column)
  return (
    <div class="stack">
      <h4>{t('review.sentBack', { where })}</h4>
      <blockquote class="reason">
        <p>{reason}</p>
        <footer class="hint">{t('review.sentBackBy', { by, at: formatTime(at) })}</footer>
      </blockquote>
      {mayDecide ? (
        <div class="actions">
          <Button
            small
            describedBy={describedBy}
            disabled={state.busy !== undefined}
            onClick={() =>
              void withdrawReview(flow, [{ rowId: queued.rowId, ...(column !== undefined && { column }) }])
            }
          >
            {t('review.takeBack')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}

/** What the checks find in the row as it is now, 目标核算 too, with what the unit said of it. */
function RowIssues({ queued, row, state, t }: Props & { row: ServerRow | undefined }) {
  const plan = planOf(state)
  const issues = (row?.issues ?? []).filter(({ severity }) => severity !== 'hint')
  const { errors, warnings } = queued
  if (!plan || (errors === 0 && warnings === 0 && issues.length === 0)) {
    return <p class="hint">{t('review.noIssues')}</p>
  }
  const spec = breakdownSpec(plan)
  return (
    <details open={errors > 0}>
      <summary>
        {issues.length > 0
          ? t('review.issues', { counts: countIssues(issues, t) })
          : t('review.counts', { errors, warnings })}
      </summary>
      <ul class="stack">
        {issues.map((issue) => (
          <li key={`${issue.column} ${issueKey(issue)}`}>
            <p>
              <strong>{t(`severity.${issue.severity}`)}</strong>
              {t('colon')}
              {issueText(issue, spec, state.locale)}
            </p>
            {issue.reason ? <GivenReason reason={issue.reason} t={t} /> : null}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** The row as it stands, so that a change is judged with what it belongs to. */
function WholeRow({ row, state, t }: Props & { row: ServerRow }) {
  const plan = planOf(state)
  if (!plan) return null
  const spec = breakdownSpec(plan)
  const keys = milestoneKeys(spec)
  const others = spec.columns.filter(({ key }) => key !== 'number' && !keys.includes(key) && row.cells[key])
  return (
    <details>
      <summary>{t('review.wholeRow')}</summary>
      <dl class="change">
        {others.map(({ key, header }) => (
          <div key={key}>
            <dt>{header}</dt>
            <dd>{row.cells[key]}</dd>
          </div>
        ))}
      </dl>
      <Milestones row={row} keys={keys} label={(key) => columnLabel(plan, key)} t={t} />
    </details>
  )
}
