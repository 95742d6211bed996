/** One row of the preview: what is taken, what conflicts, what waits for a word, what is not sent, what keeps it out. */

import { issueText } from '../../domain/messages.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type { RowOutcome } from '../../domain/protocol.ts'
import { cellKey } from '../flows/submission.ts'
import { restoreCells } from '../flows/submit.ts'
import type { Preview } from '../state.ts'
import { Button } from '../ui/button.tsx'
import { Change } from '../ui/change.tsx'
import { GoneConflict } from './gone-rows.tsx'
import { changeWords, columnLabel, outcomeLabel, planOf } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'

export function PreviewRow({ row, preview, ...props }: ScreenProps & { row: RowOutcome; preview: Preview }) {
  const { state, t } = props
  const plan = planOf(state)
  const label = (column: string | undefined) => (column === undefined ? '' : columnLabel(plan, column))
  const words = changeWords(t)
  return (
    <li class={`issue ${row.blocked.length > 0 ? 'error' : row.conflicts.length > 0 ? 'warning' : ''}`}>
      <h3>{outcomeLabel(state.rows, row, preview.gone)}</h3>
      <p class="where">{t(row.isGone ? 'outcome.gone' : `outcome.${row.outcome}`)}</p>
      {row.blocked.map((issue) => (
        <p key={`${issue.code} ${issue.column}`}>
          <strong>{t('submit.blocked')}</strong>{' '}
          {plan ? issueText(issue, breakdownSpec(plan), state.locale) : issue.code}
        </p>
      ))}
      {row.applied.map((change) => (
        <div key={change.column}>
          <h4>{label(change.column)}</h4>
          <Change before={change.old ?? ''} after={change.new ?? ''} words={words} replaced />
          <KeepHead {...props} sheet={preview.sheet} change={change} />
        </div>
      ))}
      {row.isGone ? <GoneConflict row={row} t={t} /> : null}
      {(row.isGone ? [] : row.conflicts).map((conflict) => (
        <div key={conflict.column ?? conflict.columns?.join() ?? conflict.kind}>
          <h4>{t('submit.conflict', { column: label(conflict.column ?? conflict.columns?.[0]) })}</h4>
          <Change
            before={conflict.head ?? ''}
            after={conflict.submitted ?? ''}
            words={{ ...words, before: t('conflicts.head'), after: t('conflicts.submitted') }}
          />
          <TakeHead {...props} sheet={preview.sheet} conflict={conflict} />
        </div>
      ))}
      {row.held.map((held) => (
        <HeldCell key={held.column} {...props} preview={preview} rowId={row.rowId} held={held} />
      ))}
      {row.notWritable.map((cell) => (
        <NotWritableCell key={cell.column} {...props} sheet={preview.sheet} row={row} cell={cell} />
      ))}
    </li>
  )
}

/** Gives way before anything is sent; what is merged or about a whole row is mended in the sheet. */
function TakeHead({
  sheet,
  conflict,
  state,
  flow,
  t,
}: ScreenProps & { sheet: string; conflict: RowOutcome['conflicts'][number] }) {
  const { kind, rowId, column, head, submitted } = conflict
  if (kind !== 'cell' || column === undefined || head === undefined || submitted === undefined) return null
  return (
    <div class="actions">
      <Button
        small
        disabled={state.busy !== undefined}
        onClick={() => void restoreCells(flow, sheet, [{ rowId, column, sheet: submitted, head }], 'preview')}
      >
        {t('submit.takeHead')}
      </Button>
    </div>
  )
}

/** Puts the master's text back into the sheet; a changed span is more than one cell and is mended in the sheet. */
function KeepHead({
  sheet,
  change,
  state,
  flow,
  t,
}: ScreenProps & { sheet: string; change: RowOutcome['applied'][number] }) {
  const { rowId, column, old: head, new: text, spans } = change
  if (head === null || text === null || spans) return null
  return (
    <div class="actions">
      <Button
        small
        disabled={state.busy !== undefined}
        onClick={() => void restoreCells(flow, sheet, [{ rowId, column, sheet: text, head }], 'preview')}
      >
        {t('submit.keepHead')}
      </Button>
    </div>
  )
}

type Held = RowOutcome['held'][number]

function HeldCell({
  preview,
  rowId,
  held,
  state,
  flow,
  t,
}: ScreenProps & { preview: Preview; rowId: string; held: Held }) {
  const cell = cellKey(rowId, held.column)
  return (
    <div>
      <h4>{t('submit.held', { column: columnLabel(planOf(state), held.column) })}</h4>
      <Change before={held.head} after="" words={changeWords(t)} replaced={preview.clears.includes(cell)} />
      <label class="choice">
        <input
          type="checkbox"
          checked={preview.clears.includes(cell)}
          disabled={state.busy !== undefined}
          onChange={() => flow.dispatch({ type: 'clearToggled', cell })}
        />
        {t('submit.clear')}
      </label>
    </div>
  )
}

function NotWritableCell({
  sheet,
  row: { rowId, isGone },
  cell,
  state,
  flow,
  t,
}: ScreenProps & { sheet: string; row: RowOutcome; cell: RowOutcome['notWritable'][number] }) {
  const { column, head, submitted } = cell
  return (
    <div>
      <h4>{t('submit.notWritable', { column: columnLabel(planOf(state), column) })}</h4>
      <Change
        before={head}
        after={submitted}
        words={{ ...changeWords(t), before: t('conflicts.head'), after: t('change.sheet') }}
      />
      {/* Of a row that is gone the master has no text to put back. */}
      {isGone ? null : (
        <div class="actions">
          <Button
            small
            disabled={state.busy !== undefined}
            onClick={() => void restoreCells(flow, sheet, [{ rowId, column, sheet: submitted, head }], 'preview')}
          >
            {t('restore.button')}
          </Button>
        </div>
      )}
    </div>
  )
}
