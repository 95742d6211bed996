/**
 * Changes of a plan do what they say and no more: moved rows stand where they were put, an adjustment
 * changes what it names and no closed period, an archived plan changes no more, and each is one commit.
 */
import type { Case, Finding } from '../checker.ts'
import { type OperationOf, operationsOf, type Shape } from '../history.ts'
import { canonical, compareRows, milestonesOf } from '../timeline.ts'
import { knownSeq } from './reads.ts'

export function checkChanges(run: Case): Finding[] {
  const { history, evidence, timeline } = run
  const findings: Finding[] = []
  for (const { seq, kind } of evidence.commits) {
    if (timeline.archivedAt !== undefined && seq > timeline.archivedAt)
      findings.push({ message: `commit ${seq} (${kind}) came after the plan was archived`, about: { seq } })
    const made = evidence.submissions.find((submission) => submission.seq === seq)
    const asked = history.operations.find(
      (operation): operation is OperationOf<'order' | 'adjust'> =>
        (operation.kind === 'order' || operation.kind === 'adjust') &&
        operation.idempotencyKey === made?.idempotencyKey &&
        operation.raw === made?.body,
    )
    const message = asked?.kind === 'order' ? findMisplaced(run, seq, asked) : asked && findMisadjusted(run, seq, asked)
    if (message !== undefined) findings.push({ message, about: { seq } })
  }
  return [...findings, ...checkTold(run), ...checkState(run)]
}

/** Rows that do not stand together where they were to be put. */
function findMisplaced(
  { history, timeline }: Case,
  seq: number,
  { body, invoked }: OperationOf<'order'>,
): string | undefined {
  // A row that was added to the same gap meanwhile may stand there too.
  const known = Math.max(1, ...history.operations.filter(({ done }) => done < invoked).map(knownSeq))
  const orderAt = (commit: number) =>
    [...timeline.versions.keys()]
      .flatMap((rowId) => {
        const then = timeline.at(rowId, commit)
        const isNew = (timeline.versions.get(rowId)?.[0]?.seq ?? 0) > known
        return then && !then.deleted && !isNew ? [{ rowId, orderKey: then.orderKey }] : []
      })
      .sort(compareRows)
      .map(({ rowId }) => rowId)
  const rest = orderAt(seq - 1).filter((rowId) => !body.rowIds.includes(rowId))
  const at = body.after === undefined ? 0 : rest.indexOf(body.after) + 1
  const expected = [...rest.slice(0, at), ...body.rowIds, ...rest.slice(at)].join()
  const found = orderAt(seq).join()
  return found === expected ? undefined : `commit ${seq} made the order ${found}, asked for was ${expected}`
}

/** What an adjustment did beside what it names, did not do, or did to a closed period. */
function findMisadjusted(run: Case, seq: number, { body }: OperationOf<'adjust'>): string | undefined {
  const { history, evidence, timeline } = run
  const milestones = milestonesOf(history)
  const events = evidence.events.filter((event) => event.seq === seq)
  const stray = events.find(({ rowId }) => !body.rows.some((row) => row.rowId === rowId))
  if (stray) return `commit ${seq} adjusts ${stray.rowId}, which it does not name`
  for (const { rowId, cells, spans = {} } of body.rows) {
    const [before, after] = [timeline.at(rowId, seq - 1), timeline.at(rowId, seq)]
    if (!before || !after) return `commit ${seq} adjusts ${rowId}, which is not there`
    const undone = Object.entries(cells).find(([column, text]) => after.cells[column] !== text)
    if (undone) return `commit ${seq} left ${undone[0]} of ${rowId} as ${JSON.stringify(after.cells[undone[0]])}`
    const covered = milestones.filter(
      (column) => cells[column] === undefined && startOf(milestones, { cells, spans }, column) in spans,
    )
    const changed = Object.keys({ ...before.cells, ...after.cells }).find(
      (column) =>
        cells[column] === undefined && !covered.includes(column) && before.cells[column] !== after.cells[column],
    )
    if (changed !== undefined) return `commit ${seq} changed ${changed} of ${rowId}, which it does not name`
    if (body.kind === 'erratum') continue
    const closed = milestones.slice(0, milestones.indexOf(`milestone.${body.effectivePeriod}`))
    const moved = closed.find((column) => {
      const [then, now] = [before, after].map((row) => startOf(milestones, row, column))
      return then !== now || before.cells[then ?? ''] !== after.cells[now ?? '']
    })
    if (moved !== undefined)
      return `commit ${seq} changed ${moved} of ${rowId}, a period before ${body.effectivePeriod}`
  }
  return undefined
}

/** The column whose cell reaches over this one by its span. */
function startOf(milestones: string[], { spans }: Shape, column: string): string {
  const at = milestones.indexOf(column)
  return milestones.findLast((key, from) => from <= at && at < from + (spans[key] ?? 1)) ?? column
}

/** Whoever was told that a change is done finds it under the sequence that was told. */
function checkTold({ history, evidence }: Case): Finding[] {
  return (['scope', 'order', 'adjust', 'archive', 'settings'] as const).flatMap((kind) =>
    operationsOf(history, kind).flatMap(({ n, reply, idempotencyKey }) => {
      const made = evidence.submissions.find(
        (submission) => submission.idempotencyKey === idempotencyKey && submission.status === 'accepted',
      )
      const isThere = evidence.commits.some(({ seq }) => seq === reply?.seq) && made?.seq === reply?.seq
      return !reply || isThere ? [] : [{ message: `${kind} was told as commit ${reply.seq}`, about: { operation: n } }]
    }),
  )
}

/** The plan is archived, and asks for sign-off, as its last commits say. */
function checkState({ history, evidence, timeline }: Case): Finding[] {
  const { plan } = evidence.master
  const isArchived = timeline.archivedAt !== undefined
  const last = evidence.submissions.findLast(({ kind, status }) => kind === 'settings' && status === 'accepted')
  const signOff = operationsOf(history, 'settings').find(({ raw }) => raw === last?.body)?.signOff ?? 'none'
  return [
    ...(isArchived === (plan.state === 'archived') && evidence.planState === plan.state
      ? []
      : [{ message: `the plan is ${plan.state}, stored as ${evidence.planState}`, about: {} }]),
    ...(canonical(plan.signOff ?? 'none') === canonical(signOff)
      ? []
      : [{ message: `sign-off is ${plan.signOff ?? 'none'}, last set to ${signOff}`, about: {} }]),
  ]
}
