/**
 * Four projects, each where its code really runs:
 * domain: plain Node; tables as literals. worker: workerd with a real D1. addin: the pane and the
 * Excel host in headless Chromium. e2e: Chromium and HTTP over a running Worker, files read back by
 * openpyxl and LibreOffice.
 */
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

const migrations = await readD1Migrations('worker/migrations')
/** Settings of `npm run check:faults`; tests in workerd see bindings only. */
const faults = { FAULTS_SEED: process.env.FAULTS_SEED ?? '', FAULTS_SECONDS: process.env.FAULTS_SECONDS ?? '' }
/** The same for test/worker/fuzz.test.ts. */
const fuzz = { FUZZ_SEED: process.env.FUZZ_SEED ?? '', FUZZ_RUNS: process.env.FUZZ_RUNS ?? '' }
/** Fixed in the gate; settings of `npm run check:properties`. */
const { PROPERTY_SEED = '2023', PROPERTY_RUNS = '100' } = process.env
const properties = {
  ...(PROPERTY_SEED === 'random' ? {} : { seed: Number(PROPERTY_SEED) }),
  runs: Number(PROPERTY_RUNS),
}

/** Milliseconds. A limit for what hangs, not a measure of speed: machines are noisy. */
const testTimeout = 60_000

export default defineConfig({
  test: {
    provide: { properties },
    projects: [
      {
        test: {
          name: 'domain',
          include: ['test/domain/**/*.test.ts', 'test/xlsx/**/*.test.ts', 'test/seeds/**/*.test.ts'],
          environment: 'node',
          setupFiles: ['test/support/property-runs.ts'],
          testTimeout,
        },
      },
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: './wrangler.toml' },
            // REPLICA: a second database for the faults, which reads there lag behind.
            miniflare: {
              d1Databases: ['REPLICA'],
              bindings: {
                TEST_MIGRATIONS: migrations,
                KEY_PEPPER: 'pepper-of-the-tests',
                RATE_LIMITS: 'off',
                ...faults,
                ...fuzz,
              },
            },
          }),
        ],
        test: {
          name: 'worker',
          include: ['test/worker/**/*.test.ts', 'test/faults/**/*.test.ts'],
          setupFiles: ['test/worker/apply-migrations.ts', 'test/support/property-runs.ts'],
          testTimeout,
          hookTimeout: testTimeout,
        },
      },
      {
        test: {
          name: 'addin',
          include: ['test/addin/**/*.test.{ts,tsx}'],
          environment: 'node',
          setupFiles: ['test/support/property-runs.ts'],
          testTimeout,
          hookTimeout: testTimeout,
        },
      },
      // One file after another: each starts its own Worker and browser, and two cores are few.
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          environment: 'node',
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
