/** Who is connected, to which plan, and which screen is in front. */
import type { Me, PlanDetail, RowList } from '../../domain/protocol.ts'
import type { Busy, CarriedTable, LeftBehind, Notice, Screen, State } from '../state.ts'
import type { Visit } from '../visit-store.ts'

export type SessionAction =
  | { type: 'went'; screen: Screen }
  | { type: 'keyAsked' }
  | { type: 'sampleDrawn'; sheet: string }
  | { type: 'tablesRead'; tables: CarriedTable[]; isWorkbookOpen: boolean; sheetInFront: string | undefined }
  | { type: 'started'; busy: Busy }
  | { type: 'progressed'; done: number; total: number }
  | { type: 'ended' }
  | { type: 'noticed'; notice: Notice | undefined }
  | { type: 'signedIn'; me: Me }
  | { type: 'signedOut' }
  | { type: 'leftBehind'; left: LeftBehind }
  | { type: 'visitOpened'; visit: Visit }
  | { type: 'reconnected'; me: Me; plan: PlanDetail | undefined; rows: RowList | undefined }
  | { type: 'planOpened'; plan: PlanDetail; rows: RowList }
  | { type: 'rowsPulled'; rows: RowList }
  | { type: 'refreshing'; isRefreshing: boolean }
  | { type: 'registryChanged'; plan: PlanDetail; rows: RowList }

/** What an action changes of the person, the plan and the screen in front. */
export function changeSession(state: State, action: SessionAction): State {
  switch (action.type) {
    case 'went':
      return {
        ...state,
        screen: action.screen,
        notice: undefined,
        isPreviewUnreached: undefined,
        isKeyAsked: undefined,
        isFromDesk: isFromDesk(state, action.screen),
        // The screen that it was opened from goes on where it was.
        history: state.history?.from === action.screen ? state.history : undefined,
        // Nothing about a file is kept once its screen is left.
        intake: undefined,
      }
    case 'keyAsked':
      return { ...state, screen: 'signIn', notice: undefined, isKeyAsked: true }
    case 'sampleDrawn':
      return { ...state, sampleSheet: action.sheet }
    case 'tablesRead':
      return {
        ...state,
        tables: action.tables,
        isWorkbookOpen: action.isWorkbookOpen,
        sheetInFront: action.sheetInFront,
      }
    case 'started':
      return { ...state, busy: action.busy, notice: undefined }
    case 'progressed':
      return state.busy ? { ...state, busy: { ...state.busy, done: action.done, total: action.total } } : state
    case 'ended':
      return { ...state, busy: undefined }
    case 'noticed':
      return { ...state, notice: action.notice }
    case 'signedIn':
      return { ...withoutPlan(state), me: action.me, outbox: undefined, offline: undefined, screen: 'home' }
    case 'signedOut':
      return {
        ...withoutPlan(state),
        me: undefined,
        outbox: undefined,
        offline: undefined,
        notice: undefined,
        screen: 'signIn',
      }
    case 'leftBehind':
      return { ...state, left: action.left }
    case 'visitOpened': {
      const { me, plan, rows, readAt } = action.visit
      return { ...withoutPlan(state), me, plan, rows, outbox: undefined, offline: { readAt }, screen: 'home' }
    }
    case 'reconnected':
      // Without a plan: this key no longer sees the one that was open.
      return action.plan
        ? { ...state, me: withPlan(action.me, action.plan), plan: action.plan, rows: action.rows, offline: undefined }
        : { ...withoutPlan(state), me: action.me, offline: undefined, screen: 'home' }
    case 'planOpened':
      return {
        ...withoutPlan(state),
        me: withPlan(state.me, action.plan),
        plan: action.plan,
        rows: action.rows,
        offline: undefined,
        screen: 'home',
      }
    case 'rowsPulled':
      return { ...state, rows: action.rows }
    case 'refreshing':
      return { ...state, isRefreshing: action.isRefreshing }
    case 'registryChanged':
      return { ...state, plan: action.plan, rows: action.rows }
  }
}

function withoutPlan(state: State): State {
  const { locale, hostKind, screen, busy, notice, me, outbox, offline, issueView, sampleSheet } = state
  return { locale, hostKind, screen, busy, notice, me, outbox, offline, issueView, sampleSheet, undo: [] }
}

/** The list of plans with what was just read of one of them: issuing changes its state. */
function withPlan(me: Me | undefined, { plan }: PlanDetail): Me | undefined {
  return (
    me && { ...me, plans: me.plans.map((known) => (known.id === plan.id ? { ...known, state: plan.state } : known)) }
  )
}

/** Looking again, or at the record of a row in between, does not change where a screen was opened from. */
function isFromDesk({ screen, isFromDesk }: State, next: Screen): boolean {
  return screen === 'desk' || ((screen === next || screen === 'history') && isFromDesk === true)
}
