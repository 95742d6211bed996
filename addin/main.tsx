/** Joins host, server and screens: the one place that knows the browser's storage, clock and randomness. */
import { type ComponentType, render } from 'preact'
import { createApi, Offline } from './api.ts'
import type { Flow, KeptFiles, KeyStore, Outbox } from './flows/flow.ts'
import { startLiveCheck } from './flows/live-check.ts'
import { goOnline, resume } from './flows/session.ts'
import { loadOnce } from './load-once.ts'
import { createTranslate, type Locale } from './messages.ts'
import { openOutboxStore } from './outbox/indexed-db-store.ts'
import { createLock } from './outbox/lock.ts'
import { saveFile } from './save-file.ts'
import { App } from './screens/app.tsx'
import { prefetchScreens } from './screens/screens.ts'
import type { SheetHost } from './sheet-host.ts'
import { initialState } from './state.ts'
import { transition } from './state-transitions.ts'
import './ui/style.css'
import { createVisitStore } from './visit-store.ts'

/**
 * `storagePrefix` keeps keys of different Office partitions apart; `workspace` stands beside the pane, and `kept` is what
 * the browser keeps of its files.
 */
export type MountEnv = {
  locale: Locale
  dark?: boolean
  storagePrefix: string
  workspace?: ComponentType
  kept?: KeptFiles
}

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
    kept: env.kept,
    afterwards: [],
  }
  document.documentElement.lang = env.locale === 'zh' ? 'zh-CN' : 'en'
  if (env.dark !== undefined) document.documentElement.dataset.theme = env.dark ? 'dark' : 'light'
  show()
  const stopChecking = keepChecked(flow)
  const online = () => void goOnline(flow)
  window.addEventListener('online', online)
  // Before somebody asks: the network may be gone by then.
  void resume(flow).finally(() => prefetch(flow))
  return () => {
    stopChecking()
    window.removeEventListener('online', online)
    flow.outbox.sender?.stop()
    flow.stopReconnecting?.()
    render(null, root)
  }
}

/** Fetches what the first screen did not need; what fails is asked for again when it is used. */
function prefetch(flow: Flow): void {
  void flow.checking().catch(() => undefined)
  void prefetchScreens()
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

/** What events do not tell, such as merging, is looked for when the person turns from the sheet to the pane. */
function keepChecked(flow: Flow): () => void {
  const live = startLiveCheck(flow)
  const look = () => {
    if (document.visibilityState === 'visible') live.look()
  }
  window.addEventListener('focus', look)
  document.addEventListener('visibilitychange', look)
  return () => {
    live.stop()
    window.removeEventListener('focus', look)
    document.removeEventListener('visibilitychange', look)
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
