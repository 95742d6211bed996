/** Keeps the table's own header rows in view while it scrolls. Their heights follow from their texts, so they are measured. */

/** Frozen rows may take this share of the view; taller ones scroll with the rest. */
const MOST_OF_VIEW = 0.45

/** Sets where each of the first `count` rows stops below the column letters. */
export function freezeRows(table: HTMLTableElement | null, count: number): void {
  const view = table?.parentElement
  if (!table || !view) return
  const letters = table.tHead?.offsetHeight ?? 0
  const rows = [...(table.tBodies[0]?.rows ?? [])].filter((row) => row.classList.contains('grid-frozen'))
  const height = rows.reduce((sum, row) => sum + row.offsetHeight, letters)
  const isFrozen = count > 0 && height <= view.clientHeight * MOST_OF_VIEW
  table.classList.toggle('grid-freezes', isFrozen)
  let top = letters
  for (const row of rows) {
    for (const cell of row.cells) cell.style.top = isFrozen ? `${top}px` : ''
    top += row.offsetHeight
  }
  // What a key brings into view must not hide under them.
  view.style.scrollPaddingTop = `${isFrozen ? top : letters}px`
}
