/** How each action changes the state: pure, and exhaustive, so that a new action fails to compile here first. */
import type { Fix } from '../domain/issue.ts'
import type {
  ConflictBody,
  Desk,
  DraftDetail,
  DraftInfo,
  KeyInfo,
  Master,
  Me,
  PlanDetail,
  Receipt,
  RowList,
  StoredAnnotation,
  SubmissionList,
} from '../domain/protocol.ts'
import type { PullDecision } from '../domain/pull.ts'
import type { IntakeItem } from './flows/intake-item.ts'
import type { Newer, Pulled, PullPreview } from './flows/pull-preview.ts'
import type {
  Adjustment,
  Busy,
  CarriedTable,
  CheckResult,
  DeskFilter,
  Difference,
  Done,
  IssuedKeys,
  IssueView,
  LastReview,
  LostKeys,
  Notice,
  PlanDraft,
  Preview,
  Recognition,
  Said,
  Screen,
  SheetMarks,
  State,
  TakingUp,
} from './state.ts'
import type { Visit } from './visit-store.ts'

export type Action =
  | { type: 'went'; screen: Screen }
  | { type: 'keyAsked' }
  | { type: 'sampleDrawn'; sheet: string }
  | { type: 'tablesRead'; tables: CarriedTable[]; isWorkbookOpen: boolean }
  | { type: 'started'; busy: Busy }
  | { type: 'progressed'; done: number; total: number }
  | { type: 'ended' }
  | { type: 'noticed'; notice: Notice | undefined }
  | { type: 'signedIn'; me: Me }
  | { type: 'signedOut' }
  | { type: 'visitOpened'; visit: Visit }
  | { type: 'reconnected'; me: Me; plan: PlanDetail | undefined; rows: RowList | undefined }
  | { type: 'planOpened'; plan: PlanDetail; rows: RowList }
  | { type: 'rowsPulled'; rows: RowList }
  | { type: 'recognised'; recognition: Recognition }
  | { type: 'matchChosen'; index: number; choice: string }
  | { type: 'sheetTaken'; sheet: string }
  | { type: 'checked'; check: CheckResult; stays?: boolean | undefined }
  | { type: 'countsTold'; told: string }
  | { type: 'issuesViewed'; view: IssueView }
  | { type: 'reasonDrafted'; issue: string; text: string | undefined }
  | { type: 'marksRead'; marks: Record<string, SheetMarks> }
  | { type: 'marked'; sheet: string; marks: SheetMarks | undefined }
  | { type: 'targetsOpened'; rowId?: string | undefined }
  | { type: 'annotated'; rowIds: string[]; annotations: StoredAnnotation[] }
  | { type: 'annotatedHere'; sheet: string; said: Said }
  | { type: 'sheetEdited'; sheet: string }
  | { type: 'fixed'; sheet: string; copyId: string; inverse: Fix }
  | { type: 'undone' }
  | { type: 'copyReplaced' }
  | { type: 'fixPlanned'; fix: Fix | undefined }
  | { type: 'previewed'; preview: Preview }
  | { type: 'clearToggled'; cell: string }
  | { type: 'suggestToggled'; cell: string }
  | { type: 'previewUnreached' }
  | { type: 'outboxRead'; outbox: NonNullable<State['outbox']> }
  | { type: 'queued' }
  | { type: 'submitted'; done: Done }
  | { type: 'settled'; differing: Difference[] }
  | { type: 'pullCompared'; preview: PullPreview }
  | { type: 'pullDecided'; keys: string[]; decision: PullDecision | undefined }
  | { type: 'pullAdding'; isAdding: boolean }
  | { type: 'pulledIn'; pulled: Pulled }
  | { type: 'pullUndone' }
  | { type: 'newerFound'; newer: Newer | undefined }
  | { type: 'clearingsFound'; clearings: NonNullable<State['clearings']> }
  | { type: 'receiptReopened'; receipt: Receipt }
  | { type: 'submissionsPulled'; submissions: SubmissionList['submissions'] }
  | { type: 'intakeAdded'; items: IntakeItem[] }
  | { type: 'intakeChanged'; id: string; changes: Partial<IntakeItem> }
  | { type: 'intakeRemoved'; id: string }
  | { type: 'intakeOpened'; id: string | undefined }
  | { type: 'draftsRead'; drafts: DraftInfo[] }
  | { type: 'draftOpened'; detail: DraftDetail }
  | { type: 'drafted'; draft: PlanDraft | undefined }
  | { type: 'adjustmentDrafted'; adjustment: Adjustment | undefined }
  | { type: 'registryChanged'; plan: PlanDetail; rows: RowList }
  | { type: 'masterPulled'; master: Master }
  | { type: 'deskPulled'; desk: Desk; rows: RowList }
  | { type: 'deskFiltered'; filter: DeskFilter }
  | { type: 'reviewed'; last: LastReview | undefined }
  | { type: 'takeUpPreviewed'; takingUp: TakingUp | undefined }
  | { type: 'historyOpened'; shown: NonNullable<State['history']> }
  | { type: 'submissionsRead'; submissions: SubmissionList['submissions'] }
  | { type: 'conflictsPulled'; conflicts: ConflictBody[] }
  | { type: 'conflictsRefused'; refusals: Record<string, string> }
  | { type: 'keysPulled'; keys: KeyInfo[] }
  | { type: 'keysIssued'; issued: Omit<IssuedKeys, 'saved'> }
  | { type: 'keysSaved' }
  | { type: 'keysKept' }
  | { type: 'keysLost'; lost: LostKeys | undefined }
  | { type: 'ownKeyReplaced'; key: Me['key'] }
  | { type: 'ownKeyUnsure'; ownKey: NonNullable<State['ownKey']> }

/**
 * The state after an action. What belongs to a plan goes when the plan or the key does; but keys that
 * are shown only once hold the screen until the person has said that they are kept.
 */
export function transition(state: State, action: Action): State {
  const next = change(state, action)
  return state.issuedKeys && action.type !== 'keysKept'
    ? { ...next, issuedKeys: next.issuedKeys ?? state.issuedKeys, screen: 'issuedKeys' }
    : next
}

function change(state: State, action: Action): State {
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
      return { ...state, tables: action.tables, isWorkbookOpen: action.isWorkbookOpen }
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
    case 'recognised':
      return { ...state, recognition: action.recognition, screen: 'recognise' }
    case 'matchChosen':
      return chooseMatch(state, action.index, action.choice)
    case 'sheetTaken':
      return {
        ...state,
        sheet: action.sheet,
        check: undefined,
        preview: undefined,
        undo: [],
        recognition: state.recognition && { ...state.recognition, confirmed: true },
      }
    case 'checked':
      return {
        ...state,
        check: action.check,
        issueView: state.check?.sheet === action.check.sheet ? state.issueView : withoutFilters(state.issueView),
        screen: action.stays ? state.screen : 'check',
      }
    case 'countsTold':
      return state.check ? { ...state, check: { ...state.check, told: action.told } } : state
    case 'issuesViewed':
      return { ...state, issueView: action.view }
    case 'reasonDrafted':
      return draftReason(state, action.issue, action.text)
    case 'marksRead':
      return { ...state, marks: action.marks }
    case 'marked':
      return { ...state, marks: markSheet(state.marks, action.sheet, action.marks) }
    case 'targetsOpened':
      return { ...state, targetsAt: action.rowId, screen: 'targets', notice: undefined }
    case 'annotated':
      return annotateRows(state, action.rowIds, action.annotations)
    case 'annotatedHere':
      return { ...state, saidHere: [...(state.saidHere ?? []), { sheet: action.sheet, said: action.said }] }
    case 'sheetEdited':
      return state.check?.sheet === action.sheet ? { ...state, check: { ...state.check, stale: true } } : state
    case 'fixed':
      return { ...state, undo: [...state.undo, { sheet: action.sheet, copyId: action.copyId, fix: action.inverse }] }
    case 'copyReplaced':
      return { ...state, undo: [], pull: undefined, pulled: undefined }
    case 'undone':
      return { ...state, undo: state.undo.slice(0, -1) }
    case 'fixPlanned':
      return state.check ? { ...state, check: { ...state.check, plannedFix: action.fix } } : state
    case 'previewed':
      return { ...state, preview: action.preview, isPreviewUnreached: undefined, screen: 'submit' }
    case 'clearToggled':
      return toggleCell(state, 'clears', action.cell)
    case 'suggestToggled':
      return toggleCell(state, 'suggests', action.cell)
    case 'previewUnreached':
      return { ...state, preview: undefined, isPreviewUnreached: true, screen: 'submit' }
    case 'outboxRead':
      return state.me ? { ...state, outbox: action.outbox } : state
    case 'queued':
      return { ...state, preview: undefined, isPreviewUnreached: undefined, screen: 'outbox' }
    case 'submitted':
      return { ...state, done: action.done, preview: undefined, isPreviewUnreached: undefined, screen: 'receipt' }
    case 'settled':
      return state.done ? { ...state, done: { ...state.done, differing: action.differing } } : state
    case 'pullCompared':
      return { ...state, pull: action.preview, newer: newerOf(action.preview), screen: 'pull' }
    case 'pullDecided':
      return decidePull(state, action.keys, action.decision)
    case 'pullAdding':
      return state.pull ? { ...state, pull: { ...state.pull, isAdding: action.isAdding } } : state
    case 'pulledIn':
      return { ...state, pull: undefined, pulled: action.pulled, newer: undefined, screen: 'pull' }
    case 'pullUndone':
      return { ...state, pull: undefined, pulled: undefined, newer: undefined }
    case 'newerFound':
      return { ...state, newer: action.newer }
    case 'clearingsFound':
      return { ...state, clearings: action.clearings }
    case 'receiptReopened':
      return {
        ...state,
        done: { sheet: '', receipt: action.receipt, differing: [], reopened: true },
        screen: 'receipt',
      }
    case 'submissionsPulled':
      return { ...state, submissions: action.submissions, screen: 'submissions' }
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
    case 'draftsRead':
      return { ...state, drafts: action.drafts }
    case 'draftOpened':
      return {
        ...state,
        openDraft: action.detail,
        draftFrom: state.screen === 'submissions' ? 'submissions' : 'drafts',
        screen: 'draft',
      }
    case 'drafted':
      return { ...state, draft: action.draft, screen: 'createPlan' }
    case 'adjustmentDrafted':
      return { ...state, adjustment: action.adjustment, screen: 'adjust' }
    case 'registryChanged':
      return { ...state, plan: action.plan, rows: action.rows }
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
    case 'submissionsRead':
      return { ...state, submissions: action.submissions }
    case 'conflictsPulled':
      return { ...state, conflicts: action.conflicts, conflictRefusals: undefined }
    case 'conflictsRefused':
      return { ...state, conflictRefusals: action.refusals }
    case 'keysPulled':
      return { ...state, keys: action.keys }
    case 'keysIssued':
      return { ...state, issuedKeys: { ...action.issued, saved: 0 }, lostKeys: undefined, screen: 'issuedKeys' }
    case 'keysSaved':
      return state.issuedKeys
        ? { ...state, issuedKeys: { ...state.issuedKeys, saved: state.issuedKeys.saved + 1 } }
        : state
    case 'keysKept': {
      const screen = !state.me ? 'signIn' : state.issuedKeys?.own ? 'home' : state.plan ? 'keys' : 'home'
      return { ...state, issuedKeys: undefined, notice: undefined, screen }
    }
    case 'keysLost':
      return { ...state, lostKeys: action.lost }
    case 'ownKeyReplaced':
      return { ...state, me: state.me && { ...state.me, key: action.key }, ownKey: undefined }
    case 'ownKeyUnsure':
      return { ...state, ownKey: action.ownKey }
  }
}

function withoutPlan({ locale, hostKind, screen, busy, notice, me, outbox, offline, issueView }: State): State {
  return { locale, hostKind, screen, busy, notice, me, outbox, offline, issueView, undo: [] }
}

function changeIntake(state: State, changed: (items: IntakeItem[]) => IntakeItem[]): State {
  return { ...state, intake: state.intake && { ...state.intake, items: changed(state.intake.items) } }
}

/** The list of plans with what was just read of one of them: issuing changes its state. */
function withPlan(me: Me | undefined, { plan }: PlanDetail): Me | undefined {
  return (
    me && { ...me, plans: me.plans.map((known) => (known.id === plan.id ? { ...known, state: plan.state } : known)) }
  )
}

/** What is said of these rows now; of others nothing was told. */
function annotateRows(state: State, rowIds: readonly string[], annotations: readonly StoredAnnotation[]): State {
  const { rows } = state
  if (!rows) return state
  const told = rows.rows.map((row) =>
    rowIds.includes(row.rowId) ? { ...row, annotations: annotations.filter(({ rowId }) => rowId === row.rowId) } : row,
  )
  return { ...state, rows: { ...rows, rows: told } }
}

/** What was filtered on one sheet must not hide what is wrong on another. */
function withoutFilters(view: State['issueView']): State['issueView'] {
  return view && { ...view, severity: 'all', text: '' }
}

/** `marks`: undefined once they were cleared. */
function markSheet(known: State['marks'], sheet: string, marks: SheetMarks | undefined): State['marks'] {
  const { [sheet]: _, ...others } = known ?? {}
  return marks ? { ...others, [sheet]: marks } : others
}

/** `text`: undefined once it was sent or given up. */
function draftReason(state: State, issue: string, text: string | undefined): State {
  const { [issue]: _, ...others } = state.reasonDrafts ?? {}
  return { ...state, reasonDrafts: text === undefined ? others : { ...others, [issue]: text } }
}

/** Looking again, or at the record of a row in between, does not change where a screen was opened from. */
function isFromDesk({ screen, isFromDesk }: State, next: Screen): boolean {
  return screen === 'desk' || ((screen === next || screen === 'history') && isFromDesk === true)
}

/** Read again, it still goes back to where it was first asked for. */
function openHistory(state: State, shown: NonNullable<State['history']>): State {
  const from = shown.from === 'history' ? (state.history?.from ?? 'home') : shown.from
  return { ...state, history: { ...shown, from }, screen: 'history', notice: undefined }
}

function chooseMatch(state: State, index: number, choice: string): State {
  const { recognition } = state
  if (!recognition) return state
  const open = recognition.open.map((row) => (row.index === index ? { ...row, choice } : row))
  return { ...state, recognition: { ...recognition, open } }
}

function newerOf({ sheet, pull, missing }: PullPreview): Newer {
  return { sheet, updates: pull.updates.length, conflicts: pull.conflicts.length, missing: missing.length }
}

function decidePull(state: State, keys: readonly string[], decision: PullDecision | undefined): State {
  const { pull } = state
  if (!pull) return state
  const others = Object.entries(pull.decisions).filter(([key]) => !keys.includes(key))
  const decided = decision === undefined ? [] : keys.map((key) => [key, decision] as const)
  return { ...state, pull: { ...pull, decisions: Object.fromEntries([...others, ...decided]) } }
}

function toggleCell(state: State, list: 'clears' | 'suggests', cell: string): State {
  const { preview } = state
  if (!preview) return state
  const known = preview[list] ?? []
  const next = known.includes(cell) ? known.filter((other) => other !== cell) : [...known, cell]
  return { ...state, preview: { ...preview, [list]: next } }
}
