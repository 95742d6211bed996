/** The checker finds each defect in a run made wrong on purpose, and none in the run as it was. */
import { expect, test, vi } from 'vitest'
import { bindings } from './bindings.ts'
import { checkRun, describeViolation } from './checker.ts'
import { DOCTORED, NothingOfTheKind } from './doctored.ts'
import { DOCTORED_CHANGES } from './doctored-changes.ts'
import { silenceInjected } from './quiet.ts'
import { type Run, runCounty } from './run.ts'

const MOST_RUNS = 16
vi.setConfig({ testTimeout: 60_000 })
silenceInjected()

/** Good runs, from the seeds 1, 2, … as they are needed. */
const good: Run[] = []

async function goodRun(at: number): Promise<Run> {
  good[at] ??= await runCounty(String(at + 1), bindings)
  return good[at]
}

test('a good run breaks no invariant', async () => {
  const { history, evidence } = await goodRun(0)
  expect(checkRun(history, evidence)).toEqual([])
})

test.each([...DOCTORED, ...DOCTORED_CHANGES])('$name is found', async ({ breaks, doctor }) => {
  const run = await makeWrong(doctor)
  expect(checkRun(run.history, run.evidence).map(({ invariant }) => invariant)).toContain(breaks)
})

test('a violation is told with its seed, its invariant and only the operations that it is about', async () => {
  const { doctor, breaks } = DOCTORED.find(({ name }) => name === 'a value that nobody sent')!
  const run = await makeWrong(doctor)
  const violation = checkRun(run.history, run.evidence).find(({ invariant }) => invariant === breaks)!
  const told = describeViolation(violation, run.history, run.evidence)
  expect(told).toContain(`npm run check:faults -- --seed ${run.history.seed}`)
  expect(told).toContain(breaks)
  expect(told).toContain('无人报送')
  const listed = told.split('\n').filter((line) => line.startsWith('  #'))
  expect(listed.length).toBeGreaterThan(0)
  expect(listed.length).toBeLessThan(run.history.operations.length)
})

/** A copy of the first good run that can be made wrong in this way. */
async function makeWrong(doctor: (run: Run) => void): Promise<Run> {
  for (let at = 0; at < MOST_RUNS; at++) {
    const run = structuredClone(await goodRun(at))
    try {
      doctor(run)
      return run
    } catch (error) {
      if (!(error instanceof NothingOfTheKind)) throw error
    }
  }
  throw new Error(`none of ${MOST_RUNS} runs has what could be made wrong so`)
}
