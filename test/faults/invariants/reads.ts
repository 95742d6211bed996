/** What a client pulled is the table as it was after one commit, and no commit that somebody knew of is missing. */
import type { Case, Finding } from '../checker.ts'
import { daysBetween } from '../clock.ts'
import { type Operation, operationsOf } from '../history.ts'
import { canonical, compareRows } from '../timeline.ts'

export function checkReads(run: Case): Finding[] {
  return operationsOf(run.history, 'pull').flatMap((operation) => {
    const { reply, n, who } = operation
    if (!reply) return []
    const about = { operation: n }
    const known = run.history.operations.filter(({ done }) => done < operation.invoked).map(knownSeq)
    const newest = Math.max(0, ...known)
    const findings: Finding[] = []
    if (reply.seq < newest) findings.push({ message: `${who} read ${reply.seq} after ${newest} was known`, about })
    for (const { rowId, ver, cells, spans, spansConfirmed } of reply.rows) {
      const then = run.timeline.at(rowId, reply.seq)
      const expected = then && {
        ver: then.seq,
        cells: then.cells,
        spans: then.spans,
        spansConfirmed: then.spansConfirmed,
        deleted: then.deleted,
      }
      const found = { ver, cells, spans: spans ?? {}, spansConfirmed, deleted: false }
      if (canonical(found) !== canonical(expected)) {
        const message = `${who} read ${rowId} at ${reply.seq} as ${canonical(found)}, it was ${canonical(expected)}`
        findings.push({ message, about: { ...about, rowId } })
      }
    }
    return [...findings, ...checkComplete(run, operation, reply)]
  })
}

/** Every row that must be in the list is, and in the order of the table. */
function checkComplete(
  { evidence, timeline }: Case,
  { keyId, n: operation, invoked, done }: Operation,
  list: { seq: number; rows: { rowId: string }[] },
): Finding[] {
  const actor = evidence.actors.find(({ id }) => evidence.keys.find((key) => key.id === keyId)?.actorId === id)
  const live = [...timeline.versions.keys()].flatMap((rowId) => {
    const then = timeline.at(rowId, list.seq)
    return then && !then.deleted ? [{ rowId, orderKey: then.orderKey }] : []
  })
  const sorted = live.sort(compareRows).map(({ rowId }) => rowId)
  const listed = list.rows.map(({ rowId }) => rowId)
  // Nobody knows which day the server had; what holds on every possible one is sure.
  const days = daysBetween(invoked, done)
  const leads = (rowId: string) =>
    days.every((day) => timeline.leadsOn(rowId, list.seq + 1, day).includes(actor?.name ?? ''))
  const due = sorted.filter((rowId) => actor?.role !== 'unit' || leads(rowId))
  const missing = due.filter((rowId) => !listed.includes(rowId))
  const inOrder = sorted.filter((rowId) => listed.includes(rowId))
  return [
    ...missing.map((rowId) => ({ message: `${rowId} is missing in what ${keyId} read`, about: { operation, rowId } })),
    ...(inOrder.join() === listed.join()
      ? []
      : [{ message: `read as ${listed}, the order is ${inOrder}`, about: { operation } }]),
  ]
}

/** The newest commit that this operation's client knew of when it was done. */
export function knownSeq(operation: Operation): number {
  if (!('reply' in operation)) return 0
  return operation.reply && 'seq' in operation.reply ? (operation.reply.seq ?? 0) : 0
}
