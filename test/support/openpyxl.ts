/** What openpyxl says of a workbook: our files judged by somebody else's reader. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findPythonWithOpenpyxl } from './programs.ts'

const SCRIPT = `
import json, sys, openpyxl
def cell(c):
    fill = c.fill.fgColor.rgb if c.fill and c.fill.fill_type else None
    return {'value': c.value, 'type': c.data_type, 'fill': fill}
book = openpyxl.load_workbook(sys.argv[1])
print(json.dumps([{
    'name': s.title, 'state': s.sheet_state, 'merges': sorted(str(r) for r in s.merged_cells.ranges),
    'hidden': [k for k, d in s.column_dimensions.items() if d.hidden],
    'cells': {c.coordinate: cell(c) for row in s.iter_rows() for c in row if c.value is not None},
} for s in book.worksheets]))
`

export type SeenCell = { value: string | number; type: string; fill: string | null }
export type SeenSheet = {
  name: string
  state: 'visible' | 'hidden' | 'veryHidden'
  merges: string[]
  hidden: string[]
  cells: Record<string, SeenCell>
}

/** Every sheet of the workbook with merges, hidden columns and filled cells. */
export function readByOpenpyxl(bytes: Uint8Array): SeenSheet[] {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
  const file = join(folder, 'book.xlsx')
  writeFileSync(file, bytes)
  const run = spawnSync(findPythonWithOpenpyxl() as string, ['-c', SCRIPT, file], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  rmSync(folder, { recursive: true, force: true })
  if (run.status !== 0) throw new Error(run.stderr)
  return JSON.parse(run.stdout)
}

const EDIT = `
import json, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
for name, row, column, text in json.load(sys.stdin):
    book[name].cell(row=row + 1, column=column + 1).value = text or None
book.save(sys.argv[2])
`

/** The workbook with some texts typed over, as openpyxl saves it; rows and columns from zero. */
export function editByOpenpyxl(
  bytes: Uint8Array,
  sheet: string,
  writes: { row: number; column: number; text: string }[],
): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
  const [from, to] = [join(folder, 'book.xlsx'), join(folder, 'edited.xlsx')]
  writeFileSync(from, bytes)
  const input = JSON.stringify(writes.map(({ row, column, text }) => [sheet, row, column, text]))
  const run = spawnSync(findPythonWithOpenpyxl() as string, ['-c', EDIT, from, to], { encoding: 'utf8', input })
  if (run.status !== 0) throw new Error(run.stderr)
  const edited = readFileSync(to)
  rmSync(folder, { recursive: true, force: true })
  return edited
}
