/**
 * What every flow gets, and the one way in which work is run: one piece at a time, with progress,
 * cancelling and one translation of failures into notices.
 */
import { type Api, Offline, Refusal, Unreadable } from '../api.ts'
import { hostFailureText } from '../host-messages.ts'
import type { MessageKey } from '../messages.ts'
import { isUnsent } from '../outbox/record.ts'
import type { Sender, SenderTools } from '../outbox/sender.ts'
import type { OutboxStore } from '../outbox/store.ts'
import type { Progress, SheetHost } from '../sheet-host.ts'
import type { LeftBehind, Notice, State } from '../state.ts'
import type { Action } from '../state-transitions.ts'
import type { VisitStore } from '../visit-store.ts'

/** The access key kept between visits, where the browser allows it. */
export type KeyStore = { read(): string | undefined; write(key: string): void; clear(): void }

/** Unsaved changes of files that this browser keeps. `clear` deletes all of them; false where the browser did not. */
export type KeptFiles = { list(): Promise<LeftBehind['files']>; clear(): Promise<boolean> }

/** The browser's side of 待发箱, and the sender of the actor who is signed in. */
export type Outbox = SenderTools & { store: Promise<OutboxStore>; lockName: string; sender?: Sender }

export type Flow = {
  host: SheetHost
  /** Loads what checking needs, once; asked for again where that failed. */
  checking(): Promise<typeof import('./checking.ts')>
  /** The client of the key in use; set by signing in. */
  api: Api
  connect(key: string): Api
  keys: KeyStore
  dispatch(action: Action): void
  state(): State
  /** A fresh id, for attempts and new rows. */
  newId(): string
  now(): Date
  /** Hands a finished file to the person. */
  save(name: string, file: Blob): void
  /** Where this pane came from, as a person would type it. */
  address: string
  outbox: Outbox
  /** Work of the background that waits for the work under way to end. */
  afterwards: (() => Promise<void>)[]
  running?: AbortController
  visits: VisitStore
  /** Absent where no files are opened. */
  kept?: KeptFiles | undefined
  /** Takes back the next attempt to reach the server. */
  stopReconnecting?: () => void
  /** The last work that met no answer. */
  retry?: () => Promise<void>
}

export type Step = { progress: Progress; signal: AbortSignal }

/**
 * Runs one piece of work and shows it as busy. Failures become notices, never rejections. Does
 * nothing while other work runs: the buttons are off then, and a late key press must not start a
 * second submission.
 */
export async function run(
  flow: Flow,
  text: MessageKey,
  work: (step: Step) => Promise<void>,
  options: { cancellable?: boolean } = {},
): Promise<void> {
  if (flow.state().busy) return
  const controller = new AbortController()
  flow.running = controller
  flow.retry = undefined
  flow.dispatch({ type: 'started', busy: { text, done: 0, total: 0, cancellable: options.cancellable ?? false } })
  const progress: Progress = (done, total) => flow.dispatch({ type: 'progressed', done, total })
  try {
    await work({ progress, signal: controller.signal })
  } catch (error) {
    if (error instanceof Offline) flow.retry = () => run(flow, text, work, options)
    tellFailure(flow, error, controller.signal.aborted)
  } finally {
    flow.running = undefined
    flow.dispatch({ type: 'ended' })
    void flow.afterwards.shift()?.()
  }
}

/** Runs a thing of a moment: not shown as busy, but its failure is said all the same. */
export async function runQuietly(flow: Flow, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    tellFailure(flow, error, false)
  }
}

/** Runs work of the background at once, or once the work under way has ended. */
export function whenIdle(flow: Flow, work: () => Promise<void>): void {
  if (flow.state().busy) flow.afterwards.push(work)
  else void work()
}

/** Asks the running work to stop at its next bounded step. */
export function cancel(flow: Flow): void {
  flow.running?.abort()
}

/** Sends the attempt that met no answer once more. */
export async function retry(flow: Flow): Promise<void> {
  await flow.retry?.()
}

export function notice(flow: Flow, said: Notice): void {
  flow.dispatch({ type: 'noticed', notice: said })
}

function tellFailure(flow: Flow, error: unknown, aborted: boolean): void {
  const said = noticeOf(error, flow.state().locale, aborted)
  const waiting = flow.state().outbox?.records.filter(isUnsent).length ?? 0
  const isKeyRefused = error instanceof Refusal && error.body.status === 401
  // Replaced in another pane of this computer: what that one remembers is not this one's to forget.
  const remembered = flow.keys.read()
  const isOther = flow.api.key !== '' && remembered !== undefined && remembered !== flow.api.key
  if (isKeyRefused) leaveSession(flow)
  if (isKeyRefused && isOther) {
    flow.keys.write(remembered)
    said.also = { text: 'ownKey.otherPane' }
  } else if (isKeyRefused && waiting > 0) said.also = { text: 'outbox.keptForNextKey', params: { count: waiting } }
  flow.dispatch({ type: 'noticed', notice: said })
}

/** Leaves the key, on asking or because the server no longer knows it: it must not be tried again at the next start. */
export function leaveSession(flow: Flow): void {
  flow.keys.clear()
  flow.outbox.sender?.stop()
  flow.stopReconnecting?.()
  void flow.visits.clear()
  flow.api = flow.connect('')
  flow.dispatch({ type: 'signedOut' })
}

function noticeOf(error: unknown, locale: State['locale'], aborted: boolean): Notice {
  if (aborted) return { tone: 'info', text: 'cancelled' }
  if (error instanceof Refusal) {
    const { detail, requestId, status } = error.body
    return { tone: 'error', sentence: detail, requestId: status >= 500 ? requestId : undefined }
  }
  if (error instanceof Offline) return { tone: 'error', text: 'offline', retry: true }
  if (error instanceof Unreadable) return { tone: 'error', text: 'unreadable', params: { status: error.status } }
  const sentence = hostFailureText(error, locale)
  if (sentence) return { tone: 'error', sentence }
  console.error(error)
  return { tone: 'error', text: 'bug' }
}
