/**
 * Measures how many of the defects that stand in the corpus the checks find.
 */
import { checkTable } from '../../../domain/check.ts'
import type { Issue } from '../../../domain/issue.ts'
import { cellContext, placeCell, TRIED_ROW } from './cell-table.ts'
import type { Defect, DefectCell, DefectKind } from './defects.ts'

export type DefectMeasure = {
  found: number
  of: number
  byKind: Map<DefectKind, { found: number; of: number }>
  missed: string[]
  /** Errors over wording: a slip of the pen never keeps a row out. */
  errors: string[]
}

/** Kinds that may be shown at either cell of the row. */
const IN_ROW: readonly DefectKind[] = ['unit-named-twice']

const WORDING = /^(punctuation|space|text|wording|deadline|placeholder)\//

export function measureDefects(cells: readonly DefectCell[]): DefectMeasure {
  const measure: DefectMeasure = { found: 0, of: 0, byKind: new Map(), missed: [], errors: [] }
  for (const cell of cells) addCell(measure, cell)
  return measure
}

function addCell(measure: DefectMeasure, cell: DefectCell): void {
  const { table, key } = placeCell(cell)
  const issues = checkTable(table, cellContext).filter(({ rowId }) => rowId === TRIED_ROW)
  for (const defect of cell.defects) {
    const { kind } = defect
    const tally = measure.byKind.get(kind) ?? { found: 0, of: 0 }
    measure.byKind.set(kind, tally)
    tally.of++
    measure.of++
    const about = issues.filter(({ column }) => column === key || IN_ROW.includes(kind))
    if (about.some((issue) => covers(issue, cell.text, defect))) {
      tally.found++
      measure.found++
    } else {
      measure.missed.push(`${kind}: ${cell.text} [${issues.map(({ code }) => code).join(' ')}]`)
    }
  }
  for (const { code } of issues.filter(({ severity }) => severity === 'error')) {
    if (WORDING.test(code)) measure.errors.push(`${cell.text}: ${code}`)
  }
}

/** An issue that shows a stretch of the text must show the defect's; one that shows none speaks of the whole cell. */
function covers({ params }: Issue, text: string, { at }: Defect): boolean {
  const shown = String(params.excerpt ?? '').replace(/^…|…$/g, '')
  if (at === undefined || shown === '') return true
  const place = text.indexOf(at)
  // An excerpt writes line breaks and wide blanks as one blank.
  const from = text.replace(/\s/g, ' ').indexOf(shown)
  return from < 0 || (from < place + at.length && place < from + shown.length)
}
