/**
 * Target arithmetic: whether the milestones of a task keep the promise of its target.
 */
import type { Severity } from './issue.ts'
import type { Quantity } from './quantity.ts'

export type Verdict =
  | 'adds-up'
  | 'exceeds'
  | 'falls-short'
  | 'cumulative-ok'
  | 'cumulative-falls'
  | 'rate-ok'
  | 'rate-regresses'
  | 'share-ok'
  | 'share-regresses'
  | 'restated'
  | 'restated-differs'
  | 'covered-by-share'
  | 'not-covered'
  | 'stage-only'
  | 'scope-differs'
  | 'ambiguous'
  | 'not-comparable'
  | 'not-checkable'

/** `milestone`: index in the milestones given; offsets are UTF-16 positions in its text. */
export type Evidence = { milestone: number; start: number; end: number }

export type TargetCheck = {
  metric: string
  target: Quantity
  verdict: Verdict
  severity: Severity | 'ok'
  /** Written out: 2500 + 1000 + … = 10000 人 ≥ 10000 人. */
  arithmetic?: string
  /** 0 to 1. */
  confidence: number
  evidence: Evidence[]
}

/** `periods`: keys of the periods that the text spans, in order of time. */
export type TargetTask = { target: string; milestones: { periods: string[]; text: string }[] }

/**
 * What a person answered to a question about one target. increment, cumulative: how its figures are meant
 * (口径). elsewhere: it is arranged outside this table (另有安排).
 */
export type TargetAnswer = { subject: string; answer: 'increment' | 'cumulative' | 'elsewhere' }
