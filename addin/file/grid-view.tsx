/**
 * A sheet as a table in the page: merged cells, marks, keyboard and editing. Plain on purpose; the
 * file's own looks stay in the file.
 */
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { columnName, type Grid } from '../../domain/grid.ts'
import type { CellMark } from '../sheet-host.ts'
import type { EditEnd } from './cell-editor.tsx'
import { columnWidths, NARROWEST } from './column-widths.ts'
import type { FileTexts } from './file-texts.ts'
import { columnsByRow, GridRow, marksByRow } from './grid-row.tsx'
import { type Direction, nextCell, type PlacedCell, placeCells } from './place-cells.ts'

/** More rows would make the page slow; nobody edits such a table here. */
const MAX_ROWS = 1000

const ARROWS: Record<string, Direction> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' }

type Cell = { row: number; column: number }

type Props = {
  grid: Grid
  marks: readonly CellMark[]
  /** Cells that are not this person's to fill in. */
  shaded: readonly Cell[]
  /** The cell to go to; a new object goes there anew. */
  target: Cell | undefined
  texts: FileTexts
  onEdit: (row: number, column: number, text: string) => void
}

export function GridView({ grid, marks, shaded, target, texts, onEdit }: Props) {
  const table = useRef<HTMLTableElement>(null)
  const placed = useMemo(() => placeCells(grid, MAX_ROWS), [grid])
  const rowMarks = useMemo(() => marksByRow(marks), [marks])
  const rowShades = useMemo(() => columnsByRow(shaded), [shaded])
  const widths = useMemo(() => columnWidths(placed), [placed])
  const [current, setCurrent] = useState<Cell>({ row: 0, column: 0 })
  const [editing, setEditing] = useState<Cell | undefined>()

  // The handlers below stay the same for as long as possible, or every row would be drawn at every key.
  const latest = useRef({ placed, onEdit })
  latest.current = { placed, onEdit }

  const goTo = useCallback((cell: Cell | undefined) => {
    if (!cell) return
    setCurrent({ row: cell.row, column: cell.column })
    const element = table.current?.querySelector<HTMLElement>(`[data-cell="${cell.row}:${cell.column}"]`)
    element?.focus({ preventScroll: true })
    element?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [])
  const onFocus = useCallback((cell: PlacedCell) => setCurrent({ row: cell.row, column: cell.column }), [])
  const onStartEdit = useCallback((cell: PlacedCell) => setEditing({ row: cell.row, column: cell.column }), [])
  const onKeyDown = useCallback(
    (event: KeyboardEvent, cell: PlacedCell) => {
      const direction = ARROWS[event.key]
      if (direction) goTo(nextCell(latest.current.placed, cell, direction))
      else if (event.key === 'Enter' || event.key === 'F2') onStartEdit(cell)
      else return
      event.preventDefault()
    },
    [goTo, onStartEdit],
  )
  const after = useRef<Cell | undefined>(undefined)
  const onDone = useCallback((cell: PlacedCell, text: string | undefined, then: EditEnd) => {
    const { placed: shown, onEdit: edit } = latest.current
    setEditing(undefined)
    after.current =
      then === 'stay' && text !== undefined ? undefined : then === 'stay' ? cell : (nextCell(shown, cell, then) ?? cell)
    if (text !== undefined && text !== cell.text) edit(cell.row, cell.column, text)
  }, [])

  // Only when the editor is gone can its cell take the focus again.
  useLayoutEffect(() => {
    if (editing || !after.current) return
    goTo(after.current)
    after.current = undefined
  }, [editing, goTo])
  useEffect(() => {
    const cell = target && latest.current.placed.at(target.row, target.column)
    if (cell) goTo(cell)
  }, [target, goTo])

  // The cell that held the Tab stop may have gone with a row or behind a merge.
  const stop = placed.at(current.row, current.column) ?? placed.rows[0]?.cells[0]
  return (
    <div class="grid-scroll">
      <table
        ref={table}
        class="grid"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the ARIA grid pattern on a native table
        role="grid"
        aria-label={`${texts.grid} ${grid.name}`}
        aria-describedby="grid-keys"
      >
        <thead>
          <tr>
            <th class="grid-corner" />
            {placed.columns.map((column) => (
              <th key={column} scope="col" style={{ minWidth: `${widths.get(column) ?? NARROWEST}em` }}>
                {columnName(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {placed.rows.map(({ row, cells }) => (
            <GridRow
              key={row}
              row={row}
              cells={cells}
              marks={rowMarks.get(row) ?? ''}
              shaded={rowShades.get(row) ?? ''}
              current={stop && cells.includes(stop) ? stop.column : -1}
              editing={
                editing && cells.some((c) => c.row === editing.row && c.column === editing.column) ? editing.column : -1
              }
              texts={texts}
              onFocus={onFocus}
              onKeyDown={onKeyDown}
              onEdit={onStartEdit}
              onDone={onDone}
            />
          ))}
        </tbody>
      </table>
      {placed.rows.length === MAX_ROWS && <p class="grid-note">{texts.more(MAX_ROWS)}</p>}
    </div>
  )
}
