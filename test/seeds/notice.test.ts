/** The seeds against the notices they came from: every row, every cell, every character, both ways. */
import { describe, expect, it } from 'vitest'
import { breakdownSpec } from '../../domain/plan.ts'
import type { PlanFile } from '../../domain/protocol.ts'
import { readSeed, SEEDS } from '../../tools/read-seed.ts'
import { dumpedRows, noticeText, visibleText, WIDTH_BREAKS } from './read-notice.ts'

/** Header and rows as the notice has them, made from the data alone: one text for each cell that the sheet shows. */
function rebuild({ plan, rows }: PlanFile): string[][] {
  const { columns } = breakdownSpec({ ...plan, state: 'issued' })
  const top = columns.flatMap((column, index) => {
    if (column.group === undefined) return [column.header]
    return column.group === columns[index - 1]?.group ? [] : [column.group]
  })
  const below = columns.map((column) => (column.group === undefined ? '' : column.header))
  const body = rows.map((row) => columns.flatMap(({ key }) => row.cells[key] ?? []))
  return below.some((text) => text !== '') ? [top, below, ...body] : [top, ...body]
}

describe.each(SEEDS)('seed %s', (planId) => {
  it('rebuilds each row of the notice from the data, with no row or cell missing or extra', async () => {
    const source = dumpedRows(await noticeText(planId)).map((cells) => cells.map((cell) => visibleText(cell, planId)))
    expect(rebuild(await readSeed(planId))).toEqual(source)
  })

  it('joins exactly the line breaks listed, each found once in the notice', async () => {
    const text = await noticeText(planId)
    const joins = WIDTH_BREAKS[planId]!
    for (const around of joins) expect(text.split(around).length - 1, around).toBe(1)
    const inner = dumpedRows(text).flatMap((cells) => cells.flatMap((cell) => cell.trimEnd().match(/\n/g) ?? []))
    expect(inner).toHaveLength(joins.length)
  })

  it('holds no line break, no outer blank and nothing that normalisation would change', async () => {
    const { rows } = await readSeed(planId)
    for (const [key, text] of rows.flatMap((row) => Object.entries(row.cells))) {
      expect(text, key).toBe(text.trim().normalize('NFC'))
      expect(text, key).not.toMatch(/[\r\n\t]/)
    }
  })
})

it('keeps the odd characters of the notice as they are', async () => {
  const [fengjie, chengkou] = await Promise.all(SEEDS.map(async (id) => JSON.stringify((await readSeed(id)).rows)))
  for (const odd of [
    '“零就业”家庭。。',
    '12%.。',
    '“一件事一 次办”',
    '80.00%,义务',
    '机制对，对',
    '前期期工作',
    '≧95%',
  ]) {
    expect(fengjie).toContain(odd)
  }
  expect(chengkou).toContain('建设山城绿道1条、长度3里。')
})
