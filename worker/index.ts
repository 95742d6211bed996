/** The Worker's entry: the application on the real clock. */
import { createApp } from './app.ts'
import { SYSTEM } from './env.ts'

const app = createApp(SYSTEM)

export default { fetch: app.fetch }
