/** `npm run verify`: the developers' one gate. Each step is an npm script; the first that fails ends it. */
import { spawnSync } from 'node:child_process'

const npm = process.env.npm_execpath
if (!npm) throw new Error('run it as: npm run verify')
for (const script of ['lint', 'types', 'test', 'dry-run']) {
  process.stdout.write(`\n== npm run ${script}\n`)
  const { status } = spawnSync(process.execPath, [npm, 'run', '--silent', script], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
