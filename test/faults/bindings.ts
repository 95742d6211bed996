/** What the test project gives the tests in workerd: the database, and the settings of a longer run. */
import { env } from 'cloudflare:workers'
import type { Bindings } from './run.ts'

/** Both are empty in a short run. */
type Settings = { FAULTS_SEED: string; FAULTS_SECONDS: string }

export const bindings = env as unknown as Bindings & Settings
