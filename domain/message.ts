/**
 * The shape of a sentence in the message tables, and how English counts in one.
 */

export type Locale = 'zh' | 'en'

/** A param of the issue as text, '' where it has none; `column` is the header of its column. */
export type Fill = (param: string) => string

export type Message = Record<Locale, (fill: Fill) => string>

/** What goes with a number in an English sentence; text that is no number counts as several. */
export function formFor(count: number | string, one: string, other: string): string {
  return count === 1 || count === '1' ? one : other
}
