/** What a sheet was found to be, what is wrong with it, and what was said and fixed there. */
import type { Fix } from '../../domain/issue.ts'
import type { StoredAnnotation } from '../../domain/protocol.ts'
import type { CheckResult, IssueView, Recognition, Said, SheetMarks } from '../checking-state.ts'
import type { State } from '../state.ts'

export type CheckingAction =
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

/** What an action changes of the sheet at hand and what is known of it. */
export function changeChecking(state: State, action: CheckingAction): State {
  switch (action.type) {
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
    case 'undone':
      return { ...state, undo: state.undo.slice(0, -1) }
    case 'copyReplaced':
      return { ...state, undo: [], pull: undefined, pulled: undefined }
    case 'fixPlanned':
      return state.check ? { ...state, check: { ...state.check, plannedFix: action.fix } } : state
  }
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

function chooseMatch(state: State, index: number, choice: string): State {
  const { recognition } = state
  if (!recognition) return state
  const open = recognition.open.map((row) => (row.index === index ? { ...row, choice } : row))
  return { ...state, recognition: { ...recognition, open } }
}
