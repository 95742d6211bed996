/**
 * Every rule, in the order in which it is run and in which issues of one cell are listed. A rule is
 * added by its file, its line here and its sentences in messages.ts, without which it does not compile.
 */
import { cellFormula } from './cell-formula.ts'
import { cellMergedDown } from './cell-merged-down.ts'
import { cellRequired } from './cell-required.ts'
import { deadlineImpossible } from './deadline-impossible.ts'
import { deadlineOutside } from './deadline-outside.ts'
import { milestoneBlank } from './milestone-blank.ts'
import { numberDoubled } from './number-doubled.ts'
import { numberGap } from './number-gap.ts'
import { numberMissing } from './number-missing.ts'
import { numberOrder } from './number-order.ts'
import { periodNotCovered } from './period-not-covered.ts'
import { placeholderBesideText } from './placeholder-beside-text.ts'
import { placeholderUnfilled } from './placeholder-unfilled.ts'
import { placeholderUnspecific } from './placeholder-unspecific.ts'
import { placeholderVariant } from './placeholder-variant.ts'
import { punctuationDoubled } from './punctuation-doubled.ts'
import { punctuationMiddleDot } from './punctuation-middle-dot.ts'
import { punctuationNested } from './punctuation-nested.ts'
import { punctuationQuotes } from './punctuation-quotes.ts'
import { punctuationUnbalanced } from './punctuation-unbalanced.ts'
import { punctuationWrong } from './punctuation-wrong.ts'
import { rowIdDuplicate } from './row-id-duplicate.ts'
import { rowIdMissing } from './row-id-missing.ts'
import { rowIdShifted } from './row-id-shifted.ts'
import { rowIdUnknown } from './row-id-unknown.ts'
import type { CellRule, RowRule, TableRule } from './rule.ts'
import { spaceStray } from './space-stray.ts'
import { spanOutside } from './span-outside.ts'
import { targetArithmetic } from './target-arithmetic.ts'
import { targetList } from './target-list.ts'
import { taskChanged } from './task-changed.ts'
import { taskDoubled } from './task-doubled.ts'
import { textAccessKey } from './text-access-key.ts'
import { textDoubled } from './text-doubled.ts'
import { textDoubledVerb } from './text-doubled-verb.ts'
import { textFormulaLike } from './text-formula-like.ts'
import { textFullWidth } from './text-full-width.ts'
import { textIllegalCharacter } from './text-illegal-character.ts'
import { textNearMiss } from './text-near-miss.ts'
import { textNoStop } from './text-no-stop.ts'
import { textPasted } from './text-pasted.ts'
import { textRepeated } from './text-repeated.ts'
import { textSlip } from './text-slip.ts'
import { textStrayEnd } from './text-stray-end.ts'
import { textTooLong } from './text-too-long.ts'
import { unitsAlias } from './units-alias.ts'
import { unitsAmbiguous } from './units-ambiguous.ts'
import { unitsDoubled } from './units-doubled.ts'
import { unitsFormerName } from './units-former-name.ts'
import { unitsGroupLeads } from './units-group-leads.ts'
import { unitsLeadIsSupporting } from './units-lead-is-supporting.ts'
import { unitsMixedSeparators } from './units-mixed-separators.ts'
import { unitsNamedTwoWays } from './units-named-two-ways.ts'
import { unitsNoLead } from './units-no-lead.ts'
import { unitsReviewerLeads } from './units-reviewer-leads.ts'
import { unitsUnknown } from './units-unknown.ts'

const ORDERED = [
  // structure
  rowIdDuplicate,
  rowIdShifted,
  rowIdMissing,
  rowIdUnknown,
  spanOutside,
  cellMergedDown,
  cellFormula,
  // cell
  textAccessKey,
  textTooLong,
  textIllegalCharacter,
  textFormulaLike,
  unitsUnknown,
  unitsAmbiguous,
  unitsFormerName,
  unitsAlias,
  unitsDoubled,
  unitsMixedSeparators,
  punctuationDoubled,
  punctuationUnbalanced,
  punctuationWrong,
  punctuationNested,
  punctuationQuotes,
  punctuationMiddleDot,
  spaceStray,
  textFullWidth,
  textStrayEnd,
  textSlip,
  textNearMiss,
  textDoubled,
  textDoubledVerb,
  textRepeated,
  placeholderBesideText,
  placeholderUnspecific,
  placeholderUnfilled,
  deadlineImpossible,
  deadlineOutside,
  targetList,
  // row
  numberMissing,
  cellRequired,
  milestoneBlank,
  periodNotCovered,
  placeholderVariant,
  targetArithmetic,
  unitsNoLead,
  unitsGroupLeads,
  unitsReviewerLeads,
  unitsLeadIsSupporting,
  unitsNamedTwoWays,
  // table
  numberDoubled,
  numberOrder,
  taskDoubled,
  taskChanged,
  textPasted,
  textNoStop,
  numberGap,
] as const

type CodesOf<Rule> = Rule extends { codes: Record<infer Code extends string, unknown> } ? Code : never

/** Codes of all rules here; the reader's own (header/…) are not among them. */
export type RuleCode = CodesOf<(typeof ORDERED)[number]>

export const ORDERED_RULES: readonly (CellRule | RowRule | TableRule)[] = ORDERED
