/** Reports against the milestone of their period, by the code that sets milestones against the target. */
import { expect, test } from 'vitest'
import { compareProgress } from '../../domain/targets/progress.ts'

test.each([
  [
    '新增城镇就业2500人，发放贷款1000万元。',
    '截至3月底，新增城镇就业2630人，发放贷款860万元。',
    '2500人 exceeds ok',
    '1000万元 falls-short warning',
  ],
  ['改造户厕300户。', '已完成户厕改造300户。', '300户 restated ok'],
  ['累计抽检60批次。', '累计抽检62批次。', '60批次 exceeds ok'],
  ['累计抽检60批次。', '累计抽检50批次。', '60批次 falls-short warning'],
  ['签约率达到70%。', '签约率达到68.5%。', '70% falls-short warning'],
  ['完成工程量的30%。', '完成工程量的35%。', '30% share-ok ok'],
  ['完成工程量的30%。', '完成工程量的25%。', '30% falls-short warning'],
  ['新增停车位100个。', '正在办理用地手续。', '100个 stage-only hint'],
  ['城镇登记失业率控制在4.5%以内。', '城镇登记失业率为4.8%。', '4.5% exceeds error'],
  ['完成投资1.2亿元。', '完成投资12000万元。', '1.2亿元 restated ok'],
])('%s against %s', (milestone, report, ...verdicts) => {
  const checks = compareProgress(milestone, report)
  expect(checks.map(({ target, verdict, severity }) => `${target.text} ${verdict} ${severity}`)).toEqual(verdicts)
})
