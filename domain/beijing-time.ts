/** Points in time as a county reads them on paper and in sentences: Beijing time, without the platform's tables. */

/** 2023-11-10T01:05:00Z → 2023-11-10 09:05, the time in Beijing. */
export function toBeijingTime(at: string): string {
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}
