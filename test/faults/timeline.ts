/**
 * The rows through time as the events alone tell it, and who might write what when. Written anew for
 * the checker: it shares no code with the Worker that it judges.
 */
import { dayOf, daysBetween } from './clock.ts'
import type { Evidence } from './evidence.ts'
import { type History, operationsOf, type Shape } from './history.ts'

export type Version = Shape & {
  seq: number
  orderKey: number | string
  spansConfirmed: boolean
  deleted: boolean
}
/** An event whose `old` is not what stood there. */
export type Break = { rowId: string; seq: number; column: string; stood: string | null; old: string | null }

export type Timeline = {
  /** Versions of each row, oldest first. */
  versions: Map<string, Version[]>
  breaks: Break[]
  /** The row after all commits up to and including `seq`; undefined where it was not there yet. */
  at: (rowId: string, seq: number) => Version | undefined
  /** Names of the units that led a row for a commit of this sequence. */
  leads: (rowId: string, seq: number) => string[]
  /** The same on a day in Beijing, by what was recorded before a commit. */
  leadsOn: (rowId: string, seq: number, day: string) => string[]
  /** Every list of units that may have led a row at some step between two. */
  leadsBetween: (rowId: string, from: number, to: number) => string[][]
  /** Sequences of the commits that issued and archived the plan. */
  issuedAt: number | undefined
  archivedAt: number | undefined
}

export function buildTimeline(history: History, evidence: Evidence): Timeline {
  const versions = new Map<string, Version[]>()
  const breaks: Break[] = []
  for (const { rowId, seq, changes, orderKey, spansConfirmed, deleted } of evidence.events) {
    const list = versions.get(rowId) ?? []
    const before = list.at(-1)
    const cells = { ...before?.cells }
    const spans = { ...before?.spans }
    for (const { column, old, new: text, spans: both } of changes) {
      const stood = cells[column] ?? null
      if (stood !== old || (spans[column] ?? 1) !== (both?.[0] ?? 1)) breaks.push({ rowId, seq, column, stood, old })
      if (text === null) delete cells[column]
      else cells[column] = text
      if (both && both[1] > 1) spans[column] = both[1]
      else delete spans[column]
    }
    list.push({
      seq,
      cells,
      spans,
      orderKey: orderKey ?? before?.orderKey ?? '',
      spansConfirmed: spansConfirmed === null ? (before?.spansConfirmed ?? true) : spansConfirmed === 1,
      deleted: deleted === null ? (before?.deleted ?? false) : deleted === 1,
    })
    versions.set(rowId, list)
  }
  const dayOfCommit = new Map(evidence.commits.map(({ seq, at }) => [seq, dayOf(Date.parse(at))]))
  const scopes = readScopes(history, evidence, dayOfCommit)
  // What was recorded last counts for every day from its own on.
  const leadsOn = (rowId: string, seq: number, day: string) =>
    scopes.findLast((change) => change.rowId === rowId && change.seq < seq && change.from <= day)?.lead ??
    firstLeads(history, versions, rowId)
  return {
    versions,
    breaks,
    at: (rowId, seq) => versions.get(rowId)?.findLast((version) => version.seq <= seq),
    leads: (rowId, seq) => leadsOn(rowId, seq, dayOfCommit.get(seq) ?? ''),
    leadsOn,
    leadsBetween: (rowId, from, to) => {
      const until = Math.min(to, history.ended)
      const changes = scopes.filter((change) => change.rowId === rowId)
      // The last that was surely done before, and all that may have been done since.
      const sure = changes.findLastIndex(({ done }) => done < from)
      const reached = changes.slice(sure + 1).findIndex(({ invoked }) => invoked > until)
      const nexts = changes.slice(sure + 1, reached < 0 ? undefined : sure + 2 + reached).map(({ seq }) => seq)
      const seqs = reached < 0 ? [...nexts, Number.POSITIVE_INFINITY] : nexts
      return daysBetween(from, until).flatMap((day) => seqs.map((seq) => leadsOn(rowId, seq, day)))
    },
    issuedAt: evidence.commits.find(({ kind }) => kind === 'issue')?.seq,
    archivedAt: evidence.commits.find(({ kind }) => kind === 'archive')?.seq,
  }
}

type Scope = { rowId: string; lead: string[]; seq: number; from: string; invoked: number; done: number }

/** Changes of who leads that were committed, in that order: first asked for, and first known to be done. */
function readScopes(history: History, { submissions }: Evidence, dayOfCommit: Map<number, string>): Scope[] {
  const asked = operationsOf(history, 'scope')
  return submissions
    .filter(({ kind, status }) => kind === 'relations' && status === 'accepted')
    .flatMap(({ idempotencyKey, seq }) => {
      const attempts = asked.filter((operation) => operation.idempotencyKey === idempotencyKey)
      const [first] = attempts
      if (!first) return []
      const { rowId, lead, invoked, effectiveOn } = first
      const from = effectiveOn ?? dayOfCommit.get(seq ?? 0) ?? ''
      const done = attempts.flatMap((attempt) => (attempt.outcome === 'ok' ? attempt.done : []))
      return [{ rowId, lead, seq: seq ?? 0, from, invoked, done: Math.min(...done) }]
    })
    .sort((a, b) => a.seq - b.seq)
}

/** As planned, or as named when the commission added the row. */
function firstLeads({ plan }: History, versions: Map<string, Version[]>, rowId: string): string[] {
  const planned = plan.rows.find((row) => row.rowId === rowId)
  return planned?.lead ?? (versions.get(rowId)?.[0]?.cells.leadUnits ?? '').split('、')
}

/** Order of the table. */
export function compareRows(
  a: { orderKey: number | string; rowId: string },
  b: { orderKey: number | string; rowId: string },
): number {
  if (a.orderKey !== b.orderKey) return a.orderKey < b.orderKey ? -1 : 1
  return a.rowId < b.rowId ? -1 : a.rowId > b.rowId ? 1 : 0
}

/** Keys of the milestone columns in their order. */
export function milestonesOf({ plan }: History): string[] {
  return plan.plan.periods.map(({ key }) => `milestone.${key}`)
}

/** JSON whose keys are in order, for comparing. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
