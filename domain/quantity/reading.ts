/** A figure as the readers of its words see it: the figures around it, its clause, and what was found to be counted. */
import type { Figure } from '../quantity.ts'
import type { Clause } from './clauses.ts'

/** A figure with the words around it. */
export type Reading = {
  figure: Figure
  clause: Clause
  /** Cleaned words between the figure before it, or the begin of its clause, and the figure. */
  before: string
  /** Words from the figure to the next one, or to the end of its clause. */
  behind: string
  /** Words that bound the figure, on both sides of it: 达到, 以上. */
  bounds: { before: string; behind: string }
  /** Words before its clause back to the last full stop, the last of them; semicolons may part them. */
  sentence: string
  metric: string
  action?: string
  object?: string
  /** Whether the metric was taken from an earlier figure or clause. */
  carried: boolean
}

/** Parts a list of nouns. */
export const AND = /[、和与及]/
