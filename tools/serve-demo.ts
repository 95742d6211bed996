/** The demo on this machine: built, migrated, both plans loaded once, served. What `npm start` and `npm run excel` share. */
import { build } from 'vite'
import type { SeedActor } from '../worker/keys.ts'
import { adminActor, demoActors, loadPlan } from './demo.ts'
import { insertDemoActors, type LocalWorker, migrate, startWorker } from './local-worker.ts'
import { readSeed, SEEDS } from './read-seed.ts'

const FOLDER = process.env.LEDGER_FOLDER ?? '.demo'
const ROLE_NAMES = { admin: '管理员', commission: '发展改革委', supervision: '督查办', unit: '单位' } as const

export const say = (line: string) => process.stdout.write(`${line}\n`)

/** `port` 0 takes a free one. Signals end the Worker and then the process. */
export async function serveDemo(port: number): Promise<LocalWorker> {
  say('正在生成页面…  Building…')
  await build({ logLevel: 'warn' })
  say('正在准备本机数据库…  Preparing the local database…')
  await migrate(FOLDER)
  const files = await Promise.all(SEEDS.map(readSeed))
  const actors = [adminActor(), ...files.flatMap((file) => demoActors(file))]
  const keys = await insertDemoActors(FOLDER, actors, new Date())
  let worker: LocalWorker | undefined
  const end = async () => {
    await worker?.stop()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end())
  worker = await startWorker(FOLDER, port)
  for (const file of files) await loadPlan(worker.url, keys[0] as string, file)
  sayKeys(actors, keys)
  return worker
}

function sayKeys(actors: readonly Omit<SeedActor, 'key'>[], keys: readonly string[]): void {
  say('\n演示用访问密钥（仅限本机，请勿用于正式环境）  Demo keys, this machine only:')
  let county = ''
  for (const [i, actor] of actors.entries()) {
    if (actor.county !== county) say(`\n  ${actor.county === '*' ? '全部' : actor.county}`)
    county = actor.county
    say(`    ${ROLE_NAMES[actor.role]}  ${actor.name}\n      ${keys[i]}`)
  }
}

/** The last words: nothing is waited for any more. */
export function sayReady(lines: string): void {
  say(`
${lines}

严禁录入国家秘密、工作秘密。
按 Ctrl+C 停止；数据保留在 ${FOLDER}/，npm run reset 清空后重新开始。  Ctrl+C stops; npm run reset begins again.`)
}

/** Ends the process with a word where the port is taken. */
export function refusePort(port: number): never {
  say(`端口 ${port} 已被占用：请先停止占用它的程序，或用环境变量 PORT 另选端口。`)
  say(`Port ${port} is taken: stop what uses it, or choose another with the environment variable PORT.`)
  process.exit(1)
}
