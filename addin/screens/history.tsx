/** 变更记录 of one row: every change, conflict, return and acceptance with who and when, newest first; made to be printed too. */
import type { ConflictBody, History, HistoryEvent, ReviewEvent, ServerRow } from '../../domain/protocol.ts'
import { openHistory } from '../flows/history.ts'
import { Button } from '../ui/button.tsx'
import { PagedList } from '../ui/more.tsx'
import { Screen } from '../ui/screen.tsx'
import { formatTime } from '../ui/time.ts'
import { CellChange } from './cell-change.tsx'
import { ConflictVersions } from './conflict-versions.tsx'
import { entriesOf, type HistoryEntry } from './history-entries.ts'
import { columnLabel, columnsLabel, planOf } from './labels.ts'
import { homeward, type ScreenProps } from './screen-props.ts'

export function HistoryScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const shown = state.history
  const row = state.rows?.rows.find(({ rowId }) => rowId === shown?.rowId)
  const entries = shown ? entriesOf(shown.history) : []
  const busy = state.busy !== undefined
  const back = homeward(props)
  const from = shown?.from ?? 'home'
  return (
    <Screen
      title={t('history.title')}
      back={{
        ...back,
        ...(from !== 'home' && {
          label: t('history.back'),
          onClick: () => flow.dispatch({ type: 'went', screen: from }),
        }),
      }}
    >
      <div>
        <p>{shown ? nameOf(shown.history, row) : ''}</p>
        <p class="hint">{[planOf(state)?.title ?? '', ...(row?.lead ?? [])].join(' · ')}</p>
      </div>
      <p>{entries.length === 0 ? t('history.none') : t('history.count', { count: entries.length })}</p>
      <PagedList
        class="issues history"
        items={entries}
        more={(left) => t('more', { left })}
        render={(entry) => <Entry key={entry.key} {...props} entry={entry} />}
      />
      <div class="actions">
        {shown ? (
          <Button disabled={busy} onClick={() => void openHistory(flow, shown.rowId)}>
            {t('refresh')}
          </Button>
        ) : null}
        {/* Excel's pane has no page to print. */}
        {state.hostKind === 'file' ? (
          <Button disabled={busy} onClick={() => window.print()}>
            {t('history.print')}
          </Button>
        ) : null}
      </div>
    </Screen>
  )
}

/** 序号 and task; of a row that is gone, as it was when it was made. */
function nameOf({ events }: History, row: ServerRow | undefined): string {
  const first = events.find(({ kind }) => kind === 'insert')?.changes ?? []
  const text = (key: string) => (row ? row.cells[key] : first.find(({ column }) => column === key)?.new) ?? ''
  return `${text('number')} ${text('task')}`.trim()
}

function Entry({ entry, ...props }: ScreenProps & { entry: HistoryEntry }) {
  if (entry.event) return <EventEntry {...props} event={entry.event} />
  if (entry.review) return <ReviewEntry {...props} review={entry.review} mended={entry.mended} />
  return entry.conflict ? <ConflictEntry {...props} conflict={entry.conflict} /> : null
}

function EventEntry({ event, state, t }: ScreenProps & { event: HistoryEvent }) {
  const { kind, by, at, receipt, broughtBy, reason, documentNumber, effectivePeriod, changes } = event
  const period = planOf(state)?.periods.find(({ key }) => key === effectivePeriod)?.label ?? effectivePeriod
  return (
    <li class="issue">
      <h3>{t(`history.kind.${kind}`)}</h3>
      <p class="where number">
        {by}
        {t('comma')}
        {formatTime(at)}
        {receipt === undefined ? '' : t('history.receipt', { number: receipt })}
      </p>
      {broughtBy === undefined ? null : <p class="hint">{t('history.broughtBy', { by: broughtBy })}</p>}
      {documentNumber === undefined ? null : <p>{t('history.paper', { number: documentNumber })}</p>}
      {reason === undefined ? null : <p>{t('history.reason', { reason })}</p>}
      {period === undefined ? null : <p>{t('history.from', { period })}</p>}
      {kind === 'insert' ? (
        <FirstTexts state={state} t={t} changes={changes} />
      ) : (
        changes.map((change) => <CellChange key={change.column} change={change} state={state} t={t} />)
      )}
    </li>
  )
}

/** A new row is all new: marks on it would say nothing. */
function FirstTexts({ state, t, changes }: Pick<ScreenProps, 'state' | 't'> & Pick<HistoryEvent, 'changes'>) {
  return (
    <details>
      <summary>{t('history.firstTexts')}</summary>
      <dl class="change">
        {changes
          .filter((change) => change.new !== null && change.new !== '')
          .map((change) => (
            <div key={change.column}>
              <dt>{columnLabel(planOf(state), change.column)}</dt>
              <dd>{change.new}</dd>
            </div>
          ))}
      </dl>
    </details>
  )
}

/** `mended`: the change that ended a return, for any of several lead units may make it. */
function ReviewEntry({
  review,
  mended,
  state,
  t,
}: ScreenProps & { review: ReviewEvent; mended: HistoryEvent | undefined }) {
  const { kind, column, text, by, at } = review
  const where = column === undefined ? t('return.wholeRow') : columnLabel(planOf(state), column)
  return (
    <li class={kind === 'return' ? 'issue warning' : 'issue'}>
      <h3>{t(`history.review.${kind}`)}</h3>
      <p class="where number">
        {by}
        {t('comma')}
        {formatTime(at)}
      </p>
      {kind === 'return' ? (
        <p>
          {where}
          {t('colon')}
          {text}
        </p>
      ) : null}
      {mended ? <p class="hint">{t('history.mended', { by: mended.by, at: formatTime(mended.at) })}</p> : null}
    </li>
  )
}

function ConflictEntry({ conflict, ...props }: ScreenProps & { conflict: ConflictBody }) {
  const { state, t } = props
  const { resolution } = conflict
  const columns = columnsLabel(state, conflict)
  return (
    <li class={resolution ? 'issue' : 'issue warning'}>
      <h3>{t(resolution ? 'history.conflictDecided' : 'history.conflictOpen')}</h3>
      <p class="where">
        {t(`conflicts.kind.${conflict.kind}`)}
        {columns === '' ? '' : ` · ${columns}`}
      </p>
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
