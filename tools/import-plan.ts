/**
 * `npm run import-plan -- <folder> <url> [--dry-run]`: creates a plan from a seed folder (plan.json,
 * units.json, rows.json) on any deployment, with the key in LEDGER_KEY. The same request that the
 * pane sends for a recognised sheet, so the same checks and doubts.
 */
import type { PlanCreated, RefusalBody } from '../domain/protocol.ts'
import { readSeed } from './read-seed.ts'

const [folder, url, flag] = process.argv.slice(2)
const key = process.env.LEDGER_KEY
if (!folder || !url || !key) {
  process.stdout.write(
    '用法：设置环境变量 LEDGER_KEY（管理员或发展改革委的密钥）后运行\n' +
      '  npm run import-plan -- <计划文件夹> <台账网址> [--dry-run]\n' +
      'Usage: set LEDGER_KEY, then the line above. --dry-run creates nothing.\n',
  )
  process.exit(2)
}
const file = await readSeed(folder)
const dryRun = flag === '--dry-run'
const answer = await fetch(`${url.replace(/\/$/, '')}/api/plans${dryRun ? '?dryRun=1' : ''}`, {
  method: 'POST',
  headers: {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
    'idempotency-key': `import-${file.plan.id}`,
  },
  body: JSON.stringify(file),
})
if (!answer.ok) {
  const refusal = (await answer.json()) as RefusalBody
  process.stdout.write(`${refusal.title}：${refusal.detail}\n`)
  for (const { pointer, detail } of refusal.errors ?? []) process.stdout.write(`  ${pointer}  ${detail}\n`)
  process.exit(1)
}
const { plan, rows, doubts } = (await answer.json()) as PlanCreated
process.stdout.write(`${dryRun ? '可以建立（未写入）' : '已建立'}：${plan.title}，${rows.length} 行\n`)
for (const { code, rowId, params } of doubts) {
  process.stdout.write(`  需要核对 ${code} ${rowId ?? ''} ${JSON.stringify(params)}\n`)
}
