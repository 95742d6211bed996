/** One row of the table view; drawn again only when something in this row changed. */
import { memo } from 'preact/compat'
import { cellAddress } from '../../domain/grid.ts'
import type { CellMark } from '../sheet-host.ts'
import { CellField, type EditEnd, type FieldMode } from './cell-field.tsx'
import type { FileTexts } from './file-texts.ts'
import { type Pin, pinOf } from './pin-columns.ts'
import type { PlacedCell } from './place-cells.ts'

/** Beside the color, so that a mark is never told by color alone. */
export const MARK_SIGNS: Record<CellMark['severity'], string> = { error: '✕', warning: '!', hint: 'i', ask: '?' }

type Props = {
  row: number
  cells: PlacedCell[]
  /** Severities of this row's marked cells by column, as one text: rows compare equal by it. */
  marks: string
  /** Columns of this row's shaded cells as one text: ' 0 1 8 '. */
  shaded: string
  /** Columns of this row's selected cells in the same form. */
  selected: string
  /** Stays in view while the table scrolls. */
  frozen: boolean
  /** Columns that stay in view; the same object until they change. */
  pins: readonly Pin[]
  /** Column of the cell that the Tab key reaches; -1 where it is in another row. */
  current: number
  /** What the field in the current cell does; undefined while the focus is elsewhere. */
  mode: FieldMode | undefined
  texts: FileTexts
  on: RowHandlers
}

/** The same object for all rows, and for as long as the table is shown. */
export type RowHandlers = {
  focus: (cell: PlacedCell, element: HTMLElement) => void
  edit: () => void
  start: () => void
  key: (event: KeyboardEvent, cell: PlacedCell) => void
  done: (cell: PlacedCell, text: string | undefined, then: EditEnd) => void
  leave: (event: FocusEvent) => void
}

/** What makes a cell stay where it is, for the stylesheet. */
export function pinned(left: number | undefined) {
  return left === undefined ? {} : { 'data-pinned': true, style: { '--pin': `${left}em` } }
}

export const GridRow = memo(function GridRow(props: Props) {
  const { row, cells, shaded, selected, frozen, pins, current, mode, texts, on } = props
  const marks = parseMarks(props.marks)
  return (
    <tr aria-rowindex={row + 1} class={frozen ? 'grid-frozen' : undefined}>
      <th scope="row" class="grid-number">
        {row + 1}
      </th>
      {cells.map((cell) => {
        const mark = marks.get(cell.column)
        const isShaded = shaded.includes(` ${cell.column} `)
        const isCurrent = current === cell.column
        const notes = [mark && texts.marks[mark], cell.formula && texts.formula, isShaded && texts.shaded]
        const said = notes.filter(Boolean).join(texts.comma)
        return (
          <td
            key={cell.column}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the ARIA grid pattern on a native table
            role="gridcell"
            data-cell={`${cell.row}:${cell.column}`}
            data-mark={mark}
            data-shaded={isShaded || undefined}
            data-current={isCurrent || undefined}
            aria-colindex={cell.column + 1}
            aria-selected={isCurrent || selected.includes(` ${cell.column} `)}
            {...pinned(pinOf(pins, cell))}
            rowSpan={cell.rowSpan}
            colSpan={cell.columnSpan}
            tabIndex={isCurrent && !mode ? 0 : -1}
            title={said || undefined}
            onFocus={(event) => on.focus(cell, event.currentTarget)}
            onDblClick={on.edit}
          >
            {/* First, so that a mark that appears beside it never moves it: that would end a composition. */}
            {isCurrent && mode && (
              <CellField
                key="field"
                text={cell.text}
                label={[cellAddress(cell.row, cell.column), cell.text || texts.blank, said]
                  .filter(Boolean)
                  .join(texts.comma)}
                mode={mode}
                onStart={on.start}
                onKey={(event) => on.key(event, cell)}
                onDone={(text, then) => on.done(cell, text, then)}
                onLeave={on.leave}
              />
            )}
            {mark && (
              <span key="mark" class="grid-mark" role="img" aria-label={texts.marks[mark]}>
                {MARK_SIGNS[mark]}
              </span>
            )}
            {cell.text}
          </td>
        )
      })}
    </tr>
  )
})

/** The columns of each row as one text, for `shaded` and `selected` above. */
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
