/**
 * What the pane knew last, kept in this browser, so that it opens without a network too. It belongs to
 * the access key that is kept beside it, goes when that goes, and never holds it.
 */
import type { Me, PlanDetail, RowList } from '../domain/protocol.ts'
import { openDatabase, request, transact } from './indexed-db.ts'

/** `readAt`: when the server said so, ISO 8601. */
export type Visit = { me: Me; plan?: PlanDetail; rows?: RowList; readAt: string }

/** Never rejects: a browser that keeps nothing has no last visit. */
export type VisitStore = {
  read(): Promise<Visit | undefined>
  write(visit: Visit): Promise<void>
  clear(): Promise<void>
}

const VISITS = 'visits'
const LAST = 'last'

export function createVisitStore(name: string): VisitStore {
  const database = openDatabase(name, (made) => made.createObjectStore(VISITS))
  const attempt = async <Result>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => Promise<Result>) => {
    try {
      return await transact(await database, VISITS, mode, work)
    } catch {
      return undefined
    }
  }
  // Unhandled until the first use, which handles it.
  database.catch(() => undefined)
  return {
    read: () => attempt('readonly', (store) => request<Visit | undefined>(store.get(LAST))),
    write: async (visit) => void (await attempt('readwrite', (store) => request(store.put(visit, LAST)))),
    clear: async () => void (await attempt('readwrite', (store) => request(store.clear()))),
  }
}
