/** A small county from a seed: units of which some share rows, rows of which some have spans. */
import type { PlanFile } from '../../domain/protocol.ts'
import type { Random } from './random.ts'

export const UNITS = ['县教委', '县卫生健康委', '县水利局', '县民政局', '永安街道']
export const MILESTONES = ['milestone.P1', 'milestone.P2', 'milestone.P3', 'milestone.P4']

/** `id` names the plan, `county` must be nobody else's, because units and keys belong to a county. */
export function makeCounty(random: Random, id: string, county: string): PlanFile {
  const periods = [
    ['P1', '3月', '2023-01-01', '2023-03-31'],
    ['P2', '5月', '2023-04-01', '2023-05-31'],
    ['P3', '7月', '2023-06-01', '2023-07-31'],
    ['P4', '9月', '2023-08-01', '2023-09-30'],
  ].map(([key = '', label = '', from = '', to = '']) => ({ key, label, from, to, dueOn: to, supervisedOn: to }))
  return {
    plan: {
      id,
      county,
      year: 2023,
      title: `${county}2023年民生实事`,
      titleLines: ['附件', `${county}2023年民生实事任务分解表`],
      periods,
      columns: [
        { key: 'number', header: '序号' },
        { key: 'task', header: '重点任务' },
        { key: 'milestones', header: '每两月工作目标任务' },
        { key: 'leadUnits', header: '牵头单位' },
        { key: 'supportingUnits', header: '配合单位' },
      ],
    },
    registry: {
      units: UNITS.map((name, i) => ({ id: `u${i}`, name })),
      groups: [{ name: '各乡镇（街道）', members: ['永安街道'] }],
    },
    rows: Array.from({ length: 4 + random.int(4) }, (_, i) => makeRow(random, i)),
  }
}

/** The last unit only ever supports. Many rows have two lead units, and the first unit leads most. */
function makeRow(random: Random, i: number): PlanFile['rows'][number] {
  const leads = UNITS.slice(0, -1)
  const first = random.chance(0.5) ? leads[0]! : random.pick(leads)
  const second = random.pick(leads)
  const lead = first === second || random.chance(0.4) ? [first] : [first, second]
  const supporting = random.chance(0.5) ? ['各乡镇（街道）'] : []
  const cells: Record<string, string> = { number: String(i + 1), task: `办好第${i + 1}件实事` }
  const spans: Record<string, number> = {}
  for (let at = 0; at < MILESTONES.length; ) {
    const span = random.chance(0.3) ? Math.min(2 + random.int(2), MILESTONES.length - at) : 1
    const column = MILESTONES[at]!
    cells[column] = random.chance(0.1) ? '——' : `完成${(i + 1) * 10 + at}处`
    if (span > 1) spans[column] = span
    at += span
  }
  cells.leadUnits = lead.join('、')
  cells.supportingUnits = supporting.join('、') || '——'
  const hasSpans = Object.keys(spans).length > 0
  return {
    rowId: `r${i + 1}`,
    cells,
    ...(hasSpans ? { spans } : {}),
    spansConfirmed: !hasSpans || random.chance(0.5),
    lead,
    supporting,
  }
}
