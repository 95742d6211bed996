/** 待发箱: what waits for the network, what has arrived, and what was refused. */
import { sendNow, strandedRecords, takeOver } from '../flows/outbox.ts'
import { deleteRecords, openReceipt, returnToSheet } from '../flows/outbox-records.ts'
import { type Failure, isUnsent, type OutboxRecord } from '../outbox/record.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmButton } from '../ui/confirm-button.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import { PagedList } from '../ui/more.tsx'
import { Screen } from '../ui/screen.tsx'
import { formatTime } from '../ui/time.ts'
import { useElementId } from '../ui/use-element-id.ts'
import { columnLabel, planOf, taskLabel } from './labels.ts'
import { homeward, type ScreenProps } from './screen-props.ts'

export function OutboxScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const { records, isLasting } = state.outbox ?? { records: [], isLasting: true }
  const busy = state.busy !== undefined
  const stranded = strandedRecords(flow).length
  return (
    <Screen title={t('outbox.title')} back={homeward(props)}>
      <p>{t(records.length === 0 ? 'outbox.none' : 'outbox.about')}</p>
      {isLasting ? null : (
        <MessageBar tone="warning" label={t('tone.notice')}>
          {t('outbox.notLasting')}
        </MessageBar>
      )}
      {stranded > 0 ? (
        <MessageBar
          tone="warning"
          label={t('tone.notice')}
          actions={
            <Button small disabled={busy} onClick={() => void takeOver(flow)}>
              {t('outbox.takeOver')}
            </Button>
          }
        >
          {t('outbox.stranded', { count: stranded })}
        </MessageBar>
      ) : null}
      {records.filter(isUnsent).length > stranded ? (
        <div class="actions">
          <Button primary disabled={busy} onClick={() => void sendNow(flow)}>
            {t('outbox.sendNow')}
          </Button>
        </div>
      ) : null}
      <PagedList
        class="issues"
        items={records}
        more={(left) => t('more', { left })}
        render={(record) => <RecordItem key={record.id} {...props} record={record} />}
      />
      {records.length > 1 ? (
        <ConfirmButton
          label={t('outbox.deleteAll')}
          about={t('outbox.deleteAbout')}
          confirm={t('outbox.deleteConfirm')}
          cancel={t('cancel')}
          disabled={busy}
          onConfirm={() => void deleteRecords(flow)}
        />
      ) : null}
    </Screen>
  )
}

function RecordItem({ record, ...props }: ScreenProps & { record: OutboxRecord }) {
  const { state, flow, t } = props
  const id = useElementId()
  const busy = state.busy !== undefined
  const { sheet, submission, tries, receipt, refusal, failure } = record
  return (
    <li class={`issue ${record.state === 'refused' ? 'error' : record.state === 'done' ? '' : 'warning'}`}>
      <h3 id={id}>{t('outbox.item', { sheet, rows: submission.rows.length })}</h3>
      <p class="where">{record.planTitle}</p>
      <p class="number">
        {t('outbox.savedAt', { at: formatTime(new Date(record.createdAt).toISOString()) })}
        {t('comma')}
        {t('outbox.tries', { count: tries })}
      </p>
      <p class="number">
        <strong>{t(`outbox.state.${record.state}`)}</strong>
        {receipt ? ` ${receipt.number}` : ''}
        {record.state === 'waiting' && tries > 0 && !strandedRecords(flow).includes(record)
          ? ` · ${t('outbox.next', { at: formatTime(new Date(record.nextAt).toISOString()) })}`
          : ''}
      </p>
      {failure ? <p>{failureText(failure, t)}</p> : null}
      {refusal === undefined ? null : <p>{refusal}</p>}
      <Content {...props} record={record} />
      <div class="actions">
        {receipt ? (
          <Button small describedBy={id} disabled={busy} onClick={() => void openReceipt(flow, record)}>
            {t('submissions.receipt')}
          </Button>
        ) : null}
        {record.state === 'refused' ? (
          <Button small describedBy={id} disabled={busy} onClick={() => void returnToSheet(flow, record)}>
            {t('outbox.return')}
          </Button>
        ) : null}
        <ConfirmButton
          small
          label={t('outbox.delete')}
          about={t(receipt ? 'outbox.deleteDoneAbout' : 'outbox.deleteAbout')}
          confirm={t('outbox.deleteConfirm')}
          cancel={t('cancel')}
          describedBy={id}
          disabled={busy || record.state === 'sending'}
          onConfirm={() => void deleteRecords(flow, record)}
        />
      </div>
    </li>
  )
}

/** Why it has not arrived yet, in plain words. */
function failureText(failure: Failure, t: ScreenProps['t']): string {
  if (failure.kind === 'later') return t('outbox.failure.later', { sentence: failure.sentence })
  if (failure.kind === 'unreadable') return t('outbox.failure.unreadable', { status: failure.status })
  return t('outbox.failure.offline')
}

/** The submitted texts, so that nothing is deleted unread. */
function Content({ record, state, t }: ScreenProps & { record: OutboxRecord }) {
  const plan = planOf(state)
  const shown = plan?.id === record.planId ? plan : undefined
  return (
    <details>
      <summary>{t('outbox.content')}</summary>
      <PagedList
        class="issues"
        items={record.submission.rows}
        more={(left) => t('more', { left })}
        render={({ rowId, cells }) => (
          <li key={rowId} class="issue">
            <h4>{taskLabel(cells.number ?? '', cells.task ?? '')}</h4>
            {Object.entries(cells)
              .filter(([column]) => column !== 'number' && column !== 'task')
              .map(([column, text]) => (
                <p key={column} class="hint">
                  {columnLabel(shown, column)}：{text}
                </p>
              ))}
          </li>
        )}
      />
    </details>
  )
}
