/** Cells that the sheet and the master both changed: 原文, 本表 and 总表, and what the person decides. */
import type { PullDecision, PulledCells } from '../../domain/pull.ts'
import { pullKey } from '../../domain/pull.ts'
import { decidePull } from '../flows/pull.ts'
import type { PullPreview } from '../flows/pull-preview.ts'
import { Button } from '../ui/button.tsx'
import { InlineChange } from '../ui/inline-change.tsx'
import { PagedList } from '../ui/more.tsx'
import { formatTime } from '../ui/time.ts'
import { useElementId } from '../ui/use-element-id.ts'
import { type Line, linesIn, Version } from './conflict-versions.tsx'
import { columnLabel, planOf, rowLabel } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'

const CHOICES: { decision: PullDecision | undefined; text: 'pull.mine' | 'pull.theirs' | 'pull.later' }[] = [
  { decision: 'mine', text: 'pull.mine' },
  { decision: 'theirs', text: 'pull.theirs' },
  { decision: undefined, text: 'pull.later' },
]

export function PullConflicts(props: ScreenProps & { preview: PullPreview }) {
  const { preview, state, flow, t } = props
  const { conflicts } = preview.pull
  if (conflicts.length === 0) return null
  const busy = state.busy !== undefined
  const mine = conflicts.filter((cells) => isWritable(state, cells))
  return (
    <section class="stack">
      <h3>{t('pull.decideTitle', { count: conflicts.length })}</h3>
      <p class="hint">{t('pull.decideAbout')}</p>
      {conflicts.some(({ base }) => base === undefined) ? <p class="hint">{t('pull.unknownAbout')}</p> : null}
      {conflicts.length > 1 ? (
        <div class="actions">
          <Button small disabled={busy} onClick={() => decidePull(flow, conflicts, 'theirs')}>
            {t('pull.allTheirs')}
          </Button>
          {mine.length > 0 ? (
            <Button small disabled={busy} onClick={() => decidePull(flow, mine, 'mine')}>
              {t('pull.allMine')}
            </Button>
          ) : null}
        </div>
      ) : null}
      <PagedList
        class="issues"
        items={conflicts}
        more={(left) => t('more', { left })}
        render={(cells) => <PullConflict key={pullKey(cells)} {...props} cells={cells} />}
      />
    </section>
  )
}

function PullConflict({ cells, preview, state, flow, t }: ScreenProps & { preview: PullPreview; cells: PulledCells }) {
  const id = useElementId()
  const isMine = isWritable(state, cells)
  const chosen = preview.decisions[pullKey(cells)]
  return (
    <li class="issue warning">
      <h4 id={id}>{rowLabel(state.rows, cells.rowId)}</h4>
      <p class="where">{cells.columns.map((column) => columnLabel(planOf(state), column)).join('、')}</p>
      <PullVersions {...{ cells, preview, state, flow, t }} />
      <Apart cells={cells} t={t} />
      {isMine ? null : <p class="hint">{t('pull.notMine')}</p>}
      <fieldset class="stack" aria-describedby={id}>
        <legend>{t('pull.choice')}</legend>
        {CHOICES.filter(({ decision }) => isMine || decision !== 'mine').map(({ decision, text }) => (
          <label key={text} class="choice">
            <input
              type="radio"
              name={id}
              checked={chosen === decision}
              disabled={state.busy !== undefined}
              onChange={() => decidePull(flow, [cells], decision)}
            />
            {t(text)}
          </label>
        ))}
      </fieldset>
    </li>
  )
}

function PullVersions({ cells, preview, state, t }: ScreenProps & { preview: PullPreview; cells: PulledCells }) {
  const { base, before, after, columns, rowId } = cells
  const plan = planOf(state)
  const said = { blank: t('change.blank'), colon: t('colon') }
  const changed = columns.map((column) => preview.changed[`${rowId} ${column}`]).find((found) => found !== undefined)
  const lines = (of: typeof before): Line[] => (plan ? linesIn(of, base, columns, plan, t) : [])
  return (
    <dl class="change versions">
      {base ? <Version {...said} label={t('pull.base')} lines={lines(base)} /> : null}
      <Version {...said} label={t('pull.here')} lines={lines(before)} />
      <Version
        {...said}
        label={changed ? t('pull.thereBy', { by: changed.by, at: formatTime(changed.at) }) : t('pull.there')}
        lines={lines(after)}
      />
    </dl>
  )
}

/** Of one cell, what the two texts do not have in common, word by word. */
function Apart({ cells: { columns, before, after }, t }: Pick<ScreenProps, 't'> & { cells: PulledCells }) {
  const [column = ''] = columns
  const [sheet, master] = [before.cells[column], after.cells[column]]
  if (columns.length > 1 || sheet === undefined || master === undefined) return null
  return <InlineChange before={sheet} after={master} label={t('pull.apart')} blank={t('change.blank')} />
}

/** Whether what the sheet has there can be sent at all. */
function isWritable({ rows }: ScreenProps['state'], { rowId, columns }: PulledCells): boolean {
  const writable = rows?.rows.find((row) => row.rowId === rowId)?.writable ?? []
  return columns.some((column) => writable.includes(column))
}
