/** The way into 任务调整, whose code comes with the commission's screens and not with the pane. */
import { type Flow, notice, runQuietly } from './flow.ts'

/** Reads the sheet in front and shows where it differs from the issued plan. */
export function openAdjustment(flow: Flow): Promise<void> {
  return runQuietly(flow, async () => {
    const loaded = await import('./adjust.ts').catch(() => undefined)
    if (loaded) await loaded.draftAdjustment(flow)
    else notice(flow, { tone: 'error', text: 'screen.notOpened' })
  })
}
