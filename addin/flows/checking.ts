/**
 * Everything that understands texts: rules, quantities, units, word lists. A part of its own, because the first
 * screen asks for none of it and it is the larger half of the pane.
 */
import { createChecker } from '../../domain/check.ts'

export { checkReport, checkRowTargets } from '../../domain/check-report.ts'
export { combineFixes } from '../../domain/combine-fixes.ts'
export { inferPlan } from '../../domain/infer-plan.ts'
export { decideUnit, readMembers } from '../../domain/unit-decisions.ts'

/** Remembers what it found: typing costs a check of the edited row only. */
export const check = createChecker()
