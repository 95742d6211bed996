/** What was only tried is nowhere: no submission, no draft, and nothing of it in any row (submitted-values.ts). */
import type { Case, Finding } from '../checker.ts'
import { operationsOf } from '../history.ts'

export function checkDryRuns({ history, evidence }: Case): Finding[] {
  // Somebody may also have sent the very same in earnest.
  const sent = operationsOf(history, 'submit').map(({ raw }) => raw)
  const kept = [...evidence.submissions, ...evidence.drafts].map(({ body }) => body)
  const bodies = new Set(kept.filter((body) => !sent.includes(body)))
  return operationsOf(history, 'dry-run').flatMap(({ n, raw, reply }) => {
    const isTold = !reply || (reply.dryRun && reply.seq === null && reply.number === '')
    if (isTold && !bodies.has(raw)) return []
    return [{ message: `what ${n} only tried was done`, about: { operation: n } }]
  })
}
