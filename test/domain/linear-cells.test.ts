/** The check takes time in proportion to a cell, whatever stands in it: a quadratic rule would not end before the test's time is up. */
import { expect, test } from 'vitest'
import { checkTable } from '../../domain/check.ts'
import type { Table } from '../../domain/table.ts'
import { cleanRows, context, spec } from './checks-support.ts'

/** Four times what fits into a cell of Excel. */
const LENGTH = 120_000

const HOSTILE = [
  '1',
  '、',
  '。',
  '万',
  '一',
  '（',
  '“',
  ' ',
  '12月底',
  '其中',
  '各乡镇',
  '县教委、',
  '县教委 ',
  '累计完成10个，',
  '1、',
  '职则',
  '甲、乙、丙3个，',
]

const CELLS = {
  'a task and its milestones': ['task', 'target', 'milestone.P1', 'milestone.P2'],
  'its units': ['leadUnits', 'supportingUnits'],
}

test.each(HOSTILE.flatMap((words) => Object.entries(CELLS).map(([where, columns]) => ({ words, where, columns }))))(
  '“$words” over and over as $where is checked in linear time',
  ({ words, columns }) => {
    // Between two words, so that blanks alone are no blank cell.
    const hostile = `完${words.repeat(LENGTH / words.length)}成`
    const [row] = cleanRows()
    const cells = { ...row.cells, ...Object.fromEntries(columns.map((column) => [column, hostile])) }
    const table: Table = { spec, rows: [{ ...row, cells }], complete: false }
    expect(checkTable(table, context).map(({ code }) => code)).toContain('text/too-long')
  },
)
