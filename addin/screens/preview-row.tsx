/** One row of a preview: what is taken, what conflicts, what waits for a word, what is not sent, what keeps it out. */

import { issueText } from '../../domain/messages.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type { Receipt, RowOutcome } from '../../domain/protocol.ts'
import type { Row } from '../../domain/table.ts'
import type { Difference } from '../exchange-state.ts'
import { cellKey } from '../flows/submission.ts'
import { Button } from '../ui/button.tsx'
import { Change } from '../ui/change.tsx'
import { InlineChange } from '../ui/inline-change.tsx'
import { Clash } from './clash.tsx'
import { GoneConflict } from './gone-rows.tsx'
import { changeWords, columnLabel, outcomeLabel, planOf } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'

/** What a person can do with a cell before it is sent; cells are `rowId column`. */
export type CellActions = {
  isCleared(cell: string): boolean
  toggleClear(cell: string): void
  /** Puts the master's text back into the open sheet. */
  takeHead?(cell: Difference): void
  /** Leaves a change out of what is sent, where no sheet is open to be mended. */
  isKept?(cell: string): boolean
  toggleKept?(cell: string): void
  /** Lets a text for a cell that is not the unit's go along as a suggestion. */
  isSuggested?(cell: string): boolean
  toggleSuggested?(cell: string): void
  /** Compares the open sheet with the master, to go on from what stands there now. */
  pull?(): void
  /** Shows the cell in the open sheet. */
  jump?(rowId: string, column: string | undefined): void
}

/** `gone`: rows that the plan no longer lists. */
type Props = ScreenProps & { row: RowOutcome; receipt: Receipt; gone: readonly Row[]; on: CellActions }

export function PreviewRow({ row, receipt, gone, on, ...props }: Props) {
  const { state, t } = props
  const plan = planOf(state)
  const label = (column: string | undefined) => (column === undefined ? '' : columnLabel(plan, column))
  return (
    <li class={`issue ${row.blocked.length > 0 ? 'error' : row.conflicts.length > 0 ? 'warning' : ''}`}>
      <h3>{outcomeLabel(state.rows, row, gone)}</h3>
      <p class="where">{t(row.isGone ? 'outcome.gone' : `outcome.${row.outcome}`)}</p>
      {row.blocked.map((issue) => (
        <div key={`${issue.code} ${issue.column}`} class="part">
          <p>
            <strong>{t('submit.blocked')}</strong>{' '}
            {plan ? issueText(issue, breakdownSpec(plan), state.locale) : issue.code}
          </p>
          <Jump {...props} on={on} rowId={row.rowId} column={issue.column} />
        </div>
      ))}
      {row.applied.map((change) => (
        <div key={change.column} class="part">
          <h4>{label(change.column)}</h4>
          <InlineChange
            label={t('submit.changed.cell')}
            before={change.old ?? ''}
            after={change.new ?? ''}
            blank={t('change.blank')}
          />
          <KeepHead {...props} on={on} change={change} />
        </div>
      ))}
      {row.isGone ? <GoneConflict row={row} t={t} /> : null}
      {(row.isGone ? [] : row.conflicts).map((conflict) => (
        <Clash key={conflict.id} {...props} conflict={conflict} receipt={receipt}>
          {conflict.status === 'resolved' ? <StillWanted {...props} on={on} /> : null}
          <GiveWay {...props} on={on} conflict={conflict} />
        </Clash>
      ))}
      {row.held.map((held) => (
        <HeldCell key={held.column} {...props} on={on} rowId={row.rowId} held={held} />
      ))}
      {row.notWritable.map((cell) => (
        <NotWritableCell key={cell.column} {...props} on={on} row={row} cell={cell} />
      ))}
    </li>
  )
}

type With = Pick<ScreenProps, 'state' | 't'> & { on: CellActions }

function Jump({ on, rowId, column, state, t }: With & { rowId: string; column: string | undefined }) {
  const { jump } = on
  if (!jump) return null
  return (
    <div class="actions">
      <Button small disabled={state.busy !== undefined} onClick={() => jump(rowId, column)}>
        {t('check.jump')}
      </Button>
    </div>
  )
}

/** What was decided is not asked again: who wants another text still starts from the one that stands. */
function StillWanted({ on, state, t }: With) {
  const { pull } = on
  if (!pull) return <p class="hint">{t('clash.decidedBrought')}</p>
  return (
    <>
      <p class="hint">{t('clash.stillWanted')}</p>
      <div class="actions">
        <Button small disabled={state.busy !== undefined} onClick={pull}>
          {t('pull.button')}
        </Button>
      </div>
    </>
  )
}

/** Gives way before anything is sent; what is merged or about a whole row is mended in the sheet. */
function GiveWay({ conflict, on, ...props }: With & { conflict: RowOutcome['conflicts'][number] }) {
  const { kind, rowId, column, head, submitted } = conflict
  if (kind !== 'cell' || column === undefined || head === undefined || submitted === undefined) return null
  return <MasterStays {...props} on={on} cell={{ rowId, column, sheet: submitted, head }} text="submit.takeHead" />
}

/** A changed span is more than one cell and is mended in the sheet. */
function KeepHead({ change, on, ...props }: With & { change: RowOutcome['applied'][number] }) {
  const { rowId, column, old: head, new: text, spans } = change
  if (head === null || text === null || spans) return <Jump {...props} on={on} rowId={rowId} column={column} />
  return <MasterStays {...props} on={on} cell={{ rowId, column, sheet: text, head }} text="submit.keepHead" />
}

/** In an open sheet the master's text is put back; of a file the change is left out. */
function MasterStays({
  cell,
  text,
  on,
  state,
  t,
}: With & { cell: Difference; text: 'submit.takeHead' | 'submit.keepHead' }) {
  const { takeHead, toggleKept, jump } = on
  const busy = state.busy !== undefined
  if (toggleKept) {
    const key = cellKey(cell.rowId, cell.column)
    return (
      <label class="choice">
        <input type="checkbox" checked={on.isKept?.(key) ?? false} disabled={busy} onChange={() => toggleKept(key)} />
        {t(text)}
      </label>
    )
  }
  return (
    <div class="actions">
      {takeHead ? (
        <Button small disabled={busy} onClick={() => takeHead(cell)}>
          {t(text)}
        </Button>
      ) : null}
      {jump ? (
        <Button small disabled={busy} onClick={() => jump(cell.rowId, cell.column)}>
          {t('check.jump')}
        </Button>
      ) : null}
    </div>
  )
}

function HeldCell({ rowId, held, on, state, t }: With & { rowId: string; held: RowOutcome['held'][number] }) {
  const cell = cellKey(rowId, held.column)
  return (
    <div class="part">
      <h4>{t('submit.held', { column: columnLabel(planOf(state), held.column) })}</h4>
      <Change before={held.head} after="" words={changeWords(t)} replaced={on.isCleared(cell)} />
      <label class="choice">
        <input
          type="checkbox"
          checked={on.isCleared(cell)}
          disabled={state.busy !== undefined}
          onChange={() => on.toggleClear(cell)}
        />
        {t('submit.clear')}
      </label>
    </div>
  )
}

function NotWritableCell({
  row: { rowId, isGone },
  cell,
  on,
  state,
  t,
}: With & { row: RowOutcome; cell: RowOutcome['notWritable'][number] }) {
  const { column, head, submitted } = cell
  const { takeHead, toggleSuggested } = on
  const key = cellKey(rowId, column)
  const isSuggested = on.isSuggested?.(key) ?? false
  return (
    <div class="part">
      <h4>
        {t(isSuggested ? 'submit.suggested' : 'submit.notWritable', { column: columnLabel(planOf(state), column) })}
      </h4>
      <Change
        before={head}
        after={submitted}
        words={{ ...changeWords(t), before: t('conflicts.head'), after: t('change.sheet') }}
      />
      {toggleSuggested && !isGone ? (
        <label class="choice">
          <input
            type="checkbox"
            checked={isSuggested}
            disabled={state.busy !== undefined}
            onChange={() => toggleSuggested(key)}
          />
          {t('submit.suggest')}
        </label>
      ) : null}
      {/* Of a row that is gone the master has no text to put back. */}
      {isGone || !takeHead ? null : (
        <div class="actions">
          <Button
            small
            disabled={state.busy !== undefined}
            onClick={() => takeHead({ rowId, column, sheet: submitted, head })}
          >
            {t('restore.button')}
          </Button>
        </div>
      )}
    </div>
  )
}
