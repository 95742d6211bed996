import { describe, expect, it } from 'vitest'
import { checkTable } from '../../domain/check.ts'
import { context, fixed, issuesOf, spoilt } from './checks-support.ts'

const { planTasks, ...unplanned } = context

const supporting = (text: string) => spoilt({ supportingUnits: text })

describe('unit cells', () => {
  it('an unknown name is a warning; one near name is offered as its replacement, and only there', () => {
    const [issue] = issuesOf('units/unknown', supporting('县财政局、县民正局、各乡镇（街道）'))
    expect(issue).toMatchObject({ severity: 'warning', params: { found: '县民正局', candidates: '县民政局' } })
    expect(issue?.fix).toEqual([
      {
        rowId: 'r1',
        column: 'supportingUnits',
        from: '县财政局、县民正局、各乡镇（街道）',
        to: '县财政局、县民政局、各乡镇（街道）',
      },
    ])
  })

  it('an unknown name near to several or to none has no fix', () => {
    const registry = { units: ['县财政局', '县财会局'].map((name) => ({ id: name, name })) }
    const [issue] = issuesOf('units/unknown', spoilt({ leadUnits: '县财务局' }), { ...context, registry })
    expect(issue?.params).toEqual({ found: '县财务局', candidates: '县财政局、县财会局' })
    expect(issue?.fix).toBeUndefined()
    expect(fixed('units/unknown', '县供销联社', 'supportingUnits')).toBeUndefined()
  })

  it('nothing is unknown while a county has not entered its units', () => {
    expect(issuesOf('units/unknown', supporting('某局'), { ...context, registry: { units: [] } })).toEqual([])
  })

  it('an alias and a former name are hints with the name of today as the fix', () => {
    const text = '县人社局，县民政科'
    expect(issuesOf('units/alias', supporting(text))).toMatchObject([
      { severity: 'hint', params: { found: '县人社局', unit: '县人力社保局' } },
    ])
    expect(fixed('units/alias', text, 'supportingUnits')).toBe('县人力社保局，县民政科')
    expect(issuesOf('units/former-name', supporting(text))[0]?.severity).toBe('hint')
    expect(fixed('units/former-name', text, 'supportingUnits')).toBe('县人社局，县民政局')
  })

  it('an alias of two units is asked about', () => {
    expect(issuesOf('units/ambiguous', supporting('县教体部门'))).toMatchObject([
      { severity: 'ask', params: { found: '县教体部门', candidates: '县教委、县民政局' } },
    ])
  })

  it('no lead unit is an error, and the only one about that cell', () => {
    for (const text of ['', ' ', '——', '、']) {
      const issues = checkTable(spoilt({ leadUnits: text }), context)
      expect(issues).toMatchObject([{ code: 'units/no-lead', severity: 'error', column: 'leadUnits' }])
    }
  })

  it.each([
    ['县教委', '——'],
    ['县教委、县财政局', '县财政局'],
    ['县财政局、县教委', '县财政局'],
    ['县财政局、县教委、县民政局', '县财政局、县民政局'],
    ['县财政局、县教育委员会等', '县财政局等'],
  ])('a lead among the supporting units %s is a warning and leaves %s', (text, right) => {
    expect(issuesOf('units/lead-is-supporting', supporting(text))).toMatchObject([
      { severity: 'warning', column: 'supportingUnits' },
    ])
    expect(fixed('units/lead-is-supporting', text, 'supportingUnits')).toBe(right)
  })

  it('a lead that a tail hangs on is reported without a fix; groups are no leads', () => {
    const tailed = issuesOf('units/lead-is-supporting', supporting('县财政局、县教委等27个部门'))
    expect(tailed).toHaveLength(1)
    expect(tailed[0]?.fix).toBeUndefined()
    const groups = spoilt({ leadUnits: '各乡镇（街道）', supportingUnits: '各乡镇（街道）' })
    expect(issuesOf('units/lead-is-supporting', groups)).toEqual([])
  })

  it.each([
    ['牵头单位：县教委；配合单位：县教育委员会', '——', 'leadUnits', undefined],
    ['牵头单位：县教委；配合单位：县财政局、县教委', '——', 'leadUnits', '牵头单位：县教委；配合单位：县财政局'],
    ['县教委（牵头）、县财政局（配合）、县教委（配合）', '——', 'leadUnits', undefined],
    ['县教委', '牵头：县财政局；配合：县民政局、县财政局', 'supportingUnits', '牵头：县财政局；配合：县民政局'],
  ])('a unit that leads and supports in the words of the cell %j is a warning, said once', (lead, text, column, to) => {
    const row = spoilt({ leadUnits: lead, supportingUnits: text })
    const issues = checkTable(row, context).filter((issue) => issue.index === 0 && issue.column === column)
    expect(issues.filter(({ severity }) => severity === 'warning')).toMatchObject([
      { code: 'units/lead-is-supporting', column },
    ])
    expect(issuesOf('units/lead-is-supporting', row)[0]?.fix?.[0]?.to).toBe(to)
  })

  it.each([
    '牵头单位：县教委；配合单位：县财政局',
    '牵头单位：县教委、县财政局；配合单位：各乡镇（街道）',
    '县教委（牵头）、县财政局（配合）',
  ])('units that play one part each in the words of the cell are silent: %s', (leadUnits) => {
    const issues = checkTable(spoilt({ leadUnits, supportingUnits: '——' }), context)
    expect(issues.filter(({ index, column }) => index === 0 && column === 'leadUnits')).toEqual([])
  })

  it('a unit listed twice is a warning, whatever its spelling, and the fix keeps the first', () => {
    const text = '县教委、县人社局、各乡镇（街道）、县人力社保局、县教育委员会'
    const found = issuesOf('units/doubled', spoilt({ leadUnits: '县财政局', supportingUnits: text }))
    expect(found.map(({ severity, params, fix }) => [severity, params.found, fix?.[0]?.to])).toEqual([
      ['warning', '县人力社保局', '县教委、县人社局、各乡镇（街道）、县教育委员会'],
      ['warning', '县教育委员会', '县教委、县人社局、各乡镇（街道）、县人力社保局'],
    ])
  })

  it('words in a lead cell that say who supports make no lead, and divide in their own way', () => {
    const codes = (leadUnits: string) =>
      checkTable(spoilt({ leadUnits, supportingUnits: '——' }), context)
        .filter(({ column }) => column === 'leadUnits')
        .map(({ code }) => code)
    expect(codes('牵头：县教委；配合：县财政局、县民政局')).toEqual([])
    expect(codes('1.县教委\n2.县财政局')).toEqual([])
    expect(codes('配合：县财政局')).toEqual(['units/no-lead'])
  })

  it('a comma behind the tail of a list is no second separator', () => {
    const text = '县教委、县民政局等27个部门，县人力社保局、各乡镇（街道）'
    expect(issuesOf('units/mixed-separators', spoilt({ leadUnits: '县财政局', supportingUnits: text }))).toEqual([])
  })

  it.each([
    '县财政局、县民政局，各乡镇（街道）',
    '县财政局、县民政局，各金融机构',
    '县财政局、县民政局，有关单位、县教委',
    '县财政局、县民政局；\n各乡镇（街道）',
    '县财政局，县民政局，各乡镇（街道）',
  ])('a comma that sets a group off is no second separator: %j', (text) => {
    expect(issuesOf('units/mixed-separators', supporting(text))).toEqual([])
  })

  it('a lead that the registry does not know is known again by its spelling', () => {
    expect(issuesOf('units/lead-is-supporting', spoilt({ leadUnits: '某局', supportingUnits: '某 局' }))).toHaveLength(
      1,
    )
  })

  it.each([
    ['县财政局，县民政局、各乡镇（街道）', '县财政局、县民政局、各乡镇（街道）'],
    ['县财政局；县民政局\n各乡镇（街道）', '县财政局、县民政局、各乡镇（街道）'],
    ['县财政局、县民政局，县残联，各乡镇（街道）', '县财政局、县民政局、县残联，各乡镇（街道）'],
    ['县财政局等，县民政局、\n各乡镇（街道）', '县财政局等、县民政局、\n各乡镇（街道）'],
  ])('separators mixed as in %j are a hint and become %j', (text, right) => {
    expect(issuesOf('units/mixed-separators', supporting(text))[0]?.severity).toBe('hint')
    expect(fixed('units/mixed-separators', text, 'supportingUnits')).toBe(right)
  })

  it('a lead that is only a group or a phrase is a warning; a hint where its members are listed', () => {
    for (const leadUnits of ['各乡镇（街道）', '有关部门', '各乡镇（街道）、有关部门'])
      expect(issuesOf('units/group-leads', spoilt({ leadUnits }))).toMatchObject([
        { severity: 'warning', column: 'leadUnits', params: { found: leadUnits } },
      ])
    const registry = { ...context.registry, groups: [{ name: '各乡镇（街道）', members: ['县教委', '县财政局'] }] }
    expect(
      issuesOf('units/group-leads', spoilt({ leadUnits: '各乡镇、街道' }), { ...context, registry }),
    ).toMatchObject([{ severity: 'hint' }])
    for (const leadUnits of ['县教委、各乡镇（街道）', '某局、各乡镇（街道）', '县教体部门', '县教委、县财政局', '——'])
      expect(issuesOf('units/group-leads', spoilt({ leadUnits }))).toEqual([])
  })

  it('the reviewer that leads a task is told who approves it, by whatever form it is known', () => {
    const by = { ...context, reviewer: '某某县教育委员会' }
    expect(issuesOf('units/reviewer-leads', spoilt({ leadUnits: '县财政局、县教委' }), by)).toMatchObject([
      { severity: 'hint', rowId: 'r1', column: 'leadUnits', params: { found: '县教委' } },
    ])
    expect(issuesOf('units/reviewer-leads', spoilt({ leadUnits: '县财政局' }), by)).toEqual([])
    expect(issuesOf('units/reviewer-leads', spoilt({ leadUnits: '县教委' }))).toEqual([])
    const unknown = { ...context, reviewer: '县发展改革委' }
    expect(issuesOf('units/reviewer-leads', spoilt({ leadUnits: '县发展改革委' }), unknown)).toEqual([])
  })

  it.each([
    ['6月底前由县人社局牵头完成培训。', '6月底前由县人力社保局牵头完成培训。'],
    ['某某县人社局、县财政局联合印发方案。', '某某县人力社保局、县财政局联合印发方案。'],
    ['县人力资源和社会保障局完成审核。', '县人力社保局完成审核。'],
  ])('a text that names a unit of its row otherwise is a hint: %s', (text, right) => {
    const table = spoilt({ leadUnits: '县人力社保局', 'milestone.P2': text })
    const [issue] = issuesOf('units/named-two-ways', table)
    expect(issue).toMatchObject({ severity: 'hint', column: 'milestone.P2', params: { other: '县人力社保局' } })
    expect(issue?.fix).toMatchObject([{ column: 'milestone.P2', to: right }])
  })

  it.each([
    ['县人力社保局', '由县人力社保局牵头，人力社保局、某某县人力社保局配合。'],
    ['县人力社保局', '县教育委员会另行部署。'],
    ['县人力社保局', '县人社局长负责；县人社系统参与；全县人社局面稳定。'],
    ['县人社局', '由县人社局牵头。'],
    ['县人社局', '由县人力社保局牵头。'],
    ['各乡镇（街道）', '由县人社局指导各乡镇（街道）。'],
  ])('beside %s nothing is named two ways in: %s', (supportingUnits, text) => {
    const table = spoilt({ leadUnits: '县民政局', supportingUnits, 'milestone.P2': text })
    expect(issuesOf('units/named-two-ways', table)).toEqual([])
  })

  it('a unit column in another form than the registry is a hint by itself, not twice', () => {
    const table = spoilt({ leadUnits: '人社局', 'milestone.P2': '由县人力社保局牵头完成。' })
    expect(checkTable(table, context).map(({ code }) => code)).toEqual(['units/alias'])
  })

  it.each([
    ['县住建局', '县财政局、县住房和城乡建设局', 'leadUnits', '县住建局', '县住房和城乡建设局'],
    ['县卫生健康局', '县财政局、县卫健局', 'supportingUnits', '县卫健局', '县卫生健康局'],
    ['县财政局', '县国资委、县国有资产监督管理委员会', 'supportingUnits', '县国资委', '县国有资产监督管理委员会'],
    ['城关镇', '县财政局、城关镇人民政府', 'leadUnits', '城关镇', '城关镇人民政府'],
  ])('two regular forms of one name in %s and %s are a hint while the table is its own registry', (...row) => {
    const [leadUnits, supportingUnits, column, found, unit] = row
    const table = spoilt({ leadUnits, supportingUnits })
    const units = ['县住建局', '县住房和城乡建设局', '县财政局'].map((name) => ({ id: name, name }))
    for (const registry of [{ units: [] }, { units, county: '某某县' }])
      expect(issuesOf('units/named-two-ways', table, { ...unplanned, registry })).toMatchObject([
        { severity: 'hint', column, params: { found, unit } },
      ])
    const inPlan = { ...unplanned, registry: { units }, ...(planTasks && { planTasks }) }
    expect(issuesOf('units/named-two-ways', table, inPlan)).toEqual([])
  })

  it.each([
    ['县发改局', '县发改委'],
    ['市教育局', '县教育局'],
    ['市住建局', '县住房和城乡建设局'],
    ['云阳县住建局', '奉节县住房和城乡建设局'],
    ['奉节县教育局', '云阳县教育和体育局'],
    ['县农业局', '县农业农村局、县农机局'],
    ['县城管局', '县综合行政执法局'],
    ['县公安局', '县公安局交警大队'],
    ['县纪委', '县监委'],
    ['县水务局', '县水务公司、县水务集团'],
    ['县中医院', '县医院、县人民医院'],
    ['县政府', '县人民政府'],
  ])('%s and %s are two units, or the same name', (leadUnits, supportingUnits) => {
    const table = spoilt({ leadUnits, supportingUnits })
    expect(issuesOf('units/named-two-ways', table, { ...unplanned, registry: { units: [] } })).toEqual([])
  })

  it('a unit in brackets that supports what the one before it leads is told from one that leads twice', () => {
    const codes = (leadUnits: string, supportingUnits: string) =>
      checkTable(spoilt({ leadUnits, supportingUnits }), context)
        .filter(({ column }) => column === 'leadUnits' || column === 'supportingUnits')
        .map(({ code }) => code)
    expect(codes('县教委（县财政局配合）', '——')).toEqual([])
    expect(codes('县教委（县财政局）', '县财政局')).toEqual(['units/lead-is-supporting'])
    expect(codes('县教委（县财政局）、县财政局', '——')).toEqual(['units/doubled'])
    expect(fixed('units/doubled', '县教委（县财政局）、县财政局', 'leadUnits')).toBeUndefined()
  })

  it('和 and 与 in a name are no other name, but the registry has its own', () => {
    const registry = { units: [{ id: 'u1', name: '县人力资源和社会保障局' }] }
    const table = spoilt({ supportingUnits: '县人力资源与社会保障局' })
    expect(issuesOf('units/alias', table, { ...context, registry })).toMatchObject([
      { severity: 'hint', params: { found: '县人力资源与社会保障局', unit: '县人力资源和社会保障局' } },
    ])
  })
})
