/**
 * The floor: parses and validates the body that our Worker takes, overwrites its rows and keeps one
 * blob of history. No keys, no merge, no check, no versions, no audit: what remains is what HTTP,
 * zod and D1 cost anybody.
 */
import { Hono } from 'hono'
import { Submission } from '../../domain/protocol.ts'

/** The little of D1 that is used here. */
type Statement = { bind(...values: (string | number)[]): Statement }
type Database = { prepare(sql: string): Statement; batch(statements: Statement[]): Promise<unknown> }

const UPSERT = `INSERT INTO row_state (sheet_id, row_id, ver, cells, spans)
  SELECT ?1, value ->> '$.rowId', 1, value -> '$.cells', coalesce(value -> '$.spans', '{}') FROM json_each(?2) WHERE true
  ON CONFLICT (sheet_id, row_id) DO UPDATE SET ver = ver + 1, cells = excluded.cells, spans = excluded.spans`

const app = new Hono<{ Bindings: { DB: Database } }>()

app.get('/api/health', (context) => context.json({ ok: true }))

app.post('/api/plans/:plan/submissions', async (context) => {
  const { rows } = Submission.parse(await context.req.json())
  const sheet = context.req.param('plan')
  const body = JSON.stringify(rows)
  await context.env.DB.batch([
    context.env.DB.prepare(UPSERT).bind(sheet, body),
    context.env.DB.prepare('INSERT INTO history (sheet_id, at, body) VALUES (?1, ?2, ?3)').bind(
      sheet,
      new Date().toISOString(),
      body,
    ),
  ])
  return context.json({ rows: rows.length })
})

export default app
