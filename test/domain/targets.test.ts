/**
 * Target arithmetic case by case, over the fields and manners of many counties: the verdict and the severity
 * of every figure of a target.
 */
import { describe, expect, it, test } from 'vitest'
import { checkTargets, subjectOf, subjectsOf } from '../../domain/targets.ts'
import { CONDITIONS, OTHER_YEARS } from './targets-cases-conditions.ts'
import { CUMULATIVE, SUMS } from './targets-cases-counts.ts'
import { MIXED, RATES, SHARES, WORDS } from './targets-cases-mixed.ts'
import { NOTATION, OTHER_WAYS, RETURNING } from './targets-cases-notation.ts'
import { BOUNDS, DECLINES, OTHER_THINGS, PARTS, STRETCHES, TOTALS } from './targets-cases-promises.ts'
import { ENDS, FINISHES, PERIOD_SHARES } from './targets-cases-shares.ts'
import { SPANS } from './targets-cases-spans.ts'
import { taskOf, verdictsOf } from './targets-support.ts'

test.each([
  ...SUMS,
  ...CUMULATIVE,
  ...RATES,
  ...SHARES,
  ...PERIOD_SHARES,
  ...ENDS,
  ...SPANS,
  ...OTHER_YEARS,
  ...CONDITIONS,
  ...FINISHES,
  ...NOTATION,
  ...RETURNING,
  ...OTHER_WAYS,
  ...WORDS,
  ...MIXED,
  ...PARTS,
  ...STRETCHES,
  ...OTHER_THINGS,
  ...TOTALS,
  ...BOUNDS,
  ...DECLINES,
])('%s %j', (target, milestones, ...verdicts) => {
  expect(verdictsOf(taskOf(target, ...milestones))).toEqual(verdicts)
})

describe('checkTargets', () => {
  it('writes the figures out in one unit', () => {
    const arithmetic = (target: string, ...texts: string[]) => checkTargets(taskOf(target, ...texts))[0]?.arithmetic
    expect(arithmetic('发放贷款1亿元。', '发放贷款2000万元。', '发放贷款3000万元。')).toBe(
      '2000+3000=5000万元，目标1亿元（10000万元），少5000万元',
    )
    expect(arithmetic('发放贷款1亿元。', '发放贷款5000万元。', '发放贷款0.5亿元。')).toBe('0.5+0.5=1亿元，目标1亿元')
    expect(arithmetic('造林100亩。', '造林33.3亩。', '造林66.7亩。')).toBe('33.3+66.7=100亩，目标100亩')
    expect(arithmetic('培训100名教师。', '培训教师40人。', '培训教师60人。')).toBe('40+60=100名，目标100名')
    expect(arithmetic('改造危房不超过500户。', '改造危房200户。', '改造危房100户。')).toBe('200+100=300户，目标500户')
    expect(arithmetic('失业率控制在5%以内。', '失业率4%。', '失业率6%。', '失业率4.5%。')).toBe('4%→6%，目标5%')
    expect(arithmetic('平均住院日降到8天。', '降到9.5天。', '降到9天。', '降到8.5天。')).toBe(
      '9.5天→9天→8.5天，目标8天，多0.5天',
    )
    expect(arithmetic('铺设燃气管线64公里。', '完成工程量的40%。', '完成工程量的60%。')).toBe('40+60=100%')
    expect(arithmetic('合格率达到95%。', '合格率达到90%。', '合格率达到95%。')).toBe('90%→95%，目标95%')
  })

  it('points at each figure in its milestone', () => {
    const task = taskOf('新增学位300个。', '——', '确保新增学位100个。', '新增学位100个。')
    const [check] = checkTargets(task)
    expect(
      check?.evidence.map(({ milestone, start, end }) => task.milestones[milestone]?.text.slice(start, end)),
    ).toEqual(['100个', '100个'])
    expect(check?.evidence[0]?.milestone).toBe(1)
  })

  it('takes an answer for the figures of its subject, and only for those', () => {
    const rising = taskOf('培训教师600人，新增学位600个。', '培训教师100人。', '培训教师200人。', '培训教师600人。')
    const answers = (answer: 'increment' | 'cumulative' | 'elsewhere') => [{ subject: '教师 600人', answer }]
    expect(verdictsOf(rising)).toEqual(['600人 ambiguous ask', '600个 not-covered warning'])
    expect(verdictsOf(rising, answers('cumulative'))[0]).toBe('600人 cumulative-ok ok')
    expect(verdictsOf(rising, answers('increment'))[0]).toBe('600人 exceeds hint')
    expect(verdictsOf(rising, [{ subject: '学位 600个', answer: 'elsewhere' }])).toEqual([
      '600人 ambiguous ask',
      '600个 not-covered ok',
    ])
  })

  it.each(['新增学位1个、', '1个', '、', '累计', '（', '完成工程量的1%。', '甲', '，', '。1,'])(
    'reads cells full of %s in good time',
    (unit) => {
      const text = unit.repeat(30_000 / unit.length)
      checkTargets(taskOf(text, text))
      checkTargets(taskOf('新增学位300个。', text))
    },
  )
})

describe('subjectOf', () => {
  it('names targets of one row apart, and stays within its length', () => {
    const [first, second] = checkTargets(taskOf('新建公厕3座，改建公厕3座。')).map(({ target }) => target)
    expect(subjectsOf([first!, second!])).toEqual(['公厕 3座', '公厕 3座 2'])
    expect(subjectOf({ ...first!, metric: '长'.repeat(100) }, 1)).toHaveLength(60)
    expect(subjectOf({ ...first!, metric: `${'长'.repeat(57)}𠮷` }, 1)).toBe(`${'长'.repeat(57)} 2`)
  })
})
