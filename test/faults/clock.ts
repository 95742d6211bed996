/** The clock of a run: steps of the scheduler are minutes, so that days pass and keys expire while it lasts. */

/** Milliseconds. */
export const DAY = 86_400_000
const STEP = 120_000
const START = Date.parse('2023-03-06T01:00:00.000Z')

/** Milliseconds since 1970 at a step, by a clock that is right. */
export function timeOf(step: number): number {
  return START + step * STEP
}

/** The date in Beijing at a time. */
export function dayOf(time: number): string {
  return new Date(time + 8 * 3_600_000).toISOString().slice(0, 10)
}

/** The dates in Beijing that any clock may have had between two steps, which may be off by a day. */
export function daysBetween(from: number, to: number): string[] {
  const days: string[] = []
  const last = dayOf(timeOf(to) + DAY)
  for (let time = timeOf(from) - DAY; days.at(-1) !== last; time += DAY)
    days.push(dayOf(Math.min(time, timeOf(to) + DAY)))
  return days
}
