/** One sender at a time, over all panes and tabs of this browser. */

export type Lock = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>

/**
 * Web Locks where the browser has them. Without, one sender at a time in this pane only: two panes
 * may then send the same record, which its idempotency key makes one submission all the same.
 */
export function createLock(locks: LockManager | undefined): Lock {
  if (locks) return async (name, work) => locks.request(name, work)
  let last: Promise<unknown> = Promise.resolve()
  return (_name, work) => {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }
}
