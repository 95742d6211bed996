/**
 * Random counties under faults, judged by the checker. Fixed seeds with `npm test`; random ones, or one
 * seed again, with `npm run check:faults -- --seconds 60` or `--seed N`.
 */
import { expect, test } from 'vitest'
import { bindings } from './bindings.ts'
import { checkRun, describeViolation } from './checker.ts'
import { describeOperation, type Operation } from './history.ts'
import { silenceInjected } from './quiet.ts'
import { type Run, runCounty } from './run.ts'

/** A dozen are enough as a rule. */
const MOST_FIXED_SEEDS = 30
/** Characters of a body that no longer fits into its first piece. */
const PIECE = 200_000
const { FAULTS_SEED, FAULTS_SECONDS } = bindings
const seconds = Number(FAULTS_SECONDS || 0)
const timeout = (seconds + 120) * 1000
silenceInjected()

async function expectSound(seed: string): Promise<Run> {
  const run = await runCounty(seed, bindings)
  const violations = checkRun(run.history, run.evidence)
  if (violations.length > 0) {
    const told = violations.slice(0, 3).map((violation) => describeViolation(violation, run.history, run.evidence))
    throw new Error(`${violations.length} violations\n\n${told.join('\n\n')}`)
  }
  return run
}

// Only what is asked for is declared: a skipped test would look like a missing program.
if (FAULTS_SEED) {
  test('the given seed breaks no invariant', () => expectSound(FAULTS_SEED), timeout)
} else {
  test(
    'fixed seeds break no invariant, until every fault and every outcome was met',
    async () => {
      const missing = new Set(EXPECTED)
      for (let seed = 1; missing.size > 0 && seed <= MOST_FIXED_SEEDS; seed++) {
        for (const word of wordsOf(await expectSound(String(seed)))) missing.delete(word)
      }
      expect([...missing]).toEqual([])
    },
    timeout,
  )

  test(
    'a seed gives the same run again',
    async () => {
      const [first, second] = [await runCounty('1', bindings), await runCounty('1', bindings)]
      const shape = ({ history }: Run) =>
        history.operations.map((operation) => describeOperation(operation).split('\n')[0])
      expect(shape(second)).toEqual(shape(first))
    },
    timeout,
  )
}

// Random seeds are for the longer run: a gate that fails on one change in twenty, whatever it
// changed, would soon be ignored.
if (FAULTS_SECONDS && !FAULTS_SEED) {
  test(
    `random seeds break no invariant in ${seconds} seconds`,
    async () => {
      const start = Date.now()
      let runs = 0
      // The first seed is the millisecond of the start, so that every run of the tests tries something new.
      for (; runs === 0 || Date.now() - start < seconds * 1000; runs++) await expectSound(String(start + runs))
      console.info(`faults: ${runs} runs, seeds ${start} to ${start + runs - 1}`)
    },
    timeout,
  )
}

const EXPECTED = [
  ...['request-lost', 'answer-lost', 'late', 'twice', 'clock-off'],
  ...['slow', 'fails-before', 'statement-fails', 'fails-after', 'killed-before', 'killed-after', 'stale-read'],
  ...['applied', 'partly', 'conflict', 'held', 'blocked', 'inserted', 'deleted', 'replayed', 'notWritable'],
  ...['resolve ok', 'confirm ok', 'issue ok', 'create-key ok', 'revoke-key ok', 'scope ok', 'key-revoked'],
  ...['seal unknown', 'resolve-several ok', 'order ok', 'adjust ok', 'archive ok', 'settings ok', 'dry-run ok'],
  ...['rotate-key ok', 'key-expired', 'release ok', 'return ok'],
  ...['said reason', 'said answer', 'said return', 'said accept', 'said withdrawal', 'pending'],
  ...['draft open', 'draft released', 'draft returned', 'draft superseded', 'long', 'explained', 'edited'],
]

/** Everything that happened in a run, as words. */
function wordsOf({ history, evidence }: Run): string[] {
  const isLong = evidence.submissions.some(({ body }) => body.length > PIECE)
  return [
    ...history.operations.flatMap(wordsOfOperation),
    ...evidence.drafts.map(({ decision }) => `draft ${decision?.kind ?? 'open'}`),
    ...(isLong ? ['long'] : []),
    ...evidence.master.issues.flatMap(({ reason }) => (reason ? ['explained'] : [])),
    ...evidence.resolutions.map(({ choice }) => choice),
    ...evidence.annotations.map(({ kind }) => `said ${kind}`),
    ...evidence.master.rows.flatMap(({ review = [] }) => review),
  ]
}

function wordsOfOperation(operation: Operation): string[] {
  const { kind, outcome, code, faults } = operation
  const receipt = operation.kind === 'submit' ? operation.reply : undefined
  const rows = (receipt?.rows ?? []).flatMap((row) => [
    row.outcome,
    ...(row.notWritable.length > 0 ? ['notWritable'] : []),
  ])
  return [`${kind} ${outcome}`, ...faults, ...rows, ...(code ? [code] : []), ...(receipt?.replayed ? ['replayed'] : [])]
}
