/** Names that one window of the browser holds while it works on something, for the others to see; freed with the window. */

/** Holds a name until the returned function is called. Where the browser has no locks nobody sees it. */
export function holdName(name: string): () => void {
  let free = () => {}
  const held = new Promise<void>((resolve) => {
    free = resolve
  })
  void locks()?.request(name, () => held)
  return free
}

/** The names that any window holds now. */
export async function heldNames(): Promise<Set<string>> {
  const { held = [] } = (await locks()?.query()) ?? {}
  return new Set(held.flatMap(({ name }) => name ?? []))
}

/** Resolves once nobody holds the name. */
export async function whenFree(name: string): Promise<void> {
  await locks()?.request(name, () => {})
}

/** Only pages with a secure connection have them. */
function locks(): LockManager | undefined {
  return typeof navigator === 'undefined' ? undefined : navigator.locks
}
