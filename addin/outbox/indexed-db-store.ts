/** The outbox in IndexedDB, which outlives the pane and is shared by all panes of one site. */
import { openDatabase, request, transact } from '../indexed-db.ts'
import type { OutboxRecord } from './record.ts'
import { createMemoryStore, inOrder, type OutboxStore } from './store.ts'

const RECORDS = 'records'
const BY_ACTOR = 'by-actor'

/** Opens the database, or a store in memory where the browser has none or forbids it. Never rejects. */
export async function openOutboxStore(name: string): Promise<OutboxStore> {
  try {
    const database = await openDatabase(name, (made) => {
      made.createObjectStore(RECORDS, { keyPath: 'id' }).createIndex(BY_ACTOR, 'actorId')
    })
    // Private windows may open a database and then refuse to write into it.
    await transact(database, RECORDS, 'readwrite', (records) => request(records.delete('')))
    return createStore(database)
  } catch {
    return createMemoryStore()
  }
}

function createStore(database: IDBDatabase): OutboxStore {
  const read = <Result>(work: (records: IDBObjectStore) => Promise<Result>) =>
    transact(database, RECORDS, 'readonly', work)
  const write = <Result>(work: (records: IDBObjectStore) => Promise<Result>) =>
    transact(database, RECORDS, 'readwrite', work)
  const find = (records: IDBObjectStore, id: string): Promise<OutboxRecord | undefined> => request(records.get(id))
  return {
    isLasting: true,
    list: (actorId) =>
      read(async (records) => inOrder(await request<OutboxRecord[]>(records.index(BY_ACTOR).getAll(actorId)))),
    get: (id) => read((records) => find(records, id)),
    put: (record) => write(async (records) => void (await request(records.put(record)))),
    update: (id, change) =>
      write(async (records) => {
        const known = await find(records, id)
        if (!known) return undefined
        const changed = change(known)
        await request(records.put(changed))
        return changed
      }),
    remove: (id) => write((records) => request(records.delete(id))),
    clear: (actorId) =>
      write(async (records) => {
        const ids = await request(records.index(BY_ACTOR).getAllKeys(actorId))
        for (const id of ids) await request(records.delete(id))
      }),
  }
}
