/** `npm start`: builds, migrates the local D1, loads both plans once, serves, prints what to open. */
import { build } from 'vite'
import { adminActor, demoActors, loadPlan } from './demo.ts'
import { insertDemoActors, isPortTaken, type LocalWorker, migrate, startWorker } from './local-worker.ts'
import { readSeed, SEEDS } from './read-seed.ts'

const FOLDER = process.env.LEDGER_FOLDER ?? '.demo'
const port = Number(process.env.PORT ?? 8787)
const say = (line: string) => process.stdout.write(`${line}\n`)
const ROLE_NAMES = { admin: '管理员', commission: '发展改革委', supervision: '督查办', unit: '单位' } as const

if (await isPortTaken(port)) {
  say(`端口 ${port} 已被占用：请先停止占用它的程序，或用环境变量 PORT 另选端口。`)
  say(`Port ${port} is taken: stop what uses it, or choose another with the environment variable PORT.`)
  process.exit(1)
}

say('正在生成页面…  Building…')
await build({ logLevel: 'warn' })
say('正在准备本机数据库…  Preparing the local database…')
await migrate(FOLDER)
const files = await Promise.all(SEEDS.map(readSeed))
const actors = [adminActor(), ...files.flatMap((file) => demoActors(file))]
const keys = await insertDemoActors(FOLDER, actors, new Date())
let worker: LocalWorker | undefined
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => void Promise.resolve(worker?.stop()).then(() => process.exit(0)))
}
worker = await startWorker(FOLDER, port)
for (const file of files) await loadPlan(worker.url, keys[0] as string, file)

say(`
民生台账已启动，请在浏览器中打开：  ${worker.url}/
The demo runs: open the address above. Excel 任务窗格 task pane: ${worker.url}/taskpane.html

演示用访问密钥（仅限本机，请勿用于正式环境）  Demo keys, this machine only:`)
let county = ''
for (const [i, actor] of actors.entries()) {
  if (actor.county !== county) say(`\n  ${actor.county === '*' ? '全部' : actor.county}`)
  county = actor.county
  say(`    ${ROLE_NAMES[actor.role]}  ${actor.name}\n      ${keys[i]}`)
}
say(`
严禁录入国家秘密、工作秘密。
按 Ctrl+C 停止；数据保留在 ${FOLDER}/，npm run reset 清空后重新开始。  Ctrl+C stops; npm run reset begins again.`)
