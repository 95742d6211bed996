/**
 * The pane's whole state as one value of plain data. Screens read it, flows send actions, and
 * `state-transitions.ts` alone says how an action changes it.
 */
import type { LedgerInfo } from '../domain/carrier.ts'
import type { Fix } from '../domain/issue.ts'
import type { KeySlip, KeySlipOptions } from '../domain/key-slips.ts'
import type {
  ConflictBody,
  Desk,
  DraftDetail,
  DraftInfo,
  History,
  KeyCreated,
  KeyInfo,
  Master,
  Me,
  PlanCreated,
  PlanDetail,
  PlanFile,
  Receipt,
  RowList,
  Submission,
  SubmissionList,
} from '../domain/protocol.ts'
import type { CheckResult, IssueView, Recognition, Said, SheetMarks } from './checking-state.ts'
import type { Difference, Done, Preview } from './exchange-state.ts'
import type { Adjusted, Adjustment } from './flows/adjustment.ts'
import type { ProposedCell } from './flows/desk-cells.ts'
import type { Intake } from './flows/intake-item.ts'
import type { KeyRequest } from './flows/key-requests.ts'
import type { Newer, Pulled, PullPreview } from './flows/pull-preview.ts'
import type { Locale, MessageKey, Params } from './messages.ts'
import type { OutboxRecord } from './outbox/record.ts'

export type Screen =
  | 'signIn'
  | 'home'
  | 'plans'
  | 'handOut'
  | 'recognise'
  | 'check'
  | 'targets'
  | 'submit'
  | 'pull'
  | 'receipt'
  | 'outbox'
  | 'submissions'
  | 'intake'
  | 'drafts'
  | 'draft'
  | 'createPlan'
  | 'master'
  | 'conflicts'
  | 'spans'
  | 'issue'
  | 'adjust'
  | 'archive'
  | 'registry'
  | 'status'
  | 'keys'
  | 'issuedKeys'
  | 'ownKey'
  | 'desk'
  | 'review'
  | 'suggestions'
  | 'held'
  | 'blocked'
  | 'history'

/** One thing to say. `sentence` comes ready from the server, `text` from our own table. */
export type Notice = {
  tone: 'info' | 'success' | 'warning' | 'error'
  text?: MessageKey
  params?: Params
  sentence?: string
  requestId?: string
  /** Said after it. */
  also?: { text: MessageKey; params?: Params }
  /** The attempt may be sent again as it was. */
  retry?: boolean
}

/** What stays in this browser after signing out: unsaved changes of files, kept at that time, and unsent submissions. */
export type LeftBehind = { files: { name: string; at: string }[]; unsent: number }

/** Work under way; `total` is 0 where its length is not known. */
export type Busy = { text: MessageKey; done: number; total: number; cancellable: boolean }

/** A sheet of the workbook that carries a plan's table. */
export type CarriedTable = LedgerInfo & { isInFront: boolean }

export type PlanDraft = {
  sheet: string
  /** The table as it was read: ids are written only into a sheet that is still the same. */
  snapshot: string
  file: PlanFile
  doubts: PlanCreated['doubts']
  /** The key under which the plan is created, so that a retry cannot make two. */
  attempt: string
  /** As it was before the last decision about its units. */
  previous?: PlanDraft
}

/** Which rows of 待审任务 are shown; '' is all of either. */
/** `changed`: only rows with a text to compare. */
export type DeskFilter = { unit: string; review: '' | 'pending' | 'returned'; changed?: boolean }

/** What was last passed or sent back, so that it can be taken back. */
export type LastReview = { kind: 'accept' | 'return'; places: { rowId: string; column?: string }[] }

/** A cell of the desk that is about to be written as a unit proposed it; `receipt` says what that would do. */
export type TakingUp = { cell: ProposedCell; submission: Submission; receipt: Receipt; attempt: string }

/** Keys that the server has just shown, and only this once; `own`: the one in use was replaced by it. */
export type IssuedKeys = {
  keys: KeyCreated[]
  skipped: string[]
  own: boolean
  /** What the slips say, made at once: plan and session may end before they are saved again. */
  slips: KeySlip[]
  heading: Pick<KeySlipOptions, 'county' | 'planTitle'>
  /** How often the slips were saved. */
  saved: number
}

/** A request for keys that met no answer. `found`: what it made all the same; absent until the list could be read. */
export type LostKeys = { request: KeyRequest; before: string[]; found?: KeyInfo[] }

export type State = {
  locale: Locale
  hostKind: 'excel' | 'file'
  screen: Screen
  busy?: Busy
  notice?: Notice
  me?: Me
  /** The server could not be reached: shown is what the last visit read at this time. */
  offline?: { readAt: string }
  /** The person's own records, in every plan; `isLasting`: they survive closing the pane. */
  outbox?: { records: OutboxRecord[]; isLasting: boolean }
  /** Until somebody signs in. */
  left?: LeftBehind
  plan?: PlanDetail
  rows?: RowList
  /** The rows are being read again for the first screen. */
  isRefreshing?: boolean
  /** The sample that was drawn before there was a key. */
  sampleSheet?: string
  /** The person asked for the way to connect: the key is the next thing to type. */
  isKeyAsked?: boolean
  /** What the open workbook carries, as last read. */
  tables?: CarriedTable[]
  isWorkbookOpen?: boolean
  /** The sheet that was in front then. */
  sheetInFront?: string
  /** Sheet that was last recognised or drawn, and is checked and submitted. */
  sheet?: string
  recognition?: Recognition
  check?: CheckResult
  /** The row whose targets are looked at; without it those of all rows. */
  targetsAt?: string
  issueView?: IssueView
  /** Reasons that are being written, by the name of their issue (nameIssues). */
  reasonDrafts?: Readonly<Record<string, string>>
  /** Sheets of the workbook that are marked; absent until that was looked up. */
  marks?: Readonly<Record<string, SheetMarks>>
  /** `copyId`: the copy of the workbook that was fixed, as the host tells it. */
  undo: { sheet: string; copyId: string; fix: Fix }[]
  /** What was said of sheets that no server keeps, in the order in which it was said. */
  saidHere?: { sheet: string; said: Said }[]
  preview?: Preview
  /** The server could not be reached for a preview: the sheet may be kept for later instead. */
  isPreviewUnreached?: boolean
  done?: Done
  /** What 更新本表 would change, and what it changed last. */
  pull?: PullPreview
  pulled?: Pulled
  /** What the master had newer than a sheet when they were last compared. */
  newer?: Newer
  /** Cells that are blank in a sheet and filled in the master, as it was last read. */
  clearings?: { sheet: string; cells: Difference[] }
  submissions?: SubmissionList['submissions']
  /** 收回的文件, while their screen is open. */
  intake?: Intake
  /** What was sent for review in the open plan, own unit's. */
  drafts?: DraftInfo[]
  openDraft?: DraftDetail
  /** The list that the open draft was chosen from. */
  draftFrom?: 'drafts' | 'submissions'
  draft?: PlanDraft
  adjustment?: Adjustment
  /** What was recorded last in the open plan. */
  adjusted?: Adjusted
  master?: Master
  conflicts?: ConflictBody[]
  /** What waits for the commission, as last read; its rows are in `rows`. */
  desk?: Desk
  /** The screen in front was opened from the desk and goes back there. */
  isFromDesk?: boolean
  deskFilter?: DeskFilter
  lastReview?: LastReview
  takingUp?: TakingUp
  /** The row whose record is shown, or was; `from`: where leaving it goes back to. */
  history?: { rowId: string; history: History; from: Screen }
  /** By id of the conflict: why the last decision of several was refused there. */
  conflictRefusals?: Record<string, string>
  /** Of the county, as last read. */
  keys?: KeyInfo[]
  issuedKeys?: IssuedKeys
  lostKeys?: LostKeys
  /** What became of replacing the key in use: no answer came, or it had been replaced before. */
  ownKey?: 'unanswered' | 'replaced'
}

export function initialState(locale: Locale, hostKind: State['hostKind']): State {
  return { locale, hostKind, screen: 'signIn', undo: [] }
}
