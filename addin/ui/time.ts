/** Points in time as a county reads them: always Beijing time, whatever the PC is set to. */

const FORMAT = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** The day in Beijing, YYYY-MM-DD, as a date field takes it. */
export function beijingDay(now: Date): string {
  return formatTime(now.toISOString()).slice(0, 10)
}

/** '2023-11-10T01:02:03Z' → '2023-11-10 09:02'. */
export function formatTime(iso: string): string {
  const part = Object.fromEntries(FORMAT.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]))
  return `${part.year}-${part.month}-${part.day} ${part.hour}:${part.minute}`
}
