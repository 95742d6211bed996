/** 更新本表: what would change in the sheet and what is to decide, before anything is written; then what was written. */
import { type PulledCells, pullKey, settlePull } from '../../domain/pull.ts'
import { applyPull, previewPull, undoPull } from '../flows/pull.ts'
import type { PullPreview } from '../flows/pull-preview.ts'
import { Button } from '../ui/button.tsx'
import { Change } from '../ui/change.tsx'
import { PagedList } from '../ui/more.tsx'
import { Screen } from '../ui/screen.tsx'
import { formatTime } from '../ui/time.ts'
import { type Line, linesIn } from './conflict-versions.tsx'
import { changeWords, columnLabel, planOf, rowLabel, taskLabel } from './labels.ts'
import { PullConflicts } from './pull-conflicts.tsx'
import { homeward, type ScreenProps } from './screen-props.ts'

export function PullScreen(props: ScreenProps) {
  const { state, t } = props
  return (
    <Screen title={t('pull.title')} back={homeward(props)}>
      {state.pull ? <Preview {...props} preview={state.pull} /> : <Outcome {...props} />}
    </Screen>
  )
}

type Props = ScreenProps & { preview: PullPreview }

function Preview(props: Props) {
  const { preview, state, flow, t } = props
  const { pull, missing } = preview
  const isKept = (cells: PulledCells) => preview.kept[pullKey(cells)] !== undefined
  const settled = settlePull(pull, preview.decisions, isKept)
  const updates = pull.updates.filter((cells) => !isKept(cells))
  const kept = [...pull.updates, ...pull.conflicts].filter(isKept)
  const count = settled.cells.length + (preview.isAdding ? missing.length : 0)
  const isNothing = pull.updates.length + pull.conflicts.length + missing.length === 0
  return (
    <>
      <p>{t('pull.sheet', { sheet: preview.sheet })}</p>
      {isNothing ? <p>{t('pull.nothing')}</p> : null}
      <Counts {...props} />
      <PullConflicts {...props} />
      {updates.length > 0 ? (
        <section class="stack">
          <h3>{t('pull.updatesTitle', { count: updates.length })}</h3>
          <CellsList {...props} cells={updates} />
        </section>
      ) : null}
      {missing.length > 0 ? <Missing {...props} /> : null}
      {kept.length > 0 ? (
        <section class="stack">
          <h3>{t('pull.keptTitle', { count: kept.length })}</h3>
          <p class="hint">{t('pull.keptAbout')}</p>
          <CellsList {...props} cells={kept} />
        </section>
      ) : null}
      <OtherRows {...props} />
      <div class="actions">
        <Button
          primary
          disabled={state.busy !== undefined || count + settled.rows.length === 0}
          onClick={() => void applyPull(flow)}
        >
          {count > 0 ? t('pull.apply', { count }) : t(settled.rows.length > 0 ? 'pull.applyVersions' : 'pull.none')}
        </Button>
        {state.pulled?.sheet === preview.sheet ? (
          <Button disabled={state.busy !== undefined} onClick={() => void undoPull(flow)}>
            {t('pull.undo')}
          </Button>
        ) : null}
      </div>
    </>
  )
}

function Counts({ preview, t }: Props) {
  const { updates, conflicts, unsent } = preview.pull
  return (
    <dl class="facts">
      <dt>{t('pull.updates')}</dt>
      <dd class="number">{t('pull.count', { count: updates.length })}</dd>
      <dt>{t('pull.conflicts')}</dt>
      <dd class="number">{t('pull.count', { count: conflicts.length })}</dd>
      <dt>{t('pull.unsent')}</dt>
      <dd class="number">{t('pull.count', { count: unsent.length })}</dd>
      <dt>{t('pull.missing')}</dt>
      <dd class="number">{t('pull.count', { count: preview.missing.length })}</dd>
    </dl>
  )
}

function CellsList({ cells, ...props }: Props & { cells: PulledCells[] }) {
  return (
    <PagedList
      class="issues"
      items={cells}
      more={(left) => props.t('more', { left })}
      render={(each) => <CellsItem key={pullKey(each)} {...props} cells={each} />}
    />
  )
}

function CellsItem({ cells, preview, state, t }: Props & { cells: PulledCells }) {
  const { rowId, columns, before, after } = cells
  const plan = planOf(state)
  const changed = columns.map((column) => preview.changed[`${rowId} ${column}`]).find((found) => found !== undefined)
  const reason = preview.kept[pullKey(cells)]
  const text = (of: typeof before) => (plan ? inWords(linesIn(of, undefined, columns, plan, t), t('colon')) : '')
  return (
    <li class="issue">
      <h4>{rowLabel(state.rows, rowId)}</h4>
      <p class="where">
        {columns.map((column) => columnLabel(plan, column)).join('、')}
        {changed ? ` · ${t('pull.by', { by: changed.by, at: formatTime(changed.at) })}` : ''}
      </p>
      {reason ? <p>{t(`pull.kept.${reason}`)}</p> : null}
      <Change
        before={text(before)}
        after={text(after)}
        replaced={columns.length === 1}
        words={{ ...changeWords(t), before: t('pull.here'), after: t('pull.there') }}
      />
    </li>
  )
}

/** Merged periods a line each. */
function inWords(lines: readonly Line[], colon: string): string {
  return lines.map(({ periods, text = '' }) => (periods === undefined ? text : `${periods}${colon}${text}`)).join('\n')
}

function Missing({ preview, state, flow, t }: Props) {
  const { missing, isAdding, complete } = preview
  const count = missing.length
  return (
    <section class="stack">
      <h3>{t('pull.addTitle', { count })}</h3>
      <label class="choice">
        <input
          type="checkbox"
          checked={isAdding}
          disabled={state.busy !== undefined}
          onChange={() => flow.dispatch({ type: 'pullAdding', isAdding: !isAdding })}
        />
        {t(complete ? 'pull.addInPlace' : 'pull.addToEnd', { count })}
      </label>
      <PagedList
        class="issues"
        items={missing}
        more={(left) => t('more', { left })}
        render={({ rowId, cells }) => <li key={rowId}>{taskLabel(cells.number ?? '', cells.task ?? '')}</li>}
      />
    </section>
  )
}

/** Rows that a pull leaves alone, and why. */
function OtherRows({ preview, state, t }: Props) {
  const { gone, doubled } = preview.pull
  return (
    <>
      {gone.length > 0 ? (
        <details>
          <summary>{t('pull.goneTitle', { count: gone.length })}</summary>
          <p class="hint">{t('pull.goneAbout')}</p>
          <PagedList
            class="issues"
            items={gone}
            more={(left) => t('more', { left })}
            render={(row) => <li key={row.rowId}>{rowLabel(state.rows, row.rowId, [row])}</li>}
          />
        </details>
      ) : null}
      {doubled.length > 0 ? (
        <details>
          <summary>{t('pull.doubledTitle', { count: doubled.length })}</summary>
          <p class="hint">{t('pull.doubledAbout')}</p>
          <PagedList
            class="issues"
            items={doubled}
            more={(left) => t('more', { left })}
            render={(rowId) => <li key={rowId}>{rowLabel(state.rows, rowId)}</li>}
          />
        </details>
      ) : null}
    </>
  )
}

/** After writing, and after taking it back. */
function Outcome({ state, flow, t }: ScreenProps) {
  const { pulled } = state
  const busy = state.busy !== undefined
  return (
    <>
      {pulled ? (
        <>
          <h3>{t('pull.doneTitle')}</h3>
          <p>{t('pull.doneAbout', { sheet: pulled.sheet })}</p>
          <dl class="facts">
            <dt>{t('pull.doneCells')}</dt>
            <dd class="number">{t('pull.count', { count: pulled.cells.length })}</dd>
            <dt>{t('pull.doneRows')}</dt>
            <dd class="number">{t('pull.count', { count: pulled.added.length })}</dd>
            <dt>{t('pull.doneWaiting')}</dt>
            <dd class="number">{t('pull.count', { count: pulled.waiting })}</dd>
          </dl>
          <p class="hint">{t('pull.undoAbout')}</p>
        </>
      ) : null}
      <div class="actions">
        {pulled ? (
          <Button disabled={busy} onClick={() => void undoPull(flow)}>
            {t('pull.undo')}
          </Button>
        ) : null}
        <Button disabled={busy} onClick={() => void previewPull(flow, pulled?.sheet)}>
          {t('pull.again')}
        </Button>
      </div>
    </>
  )
}
