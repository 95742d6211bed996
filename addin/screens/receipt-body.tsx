/** What a receipt says: number, time and hash, and row by row what landed, clashed, waits or stayed out. */
import type { ComponentChildren } from 'preact'
import { issueText } from '../../domain/messages.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type { Receipt, RowOutcome } from '../../domain/protocol.ts'
import type { Row } from '../../domain/table.ts'
import { copyText } from '../copy-text.ts'
import { notice } from '../flows/flow.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { InlineChange } from '../ui/inline-change.tsx'
import { PagedList } from '../ui/more.tsx'
import { formatTime } from '../ui/time.ts'
import { Clash } from './clash.tsx'
import { GoneConflict } from './gone-rows.tsx'
import { columnLabel, outcomeLabel, planOf } from './labels.ts'
import { MergeIssues } from './merge-issues.tsx'
import type { ScreenProps } from './screen-props.ts'
import { Totals } from './totals.tsx'

/** `others`: rows of the sheet that was sent, for what the plan lists no longer. `children`: what is to be done first. */
type Props = ScreenProps & { receipt: Receipt; others?: readonly Row[] | undefined; children?: ComponentChildren }

export function ReceiptBody({ children, ...props }: Props) {
  const { state, receipt, others, t } = props
  const isDraft = receipt.draftId !== undefined
  const changed = receipt.rows.filter(({ outcome, held, notWritable, conflicts }) =>
    outcome === 'unchanged' ? held.length + notWritable.length + conflicts.length > 0 : true,
  )
  const unchanged = receipt.rows.length - changed.length
  return (
    <>
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
        {receipt.broughtBy === undefined ? null : (
          <>
            <dt>{t('receipt.broughtBy')}</dt>
            <dd>{t('receipt.broughtByOffice', { office: receipt.broughtBy })}</dd>
          </>
        )}
        <dt>{t('receipt.plan')}</dt>
        <dd>{planOf(state)?.title}</dd>
        <dt>{t('receipt.hash')}</dt>
        <dd class="number">{`${receipt.hash.slice(0, SHORT_HASH)}…`}</dd>
      </dl>
      <WholeHash {...props} />
      <Totals totals={receipt.totals} t={t} />
      {receipt.replayed ? <p>{t('receipt.replayed')}</p> : null}
      {children}
      <MergeIssues
        {...props}
        title={t('receipt.fromMerge')}
        about={t('receipt.fromMergeAbout')}
        issues={receipt.issues.filter(({ fromMerge }) => fromMerge)}
      />
      <h3>{t('receipt.rows')}</h3>
      <PagedList
        class="issues"
        items={changed}
        more={(left) => t('more', { left })}
        render={(row) => <OutcomeItem key={row.rowId} {...props} row={row} others={others} />}
      />
      {unchanged > 0 ? (
        <p class="hint">{t(changed.length > 0 ? 'submit.unchanged' : 'receipt.allUnchanged', { rows: unchanged })}</p>
      ) : null}
    </>
  )
}

/** So much of the hash tells two receipts apart by eye. */
const SHORT_HASH = 12

function WholeHash({ receipt, flow, t }: Props) {
  const copy = async () => {
    const isCopied = await copyText(receipt.hash)
    notice(flow, {
      tone: isCopied ? 'success' : 'warning',
      text: isCopied ? 'receipt.hashCopied' : 'receipt.hashNotCopied',
    })
  }
  return (
    <details>
      <summary>{t('receipt.wholeHash')}</summary>
      <div class="stack">
        <TextField label={t('receipt.hash')} value={receipt.hash} readOnly onInput={() => {}} />
        <div class="actions">
          <Button small onClick={() => void copy()}>
            {t('receipt.copyHash')}
          </Button>
        </div>
      </div>
    </details>
  )
}

function OutcomeItem({ row, receipt, others, state, t }: Props & { row: RowOutcome }) {
  const plan = planOf(state)
  return (
    <li class={`issue ${row.blocked.length > 0 ? 'error' : row.conflicts.length > 0 ? 'warning' : ''}`}>
      <p>{outcomeLabel(state.rows, row, others)}</p>
      <p class="where">{t(row.isGone ? 'outcome.gone' : `outcome.${row.outcome}`)}</p>
      {row.isGone ? <GoneConflict row={row} t={t} /> : null}
      {row.applied.map(({ column, old, new: text }) => (
        <InlineChange
          key={column}
          label={columnLabel(plan, column)}
          before={old ?? ''}
          after={text ?? ''}
          blank={t('change.blank')}
        />
      ))}
      {(row.isGone ? [] : row.conflicts).map((conflict) => (
        <Clash key={conflict.id} state={state} t={t} conflict={conflict} receipt={receipt} />
      ))}
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
