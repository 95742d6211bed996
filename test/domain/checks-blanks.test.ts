/**
 * Blanks that somebody was to fill: seen in a sentence, never removed by a fix, and not confused with signs that stand
 * there on purpose.
 */
import { describe, expect, it } from 'vitest'
import { findBlanks } from '../../domain/wording/blanks.ts'
import { codesFor, fixed, issuesOf, spoilt } from './checks-support.ts'

const CODE = 'placeholder/unfilled'
const blanksOf = (text: string) => findBlanks(text).map(({ start, end }) => text.slice(start, end))

describe('a blank left to be filled', () => {
  it.each([
    ['完成投资XX万元。', ['XX']],
    ['完成投资ＸＸ万元。', ['ＸＸ']],
    ['完成投资××万元。', ['××']],
    ['完成投资xx万元。', ['xx']],
    ['完成投资**万元。', ['**']],
    ['完成投资（）万元。', ['（）']],
    ['完成投资（  ）万元。', ['（  ）']],
    ['完成投资( )万元。', ['( )']],
    ['完成投资____万元。', ['____']],
    ['完成投资……万元。', ['……']],
    ['完成投资...万元。', ['...']],
    ['完成投资○○万元。', ['○○']],
    ['培训基层农技人员___人次。', ['___']],
    ['新建X个口袋公园。', ['X']],
    ['X月底前完成招标。', ['X']],
    ['×月×日前完成招标。', ['×', '×']],
    ['6月__日前完成。', ['__']],
    ['改造XX大道。', ['XX']],
    ['按照《方案》改造XX大道。', ['XX']],
    ['投入（此处填写金额）万元。', ['（此处填写金额）']],
    ['由（待定）负责。', ['（待定）']],
    ['落实【待补充】。', ['【待补充】']],
    ['完成投资   万元。', ['   ']],
    ['完成投资 万元。', [' ']],
    ['惠及　户。', ['　']],
    ['新建   个口袋公园。', ['   ']],
    ['累计投资   ，完成主体。', ['   ']],
    ['于  月底前完成。', ['  ']],
    ['2030年 月 日前完成。', [' ', ' ']],
    ['完成第  批招标。', ['  ']],
  ])('%s', (text, blanks) => {
    expect(blanksOf(text)).toEqual(blanks)
    const issues = issuesOf(CODE, spoilt({ 'milestone.P2': text }))
    expect(issues.map(({ severity, fix }) => [severity, fix])).toEqual(blanks.map(() => ['warning', undefined]))
  })

  it('is shown with what stands around it, in the text of a task too', () => {
    expect(issuesOf(CODE, spoilt({ task: '新增学位XX个。' }))).toMatchObject([
      { column: 'task', params: { found: 'XX', excerpt: '新增学位XX个。' } },
    ])
  })

  it('is never taken away as a stray blank, though others of its cell are', () => {
    expect(codesFor('完成投资   万元。')).toEqual([CODE])
    expect(fixed('space/stray', '完成 投资   万元。')).toBe('完成投资   万元。')
    expect(fixed('space/stray', '完成投资三 万元。')).toBe('完成投资三万元。')
    expect(fixed('space/stray', '每 月底前报送。')).toBe('每月底前报送。')
  })

  it.each(['XX', '——', '____', '/', '待定'])('%s as the whole of a milestone is told by another rule', (text) => {
    expect(codesFor(text)).not.toContain(CODE)
  })
})

it.each([
  '配备X光机2台，采用X射线检测。',
  '推进3+X模式，完善1+N+X体系。',
  '采购XX-200设备，采购XX型号设备，采购XXL工服。',
  '检查项目*为必查项。',
  '*注：按月调度。',
  '落实《关于……的通知》。',
  '开展“我为群众办实事……”活动。',
  '印发《XX县行动方案》。',
  '绿化、亮化……人居环境改善。',
  '硬化10×20米场地，占地2*3亩。',
  '使用user_name和a__b字段。',
  '联系电话138****1234。',
  '推进“X+养老”，开展“XX”行动。',
  '○完成选址。',
  '二○三○年完成，二〇三〇年底前完成。',
  '投资3  万元，完成 3 万元投资。',
  '降低 万元产值能耗。',
  '举办 万人健步走。',
  '开展  个人所得税宣传，建设  家庭农场。',
  '建设 万亩高标准农田，培育 亿元企业。',
  '力争 月底前完成，合理安排 场次。',
  '投资计划表（单位： 万元）。',
  '○年底前完成选址。',
  '□家庭困难 □名下无房',
  '开展 月度调度。',
  '投入资金  用于改造。',
  '第 一批。',
  '完成验收（请加强后期管理，请补办手续）。',
  '填写登记表（填写要求另发）。',
])('%s leaves nothing to be filled', (text) => {
  expect(blanksOf(text)).toEqual([])
})

it('is found in linear time', () => {
  for (const part of ['_', 'X', '…', '.', '。', '（', '* ', '（ ）', '[此处填', '月 ', '投资  ', 'a_', '×', '  ']) {
    const text = `完成${part.repeat(30_000 / part.length)}a`
    const start = performance.now()
    findBlanks(text)
    expect(performance.now() - start, part).toBeLessThan(500)
  }
})
