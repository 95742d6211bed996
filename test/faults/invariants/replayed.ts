/** The state is what the events alone give, no event starts from another state, and the master shows it. */
import type { Case, Finding } from '../checker.ts'
import { canonical, compareRows } from '../timeline.ts'

export function checkReplayed({ evidence, timeline }: Case): Finding[] {
  const findings: Finding[] = timeline.breaks.map(({ rowId, seq, column, stood, old }) => ({
    message: `event ${seq} of ${rowId} changes ${column} from ${JSON.stringify(old)}, where ${JSON.stringify(stood)} stood`,
    about: { rowId, seq },
  }))
  const last = [...timeline.versions].map(([rowId, versions]) => ({ rowId, ...versions.at(-1)! }))
  const expected = last.sort(compareRows).map(({ rowId, seq, ...rest }) => ({ rowId, ver: seq, ...rest }))
  const stored = evidence.rows.map(({ spansConfirmed, deleted, ...row }) => ({
    ...row,
    spansConfirmed: spansConfirmed === 1,
    deleted: deleted === 1,
  }))
  findings.push(...compareLists('row_state', stored, expected))
  const live = expected.filter(({ deleted }) => !deleted)
  findings.push(
    ...compareLists(
      'the master',
      evidence.master.rows.map(({ rowId, ver, cells, spans, spansConfirmed }) => ({
        rowId,
        ver,
        cells,
        spans: spans ?? {},
        spansConfirmed,
      })),
      live.map(({ rowId, ver, cells, spans, spansConfirmed }) => ({ rowId, ver, cells, spans, spansConfirmed })),
    ),
  )
  if (evidence.guards > 0) findings.push({ message: `${evidence.guards} guard rows were left`, about: {} })
  return findings
}

function compareLists<T extends { rowId: string }>(name: string, found: T[], expected: T[]): Finding[] {
  const order = (rows: T[]) => rows.map(({ rowId }) => rowId).join(' ')
  if (order(found) !== order(expected)) {
    return [{ message: `${name} has rows ${order(found)}, the events give ${order(expected)}`, about: {} }]
  }
  return found.flatMap((row, i) =>
    canonical(row) === canonical(expected[i])
      ? []
      : [
          {
            message: `${name} has ${canonical(row)}, the events give ${canonical(expected[i])}`,
            about: { rowId: row.rowId },
          },
        ],
  )
}
