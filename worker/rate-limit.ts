/**
 * Brakes on how often a key, or a source without one, may ask. Cloudflare counts for each of its
 * locations and only roughly: this keeps floods from the database, and no rule depends on it.
 */
import type { Env } from './env.ts'
import { logBug } from './log-bug.ts'
import { Refusal } from './refusal.ts'

/** The period of the limits in wrangler.toml: after it any brake is off again. */
const PERIOD_SECONDS = 60

/** Throws too-many-requests where the name asked more often than its limit. A limit that fails brakes nobody. */
export async function brake(
  env: Env,
  which: 'KEY_LIMIT' | 'SOURCE_LIMIT',
  name: string,
  requestId: string,
): Promise<void> {
  const limit = env[which]
  if (!limit || env.RATE_LIMITS === 'off') return
  const passed = await limit.limit({ key: name }).catch((error: unknown) => {
    logBug(requestId, error, which)
    return { success: true }
  })
  if (!passed.success) throw new Refusal('too-many-requests', { seconds: PERIOD_SECONDS })
}
