/**
 * How hand-made truth about target arithmetic is written: tasks as counties write them, beside what a
 * careful reader concludes about each figure of the target.
 */
import type { TargetTask, Verdict } from '../../../domain/targets.ts'

/**
 * One figure of the target. `verdicts`: those an honest reader may give by the conventions.
 * `alarm`: whether a warning or an error is deserved; 'either' where both are fair.
 */
export type Truth = { text: string; verdicts: Verdict[]; alarm: boolean | 'either' }

/** Figures of the target that are not listed may get any verdict, but no warning and no error. */
export type TaskTruth = TargetTask & { truth: Truth[] }

/** A milestone of one period, or [periods it spans, text]. */
type Milestone = string | [number, string]

export function task(target: string, milestones: Milestone[], ...truth: Truth[]): TaskTruth {
  let next = 1
  const placed = milestones.map((milestone) => {
    const [span, text] = typeof milestone === 'string' ? ([1, milestone] as const) : milestone
    const periods = Array.from({ length: span }, () => `P${next++}`)
    return { periods, text }
  })
  return { target, milestones: placed, truth }
}

/** Nothing is wrong, or it cannot be judged: at most a hint or a question. */
export const fine = (text: string, ...verdicts: Verdict[]): Truth => ({ text, verdicts, alarm: false })

/** The breakdown does not keep its promise: a warning or an error. */
export const wrong = (text: string, ...verdicts: Verdict[]): Truth => ({ text, verdicts, alarm: true })

/** A question would be as fair as a warning. */
export const unsure = (text: string, ...verdicts: Verdict[]): Truth => ({ text, verdicts, alarm: 'either' })
