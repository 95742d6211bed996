/**
 * Properties try the same cases at every run of the tests, so that a red gate speaks of the change at
 * hand (decision 006). `npm run check:properties` searches with random seeds and many more cases.
 */
import fc from 'fast-check'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** Cases per property that names no number itself; `seed` absent: random. */
    properties: { seed?: number; runs: number }
  }
}

const { seed, runs } = inject('properties')
fc.configureGlobal({ ...(seed === undefined ? {} : { seed }), numRuns: runs })
