/**
 * Changes that no saved file holds, kept in the browser's own database against a crash or a closed window. Only what was
 * changed is kept, with the hash of the file it belongs to, never the file; few and not for long.
 */
import type { SheetModel } from '../../domain/sheet-model.ts'
import type { WorkbookChanges } from '../../xlsx/edit.ts'
import type { KeptFiles } from '../flows/flow.ts'
import { openDatabase, request, transact } from '../indexed-db.ts'
import type { FileSheetHost } from './file-sheet-host.ts'

export type KeptChanges = {
  /** SHA-256 of the file; CREATED where the workbook was drawn on this page. */
  key: string
  name: string
  /** When they were kept, as an instant in ISO form. */
  at: string
  /** The sheet that a workbook drawn here began with. */
  created?: SheetModel
  changes?: WorkbookChanges
}

const DATABASE = 'minsheng-ledger-file'
const STORE = 'changes'
export const CREATED = 'created'
const MOST_KEPT = 5
const DAYS_KEPT = 14
/** After the last change; a person at the keyboard makes several at a time. */
const KEEP_AFTER_MS = 500

function open(): Promise<IDBDatabase> {
  return openDatabase(DATABASE, (database) => database.createObjectStore(STORE, { keyPath: 'key' }))
}

/** What was kept of this file; undefined where nothing was, or the browser stores nothing. */
export async function findKept(key: string): Promise<KeptChanges | undefined> {
  try {
    const database = await open()
    const found = await transact(database, STORE, 'readonly', (store) =>
      request<KeptChanges | undefined>(store.get(key)),
    )
    database.close()
    return found
  } catch {
    return undefined
  }
}

/** What is kept of every file in this browser, newest first, and deleting all of it. */
export const KEPT_FILES: KeptFiles = {
  list: async () => {
    try {
      const database = await open()
      const all = await transact(database, STORE, 'readonly', (store) => request<KeptChanges[]>(store.getAll()))
      database.close()
      return all.map(({ name, at }) => ({ name, at })).sort((a, b) => b.at.localeCompare(a.at))
    } catch {
      return []
    }
  },
  clear: () => change((store) => request(store.clear())),
}

export async function dropKept(key: string): Promise<void> {
  await change((store) => request(store.delete(key)))
}

async function keep(kept: KeptChanges): Promise<void> {
  await change(async (store) => {
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

/** Where the changes of the open file are kept; undefined where the browser computes no hashes. */
function keyOf(host: FileSheetHost): string | undefined {
  return host.created ? CREATED : host.fileHash
}

/** Keeps the changes of the open file from now on and drops them once a saved file holds them. Returns what ends it. */
export function keepChanges(host: FileSheetHost): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Where the unsaved changes may be kept: saving gives the file another hash. */
  const keys = new Set<string>()
  const onChange = () => {
    clearTimeout(timer)
    const key = keyOf(host)
    if (!host.unsaved) {
      for (const known of keys) void dropKept(known)
      keys.clear()
    } else if (key !== undefined) {
      keys.add(key)
      timer = setTimeout(() => void keepNow(host, key), KEEP_AFTER_MS)
    }
  }
  const end = host.subscribe(onChange)
  void change((store) => dropOld(store, new Date().toISOString()))
  return () => {
    clearTimeout(timer)
    end()
  }
}

async function keepNow(host: FileSheetHost, key: string): Promise<void> {
  const [changes, created] = [host.changes(), host.created]
  if (!changes && !created) return
  const at = new Date().toISOString()
  await keep({ key, name: host.fileName, at, ...(created && { created }), ...(changes && { changes }) })
}
