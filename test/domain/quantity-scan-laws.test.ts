/** What holds for every text: figures are read back as written, offsets fit, time grows with the text. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compare, exact, exactOf, multiply, parseExact, printExact } from '../../domain/decimal.ts'
import { valueOfChinese } from '../../domain/quantity/numerals.ts'
import { scanQuantities } from '../../domain/quantity/scan.ts'
import { FIGURE_UNITS } from '../../domain/quantity/unit-words.ts'
import { convertUnit, exactValue, factorBetween } from '../../domain/quantity/units.ts'

const DIGITS = '零一二三四五六七八九'

/** 10508 → 一万零五百零八; whole numbers below 10^12. */
function writeChinese(value: number): string {
  if (value === 0) return ''
  for (const [power, word] of [
    [1e8, '亿'],
    [1e4, '万'],
    [1000, '千'],
    [100, '百'],
    [10, '十'],
  ] as const) {
    if (value < power) continue
    const rest = value % power
    const gap = rest > 0 && rest < power / 10 ? '零' : ''
    return `${writeChinese(Math.floor(value / power))}${word}${gap}${writeChinese(rest)}`
  }
  return DIGITS.charAt(value)
}

const group = (digits: string) => digits.replace(/\B(?=(\d{3})+$)/g, ',')
const widen = (digits: string) => digits.replace(/[0-9.]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0))

const BOUNDS = [
  ['', '', '='],
  ['', '以上', '>='],
  ['', '及以上', '>='],
  ['不少于', '', '>='],
  ['不低于', '', '>='],
  ['达到', '', '>='],
  ['≥', '', '>='],
  ['超过', '', '>'],
  ['不超过', '', '<='],
  ['控制在', '以内', '<='],
  ['低于', '', '<'],
  ['约', '', '≈'],
  ['', '左右', '≈'],
  ['力争', '', '='],
] as const

const carrier = fc.constantFrom(
  ['城镇新增就业', '。'],
  ['2024年新建', '，12月底前完成'],
  ['第一批改造', '；第二批开工'],
  ['实施“一村一品”，培育', '，覆盖65岁以上老年人'],
  ['', ''],
  ['（三）全县新增', '，由县教委牵头'],
)
const counter = fc.constantFrom('个', '人', '户', '栋', '批次', '人次', '座', '名', '家', '公里', '平方米', '套')

describe('a quantity that is written is read back', () => {
  test('figures of any style, with any bound, in any sentence', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_999_999 }),
        fc.constantFrom(
          String,
          (value: number) => group(String(value)),
          (value: number) => widen(String(value)),
        ),
        counter,
        fc.constantFrom('', '万'),
        fc.constantFrom(...BOUNDS),
        carrier,
        (value, write, unit, power, [before, behind, comparator], [head, tail]) => {
          const written = `${write(value)}${power}${unit}`
          const text = `${head}${before}${written}${behind}${tail}`
          expect(scanQuantities(text)).toMatchObject([
            { text: written, start: (head + before).length, value, unit: power + unit, comparator },
          ])
        },
      ),
    )
  })

  test('Chinese numerals', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999_999 }), (value) => {
        expect(valueOfChinese(writeChinese(value))).toBe(value)
      }),
    )
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 999_999 }), counter, (value, unit) => {
        const written = writeChinese(value)
        fc.pre(!/^[百千万]+$/.test(written))
        expect(scanQuantities(`共建设${written}${unit}，`)).toMatchObject([{ text: written + unit, value, unit }])
      }),
    )
  })

  test('decimals keep their value to the last digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 1, max: 4 }), (digits, places) => {
        const written = printExact(multiply(exact(BigInt(digits)), exact(1n, 10n ** BigInt(places))))
        const [figure] = scanQuantities(`发放贷款${written}亿元。`)
        expect(figure?.text).toBe(`${written}亿元`)
        const value = figure && exactValue(figure)
        const meant = multiply(parseExact(written)!, exactOf(1e8))
        expect(value && compare(value.min, meant)).toBe(0)
      }),
    )
  })

  test('ranges have both ends in order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9999 }),
        fc.integer({ min: 1, max: 9999 }),
        fc.constantFrom('-', '—', '～', '~', '至', '到'),
        counter,
        (min, more, sign, unit) => {
          const max = min + more
          expect(scanQuantities(`安排${min}${sign}${max}${unit}。`)).toMatchObject([
            { text: `${min}${sign}${max}${unit}`, value: { min, max }, comparator: 'range' },
          ])
        },
      ),
    )
  })

  test('a list shares its unit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 100, max: 999 }), { minLength: 2, maxLength: 6 }),
        counter,
        (values, unit) => {
          const read = scanQuantities(`分别完成${values.join('、')}${unit}。`)
          expect(read.map((figure) => [figure.value, figure.unit])).toEqual(values.map((value) => [value, unit]))
        },
      ),
    )
  })
})

describe('units', () => {
  test('every unit converts there and back without loss', () => {
    for (const unit of FIGURE_UNITS) {
      const { unit: normalized, factor } = convertUnit(unit)
      const back = factorBetween(normalized, unit)
      expect(back && compare(multiply(factor, back), exact(1n)), unit).toBe(0)
      if (unit.length > 1 || normalized !== unit) continue
      const ten = factorBetween(`万${unit}`, unit)
      expect(ten && printExact(ten), unit).toBe('10000')
    }
  })

  test('what counts different things has no factor', () => {
    expect(factorBetween('户', '栋')).toBeUndefined()
    expect(factorBetween('万元', '万平方米')).toBeUndefined()
  })

  test('亿元 and 万元, 亩 and 平方公里 compare exactly', () => {
    const of = (text: string) => exactValue(scanQuantities(`共${text}`)[0]!).min
    expect(compare(of('1.2亿元'), of('12000万元'))).toBe(0)
    expect(compare(of('1500亩'), of('1平方公里'))).toBe(0)
    expect(compare(of('1499.9亩'), of('1平方公里'))).toBe(-1)
    expect(compare(of('0.1%'), of('0.3%'))).toBe(-1)
  })
})

const ALPHABET = [
  ...'0123456789.,，、。；（）“”《》 \n-—～至到和一二三十百千万亿两个人元年月日第约近超不少于以上内达%％平方米公里余多之分/+ABG〔〕',
]
const anyText = fc.oneof(
  fc.string({ unit: fc.constantFrom(...ALPHABET), maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
)

describe('any text at all', () => {
  test('offsets cut the text, in order, without overlap, inside their stretch', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let last = 0
        for (const figure of scanQuantities(text)) {
          expect(figure.text).toBe(text.slice(figure.start, figure.end))
          expect(figure.start).toBeGreaterThanOrEqual(last)
          expect(figure.end).toBeGreaterThan(figure.start)
          expect(figure.from).toBeLessThanOrEqual(figure.start)
          expect(figure.to).toBeGreaterThanOrEqual(figure.end)
          const ends = typeof figure.value === 'number' ? [figure.value] : [figure.value.min, figure.value.max]
          for (const end of ends) expect(Number.isFinite(end)).toBe(true)
          if (typeof figure.value !== 'number') expect(figure.value.min).toBeLessThan(figure.value.max)
          expect((figure.comparator === 'range') === (typeof figure.value !== 'number')).toBe(true)
          expect(() => exactValue(figure)).not.toThrow()
          last = figure.end
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('a full stop parts texts: what stands behind it changes nothing before it', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        fc.pre(!/[“‘「『《〈]/.test(a))
        const before = scanQuantities(`${a}。`)
        expect(scanQuantities(`${a}。${b}`).slice(0, before.length)).toEqual(before)
      }),
    )
  })
})

describe('30,000 characters of anything', () => {
  const LENGTH = 30_000
  const pieces = [
    ...[
      '9',
      '、',
      '万',
      '一',
      '（',
      ' ',
      '\n',
      '.',
      ',',
      '-',
      '至',
      '“',
      '《',
      '”',
      '百',
      '%',
      '约',
      '余',
      '0',
      '两',
      '第',
      '/',
    ],
    ...[
      '1,',
      '1,234',
      '1.',
      '1、',
      '1-',
      '1至',
      '一、',
      '十万',
      '5个',
      '5个、',
      '1/',
      '分之',
      '百分之',
      '1 ',
      '达到的',
      '不',
    ],
    ...[
      '预计',
      '控制在',
      '3个至',
      '一户一',
      '1年',
      '20户',
      '“1',
      '《1》',
      '投资1万',
      '1亿2万',
      '±1%',
      '约的1%',
      '1：',
      'A1',
    ],
  ]
  test.each(pieces)('%j is read in a blink', (piece) => {
    const text = piece.repeat(Math.ceil(LENGTH / piece.length))
    const began = performance.now()
    scanQuantities(text)
    // A quadratic reader takes seconds here; a linear one some dozen milliseconds on a busy machine.
    expect(performance.now() - began).toBeLessThan(1500)
  })
})
