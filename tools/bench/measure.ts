/**
 * Times contestants against each other. Machines are noisy, so the contestants of one comparison take
 * turns, round by round, and only medians and the ratios within a round are reported.
 */

/** Milliseconds that one call of `work` takes: called again and again until `atLeast` ms have passed. */
export async function timeOf(work: () => unknown, atLeast: number): Promise<number> {
  const from = performance.now()
  let calls = 0
  let elapsed = 0
  do {
    const result = work()
    if (result instanceof Promise) await result
    calls++
    elapsed = performance.now() - from
  } while (elapsed < atLeast)
  return elapsed / calls
}

/**
 * Runs every contestant once a round, in turning order, and gives what each said in each round;
 * nothing for one that is not there. A first round warms up and does not count.
 */
export async function interleave<Name extends string, Result>(
  contestants: Record<Name, (() => Promise<Result>) | undefined>,
  rounds: number,
): Promise<Record<Name, Result[]>> {
  const names = Object.keys(contestants) as Name[]
  const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Result[]>
  for (let round = -1; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const result = await contestants[name]?.()
      if (round >= 0 && result !== undefined) results[name].push(result)
    }
  }
  return results
}

/** Throws for an empty list. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const low = sorted[Math.ceil(middle) - 1]
  const high = sorted[Math.floor(middle)]
  if (low === undefined || high === undefined) throw new Error('no numbers')
  return (low + high) / 2
}

/** Median of the ratios a : b of the single rounds, which noise moves less than the ratio of medians. */
export function medianRatio(a: readonly number[], b: readonly number[]): number {
  return median(a.map((value, round) => value / (b[round] ?? Number.NaN)))
}
