/** The three-way merge against the limit that any merge by row id has: hash the rows, compare the cells. */
import { type MergeInput, mergeTable } from '../../domain/merge.ts'
import type { Row } from '../../domain/table.ts'
import { interleave, median, medianRatio, timeOf } from './measure.ts'
import { formatMs, formatRatio, type Line, type Part } from './report.ts'
import { createRandom, createTable, type Random, reviseText } from './table.ts'

const GOAL = 5

export const benchMerge: Part = async ({ rounds, shotMs }) => {
  const lines: Line[] = []
  for (const count of [42, 2_000, 20_000]) {
    const { table } = await createTable(count)
    const columns = table.spec.columns.map(({ key }) => key)
    const input = createEdits(
      columns,
      table.rows.map(({ rowId, cells, spans }) => ({ rowId, cells, ...(spans && { spans }) })),
      createRandom(7),
    )
    const times = await interleave(
      {
        ours: () => timeOf(() => mergeTable(input), shotMs),
        limit: () => timeOf(() => compareByKey(input), shotMs),
      },
      rounds,
    )
    const ratio = medianRatio(times.ours, times.limit)
    lines.push({
      what: '三方合并',
      size: `${count.toLocaleString('en-US')} 行`,
      ours: formatMs(median(times.ours)),
      other: formatMs(median(times.limit)),
      ratio: formatRatio(ratio),
      goal: `≤ ${GOAL}×`,
      met: ratio <= GOAL,
    })
  }
  return lines
}

/** 5 % of the cells changed at the head and as many by the submitter, who adds 1 % and deletes 0.5 % of the rows. */
function createEdits(columns: string[], base: Row[], random: Random): MergeInput {
  const edited = editCells(base, random)
  const some = (share: number) => Math.max(1, Math.round(base.length * share))
  const deletes = Array.from({ length: some(0.005) }, () => edited[Math.floor(random() * edited.length)]?.rowId ?? '')
  const submitted = edited.filter(({ rowId }) => !deletes.includes(rowId))
  for (let i = 0; i < some(0.01); i++) {
    const at = Math.floor(random() * submitted.length)
    const { cells, spans } = submitted[at] as Row
    submitted.splice(at, 0, { rowId: `new${i}`, cells: { ...cells }, ...(spans && { spans }) })
  }
  return { columns, base, head: editCells(base, random), submitted, deletes: [...new Set(deletes)] }
}

function editCells(rows: Row[], random: Random): Row[] {
  return rows.map((row) => ({
    ...row,
    cells: Object.fromEntries(
      Object.entries(row.cells).map(([column, text]) => [column, random() < 0.05 ? reviseText(text, 1) : text]),
    ),
  }))
}

/** The limit: counts the differing cells and knows nothing of spans, blanks, folding, order or conflicts. */
function compareByKey({ columns, base, head, submitted }: MergeInput): number {
  const bases = new Map(base.map((row) => [row.rowId, row.cells]))
  const heads = new Map(head.map((row) => [row.rowId, row.cells]))
  let changed = 0
  for (const { rowId, cells } of submitted) {
    const was = bases.get(rowId)
    const now = heads.get(rowId)
    if (!was || !now) changed++
    else for (const column of columns) if (cells[column] !== was[column] && cells[column] !== now[column]) changed++
  }
  return changed
}
