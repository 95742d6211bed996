import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resolveUnits, type UnitMention, type UnitRegistry } from '../../domain/units.ts'

/** Any UTF-16 unit, lone surrogates included. */
const codeUnit = fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code))

const registry: UnitRegistry = {
  units: [
    { id: 'reform', name: '县发展改革委', aliases: ['县发改委', '发改部门'], formerNames: ['县计委'] },
    { id: 'education', name: '县教委', aliases: ['发改部门'] },
    { id: 'science', name: '县科技局' },
    { id: 'civil', name: '县民政局' },
    { id: 'finance', name: '县财政局' },
    { id: 'market', name: '县市场监管局', formerNames: ['县工商局'] },
    { id: 'housing', name: '县住房城乡建委' },
    { id: 'labour', name: '县人力社保局' },
    { id: 'poverty', name: '县扶贫办', to: '2021-05-31', successor: 'rural' },
    { id: 'rural', name: '县乡村振兴局' },
  ],
  groups: [
    { name: '各乡镇（街道）', aliases: ['各乡镇、街道'] },
    { name: '县政府组成部门', aliases: ['…等27个政府组成部门'], members: ['县教委'] },
  ],
}

const brief = (text: string, by = registry) =>
  resolveUnits(text, by).map(({ text: words, via, unit, group }) =>
    [words, via, unit ?? group].filter(Boolean).join(' '),
  )
const only = (text: string): UnitMention => {
  const mentions = resolveUnits(text, registry)
  expect(mentions).toHaveLength(1)
  return mentions[0]!
}

describe('resolveUnits', () => {
  it('splits at every separator, but not inside brackets, and gives offsets into the text', () => {
    const text = '县教委、县科技局，县民政局,县财政局；县发改委;县市场监管局/各乡镇（街道、园区）\n县人力社保局'
    const mentions = resolveUnits(text, registry)
    expect(mentions.map((mention) => mention.text)).toEqual([
      '县教委',
      '县科技局',
      '县民政局',
      '县财政局',
      '县发改委',
      '县市场监管局',
      '各乡镇（街道、园区）',
      '县人力社保局',
    ])
    for (const { text: words, start, end } of mentions) expect(text.slice(start, end)).toBe(words)
  })

  it.each([
    ['县教委 县消防救援大队', ['县教委', '县消防救援大队 ?']],
    ['某某公司 县财政局', ['某某公司 ?', '县财政局']],
    ['县教委\u3000城东街道 县科技局', ['县教委', '城东街道 ?', '县科技局']],
    ['县 教 委 县消防救援大队', ['县 教 委', '县消防救援大队 ?']],
    ['县教委 体卫艺股', ['县教委 体卫艺股 ?']],
    ['岷川县 财政 中心', ['岷川县 财政 中心 ?']],
    ['县财政局 2人', ['县财政局 2人 ?']],
  ])('a blank beside a known name divides it from what may be another: %j', (text, names) => {
    expect(resolveUnits(text, registry).map(({ text: words, unit }) => (unit ? words : `${words} ?`))).toEqual(names)
  })

  it.each([
    ['县教委（县财政局配合）', ['- 县教委', 'supporting 县财政局']],
    ['县教委（由县财政局、县热源公司参与）', ['- 县教委', 'supporting 县财政局', 'supporting 县热源公司']],
    ['县教委（县财政局配合做好资金保障）', ['- 县教委', 'supporting 县财政局']],
    ['县科技局（县乡村振兴局）', ['- 县科技局', '- 县乡村振兴局']],
    ['县科技局（县乡村振兴局）（牵头）', ['lead 县科技局', 'lead 县乡村振兴局']],
    ['配合：县科技局(县教委、县财政局)', ['supporting 县科技局', 'supporting 县教委', 'supporting 县财政局']],
    ['县科技局（各乡镇、街道）', ['- 县科技局', '- 各乡镇、街道']],
    ['县市场监管局（县工商局）', ['- 县市场监管局']],
    ['县教委（城区学校）、县财政局', ['- 县教委', '- 县财政局']],
    ['县教委（不含县财政局）', ['- 县教委']],
    ['县教委（原县扶贫办）', ['- 县教委']],
    ['县教委（县财政局、县科技局除外）', ['- 县教委']],
    ['县教委（按职责配合）', ['- 县教委']],
  ])('another unit in brackets is a mention, any other remark is none: %s', (text, mentions) => {
    const found = resolveUnits(text, registry)
    expect(found.map(({ text: words, role }) => `${role ?? '-'} ${words}`)).toEqual(mentions)
    for (const { text: words, start, end } of found) expect(text.slice(start, end)).toBe(words)
  })

  it('各 before a group that the county has listed is that group', () => {
    const groups = [{ name: '有关单位', aliases: ['相关单位'] }, { name: '县直部门' }, { name: '乡镇' }]
    const groupsOf = (text: string) => resolveUnits(text, { units: [], groups }).map(({ via, group }) => group ?? via)
    expect(groupsOf('各有关单位、各县直部门，各相关单位')).toEqual(['有关单位', '县直部门', '有关单位'])
    expect(groupsOf('各部门')).toEqual(['placeholder'])
  })

  it.each([
    ['1.县教委 2.县财政局', ['县教委', '县财政局']],
    ['1、县教委\n2、县财政局', ['县教委', '县财政局']],
    ['（1）县教委；（2）县财政局', ['县教委', '县财政局']],
    ['①县教委②县财政局', ['县教委', '县财政局']],
    ['县水利局3.15办公室', ['县水利局3.15办公室']],
    ['县第2、3小学', ['县第2', '3小学']],
  ])('takes the marks of a list off the names: %s', (text, names) => {
    expect(resolveUnits(text, registry).map((mention) => mention.text)).toEqual(names)
  })

  it.each([
    ['牵头：县教委；配合：县财政局、县科技局', ['lead 县教委', 'supporting 县财政局', 'supporting 县科技局']],
    ['牵头单位:县教委\n配合单位:县财政局', ['lead 县教委', 'supporting 县财政局']],
    ['主办：县教委 协办：县财政局', ['lead 县教委', 'supporting 县财政局']],
    ['由县教委、县科技局牵头，县财政局配合', ['lead 县教委', 'lead 县科技局', 'supporting 县财政局']],
    ['县教委（牵头）、县财政局（配合保障）、县科技局', ['lead 县教委', 'supporting 县财政局', '- 县科技局']],
    ['县教委（负责建设）、县民政局', ['- 县教委', '- 县民政局']],
  ])('gives the part that the cell itself names: %s', (text, parts) => {
    expect(resolveUnits(text, registry).map(({ role, unit }) => `${role ?? '-'} ${unit}`)).toEqual(parts)
    expect(resolveUnits(text, { units: [] }).map(({ role, text: name }) => `${role ?? '-'} ${name}`)).toEqual(parts)
  })

  it('knows names, aliases, former names and the units that took over', () => {
    expect(brief('县教委、县发改委、县计委、县扶贫办')).toEqual([
      '县教委 name 县教委',
      '县发改委 alias 县发展改革委',
      '县计委 former-name 县发展改革委',
      '县扶贫办 former-name 县乡村振兴局',
    ])
  })

  it('compares without white space and width', () => {
    expect(brief(' 县 教 委 、各乡镇(街道)')).toEqual(['县 教 委 name 县教委', '各乡镇(街道) group 各乡镇（街道）'])
  })

  it('reads a name wrapped over two lines as one, and a line break between names as a separator', () => {
    expect(brief('县住房城\n乡建委\n县教委')).toEqual(['县住房城\n乡建委 name 县住房城乡建委', '县教委 name 县教委'])
  })

  it('splits at spaces only where every part is known', () => {
    expect(brief('县教委 县财政局')).toEqual(['县教委 name 县教委', '县财政局 name 县财政局'])
    expect(brief('县教委 某某局')).toEqual(['县教委 某某局 unknown'])
  })

  it('reads a phrase with 等 as the unit it names and the group behind it', () => {
    expect(brief('县发展改革委、县教委、县科技局等27个政府组成部门')).toEqual([
      '县发展改革委 name 县发展改革委',
      '县教委 name 县教委',
      '县科技局 name 县科技局',
      '等27个政府组成部门 group 县政府组成部门',
    ])
    expect(brief('县教委等有关单位')).toEqual(['县教委 name 县教委', '等有关单位 placeholder'])
    expect(brief('县教委、县财政局等')).toEqual(['县教委 name 县教委', '县财政局 name 县财政局'])
    expect(brief('县中等职业学校')).toEqual(['县中等职业学校 unknown'])
  })

  it('keeps the name of a group together although it holds a separator', () => {
    expect(brief('县教委、各乡镇、街道')).toEqual(['县教委 name 县教委', '各乡镇、街道 group 各乡镇（街道）'])
  })

  it('leaves out a remark behind a name', () => {
    expect(brief('县教委（牵头）、县财政局(配合)')).toEqual(['县教委 name 县教委', '县财政局 name 县财政局'])
  })

  it.each([
    '各金融机构',
    '全县各部门',
    '相关乡镇（街道）',
    '有关单位',
    '县级有关部门',
    '县双拥工作领导小组成员单位',
    '各乡镇（街道）文化服务中心',
    '镇（街道）',
    '项目所在乡镇',
  ])('knows %s for a placeholder', (text) => {
    expect(only(text)).toMatchObject({ text, via: 'placeholder' })
  })

  it('asks where two units share an alias', () => {
    expect(only('发改部门')).toMatchObject({ via: 'ambiguous', candidates: ['县发展改革委', '县教委'] })
    expect(only('发改部门').unit).toBeUndefined()
  })

  it('asks where one unit has the former name of another as its alias', () => {
    const shared = {
      units: [
        { id: 'a', name: '县甲局', aliases: ['县丙办'] },
        { id: 'b', name: '县乙局', formerNames: ['县丙办'] },
      ],
    }
    expect(brief('县丙办', shared)).toEqual(['县丙办 ambiguous'])
  })

  it.each([
    ['县民正局', '县民政局'],
    ['县人力社宝局', '县人力社保局'],
    ['县人力保社局', '县人力社保局'],
    ['县教畏', '县教委'],
    ['县扶贫力', '县乡村振兴局'],
  ])('never resolves %s, it only suggests %s', (text, candidate) => {
    expect(only(text)).toMatchObject({ via: 'unknown', candidates: [candidate] })
    expect(only(text).unit).toBeUndefined()
  })

  it.each([
    ['教委', '县教委'],
    ['奉节县教委', '县教委'],
    ['市场监管局', '县市场监管局'],
    ['县教育委员会', '县教委'],
    ['县发展和改革委员会', '县发展改革委'],
  ])('reads %s as %s, which official writing calls so although nobody listed it', (text, unit) => {
    expect(only(text)).toMatchObject({ via: 'alias', unit })
  })

  it.each(['市教委', '县邮政局', '县供销联社', '县兴农担保公司', '县委', '县融媒体中心', '羊市镇'])(
    'suggests nothing for %s',
    (text) => {
      const mention = only(text)
      expect(mention.via).toBe('unknown')
      expect(mention.candidates).toBeUndefined()
    },
  )

  it('tells the level of a city from the first character of its units', () => {
    const units = [{ id: 'market', name: '市市场监管局' }]
    expect(brief('市市场监管局、市场监管局', { units })).toEqual([
      '市市场监管局 name 市市场监管局',
      '市场监管局 alias 市市场监管局',
    ])
    expect(resolveUnits('市市场监官局', { units })[0]).toMatchObject({ via: 'unknown', candidates: ['市市场监管局'] })
  })

  it('suggests at most three', () => {
    const units = ['县文甲局', '县文乙局', '县文丙局', '县文丁局'].map((name) => ({ id: name, name }))
    expect(resolveUnits('县文己局', { units })[0]?.candidates).toEqual(['县文甲局', '县文乙局', '县文丙局'])
  })

  it.each(['——', ' —— ', '-', '/', '无', '无。'])('%j is one placeholder', (text) => {
    expect(resolveUnits(text, registry)).toMatchObject([{ via: 'placeholder' }])
    for (const { start, end, text: words } of resolveUnits(text, registry)) expect(text.slice(start, end)).toBe(words)
  })

  it.each(['', ' ', '\n', '、', '等'])('finds nothing in %j', (text) => {
    expect(resolveUnits(text, registry)).toEqual([])
  })

  it('gives ordered, disjoint stretches of any text', () => {
    const part = fc.oneof(
      fc.constantFrom(
        '县教委',
        '县发改委',
        '各乡镇（街道）',
        '等27个政府组成部门',
        '等',
        '（',
        '）',
        '、',
        '\n',
        ' ',
        '；',
        '——',
      ),
      fc.array(codeUnit, { maxLength: 4 }).map((units) => units.join('')),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = parts.join('')
        let end = 0
        for (const mention of resolveUnits(text, registry)) {
          expect(mention.start).toBeGreaterThanOrEqual(end)
          expect(mention.end).toBeGreaterThan(mention.start)
          expect(text.slice(mention.start, mention.end)).toBe(mention.text)
          end = mention.end
        }
        expect(end).toBeLessThanOrEqual(text.length)
      }),
    )
  })

  it('survives a registry whose units succeed one another in a circle', () => {
    const circle = {
      units: [
        { id: 'a', name: '县甲局', successor: 'b' },
        { id: 'b', name: '县乙局', successor: 'a' },
      ],
    }
    expect(resolveUnits('县甲局', circle)).toHaveLength(1)
  })
})
