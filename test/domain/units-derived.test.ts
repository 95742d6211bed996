/** Laws of reading units: forms that nobody listed never make two units one, and typos never resolve. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FULL_WORDS } from '../../domain/units/words.ts'
import { resolveUnits, type UnitRegistry } from '../../domain/units.ts'
import { COUNTIES } from './units-counties.ts'

const COUNTY = '安平县'
/** Bodies whose forms overlap as much as real ones do. */
const STEMS = [
  '发展和改革委员会 发展改革委 发改委 发改局 发展改革局',
  '文化旅游委 文化和旅游局 文旅局 文化广电旅游局 文化旅游体育局 文体局 文旅体局',
  '住房城乡建委 住房和城乡建设局 住建局 住房建设局 建委 住建委',
  '人力社保局 人力资源和社会保障局 人社局 社会保险局 社保局',
  '交通局 交通运输局 交通运输综合行政执法局 交通执法局',
  '城市管理局 城管局 城市管理综合行政执法局 综合行政执法局 综合执法局',
  '市场监管局 市监局 市场监督管理局 监委 监察委员会 纪委监委 纪委',
  '农业农村委 农委 农业农村局 农业局 农水局',
  '大数据发展局 大数据局 大数据管理局 数据局',
  '经开区管委会 高新区管委会 经济开发区管委会 管委会',
  '政府办公室 人民政府办公室 府办 政府 人民政府',
  '太平镇 太平镇人民政府 和平镇 城南街道 城南街道办事处',
  '人民医院 中医院 中医医院 医院 第一中学 一中',
]
  .join(' ')
  .split(' ')
const name = fc
  .tuple(fc.constantFrom('', '县', COUNTY, '乐安县', '市'), fc.constantFrom(...STEMS))
  .map(([before, stem]) => before + stem)
/** 县档案馆 is in each, so that all are registries of a 县. */
const registryOf = (names: string[]): UnitRegistry => ({
  county: COUNTY,
  units: [...names, '县档案馆'].map((unit, i) => ({ id: `u${i}`, name: unit })),
})

describe('forms of names that nobody listed', () => {
  it('mean a unit only where no other unit of the registry could be meant', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 12 }), name, (names, words) => {
        const [found] = resolveUnits(words, registryOf(names))
        const possible = names.filter((unit) => resolveUnits(words, registryOf([unit]))[0]?.unit === unit)
        if (names.includes(words)) expect(found).toMatchObject({ via: 'name', unit: words })
        else if (possible.length === 1 && found?.via !== 'ambiguous')
          expect(found).toMatchObject({ via: 'alias', unit: possible[0] })
        else if (possible.length > 0) {
          // 市第一中学 beside the county's own is asked about too, though alone it would only be a suggestion.
          expect(found?.via).toBe('ambiguous')
          expect(names).toEqual(expect.arrayContaining(found?.candidates ?? []))
          if (names.length <= 3) expect(found?.candidates).toEqual(expect.arrayContaining(possible))
          else expect(possible.some((unit) => found?.candidates?.includes(unit))).toBe(true)
        } else expect(found?.unit).toBeUndefined()
      }),
    )
  })

  it('give way to what the county lists', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 2, maxLength: 8 }), name, ([first, ...names], alias) => {
        fc.pre(first !== alias && !names.includes(alias))
        const registry = registryOf([first!, ...names])
        registry.units[0]!.aliases = [alias]
        expect(resolveUnits(alias, registry)[0]).toMatchObject({ via: 'alias', unit: first })
      }),
    )
  })

  it.each([...FULL_WORDS])('%s stands for %j and the other way round', (form, fulls) => {
    const ending = /[委办部室局院社会联协校区中]$|政府$|医院$/.test(form) ? '' : '局'
    for (const full of fulls)
      for (const [listed, written] of [
        [full, form],
        [form, full],
      ] as const) {
        const unit = `县${listed}${ending}`
        for (const before of ['县', COUNTY])
          expect(resolveUnits(`${before}${written}${ending}`, registryOf([unit]))[0]?.unit).toBe(unit)
      }
  })
})

describe('typos', () => {
  const registries = Object.values(COUNTIES).map(({ registry }) => registry)
  const unitOf = fc
    .constantFrom(...registries)
    .chain((registry) => fc.record({ registry: fc.constant(registry), unit: fc.constantFrom(...registry.units) }))
    .filter(({ unit }) => /^\p{Script=Han}+$/u.test(unit.name))

  it('never resolve where a character is another', () => {
    fc.assert(
      fc.property(unitOf, fc.nat(), fc.constantFrom(...'鑫垚淼焱森犇'), ({ registry, unit }, at, other) => {
        const i = at % unit.name.length
        const typo = unit.name.slice(0, i) + other + unit.name.slice(i + 1)
        const [found] = resolveUnits(typo, registry)
        // In the name of the county it is another county's unit, and in a level none.
        expect([typo, found?.unit]).toEqual([typo, undefined])
      }),
    )
  })

  it('never resolve where two neighbours are swapped', () => {
    fc.assert(
      fc.property(unitOf, fc.nat(), ({ registry, unit: { name: right } }, at) => {
        const i = at % (right.length - 1)
        const typo = right.slice(0, i) + right.charAt(i + 1) + right.charAt(i) + right.slice(i + 2)
        // Both ways to write these are official.
        fc.pre(typo !== right && !/编委办|[县区市旗]团委/.test(typo))
        const [found] = resolveUnits(typo, registry)
        expect([typo, found?.unit]).toEqual([typo, undefined])
      }),
    )
  })
})

describe('a cell of the greatest length', () => {
  const SIZE = 30_000
  const { registry } = COUNTIES.DISTRICT
  const many = Array.from({ length: SIZE / 5 }, (_, i) => `区${String.fromCharCode(0x4e00 + i)}某局、`).join('')
  it.each(
    [
      '、',
      '县',
      '区教委',
      '区教委、',
      '区教委和',
      '区教委 ',
      '区教委 区某队 ',
      '区教委（区财政局配合）、',
      '区教委\n',
      '各乡镇、',
      '区局',
      '（牵头）',
      '负责',
      '等',
    ]
      .map((part) => [part, part.repeat(SIZE / part.length)] as const)
      .concat([['new names', many]]),
  )('of nothing but %j is taken apart in time', (_, text) => {
    const from = performance.now()
    resolveUnits(text, registry)
    expect(performance.now() - from).toBeLessThan(2_000)
  })
})
