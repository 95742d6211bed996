/**
 * Rules of consistency between cells: full stops of a column, texts pasted from row to row, placeholders, dates
 * against their period, and texts against the plan's.
 */
import { describe, expect, it } from 'vitest'
import { applyFix, isSafeFix } from '../../domain/apply-fix.ts'
import { checkTable } from '../../domain/check.ts'
import { combineFixes } from '../../domain/combine-fixes.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type { Table, TableRow } from '../../domain/table.ts'
import { cleanRows, codesFor, context, fixed, issuesOf, plan, spoilt, tableOf } from './checks-support.ts'

/** A table whose rows say these texts in one column. */
function columnOfTexts(texts: readonly string[], column = 'milestone.P4'): Table {
  const [first] = cleanRows()
  return tableOf(
    texts.map((text, i): TableRow => {
      const cells = { ...first.cells, number: String(i + 1), task: `任务${i}。`, [column]: text }
      return { rowId: `t${i}`, cells }
    }),
  )
}

const noPlan = { ...context, planTasks: undefined }

describe('a missing full stop', () => {
  const found = (...texts: string[]) =>
    issuesOf('text/no-stop', columnOfTexts(texts), noPlan).flatMap(({ index, column }) =>
      column === 'milestone.P4' ? [index] : [],
    )
  const STOPPED = ['完成项目选址和用地预审。', '完成招标。', '完成立项。', '完成主体工程。', '完成“一期”。']

  it('is a hint where most of the column have one, and is added at the end', () => {
    const table = columnOfTexts([...STOPPED, '组织施工单位进场施工 '])
    const issues = issuesOf('text/no-stop', table, noPlan).filter(({ index }) => index === 5)
    expect(issues).toMatchObject([{ severity: 'hint', fix: [{ to: '组织施工单位进场施工。' }] }])
  })

  it('is nothing where half of them have none, or where there are too few to tell', () => {
    expect(found(...STOPPED, '组织施工单位进场', '开展设备安装调试', '完成年度任务目标', '建成并投入使用')).toEqual([])
    expect(found('完成项目选址。', '完成招标。', '组织施工单位进场')).toEqual([])
  })

  it('counts for a few words only where as short ones have it', () => {
    expect(found(...STOPPED, '前期规划')).toEqual([5])
    const long = [
      '完成项目选址和用地预审。',
      '完成项目招标和合同签订。',
      '完成主体工程和附属工程。',
      '完成竣工验收和资料移交。',
    ]
    expect(found(...long, '完成场地平整和围墙砌筑。', '前期规划')).toEqual([])
  })

  it.each([
    '95%以上',
    '3-5家',
    '100%',
    '（责任单位：县教委）',
    '——',
    '完成绿化……',
    '他说：“完成了。”',
    '完成（一期。）',
  ])('%s needs none', (text) => {
    expect(found(...STOPPED, text)).toEqual([])
  })

  it('is mended together with other slips of the same cell', () => {
    const table = columnOfTexts([...STOPPED, '组织  施工单位进场,部署工作'])
    const safe = checkTable(table, noPlan).filter((issue) => isSafeFix(issue) && issue.index === 5)
    const mended = applyFix(table, combineFixes(safe, table, noPlan))
    expect(mended.rows[5]?.cells['milestone.P4']).toBe('组织施工单位进场，部署工作。')
  })
})

describe('a text pasted into another task', () => {
  const OWN = '完成城北片区污水主干管施工图设计并通过专家评审。'
  const found = (...texts: string[]) =>
    issuesOf('text/pasted', columnOfTexts(texts), noPlan).map(({ index, severity }) => `${index} ${severity}`)

  it('is asked about on both rows, whatever its blanks', () => {
    expect(found(OWN, '完成招标。', ` ${OWN}`)).toEqual(['0 ask', '2 ask'])
  })

  it.each([
    '12月底前完成竣工验收并投入使用。',
    '完成项目前期工作，启动施工招投标，确定施工单位。',
    '序时推进。',
    '按计划有序推进各项工作，完成年度目标任务。',
  ])('%s is a formula that many tasks share', (text) => {
    expect(found(text, text)).toEqual([])
  })

  it('is nothing in neighbouring periods of one row, nor in rows of one task', () => {
    expect(issuesOf('text/pasted', spoilt({ 'milestone.P2': OWN, 'milestone.P3': OWN }))).toEqual([])
    const rows = columnOfTexts([OWN, OWN]).rows.map((row) => ({ ...row, cells: { ...row.cells, task: '同一任务。' } }))
    expect(issuesOf('text/pasted', tableOf(rows), noPlan)).toEqual([])
  })
})

describe('placeholders', () => {
  it.each(['--', '－－', '—', '─', '-', '一一', '/', '//', '无', '无。', '暂无', '略', 'N/A', '——。', ' - '])(
    '%j is a hint and becomes ——',
    (text) => {
      expect(codesFor(text)).toContain('placeholder/variant')
      expect(fixed('placeholder/variant', text)).toBe('——')
    },
  )

  it('are looked for among the supporting units too, but not in a task', () => {
    expect(codesFor('无', 'supportingUnits')).toContain('placeholder/variant')
    expect(codesFor('无', 'task')).not.toContain('placeholder/variant')
  })

  it.each(['待定', '待定。', '同上', '同前。', '待补充', '序时推进', '按序时进度推进。', '按照时序进度要求推进'])(
    '%s names no work of the period',
    (text) => {
      expect(issuesOf('placeholder/unspecific', spoilt({ 'milestone.P2': text }))).toMatchObject([
        { severity: 'hint', column: 'milestone.P2' },
      ])
    },
  )

  it.each(['序时推进。', '按序时进度推进。'])('%s over the whole year is right', (text) => {
    const [, second] = cleanRows()
    const { number = '', task = '', leadUnits = '' } = second.cells
    const cells = { number, task, leadUnits, supportingUnits: '——', 'milestone.P1': text }
    const whole = { ...second, cells, spans: { 'milestone.P1': 4 } }
    expect(issuesOf('placeholder/unspecific', tableOf([whole], false))).toEqual([])
  })

  it.each([
    '——',
    '同步推进序时任务。',
    '待定址后开工。',
    '按序时进度完成投资300万元。',
    '无障碍设施完工。',
    '一一核对台账。',
  ])('%s is none', (text) => {
    expect(codesFor(text)).toEqual([])
  })

  it.each(['——完成招标。', '完成招标。——', '完成招标。\n——'])('%j beside words is a hint', (text) => {
    expect(codesFor(text)).toEqual(['placeholder/beside-text'])
  })

  it.each([
    '重点是学前教育——包括托育——的普及。',
    '——完成选址；\n——完成招标。',
    '——完成选址。\n另完成招标。',
    '建立区——镇——村网络。',
  ])('%j is a dash in prose', (text) => {
    expect(codesFor(text)).toEqual([])
  })
})

/** The second period of the plan of the tests runs from 2030-04-01 and is due on 2030-06-30. */
describe('a time outside the period', () => {
  it.each([
    ['9月底前完成施工。', 'deadline/late'],
    ['9月完成施工。', 'deadline/late'],
    ['7月5日前完成施工。', 'deadline/late'],
    ['年底前全面建成。', 'deadline/late'],
    ['三季度末完成招标。', 'deadline/late'],
    ['2030年12月31日前完成。', 'deadline/late'],
    ['于9月底前完成施工。', 'deadline/late'],
    ['2031年3月底前完成施工。', 'deadline/late'],
    ['于2029年8月31日前完成主体施工。', 'deadline/early'],
    ['2029年12月底前完成选址。', 'deadline/early'],
    ['4月31日前完成选址。', 'deadline/impossible'],
    ['2030年2月29日前完成选址。', 'deadline/impossible'],
    ['9月31日前完成选址。', 'deadline/impossible'],
    ['13月底前完成选址。', 'deadline/impossible'],
    ['15月份完成选址。', 'deadline/impossible'],
    ['3月底前完成选址。', 'deadline/early'],
    ['一季度末完成选址。', 'deadline/early'],
  ])('%s is a hint: %s', (text, code) => {
    expect(issuesOf(code, spoilt({ 'milestone.P2': text }))).toMatchObject([
      { severity: 'hint', column: 'milestone.P2' },
    ])
  })

  it.each([
    '6月底前完成施工。',
    '始建于2029年3月，设施老化。',
    '于2029年3月开工的项目完成验收。',
    '执行2029年3月修订的标准。',
    '2028年2月29日出生的儿童入园。',
    '已在2029年底前完成选址。',
    '4月20日前完成选址，6月30日前开工。',
    '二季度完成招标。',
    '上半年完成招标。',
    '每月10日前报送进度。',
    '从5月起实施，自9月1日起执行。',
    '已于3月底完成选址。',
    '3月底前已完成选址，正在招标。',
    '完成2029年12月底欠账清理。',
    '完成招标，确保12月底前完工。',
    '完成招标，力争9月开工。',
    '4月至9月开展整治。',
    '4—9月开展整治。',
    '对9月龄婴幼儿开展筛查。',
    '筹备“9月开学季”活动。',
    '第12个健身日开展活动。',
    '做好春节前后保供。',
    '完成1-9月数据核对。',
    '全年开展服务。',
    '3月召开启动会，形成清单。',
    '9月底前完成招标，6月底前完成设计。',
    '5月底前完成设计，9月底前完成招标。',
  ])('%s is silent', (text) => {
    expect(codesFor(text).filter((code) => code.startsWith('deadline/'))).toEqual([])
  })

  it('goes by the dates of the period, not by its label, and by all that a cell covers', () => {
    const label = {
      ...plan,
      periods: plan.periods.map((p) => (p.key === 'P4' ? { ...p, label: '2031年1月', to: '2031-01-31' } : p)),
    }
    const table = { ...spoilt({ 'milestone.P4': '12月底全面完成。' }), spec: breakdownSpec(label) }
    expect(issuesOf('deadline/late', table, { ...context, periods: label.periods })).toEqual([])
    const [, second] = cleanRows()
    const spanning = { ...second, cells: { ...second.cells, 'milestone.P1': '6月底前完成选址。' } }
    expect(issuesOf('deadline/late', tableOf([spanning], false))).toEqual([])
    const single = { ...spanning, spans: {} }
    expect(issuesOf('deadline/late', tableOf([single], false))).toHaveLength(1)
    expect(issuesOf('deadline/late', tableOf([single], false), { ...context, unconfirmed: new Set(['r2']) })).toEqual(
      [],
    )
  })
})

describe('a text that differs from the plan', () => {
  it('is a warning that shows both and puts the issued one back', () => {
    const table = spoilt({ task: '新增学位200个。' })
    expect(issuesOf('task/changed', table)).toMatchObject([
      {
        severity: 'warning',
        index: 0,
        column: 'task',
        params: { before: '新增学位300个。', after: '新增学位200个。' },
        fix: [{ to: '新增学位300个。' }],
      },
    ])
    expect(issuesOf('task/changed', table).filter(isSafeFix)).toEqual([])
  })

  it('is nothing by blanks alone, when blank, when another task stands there, or for who may change it', () => {
    for (const task of [' 新增学位300个。\n', '', '新增托位50个。']) {
      expect(issuesOf('task/changed', spoilt({ task }))).toEqual([])
    }
    const table = spoilt({ task: '新增学位200个。' })
    expect(issuesOf('task/changed', table, { ...context, mayChangeTexts: true })).toEqual([])
    expect(issuesOf('task/changed', table, noPlan)).toEqual([])
    expect(issuesOf('task/changed', spoilt({ task: '新增学位200个。' }, { rowId: 'toString' }))).toEqual([])
  })

  it('is found in the annual target where only the commission writes it', () => {
    const columns = [
      ...plan.columns.slice(0, 2),
      { key: 'target' as const, header: '年度目标' },
      ...plan.columns.slice(2),
    ]
    const spec = breakdownSpec({ ...plan, columns })
    const table = { ...spoilt({ target: '新增学位200个' }), spec }
    const planTexts = { r1: { target: '新增学位300个' } }
    expect(issuesOf('task/changed', table, { ...context, planTexts }).map(({ column }) => column)).toEqual(['target'])
  })
})
