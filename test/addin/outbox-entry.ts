/** Runs in a page of a test: the outbox over the browser's own IndexedDB and Web Locks. */
export { openOutboxStore } from '../../addin/outbox/indexed-db-store.ts'
export { createLock } from '../../addin/outbox/lock.ts'
export { createSender } from '../../addin/outbox/sender.ts'
