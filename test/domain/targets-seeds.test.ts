/**
 * Target arithmetic over both notices: every figure of every target, each verdict read against the notice by
 * hand. Fengjie's first row leaves two rates without a milestone; of the others nothing is wrong.
 */
import { expect, test } from 'vitest'
import { checkTable } from '../../domain/check.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import { rowTargets } from '../../domain/target-task.ts'
import { checkNamedLists, isMiscounted } from '../../domain/targets/list.ts'
import { checkTargets } from '../../domain/targets.ts'
import { readSeed } from '../../tools/read-seed.ts'
import { verdictsOf } from './targets-support.ts'

const FENGJIE: Record<number, string[]> = {
  1: [
    '10000人 adds-up ok',
    '1亿元 adds-up ok',
    '2000个 adds-up ok',
    '90% not-covered warning',
    '5.5% not-covered warning',
  ],
  2: ['95% restated ok'],
  3: [],
  4: ['5个 stage-only hint', '100% restated ok', '75% restated ok'],
  5: ['5000至20000元 not-checkable ok'],
  6: ['1070平方米 covered-by-share ok'],
  7: ['2个 restated ok'],
  8: ['1个 covered-by-share ok', '8家 covered-by-share ok', '300人次 stage-only hint'],
  9: ['4个 restated ok'],
  10: [],
  11: [],
  12: ['400张 restated ok'],
  13: ['2个 adds-up ok'],
  14: ['95% restated ok'],
  15: ['66.8% restated ok', '100% rate-ok ok', '61.1% restated ok'],
  16: [],
  17: [],
  18: ['10名 restated ok'],
  19: [],
  20: ['10万平方米 restated ok', '2.28平方米 restated ok'],
  21: [],
  22: [],
  23: ['98.7% restated ok'],
  24: ['7所 stage-only hint', '2000个 restated ok', '100% restated ok'],
  25: [],
  26: [],
  27: ['1250个 covered-by-share ok'],
  28: ['300个 stage-only hint'],
  29: [],
  30: ['50家 not-checkable ok'],
  31: [
    '1亿元 covered-by-share ok',
    '7个 covered-by-share ok',
    '1608户 covered-by-share ok',
    '93栋 covered-by-share ok',
    '27.4万平方米 covered-by-share ok',
  ],
  32: ['200套 stage-only hint'],
  33: ['10% restated ok'],
  34: ['3.6公里 covered-by-share ok'],
  35: ['1条 covered-by-share ok', '270米 not-checkable ok', '6米 not-checkable ok', '100个 covered-by-share ok'],
  36: [
    '一座 covered-by-share ok',
    '2.35万平方米 not-checkable ok',
    '1.35万平方米 not-checkable ok',
    '一座 covered-by-share ok',
    '4万平方米 not-checkable ok',
  ],
  37: ['2次 not-checkable ok', '6万吨 covered-by-share ok'],
  38: [],
  39: [
    '320平方米 not-checkable ok',
    '60个 not-checkable ok',
    '120个 not-checkable ok',
    '一栋 not-checkable ok',
    '1500平方米 not-checkable ok',
    '一座 not-checkable ok',
    '20000余人 not-checkable ok',
    '230余个 not-checkable ok',
    '30余个 not-checkable ok',
    '500余个 not-checkable ok',
    '1500余万元 not-checkable ok',
  ],
  40: ['11.2% restated ok', '12% restated ok'],
  41: ['100% restated ok'],
  42: ['16个 stage-only hint'],
}

/** Without milestones nothing can be summed; the figures are those of the notice. */
const CHENGKOU: Record<number, string[]> = {
  1: ['4个', '3个'],
  2: ['92%', '90%', '75%'],
  3: ['50个', '2.5个'],
  4: [],
  5: ['90%', '34名', '75%'],
  6: ['3家', '18人', '34户'],
  7: ['150公里'],
  8: ['2个', '2座'],
  9: ['100个'],
  10: ['2个', '0.8万平方米', '1条', '3里'],
  11: ['1个'],
  12: ['800名'],
  13: ['4000万元'],
  14: ['100个'],
  15: ['2亿元'],
}

const [fengjie, chengkou] = await Promise.all([readSeed('fengjie-2023'), readSeed('chengkou-2023')])

test.each(fengjie.rows)('Fengjie, task $cells.number', (row) => {
  const read = rowTargets(breakdownSpec({ ...fengjie.plan, state: 'issued' }), row)
  expect(read && verdictsOf(read.task)).toEqual(FENGJIE[Number(row.cells.number)])
})

test.each(chengkou.rows)('Chengkou, task $cells.number', ({ cells }) => {
  const checks = checkTargets({ target: cells.target ?? '', milestones: [] })
  expect(checks.map(({ target }) => target.text)).toEqual(CHENGKOU[Number(cells.number)])
  expect(checks.filter(({ verdict, severity }) => verdict !== 'not-checkable' || severity !== 'ok')).toEqual([])
})

test('both notices have their named lists right', () => {
  const texts = [...fengjie.rows, ...chengkou.rows].flatMap(({ cells }) => Object.values(cells))
  const lists = texts.flatMap((text) => checkNamedLists(text))
  expect(lists.length).toBeGreaterThan(0)
  expect(lists.filter(isMiscounted)).toEqual([])
})

test('the table of Fengjie gets a warning for two targets, and hints for figures that never return', () => {
  const { plan, rows, registry } = fengjie
  const spec = breakdownSpec({ ...plan, state: 'issued' })
  const issues = checkTable({ spec, rows, complete: true }, { registry, periods: plan.periods })
  const said = issues.flatMap(({ code, severity, params, index }) =>
    code.startsWith('target/') ? [`${rows[index ?? 0]?.cells.number} ${code} ${severity} ${params.target}`] : [],
  )
  expect(said).toEqual([
    '1 target/not-covered warning 高校毕业生就业率达90%以上',
    '1 target/not-covered warning 城镇调查失业率控制在5.5%以内',
    '4 target/stage-only hint 完成5个养老服务机构公建民营改革',
    '8 target/stage-only hint 辅助器具适配服务300人次',
    '24 target/stage-only hint 职教中心等7所学校办学条件改善提升工程',
    '28 target/stage-only hint 学位300个',
    '32 target/stage-only hint 保障性租赁住房200套',
    '42 target/stage-only hint 推出“出生一件事”“义务教育阶段学生入学一件事”等16个套餐服务',
  ])
})
