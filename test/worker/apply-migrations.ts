/** Gives every test file a database with the real migrations. */
import { applyD1Migrations, type D1Migration } from 'cloudflare:test'
import { env } from 'cloudflare:workers'

declare global {
  namespace Cloudflare {
    interface Env {
      DB: D1Database
      /** For the faults: reads there lag behind. */
      REPLICA: D1Database
      ASSETS: Fetcher
      KEY_PEPPER: string
      TEST_MIGRATIONS: D1Migration[]
    }
    interface GlobalProps {
      mainModule: typeof import('../../worker/index.ts')
    }
  }
}

await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
await applyD1Migrations(env.REPLICA, env.TEST_MIGRATIONS)
