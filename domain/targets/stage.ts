/**
 * How far along its clause says a figure is: 开工3所 and 完工3所 are the same three schools twice.
 */

/** `done` where nothing else is said: 完成3所, 新增3所. */
export type Stage = 'prepared' | 'started' | 'underway' | 'done' | 'accepted'

/** The furthest of plain figures first. */
export const STAGES_BACKWARDS: readonly Stage[] = ['done', 'accepted', 'underway', 'started', 'prepared']

const STAGES: readonly [Stage, RegExp][] = [
  ['accepted', /验收|评估|考核|结算|拨付|拨款|总结|回头看/u],
  [
    'prepared',
    /前期|选址|设计|立项|可研|招标|招投标|批复|申报|方案|摸底|摸排|排查|调研|确定|筛选|遴选|筹备|征地|拆迁|签约|签订|勘察|评审|论证|计划|采购/u,
  ],
  ['underway', /主体|在建|推进|施工中|装修|封顶/u],
  ['started', /开工|动工|启动|进场/u],
]

export function stageOf(clause: string): Stage {
  return STAGES.find(([, words]) => words.test(clause))?.[0] ?? 'done'
}
