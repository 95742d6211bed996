/** What the commission works on: plans, the desk, returned files, conflicts; and the master and the record of a row. */
import type { ConflictBody, Desk, Master, RowList } from '../../domain/protocol.ts'
import type { Adjusted, Adjustment } from '../flows/adjustment.ts'
import type { IntakeItem } from '../flows/intake-item.ts'
import type { DeskFilter, LastReview, PlanDraft, State, TakingUp } from '../state.ts'

export type CommissionAction =
  | { type: 'drafted'; draft: PlanDraft | undefined }
  | { type: 'adjustmentDrafted'; adjustment: Adjustment | undefined }
  | { type: 'adjustmentEdited'; changes: Partial<Adjustment> }
  | { type: 'adjusted'; adjusted: Adjusted }
  | { type: 'masterPulled'; master: Master }
  | { type: 'deskPulled'; desk: Desk; rows: RowList }
  | { type: 'deskFiltered'; filter: DeskFilter }
  | { type: 'reviewed'; last: LastReview | undefined }
  | { type: 'takeUpPreviewed'; takingUp: TakingUp | undefined }
  | { type: 'historyOpened'; shown: NonNullable<State['history']> }
  | { type: 'conflictsPulled'; conflicts: ConflictBody[] }
  | { type: 'conflictsRefused'; refusals: Record<string, string> }
  | { type: 'intakeAdded'; items: IntakeItem[] }
  | { type: 'intakeChanged'; id: string; changes: Partial<IntakeItem> }
  | { type: 'intakeRemoved'; id: string }
  | { type: 'intakeOpened'; id: string | undefined }

/** What an action changes of what the commission works on. */
export function changeCommission(state: State, action: CommissionAction): State {
  switch (action.type) {
    case 'drafted':
      return { ...state, draft: action.draft, screen: 'createPlan' }
    case 'adjustmentDrafted':
      return { ...state, adjustment: action.adjustment, screen: 'adjust' }
    case 'adjustmentEdited':
      return { ...state, adjustment: state.adjustment && { ...state.adjustment, ...action.changes } }
    case 'adjusted':
      return { ...state, adjusted: action.adjusted, adjustment: undefined }
    case 'masterPulled':
      return { ...state, master: action.master }
    case 'deskPulled':
      // Together: a row of the queue must never stand without its texts.
      return { ...state, desk: action.desk, rows: action.rows }
    case 'deskFiltered':
      return { ...state, deskFilter: action.filter }
    case 'reviewed':
      return { ...state, lastReview: action.last }
    case 'takeUpPreviewed':
      return { ...state, takingUp: action.takingUp }
    case 'historyOpened':
      return openHistory(state, action.shown)
    case 'conflictsPulled':
      return { ...state, conflicts: action.conflicts, conflictRefusals: undefined }
    case 'conflictsRefused':
      return { ...state, conflictRefusals: action.refusals }
    case 'intakeAdded':
      return { ...state, intake: { ...state.intake, items: [...(state.intake?.items ?? []), ...action.items] } }
    case 'intakeChanged':
      return changeIntake(state, (items) =>
        items.map((item) => (item.id === action.id ? { ...item, ...action.changes } : item)),
      )
    case 'intakeRemoved':
      return changeIntake({ ...state, intake: state.intake && { ...state.intake, open: undefined } }, (items) =>
        items.filter(({ id }) => id !== action.id),
      )
    case 'intakeOpened':
      return { ...state, intake: state.intake && { ...state.intake, open: action.id } }
  }
}

function changeIntake(state: State, changed: (items: IntakeItem[]) => IntakeItem[]): State {
  return { ...state, intake: state.intake && { ...state.intake, items: changed(state.intake.items) } }
}

/** Read again, it still goes back to where it was first asked for. */
function openHistory(state: State, shown: NonNullable<State['history']>): State {
  const from = shown.from === 'history' ? (state.history?.from ?? 'home') : shown.from
  return { ...state, history: { ...shown, from }, screen: 'history', notice: undefined }
}
