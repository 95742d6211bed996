/**
 * Submissions over HTTP: ours (key, merge, check, events, receipt) against the floor (parse and
 * overwrite), both under the same local wrangler, whose proxy costs both the same.
 */
import { UnitClient } from './client.ts'
import { interleave, median, medianRatio } from './measure.ts'
import { formatMs, formatNumber, formatRatio, type Line, NONE, type Part } from './report.ts'
import { submitToSameRow } from './same-row.ts'
import { type Ledger, type Server, startFloor, startLedger } from './servers.ts'
import { createPlanFile, unitNames } from './table.ts'
import { countWrittenRows } from './written-rows.ts'

const ROWS = 42
/** How many send at once. */
const CLIENTS = [1, 10, 50]
const MANY = 50
const GOAL_SHARE = 0.5
const GOAL_P50 = 2

type Load = { perSecond: number; p50: number }

export const benchSubmissions: Part = async ({ rounds }) => {
  const ledger = await startLedger()
  const floor = await startFloor()
  try {
    const [unit = ''] = await unitNames(1)
    const ours = await Promise.all(Array.from({ length: MANY }, (_, i) => createLedgerClient(ledger, unit, i)))
    const theirs = await Promise.all(Array.from({ length: MANY }, (_, i) => createFloorClient(floor, i)))
    const lines = [await benchEmpty(ledger, floor, rounds)]
    for (const rows of [ROWS, 2]) {
      for (const clients of CLIENTS) {
        const requests = clients === 1 ? 25 : Math.max(60, 2 * clients)
        const loads = await interleave(
          {
            ours: () => drive(ours.slice(0, clients), requests, rows),
            floor: () => drive(theirs.slice(0, clients), requests, rows),
          },
          rounds,
        )
        lines.push(...reportLoads(rows, clients, loads))
      }
    }
    lines.push(await benchSameRow(ledger, floor, unit, rounds))
    lines.push(...(await benchWrittenRows(ledger, floor, ours[0]!, theirs[0]!)))
    return lines
  } finally {
    await ledger.stop()
    await floor.stop()
  }
}

/** Each client has a plan of 42 rows of its own, as counties do. */
async function createLedgerClient(ledger: Ledger, unit: string, i: number): Promise<UnitClient> {
  const file = await createPlanFile(
    `bench-${i}`,
    Array.from({ length: ROWS }, () => unit),
  )
  const ver = await ledger.createPlan(file)
  const key = await ledger.issueKey(file.plan.id, unit)
  return new UnitClient({ url: ledger.url, planId: file.plan.id, key }, file.rows, ver)
}

async function createFloorClient({ url }: Server, i: number): Promise<UnitClient> {
  const file = await createPlanFile(
    `bench-${i}`,
    Array.from({ length: ROWS }, () => ''),
  )
  return new UnitClient({ url, planId: file.plan.id, key: 'none' }, file.rows, 1)
}

/** All clients at once, each sending its next submission when the last one is answered. */
async function drive(clients: UnitClient[], requests: number, rows: number): Promise<Load> {
  const latencies: number[] = []
  let left = requests
  const from = performance.now()
  await Promise.all(
    clients.map(async (client) => {
      while (left-- > 0) latencies.push(await client.submit(rows, rows))
    }),
  )
  return { perSecond: (requests / (performance.now() - from)) * 1000, p50: median(latencies) }
}

function reportLoads(rows: number, clients: number, loads: Record<'ours' | 'floor', Load[]>): Line[] {
  const pick = (key: keyof Load) => ({
    ours: loads.ours.map((load) => load[key]),
    floor: loads.floor.map((load) => load[key]),
  })
  const rate = pick('perSecond')
  const p50 = pick('p50')
  const share = medianRatio(rate.ours, rate.floor)
  const slower = medianRatio(p50.ours, p50.floor)
  const isGoal = rows === ROWS
  const what = rows === ROWS ? '报送 42 行，每行有改动' : `报送 ${rows} 行`
  return [
    {
      what,
      size: `并发 ${clients}，每秒请求`,
      ours: formatNumber(median(rate.ours)),
      other: formatNumber(median(rate.floor)),
      ratio: `${Math.round(share * 100)}%`,
      goal: isGoal && clients < MANY ? `≥ ${GOAL_SHARE * 100}%` : NONE,
      ...(isGoal && clients < MANY && { met: share >= GOAL_SHARE }),
    },
    {
      what,
      size: `并发 ${clients}，p50`,
      ours: formatMs(median(p50.ours)),
      other: formatMs(median(p50.floor)),
      ratio: formatRatio(slower),
      goal: isGoal && clients === 1 ? `≤ ${GOAL_P50}×` : NONE,
      ...(isGoal && clients === 1 && { met: slower <= GOAL_P50 }),
    },
  ]
}

/** Keys of one unit that all edit one cell at once. */
async function benchSameRow(ledger: Ledger, floor: Server, unit: string, rounds: number): Promise<Line> {
  const file = await createPlanFile(
    'bench-same',
    Array.from({ length: ROWS }, () => unit),
  )
  const planId = file.plan.id
  await ledger.createPlan(file)
  const keys = await Promise.all(Array.from({ length: MANY }, () => ledger.issueKey(planId, unit)))
  const row = file.rows[0]!
  const rates = await interleave(
    {
      ours: () =>
        submitToSameRow(
          keys.map((key) => ({ url: ledger.url, planId, key })),
          row,
        ),
      floor: () =>
        submitToSameRow(
          keys.map(() => ({ url: floor.url, planId, key: 'none' })),
          row,
        ),
    },
    rounds,
  )
  return {
    what: '同时改同一格，一份入库、其余列为冲突',
    size: `并发 ${MANY}，每秒请求`,
    ours: formatNumber(median(rates.ours)),
    other: formatNumber(median(rates.floor)),
    ratio: `${Math.round(medianRatio(rates.ours, rates.floor) * 100)}%`,
    goal: NONE,
  }
}

/** What HTTP and the local proxy cost before anybody does anything; part of both sides above. */
async function benchEmpty(ledger: Ledger, floor: Server, rounds: number): Promise<Line> {
  const ask = (url: string) => async () => {
    const latencies: number[] = []
    for (let i = 0; i < 25; i++) {
      const from = performance.now()
      await (await fetch(`${url}/api/nothing`)).text()
      latencies.push(performance.now() - from)
    }
    return median(latencies)
  }
  const times = await interleave({ ours: ask(ledger.url), floor: ask(floor.url) }, rounds)
  return {
    what: '空请求（两边都含）',
    size: '并发 1，p50',
    ours: formatMs(median(times.ours)),
    other: formatMs(median(times.floor)),
    ratio: formatRatio(medianRatio(times.ours, times.floor)),
    goal: NONE,
  }
}

/** The whole table goes out, and all of it or two rows have changed. */
async function benchWrittenRows(ledger: Ledger, floor: Server, ours: UnitClient, theirs: UnitClient): Promise<Line[]> {
  const lines: Line[] = []
  for (const edited of [ROWS, 2]) {
    const sum = (written: Record<string, number>) => Object.values(written).reduce((total, count) => total + count, 0)
    const written = sum(await countWrittenRows(ledger.state, () => ours.submit(edited)))
    const limit = sum(await countWrittenRows(floor.state, () => theirs.submit(edited)))
    lines.push({
      what: '写入数据库行数',
      size: `发 ${ROWS} 行，改 ${edited} 行`,
      ours: String(written),
      other: String(limit),
      ratio: formatRatio(written / limit),
      goal: '≤ 改动行数 + 常数',
      ...(edited === ROWS ? {} : { met: written < ROWS }),
    })
  }
  return lines
}
