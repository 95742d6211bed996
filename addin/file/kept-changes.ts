/**
 * Changes that no saved file holds, kept in the browser's own database against a crash or a closed window. Only what was
 * changed is kept, with the hash of the file it belongs to, never the file; few and not for long. Each window keeps its
 * own, and holds their name while it is open: what another one is still working on is not offered here.
 */
import type { SheetModel } from '../../domain/sheet-model.ts'
import type { WorkbookChanges } from '../../xlsx/edit.ts'
import type { KeptFiles } from '../flows/flow.ts'
import { openDatabase, request, transact } from '../indexed-db.ts'
import type { FileSheetHost } from './file-sheet-host.ts'
import { heldNames, holdName, whenFree } from './hold-name.ts'
import { type TypedText, typedText, watchTyping } from './typed-text.ts'

export type KeptChanges = {
  /** The file (fileOf), and behind a blank the copy of it that was open: two windows never keep under one key. */
  key: string
  name: string
  /** When they were kept, as an instant in ISO form. */
  at: string
  /** The sheet that a workbook drawn here began with. */
  created?: SheetModel
  changes?: WorkbookChanges
  /** What was being typed into a cell of a sheet. */
  typed?: TypedText & { sheet: string }
}

/** What was kept of a file and may be restored, and the same of what is being worked on in another window; the newest. */
export type FoundChanges = { kept?: KeptChanges | undefined; elsewhere?: KeptChanges | undefined }

const DATABASE = 'minsheng-ledger-file'
const STORE = 'changes'
const CREATED = 'created'
const MOST_KEPT = 5
const DAYS_KEPT = 14
/** After the last change; a person at the keyboard makes several at a time. */
const KEEP_AFTER_MS = 500

function open(): Promise<IDBDatabase> {
  return openDatabase(DATABASE, (database) => database.createObjectStore(STORE, { keyPath: 'key' }))
}

/** What was kept of a file (fileOf) by windows other than the one with this copy; nothing where the browser stores nothing. */
export async function findKept(file: string, copyId: string): Promise<FoundChanges> {
  const held = await heldNames()
  const found = (await listKept()).filter(
    ({ key }) => (key === file || key.startsWith(`${file} `)) && key !== keyOf(file, copyId),
  )
  return {
    kept: found.find(({ key }) => !held.has(nameOf(key))),
    elsewhere: found.find(({ key }) => held.has(nameOf(key))),
  }
}

/** Resolves once no window works any longer on what was kept under a key. */
export function whenLeft({ key }: KeptChanges): Promise<void> {
  return whenFree(nameOf(key))
}

/** Newest first; none where the browser stores nothing. */
async function listKept(): Promise<KeptChanges[]> {
  try {
    const database = await open()
    const all = await transact(database, STORE, 'readonly', (store) => request<KeptChanges[]>(store.getAll()))
    database.close()
    return all.sort((a, b) => b.at.localeCompare(a.at))
  } catch {
    return []
  }
}

/** What is kept of every file in this browser, newest first, and deleting all of it. */
export const KEPT_FILES: KeptFiles = {
  list: async () => (await listKept()).map(({ name, at }) => ({ name, at })),
  clear: () => change((store) => request(store.clear())),
}

export async function dropKept(key: string): Promise<void> {
  await change((store) => request(store.delete(key)))
}

async function keep(kept: KeptChanges): Promise<boolean> {
  return change(async (store) => {
    await request(store.delete(kept.key))
    await dropOld(store, kept.at, MOST_KEPT - 1)
    await request(store.put(kept))
  })
}

/** `now`: ISO 8601; `most`: how many of the newest may stay. */
async function dropOld(store: IDBObjectStore, now: string, most = MOST_KEPT): Promise<void> {
  const all: KeptChanges[] = await request(store.getAll())
  const oldest = new Date(Date.parse(now) - DAYS_KEPT * 86_400_000).toISOString()
  for (const [index, { key, at }] of all.sort((a, b) => b.at.localeCompare(a.at)).entries()) {
    if (index >= most || at < oldest) await request(store.delete(key))
  }
}

/** A browser that stores nothing, as in a private window, only keeps nothing; false where it was not done. */
async function change(work: (store: IDBObjectStore) => Promise<unknown>): Promise<boolean> {
  try {
    const database = await open()
    await transact(database, STORE, 'readwrite', work)
    database.close()
    return true
  } catch (error) {
    console.warn('kept changes are as they were', error instanceof DOMException ? error.name : error)
    return false
  }
}

/** What changes belong to: the file as it lies on the disk; undefined where the browser computes no hashes. */
function fileOf(host: FileSheetHost): string | undefined {
  return host.created ? CREATED : host.fileHash
}

/** The file of which something may have been kept: the open one, or with none open a workbook drawn here. */
export function keptFile(host: FileSheetHost): string | undefined {
  return host.fileHash ?? (host.fileName === '' ? CREATED : undefined)
}

function keyOf(file: string, copyId: string): string {
  return `${file} ${copyId}`
}

function nameOf(key: string): string {
  return `${DATABASE} ${key}`
}

/** `takeOver`: what was kept under a key is restored in this window, and dropped once this one has kept it. */
export type Keeper = { takeOver(key: string): void; end(): void }

/** Keeps the changes of the open file from now on, and what is being typed, and drops them once a saved file holds them. */
export function startKeeping(host: FileSheetHost): Keeper {
  let timer: ReturnType<typeof setTimeout> | undefined
  let typed = ''
  /** Where the unsaved changes may be kept, and what frees the name: saving gives the file another hash. */
  const keys = new Map<string, () => void>()
  const takenOver = new Set<string>()
  const dropTakenOver = () => {
    for (const known of takenOver) void dropKept(known)
    takenOver.clear()
  }
  const onChange = () => {
    clearTimeout(timer)
    const file = fileOf(host)
    if (!host.unsaved && typed === '') {
      for (const [known, free] of keys) void dropKept(known).then(free)
      keys.clear()
      dropTakenOver()
    } else if (file !== undefined) {
      const key = keyOf(file, host.copyId)
      if (!keys.has(key)) keys.set(key, holdName(nameOf(key)))
      timer = setTimeout(() => void keepNow(host, key).then((isKept) => isKept && dropTakenOver()), KEEP_AFTER_MS)
    }
  }
  const onTyping = () => {
    const now = JSON.stringify(typedText() ?? '')
    const known = typed
    typed = now === '""' ? '' : now
    if (typed !== known) onChange()
  }
  const ends = [host.subscribe(onChange), watchTyping(onTyping)]
  void change((store) => dropOld(store, new Date().toISOString()))
  return {
    takeOver: (key) => void takenOver.add(key),
    end: () => {
      clearTimeout(timer)
      for (const end of ends) end()
      for (const free of keys.values()) free()
    },
  }
}

/** Whether it is kept. */
async function keepNow(host: FileSheetHost, key: string): Promise<boolean> {
  const [changes, created, typing] = [host.changes(), host.created, typedText()]
  const sheet = (await host.sheets())?.active
  const typed = typing && sheet !== undefined ? { ...typing, sheet } : undefined
  if (!changes && !created && !typed) return false
  const at = new Date().toISOString()
  return keep({
    key,
    name: host.fileName,
    at,
    ...(created && { created }),
    ...(changes && { changes }),
    ...(typed && { typed }),
  })
}
