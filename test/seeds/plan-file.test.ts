/** The seeds as plans: valid, complete, spans that tile the periods, units that the registry knows. */
import { readdir, readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { breakdownSpec, milestoneKey } from '../../domain/plan.ts'
import type { PlanRow } from '../../domain/protocol.ts'
import { coveredColumns } from '../../domain/table.ts'
import { resolveUnits } from '../../domain/units.ts'
import { readSeed, SEEDS } from '../../tools/read-seed.ts'
import { noticeText } from './read-notice.ts'

const SEED_FOLDER = new URL('../../seeds/', import.meta.url)

it('lists every seed folder', async () => {
  const entries = await readdir(SEED_FOLDER, { withFileTypes: true })
  expect(
    entries
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort(),
  ).toEqual([...SEEDS].sort())
})

describe.each(SEEDS)('seed %s', (planId) => {
  it('covers each period of each row exactly once', async () => {
    const { plan, rows } = await readSeed(planId)
    const keys = plan.periods.map((period) => milestoneKey(period.key))
    for (const row of rows) {
      const covered = keys
        .filter((key) => row.cells[key] !== undefined)
        .flatMap((key) => coveredColumns(row, key, keys))
      expect(covered, row.cells.number).toEqual(keys)
    }
  })

  it('fills every column of its table and no other', async () => {
    const { plan, rows } = await readSeed(planId)
    const columns = breakdownSpec({ ...plan, state: 'issued' }).columns.map((column) => column.key)
    for (const row of rows) {
      const filled = columns.filter((key) => key.startsWith('milestone.') || row.cells[key] !== undefined)
      expect(filled, row.cells.number).toEqual(columns)
      expect(columns).toEqual(expect.arrayContaining(Object.keys(row.cells)))
      expect(Object.values(row.cells)).not.toContain('')
    }
  })

  it('relates each row to the units that its cells name, in their order', async () => {
    const { rows } = await readSeed(planId)
    for (const row of rows) {
      expect(leftOver(row.cells.leadUnits ?? '', row.lead), row.cells.number).toMatch(/^、*$/)
      expect(leftOver(row.cells.supportingUnits ?? '', row.supporting), row.cells.number).toMatch(/^[、，等]*$|^——$/)
    }
  })

  it('has a registry through which the words of each unit cell resolve to its relations', async () => {
    const { registry, rows } = await readSeed(planId)
    const resolve = (text = '') =>
      resolveUnits(text, registry).flatMap(({ unit, group, via, text }) => {
        const name = unit ?? group
        // 机构 ends 等县属事业单位、机构: of the group before it, naming nobody, as —— does.
        if (name === undefined) expect(['placeholder 机构', 'placeholder ——']).toContain(`${via} ${text}`)
        return name ?? []
      })
    for (const row of rows) {
      expect(resolve(row.cells.leadUnits), row.cells.number).toEqual(row.lead)
      expect(resolve(row.cells.supportingUnits), row.cells.number).toEqual(row.supporting)
    }
  })

  it('registers no unit and no group that the table does not name', async () => {
    const { registry, rows } = await readSeed(planId)
    const named = new Set(rows.flatMap((row) => [...row.lead, ...row.supporting]))
    expect(
      [...registry.units, ...(registry.groups ?? [])].map((entry) => entry.name).filter((n) => !named.has(n)),
    ).toEqual([])
  })

  it('has row ids that say nothing about order or number', async () => {
    const { rows } = await readSeed(planId)
    for (const row of rows) expect(row.rowId).toMatch(/^[a-hjkmnp-tv-z][0-9a-hjkmnp-tv-z]{9}$/)
    const ids = rows.map((row) => row.rowId)
    expect(ids).not.toEqual([...ids].sort())
  })

  it('holds no phone number', async () => {
    const files = ['plan', 'units', 'rows'].map((part) =>
      readFile(new URL(`${planId}/${part}.json`, SEED_FOLDER), 'utf8'),
    )
    for (const text of [...(await Promise.all(files)), await noticeText(planId)]) {
      expect(text.replaceAll(/"rowId": "[^"]+"/g, '')).not.toMatch(/1[3-9]\d{9}|\d{3,4}-\d{7,8}|\d{7,}/)
    }
  })
})

describe('fengjie-2023', () => {
  it('leaves ten rows unconfirmed: two to five cells for six periods', async () => {
    const { rows } = await readSeed('fengjie-2023')
    const unconfirmed = rows.filter((row) => !row.spansConfirmed).map((row) => Number(row.cells.number))
    expect(unconfirmed).toEqual([2, 11, 12, 13, 14, 15, 18, 20, 23, 28])
    expect(
      rows.filter((row) => cellCount(row) > 1 && cellCount(row) < 6).map((row) => Number(row.cells.number)),
    ).toEqual(unconfirmed)
  })

  it('has periods that follow each other day by day, the last due before it ends', async () => {
    const { periods } = (await readSeed('fengjie-2023')).plan
    for (const [index, period] of periods.entries()) {
      expect([period.from, period.dueOn, period.supervisedOn, period.to]).toEqual(
        [period.from, period.dueOn, period.supervisedOn, period.to].sort(),
      )
      const next = periods[index + 1]
      if (next) expect(Date.parse(next.from) - Date.parse(period.to)).toBe(24 * 60 * 60 * 1000)
    }
    expect(periods.at(-1)).toMatchObject({ label: '2024年1月', dueOn: '2023-12-31' })
  })

  it('puts a text that names 12月底 into the last period', async () => {
    const { rows } = await readSeed('fengjie-2023')
    const named = rows.flatMap((row) =>
      Object.entries(row.cells).filter(([key, text]) => key !== 'task' && text.includes('12月底')),
    )
    expect(new Set(named.map(([key]) => key))).toEqual(new Set(['milestone.P6']))
  })

  it('has 42 rows led by 18 units', async () => {
    const { rows } = await readSeed('fengjie-2023')
    expect(rows).toHaveLength(42)
    expect(new Set(rows.flatMap((row) => row.lead)).size).toBe(18)
  })
})

/** What a unit cell still says once the names are taken out, one after another. */
function leftOver(text: string, names: string[]): string {
  let rest = text
  let from = 0
  for (const name of names) {
    const at = rest.indexOf(name, from)
    if (at < 0) return `${name} is not in: ${text}`
    rest = rest.slice(0, at) + rest.slice(at + name.length)
    from = at
  }
  return rest
}

function cellCount(row: PlanRow): number {
  return Object.keys(row.cells).filter((key) => key.startsWith('milestone.')).length
}
