// The master workbook as other programs see it: filter, notes, panes and print set-up.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { masterWorkbook } from '../../domain/master-workbook.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import { writeWorkbook } from '../../xlsx/write.ts'
import { convertByLibreOffice } from '../support/libreoffice.ts'
import { FENGJIE, fengjieRow } from '../support/plan-samples.ts'
import { findPythonWithOpenpyxl, findSoffice } from '../support/programs.ts'

const AT = '2023-11-10T01:12:00Z'
const SPEC = breakdownSpec(FENGJIE)
const PLAN = { ...FENGJIE, title: '奉节县2023年“一老一小”&民生实事' }

function writeMaster(): Promise<Uint8Array> {
  const rows = [1, 2].map((n) =>
    fengjieRow(
      `r${n}`,
      `${n}`,
      '任务',
      [
        ['甲', 2],
        ['乙', 4],
      ],
      '县教委',
      '——',
    ),
  )
  const changes = [{ column: 'milestone.P1', old: '旧', new: '甲' }]
  const events = [{ receipt: '20231110-0007', at: AT, by: '县教委', rowId: 'r1', kind: 'update' as const, changes }]
  const report = { plan: PLAN, spec: SPEC, rows, status: [], conflicts: [], events, at: AT }
  return writeWorkbook(masterWorkbook(report), { title: PLAN.title, created: AT })
}

const SCRIPT = `
import json, sys, openpyxl
sheet = openpyxl.load_workbook(sys.argv[1]).worksheets[0]
print(json.dumps({
    'filter': sheet.auto_filter.ref, 'frozen': sheet.freeze_panes, 'titles': sheet.print_title_rows,
    'paper': sheet.page_setup.paperSize, 'orientation': sheet.page_setup.orientation,
    'fit': [sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight],
    'footer': [sheet.oddFooter.left.text, sheet.oddFooter.center.text],
    'hidden': [k for k, d in sheet.column_dimensions.items() if d.hidden],
    'notes': [[c.coordinate, c.comment.author, c.comment.text] for row in sheet.iter_rows() for c in row if c.comment],
}))
`

function seenByOpenpyxl(bytes: Uint8Array): Record<string, unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
  const file = join(folder, 'book.xlsx')
  writeFileSync(file, bytes)
  const run = spawnSync(findPythonWithOpenpyxl() as string, ['-c', SCRIPT, file], { encoding: 'utf8' })
  rmSync(folder, { recursive: true, force: true })
  if (run.status !== 0) throw new Error(run.stderr)
  return JSON.parse(run.stdout)
}

describe('the master as a file', () => {
  it('is the same for the same data', async () => {
    expect(await writeMaster()).toEqual(await writeMaster())
  })

  it.skipIf(!findPythonWithOpenpyxl())('has filter, notes, panes and print set-up in openpyxl', async () => {
    expect(seenByOpenpyxl(await writeMaster())).toEqual({
      filter: 'A4:K6',
      frozen: 'C5',
      titles: '$3:$4',
      paper: 8,
      orientation: 'landscape',
      fit: [1, 0],
      // Two & are one: a single one would start a code.
      footer: [PLAN.title.replace('&', '&&'), '第 &P 页，共 &N 页'],
      hidden: ['K'],
      notes: [['C5', '民生台账', '县教委 2023-11-10 09:12 报送（回执20231110-0007）']],
    })
  })

  it.skipIf(!findSoffice() || !findPythonWithOpenpyxl())('keeps filter and notes through LibreOffice', async () => {
    const saved = seenByOpenpyxl(convertByLibreOffice(await writeMaster(), 'xlsx'))
    expect(saved).toMatchObject({ filter: 'A4:K6', titles: '$3:$4', hidden: ['K'] })
    expect(saved.notes).toMatchObject([['C5', expect.anything(), '县教委 2023-11-10 09:12 报送（回执20231110-0007）']])
  })
})
