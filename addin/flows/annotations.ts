/**
 * 说明: reasons for leaving an issue and answers to its question, given beside the text and taken back. The
 * server keeps those about rows of the open plan; where it cannot, they live in the pane for this session.
 */
import { type Annotation, annotatedText } from '../../domain/annotation.ts'
import { columnOf, type SheetSpec } from '../../domain/sheet-spec.ts'
import type { Row } from '../../domain/table.ts'
import type { Said } from '../checking-state.ts'
import type { MessageKey } from '../messages.ts'
import type { State } from '../state.ts'
import { checkGrid } from './check.ts'
import { readForCheck } from './check-reading.ts'
import { needsRelease } from './drafts.ts'
import { type Flow, notice, run } from './flow.ts'
import { namedGrid } from './reading.ts'
import { rememberVisit } from './remember-visit.ts'

/** What a person says; of which text is read from the sheet. `code`: from issueKey. */
export type NewAnnotation = Pick<Annotation, 'rowId' | 'column' | 'code' | 'text'> & { kind: 'reason' | 'answer' }

/** Where something was said, as taking it back names it. */
export type AnnotatedPlace = Pick<Annotation, 'rowId' | 'column' | 'code'>

/** Longest text that the server takes. */
export const LONGEST_REASON = 500

/**
 * Where this person may say something about a cell, or without `column` about a row: kept by the server, by
 * this pane for its session, or by this pane until it goes along with what is submitted, where that waits for a
 * reviewer; undefined where it is not theirs to explain.
 */
export function annotationKeeper(
  state: State,
  spec: SheetSpec,
  { rowId, column }: Pick<AnnotatedPlace, 'rowId' | 'column'>,
): 'server' | 'session' | 'submission' | undefined {
  const { me, plan, rows } = state
  const head = rows?.rows.find((row) => row.rowId === rowId)
  if (!rows || (!head && me?.actor.role === 'commission')) return 'session'
  if (!head || plan?.plan.state === 'archived') return undefined
  if (me?.actor.role === 'commission') return 'server'
  if (me?.actor.role !== 'unit') return undefined
  // While targets are collected the server says what this key reaches; later nothing is writable any more.
  if (plan?.plan.state === 'collecting') {
    const { writable } = head
    const isOwn = column === undefined ? writable.length > 0 : writable.includes(column)
    return isOwn ? (needsRelease(state) ? 'submission' : 'server') : undefined
  }
  if (needsRelease(state)) return undefined
  const isOfUnit = column === undefined || columnOf(spec, column)?.writer === 'lead'
  return head.role === 'lead' && isOfUnit ? 'server' : undefined
}

/** Whether it is this person's to take back. */
export function mayWithdraw(state: State, spec: SheetSpec, said: Said): boolean {
  const keeper = annotationKeeper(state, spec, said)
  // What went along before is no longer only here.
  if (keeper === 'submission') return state.saidHere?.some((here) => here.said === said) ?? false
  if (keeper !== 'server') return keeper === 'session'
  return state.me?.actor.role === 'commission' || said.by === state.me?.actor.name
}

/** Says it of the checked sheet as it reads now, and checks again. */
export function saveAnnotation(flow: Flow, annotation: NewAnnotation): Promise<void> {
  return annotate(flow, 'busy.annotate', annotation)
}

/** Takes back whatever was said there, and checks again. */
export function withdrawAnnotation(flow: Flow, { rowId, column, code }: AnnotatedPlace): Promise<void> {
  return annotate(flow, 'busy.withdraw', {
    rowId,
    ...(column !== undefined && { column }),
    code,
    kind: 'withdrawal',
    text: '',
  })
}

type Saying = Omit<Annotation, 'ofText'>

function annotate(flow: Flow, busy: MessageKey, saying: Saying): Promise<void> {
  // The same for every retry: an answer that was lost must not make two.
  const attempt = flow.newId()
  return run(flow, busy, async () => {
    const { check } = flow.state()
    const grid = check && (await namedGrid(flow, check.sheet))
    const found = grid && (await readForCheck(flow, grid))
    if (!check || !found) return
    const { spec, rows } = found.reading.table
    const row = rows.find(({ rowId }) => rowId === saying.rowId)
    const seen = rowOfSnapshot(check.snapshot, saying.rowId)
    if (!row || !seen || annotatedText(spec, row, saying) !== annotatedText(spec, seen, saying)) {
      await checkGrid(flow, grid, { stays: true })
      notice(flow, { tone: 'warning', text: 'annotation.changed' })
      return
    }
    const annotation: Annotation = { ...saying, ofText: annotatedText(spec, row, saying) }
    const keeper = annotationKeeper(flow.state(), spec, saying)
    if (keeper === 'session' || keeper === 'submission') keepHere(flow, check.sheet, annotation)
    else await sendToServer(flow, annotation, attempt)
    await checkGrid(flow, grid, { stays: true })
    notice(flow, { tone: 'success', text: saidText(saying, keeper) })
  })
}

function saidText({ kind }: Saying, keeper: ReturnType<typeof annotationKeeper>): MessageKey {
  if (kind === 'withdrawal') return 'annotation.withdrawn'
  if (keeper === 'submission') return 'annotation.goesAlong'
  return keeper === 'session' ? 'annotation.keptHere' : 'annotation.saved'
}

async function sendToServer(flow: Flow, annotation: Annotation, attempt: string): Promise<void> {
  const planId = flow.state().plan?.plan.id
  if (planId === undefined) return
  const { annotations } = await flow.api.annotate(planId, { annotations: [annotation] }, attempt)
  flow.dispatch({ type: 'annotated', rowIds: [annotation.rowId], annotations })
  await rememberVisit(flow)
}

function keepHere(flow: Flow, sheet: string, annotation: Annotation): void {
  const { me } = flow.state()
  const said: Said = { ...annotation, ...(me && { by: me.actor.name }), at: flow.now().toISOString() }
  flow.dispatch({ type: 'annotatedHere', sheet, said })
}

/** A row as it was when the sheet was checked: what the person saw and speaks of. See `snapshotOf`. */
function rowOfSnapshot(snapshot: string, rowId: string): Row | undefined {
  const rows = JSON.parse(snapshot) as [string, unknown, unknown, Row['cells'], Row['spans']][]
  const [, , , cells, spans] = rows.find(([id]) => id === rowId) ?? []
  return cells && { rowId, cells, ...(spans && { spans }) }
}
