/** What cron does: seals the record, and once a day prunes refused keys of long ago. */
import type { Env, Services } from '../env.ts'
import { logBug } from '../log-bug.ts'
import { pruneRefusedKeys } from './prune.ts'
import { makeSeals } from './seal.ts'

/** As in wrangler.toml; every other trigger only seals. */
const DAILY = '37 19 * * *'

/** Runs one trigger. Never throws: what failed is logged, with counts and ids only, and the next run tries again. */
export async function runScheduled(cron: string, env: Pick<Env, 'DB'>, services: Services): Promise<void> {
  const requestId = services.newId()
  await attempt('seal', async () => {
    const made = await makeSeals(env.DB, services)
    return made.seals > 0 ? made : undefined
  })
  if (cron !== DAILY) return
  await attempt('prune', async () => {
    const lines = await pruneRefusedKeys(env.DB, services)
    return lines > 0 ? { lines } : undefined
  })

  async function attempt(job: string, work: () => Promise<Record<string, number> | undefined>): Promise<void> {
    try {
      const counts = await work()
      if (counts) console.log(JSON.stringify({ requestId, job, ...counts }))
    } catch (error) {
      logBug(requestId, error, job)
    }
  }
}
