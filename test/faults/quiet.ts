/** Injected faults end as bugs in the Worker's log; the checker tells which of them were not injected. */
import { afterAll, beforeAll, vi } from 'vitest'

/** Keeps the Worker's log of the tests of a file quiet. */
export function silenceInjected(): void {
  beforeAll(() => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    // The Worker logs the seals that it makes; what the tests themselves print goes to console.info.
    vi.spyOn(console, 'log').mockImplementation(() => undefined)
  })
  afterAll(() => {
    vi.restoreAllMocks()
  })
}
