/**
 * `npm run bench`: measures what the goals of docs/performance.md speak of and prints one table.
 * `npm run bench -- --quick` takes fewer rounds; `npm run bench -- merge check` only these parts.
 */
import { availableParallelism, cpus } from 'node:os'
import { benchCheck } from './bench/check.ts'
import { closeAll } from './bench/closing.ts'
import { benchExcel } from './bench/excel.ts'
import { benchJob } from './bench/job.ts'
import { benchMaster } from './bench/master.ts'
import { benchMerge } from './bench/merge.ts'
import { benchPane } from './bench/pane.ts'
import { type Effort, formatTable, type Line, type Part } from './bench/report.ts'
import { benchSubmissions } from './bench/submissions.ts'

const PARTS: Record<string, Part> = {
  submit: benchSubmissions,
  job: benchJob,
  merge: benchMerge,
  check: benchCheck,
  master: benchMaster,
  excel: benchExcel,
  pane: benchPane,
}
const FULL: Effort = { rounds: 5, shotMs: 60 }
const QUICK: Effort = { rounds: 3, shotMs: 20 }

const args = process.argv.slice(2)
const isQuick = args.includes('--quick')
const chosen = args.filter((arg) => arg !== '--quick')
const unknown = chosen.filter((name) => !(name in PARTS))
if (unknown.length > 0) {
  process.stderr.write(
    `没有这一部分 / no such part: ${unknown.join(' ')}；可选 / parts: ${Object.keys(PARTS).join(' ')}\n`,
  )
  process.exit(2)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => void closeAll().finally(() => process.exit(1)))
}
// Wrangler records a trace of every request by default, which costs more than the request.
process.env.X_LOCAL_OBSERVABILITY = 'false'
process.env.X_LOCAL_EXPLORER = 'false'

const effort = isQuick ? QUICK : FULL
const from = performance.now()
const lines: Line[] = []
try {
  for (const [name, part] of Object.entries(PARTS)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue
    process.stderr.write(`正在测 ${name}…\n`)
    lines.push(...(await part(effort)))
  }
} finally {
  await closeAll()
}
const seconds = Math.round((performance.now() - from) / 1000)
process.stdout.write(`
Node ${process.version}，${availableParallelism()} 核（${cpus()[0]?.model.trim() ?? '未知处理器'}），每项 ${effort.rounds} 轮取中位数，共 ${seconds} 秒
${formatTable(lines)}

比值：本次 ÷ 下限；“快”“慢”为与同类相比的倍数；百分数为吞吐量之比。各轮交替进行，只有同一次运行内的比值可以比较。
`)
