/**
 * A sheet as a table in the page: merged cells, marks, keyboard and editing as in a spreadsheet. Plain on purpose; the
 * file's own looks stay in the file.
 */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { columnName, type Grid } from '../../domain/grid.ts'
import type { CellMark, CellWrite } from '../sheet-host.ts'
import { blockOf, cellsOf, copyBlock, parseBlock, pasteBlock } from './cell-block.ts'
import type { EditEnd, FieldMode } from './cell-field.tsx'
import { columnWidths, NARROWEST } from './column-widths.ts'
import type { FileTexts } from './file-texts.ts'
import { freezeRows } from './freeze-rows.ts'
import { columnsByRow, GridRow, marksByRow, pinned, type RowHandlers } from './grid-row.tsx'
import { moveFrom, moveOf, nextCell, nextInReading } from './move-cell.ts'
import { pinColumns, pinOf } from './pin-columns.ts'
import { guessHeaderRows, type PlacedCell, placeCells, rowsPerPage } from './place-cells.ts'
import { useViewWidth } from './use-view-width.ts'

/** Empty rows below the table, to write further. */
const SPARE_ROWS = 5
/** Width of the row numbers, in em. */
const NUMBER_WIDTH = 3.5

type Cell = { row: number; column: number }

type Props = {
  grid: Grid
  /** Rows that the file keeps in view. */
  frozenRows: number
  frozenColumns: number
  marks: readonly CellMark[]
  /** Cells that are not this person's to fill in. */
  shaded: readonly Cell[]
  /** The cell to go to; a new object goes there anew. */
  target: (Cell & { quietly?: boolean }) | undefined
  texts: FileTexts
  onEdit: (writes: CellWrite[]) => void
  onUndo: () => void
  onRedo: () => void
  /** Tells the result of what a key did. */
  onSay: (sentence: string) => void
}

export function GridView(props: Props) {
  const { grid, frozenRows, frozenColumns, marks, shaded, target, texts, onEdit, onUndo, onRedo, onSay } = props
  const table = useRef<HTMLTableElement>(null)
  // As the sheet is when it is first shown: a column more must not move the pages.
  const [pageRows] = useState(() => rowsPerPage(grid))
  const [start, setStart] = useState(0)
  const placed = useMemo(() => placeCells(grid, { start, count: pageRows, spareRows: SPARE_ROWS }), [grid, start])
  const rowMarks = useMemo(() => marksByRow(marks), [marks])
  const rowShades = useMemo(() => columnsByRow(shaded), [shaded])
  const widths = useMemo(() => columnWidths(placed), [placed])
  const frozen = useMemo(() => frozenRows || guessHeaderRows(grid), [frozenRows, grid])
  const view = useViewWidth(table)
  const pins = useMemo(
    () => pinColumns(placed.columns, widths, { frozen: frozenColumns, before: NUMBER_WIDTH, view }),
    [placed, widths, frozenColumns, view],
  )
  const [current, setCurrent] = useState<Cell>({ row: 0, column: 0 })
  /** The other corner of the selected block; undefined where one cell is selected. */
  const [corner, setCorner] = useState<Cell | undefined>()
  const [mode, setMode] = useState<FieldMode | undefined>()
  /** A cell of another page to go to once that page is shown. */
  const pending = useRef<{ cell: Cell; quietly: boolean } | undefined>(undefined)

  // The cell that held the Tab stop may have gone with a row or behind a merge.
  const stop = placed.at(current.row, current.column) ?? placed.rows[0]?.cells[0]
  const far = (corner && placed.at(corner.row, corner.column)) ?? stop
  const block = stop && far && stop !== far ? blockOf(stop, far) : undefined
  const rowSelections = useMemo(
    () => columnsByRow(block ? cellsOf(placed, block) : []),
    [placed, block?.top, block?.left, block?.bottom, block?.right],
  )

  const show = (cell: Cell | undefined, how: { quietly?: boolean; extend?: boolean } = {}) => {
    if (!cell) return
    if (how.extend) setCorner({ row: cell.row, column: cell.column })
    else {
      setCorner(undefined)
      setCurrent({ row: cell.row, column: cell.column })
      if (!how.quietly) setMode('idle')
    }
    elementOf(cell)?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }
  /** Goes to any row of the sheet, turning to its page where that is another one. */
  const goTo = (cell: Cell, quietly = false) => {
    const at = placed.allRows.findIndex((row) => row >= cell.row)
    const page = Math.floor(Math.max(0, at) / pageRows) * pageRows
    if (page === start) return show(placed.at(cell.row, cell.column), { quietly })
    pending.current = { cell, quietly }
    setStart(page)
  }
  const elementOf = ({ row, column }: Cell) =>
    table.current?.querySelector<HTMLElement>(`[data-cell="${row}:${column}"]`)
  const selectedBlock = () => block ?? (stop && blockOf(stop, stop))

  const clear = () => {
    const selected = selectedBlock()
    if (selected) onEdit(cellsOf(placed, selected).map(({ row, column }) => ({ row, column, text: '' })))
  }
  const onKey = (event: KeyboardEvent, cell: PlacedCell) => {
    const { key, shiftKey } = event
    const isControl = event.ctrlKey || event.metaKey
    const letter = isControl && !event.altKey ? key.toLowerCase() : ''
    const move = moveOf(event)
    if (move) {
      const from = shiftKey && far ? far : cell
      const to = moveFrom(placed, from, move, rowsInView(table.current))
      const beyond = to ? undefined : beyondPage(placed, start, move)
      if (to) show(to, { extend: shiftKey })
      else if (beyond !== undefined && !shiftKey) goTo({ row: beyond, column: cell.column })
    } else if (key === 'Enter' && !event.altKey) show(nextCell(placed, cell, shiftKey ? 'up' : 'down'))
    else if (key === 'Tab') {
      const to = nextInReading(placed, cell, shiftKey)
      // Behind the last cell, and before the first, the key leaves the table.
      if (!to) return
      show(to)
    } else if (key === 'Escape') {
      if (corner) setCorner(undefined)
      else document.querySelector<HTMLElement>('.file-bar button')?.focus()
    } else if (key === 'F2') setMode('edit')
    else if (key === 'Delete') clear()
    else if (key === 'Backspace') setMode('replace')
    else if (letter === 'a') {
      show(placed.rows[0]?.cells[0])
      show(moveFrom(placed, cell, 'last', 0), { extend: true })
    } else if (letter === 'z' && shiftKey) onRedo()
    else if (letter === 'z') onUndo()
    else if (letter === 'y') onRedo()
    else return
    event.preventDefault()
  }
  const onDone = (cell: PlacedCell, text: string | undefined, then: EditEnd) => {
    setMode('idle')
    if (text !== undefined && text !== cell.text) onEdit([{ row: cell.row, column: cell.column, text }])
    if (then === 'next' || then === 'back') show(nextInReading(placed, cell, then === 'back') ?? cell)
    else if (then !== 'stay') show(nextCell(placed, cell, then) ?? cell)
  }

  // The rows get one set of handlers that stays the same, or every row would be drawn at every key.
  const latest = useRef({ onKey, onDone })
  latest.current = { onKey, onDone }
  const on = useMemo<RowHandlers>(
    () => ({
      focus: (cell, element) => {
        setCurrent({ row: cell.row, column: cell.column })
        setMode((known) => known ?? 'idle')
        element.querySelector('textarea')?.focus({ preventScroll: true })
      },
      edit: () => setMode('edit'),
      start: () => setMode('replace'),
      key: (event, cell) => latest.current.onKey(event, cell),
      done: (cell, text, then) => latest.current.onDone(cell, text, then),
      // Moving on takes the field out of one cell and puts it into another; only then is it known where the focus is.
      leave: () => setTimeout(() => table.current?.contains(document.activeElement) || setMode(undefined)),
    }),
    [],
  )

  const onCopy = (event: ClipboardEvent) => {
    const selected = selectedBlock()
    if (mode !== 'idle' || !selected) return
    event.preventDefault()
    event.clipboardData?.setData('text/plain', copyBlock(placed, selected))
    if (event.type === 'cut') clear()
    onSay(texts.copied(cellsOf(placed, selected).length))
  }
  const onPaste = (event: ClipboardEvent) => {
    const selected = selectedBlock()
    if (mode !== 'idle' || !selected) return
    event.preventDefault()
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (text === '') return
    const { writes, passedOver } = pasteBlock(grid, selected, parseBlock(text))
    onEdit(writes)
    onSay(texts.pasted(writes.length, passedOver))
  }
  const onMouseDown = (event: MouseEvent) => {
    const cell = cellAt(event.target)
    if (!cell || event.button !== 0) return
    if (!event.shiftKey) return setCorner(undefined)
    event.preventDefault()
    setCorner(cell)
  }
  const onPointerOver = (event: PointerEvent) => {
    const cell = (event.buttons & 1) === 1 && mode === 'idle' ? cellAt(event.target) : undefined
    if (cell && (cell.row !== current.row || cell.column !== current.column || corner)) setCorner(cell)
  }

  useLayoutEffect(() => {
    const { cell, quietly } = pending.current ?? {}
    pending.current = undefined
    if (cell) show(placed.at(cell.row, cell.column) ?? placed.rows[0]?.cells[0], { quietly })
  }, [start])
  useEffect(() => {
    if (target) goTo(target, target.quietly)
  }, [target])
  useLayoutEffect(() => freezeRows(table.current, frozen), [placed, frozen, widths])
  useLayoutEffect(() => {
    const last = pins.at(-1)
    const pinned = last ? last.left + (widths.get(last.column) ?? 0) : NUMBER_WIDTH
    // What a key brings into view must not hide under them.
    if (table.current?.parentElement) table.current.parentElement.style.scrollPaddingLeft = `${pinned}em`
  }, [pins, widths])

  const pages = Math.ceil(placed.allRows.length / pageRows)
  const totalWidth = placed.columns.reduce((sum, column) => sum + (widths.get(column) ?? NARROWEST), NUMBER_WIDTH)
  return (
    <>
      {pages > 1 && (
        <nav class="grid-pages" aria-label={texts.pages}>
          <span class="grid-note">{texts.pagesHint(pageRows)}</span>
          {Array.from({ length: pages }, (_, page) => (
            <button
              key={page}
              type="button"
              aria-current={page * pageRows === start}
              onClick={() => goTo({ row: placed.allRows[page * pageRows] ?? 0, column: 0 }, true)}
            >
              {texts.page(page * pageRows + 1, Math.min((page + 1) * pageRows, placed.allRows.length))}
            </button>
          ))}
        </nav>
      )}
      <div class="grid-scroll">
        <table
          ref={table}
          class="grid"
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the ARIA grid pattern on a native table
          role="grid"
          aria-label={`${texts.grid} ${grid.name}`}
          aria-describedby="grid-keys"
          aria-multiselectable="true"
          style={{ width: `${totalWidth}em` }}
          onCopy={onCopy}
          onCut={onCopy}
          onPaste={onPaste}
          onMouseDown={onMouseDown}
          onPointerOver={onPointerOver}
        >
          <colgroup>
            <col style={{ width: `${NUMBER_WIDTH}em` }} />
            {placed.columns.map((column) => (
              <col key={column} style={{ width: `${widths.get(column) ?? NARROWEST}em` }} />
            ))}
          </colgroup>
          <thead>
            <tr>
              <td class="grid-corner" />
              {placed.columns.map((column) => (
                <th key={column} scope="col" {...pinned(pinOf(pins, { column, columnSpan: 1 }))}>
                  {columnName(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {placed.rows.map(({ row, cells }) => {
              const isHere = stop !== undefined && row >= stop.row && cells.includes(stop)
              return (
                <GridRow
                  key={row}
                  row={row}
                  cells={cells}
                  marks={rowMarks.get(row) ?? ''}
                  shaded={rowShades.get(row) ?? ''}
                  selected={selectionOf(rowSelections, cells)}
                  frozen={row < frozen}
                  pins={pins}
                  current={isHere ? stop.column : -1}
                  mode={isHere ? mode : undefined}
                  texts={texts}
                  on={on}
                />
              )
            })}
          </tbody>
        </table>
      </div>
    </>
  )
}

/** The selected columns of a row; a cell stands in the row where it is drawn, its text may be in a hidden one above. */
function selectionOf(selections: ReadonlyMap<number, string>, cells: PlacedCell[]): string {
  if (selections.size === 0) return ''
  const rows = new Set(cells.map(({ row }) => row))
  return [...rows].map((row) => selections.get(row) ?? '').join('')
}

function cellAt(target: EventTarget | null): Cell | undefined {
  if (!(target instanceof Element) || target instanceof HTMLTextAreaElement) return undefined
  const place = target.closest<HTMLElement>('td[data-cell]')?.dataset.cell
  const [row, column] = place?.split(':').map(Number) ?? []
  return row === undefined || column === undefined ? undefined : { row, column }
}

/** The row behind the page's last one, or before its first, where the sheet goes on there. */
function beyondPage(
  { rows, allRows }: { rows: { row: number }[]; allRows: number[] },
  start: number,
  move: string,
): number | undefined {
  if (move === 'down' || move === 'page-down') return allRows[start + rows.length]
  if (move === 'up' || move === 'page-up') return allRows[start - 1]
  return undefined
}

function rowsInView(table: HTMLTableElement | null): number {
  const [view, rows] = [table?.parentElement, table?.tBodies[0]?.rows.length ?? 0]
  if (!table || !view || rows === 0) return 10
  return Math.max(1, Math.floor((view.clientHeight / table.offsetHeight) * rows) - 1)
}
