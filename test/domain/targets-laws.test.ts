/** Laws of target arithmetic: whatever a target is split into, the verdict follows from the figures alone. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkTargets } from '../../domain/targets.ts'
import { taskOf } from './targets-support.ts'

const THINGS = [
  ['新增', '学位', '个'],
  ['改造', '户厕', '户'],
  ['培训', '养老护理员', '人次'],
  ['建设', '高标准农田', '亩'],
  ['发放', '稳岗补贴', '万元'],
  ['新建', '供水管网', '公里'],
] as const

const thing = fc.constantFrom(...THINGS)
/** In tenths, so that sums are decimals which numbers of JavaScript would miss. */
const parts = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 2, maxLength: 8 })
const tenths = (value: number) => `${Math.floor(value / 10)}${value % 10 === 0 ? '' : `.${value % 10}`}`
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

function verdictOf(target: string, ...texts: string[]) {
  return checkTargets(taskOf(target, ...texts))[0]
}

test('what a target is split into adds up, whatever the split and the order', () => {
  fc.assert(
    fc.property(thing, parts, ([verb, noun, unit], values) => {
      const say = (value: number) => `${verb}${noun}${tenths(value)}${unit}。`
      expect(verdictOf(say(total(values)), ...values.map(say))).toMatchObject({ verdict: 'adds-up', severity: 'ok' })
      expect(verdictOf(say(total(values)), ...values.toReversed().map(say))?.verdict).toBe('adds-up')
    }),
  )
})

test('one part left out falls short, by just that part', () => {
  fc.assert(
    fc.property(thing, parts, fc.nat(), ([verb, noun, unit], values, which) => {
      const say = (value: number) => `${verb}${noun}${tenths(value)}${unit}。`
      const left = which % values.length
      const check = verdictOf(say(total(values)), ...values.map((value, at) => (at === left ? '——' : say(value))))
      expect(check).toMatchObject({ verdict: 'falls-short', severity: 'warning' })
      expect(check?.written?.gap).toBe(`${tenths(values[left]!)}${unit}`)
    }),
  )
})

test('the year so far never falls and reaches the target, or else it is said', () => {
  fc.assert(
    fc.property(thing, parts, ([verb, noun, unit], values) => {
      const say = (value: number) => `累计${verb}${noun}${tenths(value)}${unit}。`
      const running = values.map((_, at) => total(values.slice(0, at + 1)))
      const target = `${verb}${noun}${tenths(total(values))}${unit}。`
      expect(verdictOf(target, ...running.map(say))).toMatchObject({ verdict: 'cumulative-ok', severity: 'ok' })
      const [first = 0, second = 0, ...rest] = running
      if (rest.length === 0) return
      const fallen = [second, first, ...rest].map(say)
      expect(verdictOf(target, ...fallen)).toMatchObject({ verdict: 'cumulative-falls', severity: 'error' })
    }),
  )
})

test('shares of work that rise to the whole cover a count', () => {
  fc.assert(
    fc.property(
      thing,
      fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 5 }),
      ([verb, noun, unit], values) => {
        const say = (value: number) => `完成工程量的${value}%。`
        const rising = [...values].sort((a, b) => a - b)
        const target = `${verb}${noun}12${unit}。`
        expect(verdictOf(target, ...rising.map(say), say(100))).toMatchObject({
          verdict: 'covered-by-share',
          severity: 'ok',
        })
        if (rising.length > 1)
          expect(verdictOf(target, ...rising.toReversed().map(say), say(100))?.verdict).toBe('share-regresses')
      },
    ),
  )
})

test('shares of each period that make up the whole cover a count in any order, and are written as their sum', () => {
  fc.assert(
    fc.property(thing, parts, ([verb, noun, unit], values) => {
      const sum = total(values)
      const shares = values.map((value) => Math.floor((value * 100) / sum))
      shares[0] = (shares[0] ?? 0) + 100 - total(shares)
      fc.pre(shares.every((share) => share > 0 && share < 100))
      const check = verdictOf(`${verb}${noun}12${unit}。`, ...shares.map((share) => `完成工程量的${share}%。`))
      expect(check).toMatchObject({ verdict: 'covered-by-share', severity: 'ok' })
      expect(check?.arithmetic).toBe(`${shares.join('+')}=100%`)
    }),
  )
})

test('亿元 and 万元 are the same money, 公顷 and 平方公里 the same land', () => {
  const units = [
    ['发放贷款', '亿元', '万元', 10_000],
    ['治理水土流失面积', '平方公里', '公顷', 100],
    ['铺设管网', '公里', '米', 1000],
    ['收运垃圾', '万吨', '吨', 10_000],
  ] as const
  fc.assert(
    fc.property(
      fc.constantFrom(...units),
      parts,
      fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
      ([what, large, small, factor], values, which) => {
        const say = (value: number, at: number) =>
          `${what}${which[at] ? `${(value * factor) / 10}${small}` : `${tenths(value)}${large}`}。`
        expect(verdictOf(`${what}${tenths(total(values))}${large}。`, ...values.map(say))?.verdict).toBe('adds-up')
      },
    ),
  )
})

test('the order of the clauses in a cell changes nothing', () => {
  fc.assert(
    fc.property(fc.uniqueArray(thing, { minLength: 2, maxLength: 4 }), fc.nat(4), (things, turn) => {
      const clauses = things.map(([verb, noun, unit], at) => `${verb}${noun}${100 + at}${unit}`)
      const turned = clauses.map((_, at) => clauses[(at + turn) % clauses.length]!)
      const target = `${things.map(([verb, noun, unit], at) => `${verb}${noun}${2 * (100 + at)}${unit}`).join('，')}。`
      for (const cell of [clauses, turned]) {
        const checks = checkTargets(taskOf(target, `${cell.join('，')}。`, `${cell.join('。')}。`))
        expect(checks.map(({ verdict }) => verdict)).toEqual(things.map(() => 'adds-up'))
      }
    }),
  )
})

const anyThing = fc
  .record({
    verb: fc.constantFrom('新增', '改造', '培训', '建设', '发放', '整治', '铺设', '更新', '翻修', '缝制'),
    noun: fc.constantFrom('护理员', '口袋公园', '沥青路面', '公交车', '示范点', '棉衣', '渠道', '路灯'),
    unit: fc.constantFrom('个', '户', '人', '亩', '万元', '公里', '辆', '件'),
  })
  .map(
    ({ verb, noun, unit }) =>
      (value: number) =>
        `${verb}${noun}${value}${unit}`,
  )

test('累计 said of another figure in the cell makes nothing of one with a verb of its own', () => {
  const values = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 2, maxLength: 4 })
  fc.assert(
    fc.property(anyThing, values, fc.constantFrom('', '6月底前', '力争'), (say, amounts, lead) => {
      const texts = amounts.map((value, at) => `${lead}累计接入村卫生室${at + 3}间，${say(value)}。`)
      const checks = checkTargets(taskOf(`接入村卫生室${amounts.length + 2}间，${say(total(amounts))}。`, ...texts))
      expect(checks.map(({ severity }) => severity)).toEqual(['ok', 'ok'])
      // One part less is no certain shortfall where the figures make sense as the year so far, too.
      const less = checkTargets(taskOf(`接入村卫生室${amounts.length + 2}间，${say(Math.max(...amounts))}。`, ...texts))
      expect(less.map(({ severity }) => severity)).not.toContain('error')
      expect(less.map(({ severity }) => severity)).not.toContain('warning')
    }),
  )
})

test('a verb alone behind a clause on another thing speaks of the target of its unit', () => {
  fc.assert(
    fc.property(parts, fc.constantFrom('改造提升', '新建', '整治'), (values, verb) => {
      const texts = values.map((value) => `完成食品抽检${value}批次，${verb}${value}家。`)
      const target = `完成食品抽检${total(values)}批次，${verb}农贸市场${total(values)}家。`
      expect(checkTargets(taskOf(target, ...texts)).map(({ verdict }) => verdict)).toEqual(['adds-up', 'adds-up'])
    }),
  )
})

test('what would make a target up exactly is asked about, whatever it is called', () => {
  fc.assert(
    fc.property(parts, fc.integer({ min: 1, max: 5000 }), (values, rest) => {
      const target = `资助困难学生${total(values) + rest}人次，其中大学新生${rest}人。`
      const texts = values.map((value) => `资助困难学生${value}人次。`)
      const [check] = checkTargets(taskOf(target, ...texts, `资助大学新生${rest}人。`))
      expect(['ask', 'ok']).toContain(check?.severity)
    }),
  )
})

test('increments that make up the target never fall short, whatever else is said of the work', () => {
  const lead = fc.constantFrom('', '力争', '确保', '集中', '分批', '6月底前', '持续推进项目，', '每月调度进度，')
  const tail = fc.constantFrom('', '，完成验收', '，投入使用', '，全面完成年度任务', '，拨付资金60%', '，开展绩效评价')
  fc.assert(
    fc.property(thing, parts, lead, tail, ([verb, noun, unit], values, before, behind) => {
      const say = (value: number) => `${before}${verb}${noun}${tenths(value)}${unit}${behind}。`
      const check = verdictOf(`${verb}${noun}${tenths(total(values))}${unit}。`, ...values.map(say))
      expect(check?.severity).toBe('ok')
      // Nor does what follows the work make up for a part that is missing.
      const [, ...less] = values.map(say)
      if (less.length > 1 && !behind.includes('全面'))
        expect(verdictOf(`${verb}${noun}${tenths(total(values))}${unit}。`, ...less)?.verdict).toBe('falls-short')
    }),
  )
})

/** 1000+500=1500个: the terms before the sum. */
const SUM = /([\d.]+(?:\+[\d.]+)+)=([\d.]+)/u

test('a sum that is written is the sum of its terms, whatever its cells say', () => {
  const lead = fc.constantFrom('', '全年', '每月', '每季度', '平均每周', '累计', '共', '其中', '入户率达到85%，')
  const unit = fc.constantFrom('次', '天', '小时', '场', '%', '人次', '万元', '批次/千人')
  const text = fc
    .tuple(
      lead,
      fc.constantFrom('开展义诊', '义诊', '开放', '平均住院日', '平均等候时间', ''),
      fc.integer({ min: 1, max: 60 }),
      unit,
    )
    .map((said) => said.join(''))
  const cell = fc.array(text, { minLength: 1, maxLength: 2 }).map((texts) => `${texts.join('，')}。`)
  fc.assert(
    fc.property(cell, fc.array(cell, { minLength: 1, maxLength: 6 }), (target, cells) => {
      for (const { arithmetic = '' } of checkTargets(taskOf(target, ...cells))) {
        const [, terms = '0', sum = '0'] = SUM.exec(arithmetic) ?? []
        const tenfold = terms.split('+').map((term) => Math.round(Number(term) * 10))
        expect(total(tenfold), arithmetic).toBe(Math.round(Number(sum) * 10))
      }
    }),
  )
})
