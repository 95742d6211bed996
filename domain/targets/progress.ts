/**
 * What a report says was done, against the milestone of its period: the same reading of figures as for the
 * milestones against the target, used once reports come in.
 */

import { checkTargets, type TargetCheck } from '../targets.ts'
import { isCap } from './outcome.ts'

/**
 * One check for each quantity of the milestone, in order of its text; evidence lies in the report, which is
 * milestone 0. `falls-short`: less was done. `adds-up`, `restated`, `cumulative-ok`, `rate-ok`: as planned.
 * `exceeds`: more, which is nothing to mend unless the milestone is a limit. `not-covered`: the report does not speak of it. Figures of the year so far (累计) and of the
 * period are told apart by their words alone: give a cumulative milestone a cumulative report.
 */
export function compareProgress(milestone: string, report: string): TargetCheck[] {
  const checks = checkTargets({ target: milestone, milestones: [{ periods: ['report'], text: report }] })
  return checks.map((check) =>
    check.verdict === 'exceeds' && !isCap(check.target) ? { ...check, severity: 'ok' } : check,
  )
}
