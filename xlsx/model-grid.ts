/** SheetModel → the Grid that a host reads of it once it is drawn. */
import type { Grid } from '../domain/grid.ts'
import type { SheetModel } from '../domain/sheet-model.ts'

export function modelToGrid(model: SheetModel): Grid {
  const texts = model.cells.map((line) => line.map(({ text }) => text))
  while (texts.length > 0 && texts.at(-1)?.every((text) => text === '')) texts.pop()
  return {
    name: model.name,
    texts,
    merges: model.merges,
    formulas: [],
    hiddenRows: [],
    hiddenColumns: model.hiddenColumns,
  }
}
