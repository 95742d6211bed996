/** The loader: any division of the periods is kept, and a wrong seed is refused with the place named. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { milestoneKey } from '../../domain/plan.ts'
import type { PlanFile } from '../../domain/protocol.ts'
import type { UnitRegistry } from '../../domain/units.ts'
import chengkouPlan from '../../seeds/chengkou-2023/plan.json'
import chengkouRows from '../../seeds/chengkou-2023/rows.json'
import chengkouUnits from '../../seeds/chengkou-2023/units.json'
import { SeedError, type SeedRow, toPlanFile } from '../../seeds/load.ts'
import { readSeed } from '../../tools/read-seed.ts'

function period(key: string) {
  return { key, label: key, from: '2030-01-01', to: '2030-02-28', dueOn: '2030-02-28', supervisedOn: '2030-02-28' }
}

type Seed = { plan: PlanFile['plan']; units: UnitRegistry; rows: SeedRow[] }

/** A county of one row that passes. */
function seed(): Seed {
  return {
    plan: {
      id: 'test-2030',
      county: '某县',
      year: 2030,
      title: '某县民生实事',
      titleLines: [],
      periods: ['P1', 'P2', 'P3'].map(period),
      columns: [
        { key: 'task', header: '重点任务' },
        { key: 'milestones', header: '每两月工作目标任务' },
        { key: 'leadUnits', header: '牵头单位' },
      ],
    },
    units: {
      units: [
        { id: 'education', name: '县教委', aliases: ['县教育委员会'] },
        { id: 'finance', name: '县财政局' },
      ],
      groups: [{ name: '相关部门', members: ['县财政局'] }],
    },
    rows: [
      {
        rowId: 'k3v9q2m7xd',
        number: '1',
        task: '新增学位。',
        milestones: [
          { from: 'P1', to: 'P2', text: '开工。' },
          { from: 'P3', to: 'P3', text: '完工。' },
        ],
        spansConfirmed: true,
        leadUnits: '县教委',
        lead: ['县教委'],
        supporting: ['相关部门'],
      },
    ],
  }
}

it('takes the files imported as modules, as a runtime without a disk has them', async () => {
  const imported = toPlanFile({ plan: chengkouPlan, units: chengkouUnits, rows: chengkouRows })
  expect(imported).toEqual(await readSeed('chengkou-2023'))
})

it('keeps any division of the periods, with covered columns absent', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 }), (lengths) => {
      const files = seed()
      const keys = Array.from({ length: lengths.reduce((sum, n) => sum + n, 0) }, (_, index) => `P${index + 1}`)
      files.plan.periods = keys.map(period)
      let from = 0
      files.rows[0]!.milestones = lengths.map((length, index) => {
        from += length
        return { from: keys[from - length]!, to: keys[from - 1]!, text: `目标${index}` }
      })
      const row = toPlanFile(files).rows[0]!
      const kept = keys.flatMap((key) => {
        const column = milestoneKey(key)
        return row.cells[column] === undefined ? [] : [{ text: row.cells[column], length: row.spans?.[column] ?? 1 }]
      })
      expect(kept).toEqual(lengths.map((length, index) => ({ text: `目标${index}`, length })))
    }),
  )
})

describe('a wrong seed is refused with its place', () => {
  const cases: [string, (files: Seed) => void, RegExp][] = [
    [
      'a gap between milestones',
      ({ rows }) => rows[0]!.milestones.shift(),
      /rows\.json, entry 1 .*does not continue at P1/,
    ],
    ['a period left over', ({ rows }) => rows[0]!.milestones.pop(), /entry 1 \(序号 1\): no milestone covers P3/],
    ['an overlap', ({ rows }) => (rows[0]!.milestones[1]!.from = 'P2'), /P2-P3 does not continue at P3/],
    ['a milestone that ends before it begins', ({ rows }) => (rows[0]!.milestones[1]!.to = 'P1'), /P3-P1/],
    ['a period that the plan lacks', ({ rows }) => (rows[0]!.milestones[1]!.to = 'P9'), /P3-P9/],
    ['a lead that is no unit', ({ rows }) => rows[0]!.lead.push('县民政局'), /entry 1 .*lead 县民政局 is no unit/],
    ['a group as lead', ({ rows }) => rows[0]!.lead.push('相关部门'), /lead 相关部门 is no unit/],
    ['a row without a lead', ({ rows }) => rows[0]!.lead.pop(), /entry 1 .*no lead unit/],
    ['an unknown supporting unit', ({ rows }) => rows[0]!.supporting.push('县林业局'), /supporting 县林业局/],
    ['an id used twice', ({ rows }) => rows.push(rows[0]!), /rowId k3v9q2m7xd occurs twice/],
    ['an id that the protocol refuses', ({ rows }) => (rows[0]!.rowId = 'a:b'), /rows\.json, entry 1 \(序号 1\) rowId/],
    ['an alias of two units', ({ units }) => (units.units[1]!.aliases = ['县教委']), /units\.json: word 县教委/],
    [
      'a member that is no unit',
      ({ units }) => units.groups![0]!.members!.push('县林业局'),
      /相关部门 has no unit 县林业局/,
    ],
    ['a date that is none', ({ plan }) => (plan.periods[1]!.dueOn = '5月底'), /plan\.json periods\/1\/dueOn/],
  ]
  it.each(cases)('%s', (_name, spoil, message) => {
    const files = seed()
    spoil(files)
    expect(() => toPlanFile(files)).toThrow(SeedError)
    expect(() => toPlanFile(files)).toThrow(message)
  })

  it('and the same seed unspoiled passes', () => {
    expect(toPlanFile(seed()).rows).toHaveLength(1)
  })
})
