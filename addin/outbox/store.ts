/** Where submissions on their way are kept: the port, and the one in memory for browsers that keep nothing. */
import type { OutboxRecord } from './record.ts'

export interface OutboxStore {
  /** Whether records are still there after the pane was closed. */
  readonly isLasting: boolean
  /** Records of one actor, oldest first. */
  list(actorId: string): Promise<OutboxRecord[]>
  get(id: string): Promise<OutboxRecord | undefined>
  put(record: OutboxRecord): Promise<void>
  /** Puts the changed record in one step; does nothing where it was deleted meanwhile. */
  update(id: string, change: (record: OutboxRecord) => OutboxRecord): Promise<OutboxRecord | undefined>
  remove(id: string): Promise<void>
  clear(actorId: string): Promise<void>
}

/** `records` may be shared by several stores, as several panes share a database. */
export function createMemoryStore(records = new Map<string, OutboxRecord>()): OutboxStore {
  return {
    isLasting: false,
    list: async (actorId) => inOrder([...records.values()].filter((record) => record.actorId === actorId)),
    get: async (id) => records.get(id),
    put: async (record) => void records.set(record.id, record),
    update: async (id, change) => {
      const known = records.get(id)
      if (!known) return undefined
      const changed = change(known)
      records.set(id, changed)
      return changed
    },
    remove: async (id) => void records.delete(id),
    clear: async (actorId) => {
      for (const record of [...records.values()]) if (record.actorId === actorId) records.delete(record.id)
    },
  }
}

export function inOrder(records: OutboxRecord[]): OutboxRecord[] {
  return records.sort((one, other) => one.createdAt - other.createdAt)
}
