/** The way into 更新本表, whose code is fetched when it is first needed. */
import { type Flow, notice, runQuietly } from './flow.ts'

/** Compares a sheet with the master and shows what would change; without `sheet`, the one in front. */
export function openPull(flow: Flow, sheet?: string): Promise<void> {
  return runQuietly(flow, async () => {
    const loaded = await load(() => import('./pull.ts'))
    if (loaded) await loaded.previewPull(flow, sheet)
    else notice(flow, { tone: 'error', text: 'screen.notOpened' })
  })
}

/** Notes what the master has newer than the sheet in front, if that is known as this plan's. Says nothing where it cannot. */
export async function lookForNewer(flow: Flow): Promise<void> {
  const loaded = await load(() => import('./pull-newer.ts'))
  await loaded?.findNewer(flow)
}

async function load<Module>(fetch: () => Promise<Module>): Promise<Module | undefined> {
  try {
    return await fetch()
  } catch {
    return undefined
  }
}
