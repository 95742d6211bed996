/** Dates in Beijing, where all counties are: what counts as today, whatever clock the server has. */

/** The date in Beijing at a moment, YYYY-MM-DD. */
export function beijingDate(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
}

/** The day before a date, YYYY-MM-DD. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}

/** The first moment of a date in Beijing, UTC, ISO 8601. */
export function startOfDay(day: string): string {
  return `${dayBefore(day)}T16:00:00.000Z`
}

/** The first moment after a date in Beijing, UTC, ISO 8601. */
export function endOfDay(day: string): string {
  return `${day}T16:00:00.000Z`
}

/** The date in Beijing just before a moment (UTC, ISO 8601): the last day of what ends then. */
export function lastDayBefore(moment: string): string {
  return beijingDate(new Date(Date.parse(moment) - 1))
}
