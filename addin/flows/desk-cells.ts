/**
 * 采纳: the commission writes one cell of the master as a unit proposed it, by a submission of its own whose base
 * is the head; what that would do is shown before it is done.
 */
import type { Submission } from '../../domain/protocol.ts'
import { refreshDesk } from './desk.ts'
import { type Flow, notice, run } from './flow.ts'
import { specOf } from './reading.ts'

/** A cell of the desk and the text that is proposed for it; '' clears it. */
export type ProposedCell = { rowId: string; column: string; head: string; text: string }

/** Asks the server what writing the cell would do. Nothing is sent where the cell no longer reads as it was shown. */
export function previewTakeUp(flow: Flow, cell: ProposedCell): Promise<void> {
  return run(flow, 'busy.preview', async () => {
    const { plan } = flow.state()
    const submission = submissionOf(flow, cell)
    if (!plan) return
    if (!submission) {
      await refreshDesk(flow)
      notice(flow, { tone: 'warning', text: 'takeUp.moved' })
      return
    }
    const attempt = flow.newId()
    const receipt = await flow.api.submit(plan.plan.id, submission, true, attempt)
    flow.dispatch({ type: 'takeUpPreviewed', takingUp: { cell, submission, receipt, attempt } })
  })
}

/** Writes the cell as it was previewed. */
export function confirmTakeUp(flow: Flow): Promise<void> {
  return run(flow, 'busy.submit', async () => {
    const { plan, takingUp } = flow.state()
    if (!plan || !takingUp) return
    const receipt = await flow.api.submit(plan.plan.id, takingUp.submission, false, takingUp.attempt)
    await refreshDesk(flow)
    flow.dispatch({ type: 'takeUpPreviewed', takingUp: undefined })
    // Somebody may have changed the cell since the preview: then nothing was written over it.
    notice(
      flow,
      receipt.totals.applied > 0
        ? { tone: 'success', text: 'takeUp.done', params: { number: receipt.number } }
        : { tone: 'warning', text: 'takeUp.notDone', params: { number: receipt.number } },
    )
  })
}

function submissionOf(flow: Flow, { rowId, column, head, text }: ProposedCell): Submission | undefined {
  const row = flow.state().rows?.rows.find((candidate) => candidate.rowId === rowId)
  if (row?.cells[column] !== head) return undefined
  const { form, version } = specOf(flow)
  const { ver, cells, spans } = row
  return {
    form,
    specVersion: version,
    rows: [{ rowId, baseVer: ver, cells: { ...cells, [column]: text }, ...(spans && { spans }) }],
    ...(text === '' && { clears: [{ rowId, column }] }),
  }
}
