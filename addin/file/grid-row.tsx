/** One row of the table view; drawn again only when something in this row changed. */
import { memo } from 'preact/compat'
import { cellAddress } from '../../domain/grid.ts'
import type { CellMark } from '../sheet-host.ts'
import { CellEditor, type EditEnd } from './cell-editor.tsx'
import type { FileTexts } from './file-texts.ts'
import type { PlacedCell } from './place-cells.ts'

/** Beside the color, so that a mark is never told by color alone. */
const MARK_SIGNS: Record<CellMark['severity'], string> = { error: '✕', warning: '!', hint: 'i', ask: '?' }

type Props = {
  row: number
  cells: PlacedCell[]
  /** Severities of this row's marked cells by column, as one text: rows compare equal by it. */
  marks: string
  /** Columns of this row's shaded cells as one text: ' 0 1 8 '. */
  shaded: string
  /** Column of the cell that the Tab key reaches; -1 where it is in another row. */
  current: number
  /** Column of the cell being edited, or -1. */
  editing: number
  texts: FileTexts
  onFocus: (cell: PlacedCell) => void
  onKeyDown: (event: KeyboardEvent, cell: PlacedCell) => void
  onEdit: (cell: PlacedCell) => void
  onDone: (cell: PlacedCell, text: string | undefined, then: EditEnd) => void
}

export const GridRow = memo(function GridRow(props: Props) {
  const { row, cells, shaded, current, editing, texts, onFocus, onKeyDown, onEdit, onDone } = props
  const marks = parseMarks(props.marks)
  return (
    <tr aria-rowindex={row + 1}>
      <th scope="row" class="grid-number">
        {row + 1}
      </th>
      {cells.map((cell) => {
        const mark = marks.get(cell.column)
        const isEditing = editing === cell.column
        const isShaded = shaded.includes(` ${cell.column} `)
        return (
          <td
            key={cell.column}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the ARIA grid pattern on a native table
            role="gridcell"
            data-cell={`${cell.row}:${cell.column}`}
            data-mark={mark}
            data-shaded={isShaded || undefined}
            aria-colindex={cell.column + 1}
            aria-selected={current === cell.column}
            rowSpan={cell.rowSpan}
            colSpan={cell.columnSpan}
            tabIndex={current === cell.column && !isEditing ? 0 : -1}
            title={cell.formula ? texts.formula : isShaded ? texts.shaded : undefined}
            onFocus={() => onFocus(cell)}
            onKeyDown={(event) => onKeyDown(event, cell)}
            onDblClick={() => onEdit(cell)}
          >
            {mark && (
              <span class="grid-mark" role="img" aria-label={texts.marks[mark]}>
                {MARK_SIGNS[mark]}
              </span>
            )}
            {isEditing ? (
              <CellEditor
                text={cell.text}
                label={`${texts.editing} ${cellAddress(cell.row, cell.column)}`}
                onDone={(text, then) => onDone(cell, text, then)}
              />
            ) : (
              cell.text
            )}
          </td>
        )
      })}
    </tr>
  )
})

/** The columns of each row as one text, for `shaded` above. */
export function columnsByRow(cells: readonly { row: number; column: number }[]): Map<number, string> {
  const rows = new Map<number, string>()
  for (const { row, column } of cells) rows.set(row, `${rows.get(row) ?? ' '}${column} `)
  return rows
}

/** The marks of each row as one text, for `marks` above; of two in a cell the graver one. */
export function marksByRow(marks: readonly CellMark[]): Map<number, string> {
  const order: CellMark['severity'][] = ['error', 'warning', 'ask', 'hint']
  const graver = marks.slice().sort((a, b) => order.indexOf(b.severity) - order.indexOf(a.severity))
  const rows = new Map<number, Map<number, string>>()
  for (const { row, column, severity } of graver) rows.set(row, (rows.get(row) ?? new Map()).set(column, severity))
  return new Map([...rows].map(([row, cells]) => [row, [...cells].map(([c, s]) => `${c}=${s}`).join(' ')]))
}

function parseMarks(marks: string): Map<number, CellMark['severity']> {
  const pairs = marks === '' ? [] : marks.split(' ').map((pair) => pair.split('='))
  return new Map(pairs.map(([column, severity]) => [Number(column), severity as CellMark['severity']]))
}
