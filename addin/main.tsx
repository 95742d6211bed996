/** Joins host, server and screens: the one place that knows the browser's storage, clock and randomness. */
import { type ComponentType, render } from 'preact'
import { createApi, Offline } from './api.ts'
import { noticeEdit } from './flows/check.ts'
import { type Flow, type KeyStore, type Outbox, runQuietly } from './flows/flow.ts'
import { goOnline, resume } from './flows/session.ts'
import { loadOnce } from './load-once.ts'
import { createTranslate, type Locale } from './messages.ts'
import { openOutboxStore } from './outbox/indexed-db-store.ts'
import { createLock } from './outbox/lock.ts'
import { saveFile } from './save-file.ts'
import { App } from './screens/app.tsx'
import type { SheetHost } from './sheet-host.ts'
import { initialState } from './state.ts'
import { transition } from './state-transitions.ts'
import './ui/style.css'
import { createVisitStore } from './visit-store.ts'

/** `storagePrefix` keeps keys of different Office partitions apart; `workspace` stands beside the pane. */
export type MountEnv = { locale: Locale; dark?: boolean; storagePrefix: string; workspace?: ComponentType }

/** An edit is looked at once the person has stopped typing; every event on its own would read the sheet anew. */
const EDIT_PAUSE_MS = 600

/** Shows the pane inside `root` over a host. Returns what takes it away again. */
export function mount(root: HTMLElement, host: SheetHost, env: MountEnv): () => void {
  const t = createTranslate(env.locale)
  let state = initialState(env.locale, host.kind)
  const show = () => render(<App state={state} flow={flow} t={t} workspace={env.workspace} />, root)
  const connect = (key: string) =>
    createApi({ fetch: (input, init) => window.fetch(input, init), key, locale: env.locale })
  const flow: Flow = {
    host,
    api: connect(''),
    connect,
    keys: createKeyStore(`${env.storagePrefix}minsheng-ledger.key`),
    dispatch: (action) => {
      state = transition(state, action)
      show()
    },
    state: () => state,
    newId: () => crypto.randomUUID(),
    now: () => new Date(),
    save: saveFile,
    address: `${window.location.origin}/`,
    outbox: connectOutbox(`${env.storagePrefix}minsheng-outbox-`),
    checking: loadOnce(() =>
      import('./flows/checking.ts').catch(() => {
        throw new Offline()
      }),
    ),
    visits: createVisitStore(`${env.storagePrefix}minsheng-visit`),
    afterwards: [],
  }
  document.documentElement.lang = env.locale === 'zh' ? 'zh-CN' : 'en'
  if (env.dark !== undefined) document.documentElement.dataset.theme = env.dark ? 'dark' : 'light'
  show()
  const unwatch = watchEdits(flow)
  const online = () => void goOnline(flow)
  window.addEventListener('online', online)
  // Before somebody asks: the network may be gone by then.
  void resume(flow).finally(() => prefetch(flow))
  return () => {
    unwatch()
    window.removeEventListener('online', online)
    flow.outbox.sender?.stop()
    flow.stopReconnecting?.()
    render(null, root)
  }
}

/** Fetches what the first screen did not need; what fails is asked for again when it is used. */
function prefetch(flow: Flow): void {
  void flow.checking().catch(() => undefined)
  void import('./screens/targets.tsx').catch(() => undefined)
}

function connectOutbox(name: string): Outbox {
  return {
    store: openOutboxStore(name),
    lockName: name,
    lock: createLock(navigator.locks),
    now: Date.now,
    random: Math.random,
    schedule: (work, ms) => {
      const timer = setTimeout(work, ms)
      return () => clearTimeout(timer)
    },
  }
}

function watchEdits(flow: Flow): () => void {
  let pause: ReturnType<typeof setTimeout> | undefined
  const unwatch = flow.host.watch((sheet) => {
    clearTimeout(pause)
    pause = setTimeout(() => void runQuietly(flow, () => noticeEdit(flow, sheet)), EDIT_PAUSE_MS)
  })
  return () => {
    clearTimeout(pause)
    unwatch()
  }
}

/** Storage may be missing or forbidden in a webview; the key is then asked for at every visit. */
function createKeyStore(name: string): KeyStore {
  const attempt = <Value,>(work: () => Value): Value | undefined => {
    try {
      return work()
    } catch {
      return undefined
    }
  }
  return {
    read: () => attempt(() => localStorage.getItem(name)) ?? undefined,
    write: (key) => attempt(() => localStorage.setItem(name, key)),
    clear: () => attempt(() => localStorage.removeItem(name)),
  }
}
