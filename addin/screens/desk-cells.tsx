/**
 * 修改建议 and 待确认的清空: texts of units that were not merged. The commission may write them into the master itself,
 * after seeing what that does, or sends a clearing back to be confirmed.
 */
import { useState } from 'preact/hooks'
import { issueText } from '../../domain/messages.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type { HeldCell, ServerRow, Suggestion } from '../../domain/protocol.ts'
import { confirmTakeUp, type ProposedCell, previewTakeUp } from '../flows/desk-cells.ts'
import { acceptRows, mayReview } from '../flows/review.ts'
import type { State } from '../state.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmButton } from '../ui/confirm-button.tsx'
import { PagedList } from '../ui/more.tsx'
import { Screen } from '../ui/screen.tsx'
import { formatTime } from '../ui/time.ts'
import { useElementId } from '../ui/use-element-id.ts'
import { CellChange } from './cell-change.tsx'
import { ReadOnly } from './desk.tsx'
import { HistoryButton } from './history-button.tsx'
import { planOf, taskLabel } from './labels.ts'
import { ReturnForm } from './return-form.tsx'
import { deskward, type ScreenProps } from './screen-props.ts'

export function SuggestionsScreen(props: ScreenProps) {
  const { state, t } = props
  const cells = state.desk?.suggestions ?? []
  return (
    <Screen title={t('suggestions.title')} back={deskward(props)}>
      <p>{cells.length === 0 ? t('suggestions.none') : t('suggestions.intro', { count: cells.length })}</p>
      <ReadOnly {...props} />
      {cells.length > 0 && state.plan?.plan.state === 'issued' ? <p class="hint">{t('suggestions.issued')}</p> : null}
      <PagedList
        class="issues"
        items={cells}
        more={(left) => t('more', { left })}
        render={(cell) => (
          <DeskCell key={placeOf(cell)} {...props} cell={cell} text={cell.submitted} action={t('suggestions.takeUp')} />
        )}
      />
    </Screen>
  )
}

export function HeldScreen(props: ScreenProps) {
  const { state, t } = props
  const cells = state.desk?.held ?? []
  return (
    <Screen title={t('held.title')} back={deskward(props)}>
      <p>{cells.length === 0 ? t('held.none') : t('held.intro', { count: cells.length })}</p>
      <ReadOnly {...props} />
      <PagedList
        class="issues"
        items={cells}
        more={(left) => t('more', { left })}
        render={(cell) => (
          <DeskCell key={placeOf(cell)} {...props} cell={cell} text="" action={t('held.clear')} isReturnable />
        )}
      />
    </Screen>
  )
}

function placeOf({ rowId, column, submissionId }: HeldCell): string {
  return `${rowId} ${column} ${submissionId}`
}

type DeskCellProps = ScreenProps & {
  cell: Suggestion | HeldCell
  text: string
  action: string
  isReturnable?: boolean
}

function DeskCell({ cell, text, action, isReturnable, ...props }: DeskCellProps) {
  const { state, flow, t } = props
  const id = useElementId()
  const [isReturning, setReturning] = useState(false)
  const { rowId, column, head, number, task, by, at } = cell
  const busy = state.busy !== undefined
  const row = state.rows?.rows.find((candidate) => candidate.rowId === rowId)
  const proposed: ProposedCell = { rowId, column, head, text }
  const taking = state.takingUp && samePlace(state.takingUp.cell, proposed) ? state.takingUp : undefined
  const mayWrite = mayReview(state) && row?.cells[column] === head
  return (
    <li class="issue ask">
      <h3 id={id}>{taskLabel(number, task)}</h3>
      <p class="where">{t('desk.sentBy', { by, at: formatTime(at) })}</p>
      <CellChange change={{ column, old: head, new: text }} state={state} t={t} />
      {taking ? <Consequences {...props} taking={taking} describedBy={id} /> : null}
      {isReturning && row ? (
        <ReturnForm {...props} row={row} start={column} describedBy={id} onClose={() => setReturning(false)} />
      ) : null}
      <div class="actions">
        {mayWrite && !taking ? (
          <Button small describedBy={id} disabled={busy} onClick={() => void previewTakeUp(flow, proposed)}>
            {action}
          </Button>
        ) : null}
        {mayWrite && isReturnable && !isReturning ? (
          <Button small describedBy={id} disabled={busy} onClick={() => setReturning(true)}>
            {t('review.return')}
          </Button>
        ) : null}
        <HistoryButton {...props} rowId={rowId} describedBy={id} />
      </div>
      {mayReview(state) && row ? <LeaveAsIs {...props} row={row} describedBy={id} /> : null}
    </li>
  )
}

/**
 * 不采纳: passing the row as it reads settles what was sent for it before. A row that still waits for review passes
 * there, where its changes are shown.
 */
function LeaveAsIs({ row, describedBy, state, flow, t }: ScreenProps & { row: ServerRow; describedBy: string }) {
  const isQueued = state.desk?.queue.some(({ rowId }) => rowId === row.rowId)
  if (isQueued) return <p class="hint">{t('takeUp.settledByReview')}</p>
  return (
    <ConfirmButton
      small
      label={t('takeUp.leave')}
      about={t('takeUp.leaveAbout')}
      confirm={t('takeUp.confirmLeave')}
      cancel={t('cancel')}
      describedBy={describedBy}
      disabled={state.busy !== undefined}
      onConfirm={() => void acceptRows(flow, [row])}
    />
  )
}

function samePlace(one: ProposedCell, other: ProposedCell): boolean {
  return one.rowId === other.rowId && one.column === other.column && one.text === other.text
}

/** What writing the cell would do, as the server says, before it is done. */
function Consequences(props: ScreenProps & { taking: NonNullable<State['takingUp']>; describedBy: string }) {
  const { taking, describedBy, state, flow, t } = props
  const { receipt, cell } = taking
  const plan = planOf(state)
  const busy = state.busy !== undefined
  const issues = receipt.issues.filter(({ rowId, severity }) => rowId === cell.rowId && severity !== 'hint')
  const isTaken = receipt.totals.applied > 0
  return (
    <div class="cell-text stack">
      <h4>{t('takeUp.preview')}</h4>
      <p>{t(isTaken ? 'takeUp.willWrite' : 'takeUp.cannot')}</p>
      {plan && issues.length > 0 ? (
        <>
          <p>{t('takeUp.issues', { count: issues.length })}</p>
          <ul>
            {issues.map((issue) => (
              <li key={`${issue.code} ${issue.column}`}>
                {t(`severity.${issue.severity}`)}
                {t('colon')}
                {issueText(issue, breakdownSpec(plan), state.locale)}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <div class="actions">
        {isTaken ? (
          <Button small primary describedBy={describedBy} disabled={busy} onClick={() => void confirmTakeUp(flow)}>
            {t('takeUp.confirm')}
          </Button>
        ) : null}
        <Button
          small
          describedBy={describedBy}
          disabled={busy}
          onClick={() => flow.dispatch({ type: 'takeUpPreviewed', takingUp: undefined })}
        >
          {t('cancel')}
        </Button>
      </div>
    </div>
  )
}
