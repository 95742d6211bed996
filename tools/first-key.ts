/**
 * `npm run first-key`: mints the first admin key of a deployment. The key is shown once; the database
 * gets only its HMAC, by a file of SQL that the printed command sends.
 */
import { getRandomValues } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { createInterface } from 'node:readline/promises'
import { EVERY_COUNTY } from '../worker/env.ts'
import { mintKey, seedActorsSql } from '../worker/keys.ts'
import { adminActor } from './demo.ts'

const FILE = 'first-key.sql'
const terminal = createInterface({ input: process.stdin, output: process.stdout })
const pepper = (await terminal.question('KEY_PEPPER（与 wrangler secret put KEY_PEPPER 时输入的相同）: ')).trim()
terminal.close()
if (pepper.length < 32) {
  process.stdout.write('口令至少 32 个字符。 The pepper has at least 32 characters.\n')
  process.exit(1)
}
const { id, key } = mintKey((count) => getRandomValues(new Uint8Array(count)))
const actor = { ...adminActor(), post: '管理员', key }
const recorded = `INSERT INTO auth_event (at, kind, key_id, actor_id, request_id, county)
  SELECT created_at, 'key-issued', id, actor_id, 'first-key', '${EVERY_COUNTY}' FROM access_key WHERE id = '${id}';`
const statements = [...(await seedActorsSql([actor], pepper, new Date().toISOString())), recorded]
await writeFile(FILE, statements.join('\n'), { mode: 0o600 })
process.stdout.write(`
管理员密钥（只显示这一次） Admin key, shown once:
  ${key}

写入数据库 Send it to the database:
  npx wrangler d1 execute DB --remote --file ${FILE}

写入后请删除 ${FILE}。 Then delete the file.
`)
