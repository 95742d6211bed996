/** The command that creates a plan from a seed folder, against a real Worker. */
import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DemoWorker, startDemoWorker } from '../support/demo-worker.ts'

let worker: DemoWorker
beforeAll(async () => {
  worker = await startDemoWorker({ plans: false })
})
afterAll(() => worker?.close())

const importPlan = (key: string, ...args: string[]) =>
  spawnSync(process.execPath, ['tools/import-plan.ts', 'chengkou-2023', worker.url, ...args], {
    encoding: 'utf8',
    env: { ...process.env, LEDGER_KEY: key },
  })
const plans = async () => (await worker.call<{ plans: unknown[] }>(worker.keys.admin, 'GET', '/api/plans')).body.plans

test('previews without creating, creates once, and says why it is refused', async () => {
  const preview = importPlan(worker.keys.admin, '--dry-run')
  expect(preview.stdout).toContain('可以建立（未写入）：2023年城口县重点民生实事工作目标任务，15 行')
  expect(await plans()).toHaveLength(0)
  expect(importPlan(worker.keys.admin).stdout).toContain('已建立')
  expect(importPlan(worker.keys.admin).stdout).toContain('已建立')
  expect(await plans()).toHaveLength(1)
  const refused = importPlan(worker.keys.supervision.城口县 as string)
  expect([refused.status, refused.stdout.length > 10]).toEqual([1, true])
})
