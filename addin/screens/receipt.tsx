/** 回执: what the server has recorded. */
import { issueText } from '../../domain/messages.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type { RowOutcome } from '../../domain/protocol.ts'
import { Button } from '../ui/button.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import { PagedList } from '../ui/more.tsx'
import { Screen } from '../ui/screen.tsx'
import { formatTime } from '../ui/time.ts'
import { GoneConflict } from './gone-rows.tsx'
import { columnLabel, outcomeLabel, planOf } from './labels.ts'
import { MergeIssues } from './merge-issues.tsx'
import { OutdatedCells } from './restorable-cells.tsx'
import { homeward, type ScreenProps } from './screen-props.ts'
import { Totals } from './totals.tsx'

export function ReceiptScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const { done } = state
  if (!done) return null
  const { receipt } = done
  const isDraft = receipt.draftId !== undefined
  return (
    <Screen
      title={t(isDraft ? 'draft.sentTitle' : 'receipt.title')}
      back={done.reopened ? toList(props) : homeward(props)}
    >
      {isDraft ? (
        <MessageBar tone="warning" label={t('tone.notice')}>
          {t('draft.sent')}
          {t('draft.sentAbout')}
        </MessageBar>
      ) : null}
      <dl class="facts">
        {isDraft ? null : (
          <>
            <dt>{t('receipt.number')}</dt>
            <dd class="number">{receipt.number}</dd>
          </>
        )}
        <dt>{t(isDraft ? 'draft.sentAt' : 'receipt.at')}</dt>
        <dd class="number">{formatTime(receipt.at)}</dd>
        <dt>{t('receipt.by')}</dt>
        <dd>{receipt.by}</dd>
        <dt>{t('receipt.plan')}</dt>
        <dd>{planOf(state)?.title}</dd>
        <dt>{t('receipt.hash')}</dt>
        <dd class="number">{receipt.hash}</dd>
      </dl>
      <Totals totals={receipt.totals} t={t} />
      {receipt.replayed ? <p>{t('receipt.replayed')}</p> : null}
      {done.differing.length > 0 ? <OutdatedCells {...props} sheet={done.sheet} cells={done.differing} /> : null}
      <MergeIssues
        {...props}
        title={t('receipt.fromMerge')}
        about={t('receipt.fromMergeAbout')}
        issues={receipt.issues.filter(({ fromMerge }) => fromMerge)}
      />
      <h3>{t('receipt.rows')}</h3>
      <PagedList
        class="issues"
        items={receipt.rows}
        more={(left) => t('more', { left })}
        render={(row) => <OutcomeItem key={row.rowId} {...props} row={row} />}
      />
      {done.reopened ? null : (
        <div class="actions">
          <Button onClick={() => flow.dispatch({ type: 'went', screen: 'home' })}>{t('receipt.leave')}</Button>
        </div>
      )}
    </Screen>
  )
}

function toList({ flow, t }: ScreenProps) {
  return { label: t('receipt.toList'), onClick: () => flow.dispatch({ type: 'went' as const, screen: 'submissions' }) }
}

function OutcomeItem({ row, state, t }: ScreenProps & { row: RowOutcome }) {
  const plan = planOf(state)
  const columns = row.conflicts.flatMap(({ column, columns }) => columns ?? (column ? [column] : []))
  return (
    <li class={`issue ${row.blocked.length > 0 ? 'error' : row.conflicts.length > 0 ? 'warning' : ''}`}>
      <p>{outcomeLabel(state.rows, row, state.done?.submission?.rows)}</p>
      <p class="where">
        {t(row.isGone ? 'outcome.gone' : `outcome.${row.outcome}`)}
        {columns.length > 0
          ? ` · ${t('receipt.conflict', { columns: columns.map((key) => columnLabel(plan, key)).join('、') })}`
          : ''}
      </p>
      {row.isGone ? <GoneConflict row={row} t={t} /> : null}
      {row.held.map(({ column }) => (
        <p key={column}>{t('receipt.held', { column: columnLabel(plan, column) })}</p>
      ))}
      {row.blocked.map((issue) => (
        <p key={`${issue.code} ${issue.column}`}>
          <strong>{t('submit.blocked')}</strong>{' '}
          {plan ? issueText(issue, breakdownSpec(plan), state.locale) : issue.code}
        </p>
      ))}
    </li>
  )
}
