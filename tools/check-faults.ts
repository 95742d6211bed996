/**
 * `npm run check:faults -- --seconds 60`: random counties under faults for so long.
 * `npm run check:faults -- --seed 17`: one run again, as it was told by a failure.
 */
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' } } })
const seconds = Number(values.seconds)
if (!(seconds > 0)) {
  process.stderr.write('用法 usage: npm run check:faults -- [--seconds 60] [--seed N]\n')
  process.exit(2)
}

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs')
// One seed is one run of the checker; the laws go along only where seeds are drawn.
const files = ['test/faults/faults.test.ts', ...(values.seed ? [] : ['test/worker/laws.test.ts'])]
const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', 'worker', ...files], {
  stdio: 'inherit',
  env: { ...process.env, FAULTS_SECONDS: String(seconds), ...(values.seed ? { FAULTS_SEED: values.seed } : {}) },
})
process.exit(status ?? 1)
