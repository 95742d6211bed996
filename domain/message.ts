/**
 * The shape of a sentence in the message tables.
 */

export type Locale = 'zh' | 'en'

/** A param of the issue as text, '' where it has none; `column` is the header of its column. */
export type Fill = (param: string) => string

export type Message = Record<Locale, (fill: Fill) => string>
