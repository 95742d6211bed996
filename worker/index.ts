/** The Worker's entry: the application, and what runs by the clock. */
import { createApp } from './app.ts'
import { type Env, SYSTEM } from './env.ts'
import { runScheduled } from './record/scheduled.ts'

const app = createApp(SYSTEM)

export default {
  fetch: app.fetch,
  scheduled: ({ cron }: ScheduledController, env: Env) => runScheduled(cron, env, SYSTEM),
}
