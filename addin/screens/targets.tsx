/** 目标核算: the targets of the checked table, those with something to do first, and a figure's cell on request. */
import { useMemo, useRef, useState } from 'preact/hooks'
import { cellAddress } from '../../domain/grid.ts'
import { columnOf } from '../../domain/sheet-spec.ts'
import type { CheckResult } from '../checking-state.ts'
import { jumpToCell, openTargets, recheckTargets } from '../flows/targets.ts'
import { Button } from '../ui/button.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import { PagedList } from '../ui/more.tsx'
import { Screen } from '../ui/screen.tsx'
import type { ScreenProps } from './screen-props.ts'
import { type Shown, TargetCard } from './target-card.tsx'
import { concernsOf } from './target-issues.ts'
import { groupTargetRows, readTargetRows, type TargetRowView } from './target-rows.ts'

export function TargetsScreen(props: ScreenProps) {
  const { check } = props.state
  return check ? <Targets {...props} check={check} /> : null
}

function Targets({ check, ...props }: ScreenProps & { check: CheckResult }) {
  const { state, flow, t } = props
  const [shown, setShown] = useState<Shown | undefined>()
  const pressed = useRef<Element | null>(null)
  const { table, issues, standing } = check
  // An edit makes the check another object, and nothing else of it.
  const rows = useMemo(() => readTargetRows(check), [table, issues, standing])
  const busy = state.busy !== undefined
  const { targetsAt } = state
  const listed = targetsAt === undefined ? rows : rows.filter(({ row }) => row.rowId === targetsAt)
  const groups = groupTargetRows(listed, concernsOf(state))
  const show = (next: Shown) => {
    pressed.current = document.activeElement
    setShown(next)
    void jumpToCell(flow, check, next.rowId, next.column)
  }
  const close = () => {
    setShown(undefined)
    // The button that closes it goes with it; reading on starts from the figure.
    if (pressed.current instanceof HTMLElement) pressed.current.focus()
  }
  const list = (views: TargetRowView[]) => (
    <PagedList
      class="issues"
      items={views}
      more={(left) => t('more', { left })}
      render={(view) => (
        <TargetCard
          key={view.row.rowId}
          {...props}
          check={check}
          view={view}
          shown={shown?.rowId === view.row.rowId ? shown : undefined}
          onShow={show}
          onClose={close}
        />
      )}
    />
  )
  return (
    <Screen
      title={t('targets.title')}
      back={{
        label: t('targets.back'),
        disabled: busy,
        onClick: () => flow.dispatch({ type: 'went', screen: 'check' }),
      }}
    >
      <p class="hint">{t('targets.about')}</p>
      {/* Always there: readers announce only what changes inside a known region. */}
      <p class="visually-hidden" aria-live="polite">
        {shown ? whereOf(shown, check, t) : ''}
      </p>
      {check.stale ? (
        <MessageBar tone="warning" label={t('tone.warning')}>
          {t('check.stale')}
        </MessageBar>
      ) : null}
      <div class="actions">
        <Button primary={check.stale} disabled={busy} onClick={() => void recheckTargets(flow, check)}>
          {t('targets.again')}
        </Button>
        {targetsAt === undefined ? null : <Button onClick={() => openTargets(flow)}>{t('targets.all')}</Button>}
      </div>
      {targetsAt === undefined ? null : <p class="hint">{t('targets.one')}</p>}
      {listed.length === 0 ? <p>{t('targets.none')}</p> : null}
      {listed.length > 0 && groups.open.length === 0 ? <p>{t('targets.noneOpen')}</p> : null}
      {groups.open.length > 0 ? (
        <section class="stack">
          <div>
            <h3>{t('targets.open', { count: groups.open.length })}</h3>
            {state.rows ? <p class="hint">{t('answer.hint')}</p> : null}
          </div>
          {list(groups.open)}
        </section>
      ) : null}
      {groups.explained.length > 0 ? (
        <section class="stack">
          <h3>{t('targets.explained', { count: groups.explained.length })}</h3>
          {list(groups.explained)}
        </section>
      ) : null}
      {groups.advised.length > 0 ? (
        <section class="stack">
          <h3>{t('targets.advised', { count: groups.advised.length })}</h3>
          {list(groups.advised)}
        </section>
      ) : null}
      {groups.fine.length > 0 ? (
        <details open={targetsAt !== undefined}>
          <summary>{t('targets.fine', { count: groups.fine.length })}</summary>
          {list(groups.fine)}
        </details>
      ) : null}
    </Screen>
  )
}

function whereOf({ rowId, column, start, end }: Shown, check: CheckResult, t: ScreenProps['t']): string {
  const row = check.table.find((one) => one.rowId === rowId)
  const at = check.columns[column]
  return t('cell.where', {
    address: row?.at === undefined || at === undefined ? '' : cellAddress(row.at, at),
    header: headerOf(check, column),
    text: (row?.cells[column] ?? '').slice(start, end),
  })
}

function headerOf({ spec }: CheckResult, column: string): string {
  return (columnOf(spec, column)?.header ?? column).replace(/\s+/g, '')
}
