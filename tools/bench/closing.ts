/** What must be stopped however the bench ends: servers, helper programs, the browser. Last opened, first closed. */

const open: (() => Promise<void>)[] = []

export function closeAtEnd(close: () => Promise<void>): void {
  open.push(close)
}

/** Closes everything; a second call finds nothing left. */
export async function closeAll(): Promise<void> {
  for (let close = open.pop(); close; close = open.pop()) await close()
}
