/**
 * `npm run check:properties -- --runs 5000`: the properties of the pure core with random seeds and that
 * many cases each. `--seed 17` tries the cases of one seed again.
 */
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { runs: { type: 'string', default: '2000' }, seed: { type: 'string' } } })
const isNumber = (text: string) => /^-?\d{1,10}$/.test(text)
if (!isNumber(values.runs) || Number(values.runs) < 1 || (values.seed !== undefined && !isNumber(values.seed))) {
  process.stderr.write('用法 usage: npm run check:properties -- [--runs 2000] [--seed N]\n')
  process.exit(2)
}

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs')
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', '--project', 'domain', '--testTimeout', '1800000', 'test/domain'],
  {
    stdio: 'inherit',
    env: { ...process.env, PROPERTY_RUNS: values.runs, PROPERTY_SEED: values.seed ?? 'random' },
  },
)
process.exit(status ?? 1)
