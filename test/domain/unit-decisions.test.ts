import { describe, expect, it } from 'vitest'
import type { PlanFile } from '../../domain/protocol.ts'
import { decideUnit, readMembers } from '../../domain/unit-decisions.ts'

/** Rows that name their units in these words. */
function fileOf(units: string[], leads: string[], groups: string[] = []): PlanFile {
  return {
    plan: {
      id: 'p1',
      county: '安平县',
      year: 2030,
      title: '任务分解表',
      titleLines: ['任务分解表'],
      periods: [],
      columns: [
        { key: 'task', header: '重点任务' },
        { key: 'leadUnits', header: '牵头单位' },
      ],
    },
    registry: {
      units: units.map((name, i) => ({ id: `U00${i + 1}`, name })),
      groups: groups.map((name) => ({ name })),
    },
    rows: leads.map((leadUnits, i) => ({
      rowId: `r${i + 1}`,
      cells: { task: `任务${i + 1}`, leadUnits },
      spansConfirmed: true,
      lead: [],
      supporting: [],
    })),
  }
}

describe('a decision about the units of a table', () => {
  it('makes one unit of two spellings, and relates the rows that used either', () => {
    const { file, doubts } = decideUnit(fileOf(['县发展改革委', '县计委'], ['县计委', '县发展改革委']), {
      kind: 'same',
      text: '县计委',
      unit: '县发展改革委',
    })
    expect(file.registry.units).toEqual([{ id: 'U001', name: '县发展改革委', aliases: ['县计委'] }])
    expect(file.rows.map(({ lead }) => lead)).toEqual([['县发展改革委'], ['县发展改革委']])
    expect(doubts).toEqual([])
  })

  it('keeps what the removed unit was called, and renames it in groups', () => {
    const before = fileOf(['县文旅委', '县文旅局'], ['县文旅局'])
    before.registry.units[1]!.aliases = ['文广局']
    before.registry.groups = [{ name: '相关部门', members: ['县文旅局', '县文旅委'] }]
    const { registry } = decideUnit(before, { kind: 'same', text: '县文旅局', unit: '县文旅委' }).file
    expect(registry.units).toEqual([{ id: 'U001', name: '县文旅委', aliases: ['县文旅局', '文广局'] }])
    expect(registry.groups).toEqual([{ name: '相关部门', members: ['县文旅委'] }])
  })

  it('adds a unit under an id that is free', () => {
    const before = fileOf(['县教委'], ['县融媒体中心'])
    before.registry.units.push({ id: 'U003', name: '县民政局' })
    const { file } = decideUnit(before, { kind: 'unit', text: '县融媒体中心' })
    expect(file.registry.units.at(-1)).toEqual({ id: 'U004', name: '县融媒体中心' })
    expect(file.rows[0]?.lead).toEqual(['县融媒体中心'])
  })

  it('lets a group that leads stand for its members', () => {
    const before = fileOf(['太平镇', '城南街道'], ['各乡镇（街道）'], ['各乡镇（街道）'])
    expect(decideUnit(before, { kind: 'unit', text: '太平镇' }).doubts.map(({ code }) => code)).toEqual([
      'lead/group',
      'lead/none',
    ])
    const { file, doubts } = decideUnit(before, {
      kind: 'group',
      text: '各乡镇（街道）',
      members: ['太平镇', '城南街道'],
    })
    expect(file.rows[0]?.lead).toEqual(['太平镇', '城南街道'])
    expect(doubts).toEqual([])
  })

  it('leaves the file that was given as it is', () => {
    const before = fileOf(['县发展改革委', '县计委'], ['县计委'])
    const copy = structuredClone(before)
    decideUnit(before, { kind: 'same', text: '县计委', unit: '县发展改革委' })
    expect(before).toEqual(copy)
  })
})

it('members are read as a cell of units is, and what is not known is named', () => {
  const { registry } = fileOf(['太平镇', '城南街道', '县财政局'], [])
  expect(readMembers('太平镇、城南街道\n财政局，和平镇', registry)).toEqual({
    members: ['太平镇', '城南街道', '县财政局'],
    unknown: ['和平镇'],
  })
})
