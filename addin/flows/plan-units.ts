/** 核对单位 in a plan that is being made: what was read from the sheet, decided one name at a time. */
import type { UnitDecision } from '../../domain/unit-decisions.ts'
import type { PlanDraft } from '../state.ts'
import { joinDoubts } from './create-plan.ts'
import { type Flow, notice, run } from './flow.ts'

/** Two names that only look alike are `different`: nothing of the plan changes, the question is gone. */
export type DraftUnitDecision = UnitDecision | { kind: 'different'; text: string; other: string }

/** Takes the decision into the draft and asks the server again what is still in doubt. */
export function decideDraftUnit(flow: Flow, decision: DraftUnitDecision): Promise<void> {
  return run(flow, 'busy.draft', async () => {
    const { draft } = flow.state()
    if (!draft) return
    if (decision.kind === 'different') {
      const isIt = ({ code, params }: PlanDraft['doubts'][number]) =>
        code === 'unit/maybe-same' && params.text === decision.text && params.other === decision.other
      const doubts = draft.doubts.filter((doubt) => !isIt(doubt))
      return flow.dispatch({ type: 'drafted', draft: { ...draft, doubts, previous: draft } })
    }
    const { decideUnit } = await flow.checking()
    const { file, doubts: related } = decideUnit(draft.file, decision)
    const answer = await flow.api.createPlan(file, true, flow.newId())
    const names = new Set(file.registry.units.map(({ name }) => name))
    const isOpen = ({ code, params }: PlanDraft['doubts'][number]) =>
      (code === 'unit/maybe-same' && names.has(String(params.text)) && names.has(String(params.other))) ||
      (code === 'unit/two-names' && names.has(String(params.text)))
    const others = draft.doubts.filter(({ code }) => !OF_UNITS.test(code))
    const doubts = joinDoubts([...others, ...draft.doubts.filter(isOpen), ...related], answer.doubts)
    // Another plan than the one that was drafted before is another request.
    flow.dispatch({ type: 'drafted', draft: { ...draft, file, doubts, attempt: flow.newId(), previous: draft } })
    notice(flow, { tone: 'success', text: 'planUnits.decided', params: { text: decision.text } })
  })
}

/** Judged anew with every decision, here or by the server. */
const OF_UNITS = /^(?:unit|lead|plan)\//

/** Takes the last decision back. */
export function undoDraftUnit(flow: Flow): void {
  const previous = flow.state().draft?.previous
  if (previous) flow.dispatch({ type: 'drafted', draft: previous })
}
