/** One draft: what it changes, what it would meet, and the reviewer's decision. */
import { useState } from 'preact/hooks'
import { issueText } from '../../domain/messages.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type { DraftDetail, Receipt, RowOutcome } from '../../domain/protocol.ts'
import { isReviewer, releaseDraft, returnDraft } from '../flows/drafts.ts'
import { Button } from '../ui/button.tsx'
import { Change } from '../ui/change.tsx'
import { ConfirmButton } from '../ui/confirm-button.tsx'
import { TextArea } from '../ui/field.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import { PagedList } from '../ui/more.tsx'
import { Screen } from '../ui/screen.tsx'
import { formatTime } from '../ui/time.ts'
import { Clash } from './clash.tsx'
import { GoneConflict } from './gone-rows.tsx'
import { changeWords, columnLabel, outcomeLabel, planOf } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'
import { Totals } from './totals.tsx'

export function DraftScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const detail = state.openDraft
  if (!detail) return null
  const { draft, receipt, refusal } = detail
  const toList = () => flow.dispatch({ type: 'went', screen: state.draftFrom ?? 'drafts' })
  const isOpen = draft.state === 'open'
  return (
    <Screen
      title={t('draft.title')}
      back={{ label: t('draft.back'), onClick: toList, disabled: state.busy !== undefined }}
    >
      <dl class="facts">
        <dt>{t('draft.sentBy')}</dt>
        <dd>{draft.post}</dd>
        <dt>{t('draft.sentAt')}</dt>
        <dd class="number">{formatTime(draft.at)}</dd>
        <dt>{t('draft.state')}</dt>
        <dd>{t(`draft.state.${draft.state}`)}</dd>
        {receipt.number === '' ? null : (
          <>
            <dt>{t('receipt.number')}</dt>
            <dd class="number">{receipt.number}</dd>
          </>
        )}
      </dl>
      {draft.reason === null ? null : (
        <MessageBar tone="warning" label={t('tone.notice')}>
          {t('draft.reason', { reason: draft.reason })}
        </MessageBar>
      )}
      {refusal ? (
        <MessageBar tone="warning" label={t('tone.notice')}>
          {t('draft.refused', { detail: refusal.detail })}
        </MessageBar>
      ) : null}
      <p class="hint">
        {t(draft.state === 'released' ? 'draft.done' : isOpen && !refusal ? 'draft.preview' : 'draft.given')}
      </p>
      <Totals totals={receipt.totals} t={t} />
      <Rows {...props} receipt={receipt} />
      {isOpen && isReviewer(state) ? <Decision {...props} detail={detail} /> : null}
      {isOpen && !isReviewer(state) ? <p class="hint">{t('draft.forReviewer')}</p> : null}
    </Screen>
  )
}

function Decision({ detail, state, flow, t }: ScreenProps & { detail: DraftDetail }) {
  const [reason, setReason] = useState('')
  const busy = state.busy !== undefined
  return (
    <>
      {detail.refusal ? null : (
        <ConfirmButton
          label={t('draft.release')}
          about={t('draft.releaseAbout')}
          confirm={t('draft.releaseConfirm')}
          cancel={t('cancel')}
          disabled={busy}
          onConfirm={() => void releaseDraft(flow, detail)}
        />
      )}
      <div class="card">
        <h3>{t('draft.return')}</h3>
        <p class="hint">{t('draft.returnAbout')}</p>
        <TextArea label={t('draft.returnReason')} value={reason} onInput={setReason} rows={3} disabled={busy} />
        <div class="actions">
          <Button disabled={busy || reason.trim() === ''} onClick={() => void returnDraft(flow, detail, reason.trim())}>
            {t('draft.return')}
          </Button>
        </div>
      </div>
    </>
  )
}

function Rows({ receipt, ...props }: ScreenProps & { receipt: Receipt }) {
  const { rows } = receipt
  const { t } = props
  const shown = rows.filter(({ outcome, notWritable }) => outcome !== 'unchanged' || notWritable.length > 0)
  return (
    <>
      {shown.length === 0 ? <p>{t('draft.nothing')}</p> : null}
      <PagedList
        class="issues"
        items={shown}
        more={(left) => t('more', { left })}
        render={(row) => <Row key={row.rowId} {...props} row={row} receipt={receipt} />}
      />
      {shown.length > 0 && shown.length < rows.length ? (
        <p class="hint">{t('draft.unchanged', { rows: rows.length - shown.length })}</p>
      ) : null}
    </>
  )
}

function Row({ row, receipt, state, t }: ScreenProps & { row: RowOutcome; receipt: Receipt }) {
  const plan = planOf(state)
  const label = (column: string | undefined) => (column === undefined ? '' : columnLabel(plan, column))
  const words = changeWords(t)
  const against = { ...words, before: t('conflicts.head'), after: t('conflicts.submitted') }
  return (
    <li class={`issue ${row.blocked.length > 0 ? 'error' : row.conflicts.length > 0 ? 'warning' : ''}`}>
      <h3>{outcomeLabel(state.rows, row)}</h3>
      <p class="where">{t(row.isGone ? 'outcome.gone' : `outcome.${row.outcome}`)}</p>
      {row.blocked.map((issue) => (
        <p key={`${issue.code} ${issue.column}`}>
          <strong>{t('submit.blocked')}</strong>{' '}
          {plan ? issueText(issue, breakdownSpec(plan), state.locale) : issue.code}
        </p>
      ))}
      {row.applied.map(({ column, old, new: text }) => (
        <div key={column}>
          <h4>{label(column)}</h4>
          <Change before={old ?? ''} after={text ?? ''} words={words} replaced />
        </div>
      ))}
      {row.isGone ? <GoneConflict row={row} t={t} /> : null}
      {(row.isGone ? [] : row.conflicts).map((conflict) => (
        <Clash key={conflict.id} state={state} t={t} conflict={conflict} receipt={receipt} />
      ))}
      {row.held.map(({ column, head }) => (
        <div key={column}>
          <h4>{t('submit.held', { column: label(column) })}</h4>
          <Change before={head} after="" words={words} />
        </div>
      ))}
      {row.notWritable.map(({ column, head, submitted }) => (
        <div key={column}>
          <h4>{t('submit.notWritable', { column: label(column) })}</h4>
          <Change before={head} after={submitted} words={against} />
        </div>
      ))}
    </li>
  )
}
