/** What goes from a sheet to the server and comes back: 报送, 更新, receipts, drafts and the outbox. */
import type { DraftDetail, DraftInfo, Receipt, SubmissionList } from '../../domain/protocol.ts'
import type { PullDecision } from '../../domain/pull.ts'
import type { Difference, Done, Preview } from '../exchange-state.ts'
import type { Newer, Pulled, PullPreview } from '../flows/pull-preview.ts'
import type { State } from '../state.ts'

export type ExchangeAction =
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
  | { type: 'submissionsRead'; submissions: SubmissionList['submissions'] }
  | { type: 'draftsRead'; drafts: DraftInfo[] }
  | { type: 'draftOpened'; detail: DraftDetail }

/** What an action changes of what is sent, taken over or kept for later. */
export function changeExchange(state: State, action: ExchangeAction): State {
  switch (action.type) {
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
    case 'submissionsRead':
      return { ...state, submissions: action.submissions }
    case 'draftsRead':
      return { ...state, drafts: action.drafts }
    case 'draftOpened':
      return {
        ...state,
        openDraft: action.detail,
        draftFrom: state.screen === 'submissions' ? 'submissions' : 'drafts',
        screen: 'draft',
      }
  }
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
