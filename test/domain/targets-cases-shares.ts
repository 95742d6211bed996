/** Cases of target arithmetic: shares of work, said of a period or since the begin, and ends without a number. */
import type { Case } from './targets-cases-counts.ts'

export const PERIOD_SHARES: Case[] = [
  // What each period adds makes up the whole, in any order.
  [
    '铺设燃气管线64公里。',
    ['完成工程量的40%。', '完成工程量的30%。', '完成工程量的30%。'],
    '64公里 covered-by-share ok',
  ],
  [
    '铺设燃气管线64公里。',
    ['完成总工程量20%。', '完成总工程量30%。', '完成总工程量30%。', '完成总工程量20%。'],
    '64公里 covered-by-share ok',
  ],
  [
    '发放助学贷款5600万元。',
    ['完成年度任务的25%。', '完成年度任务的25%。', '完成年度任务的25%。', '完成年度任务的25%。'],
    '5600万元 covered-by-share ok',
  ],
  [
    '铺设燃气管线64公里。',
    ['完成工程量的20%。', '完成工程量的30%。', '完成工程量的50%。'],
    '64公里 covered-by-share ok',
  ],
  // They may be of each period, and do not make up the whole.
  ['铺设燃气管线64公里。', ['完成工程量的40%。', '完成工程量的30%。', '完成工程量的20%。'], '64公里 ambiguous ask'],
  ['铺设燃气管线64公里。', ['完成工程量的50%。', '完成工程量的30%。', '全面完工。'], '64公里 ambiguous ask'],
  ['铺设燃气管线64公里。', ['完成工程量的30%。', '完成工程量的20%。', '累计完成工程量的70%。'], '64公里 ambiguous ask'],
  // They cannot be.
  [
    '铺设燃气管线64公里。',
    ['完成工程量的60%。', '完成工程量的50%。', '完成工程量的100%。'],
    '64公里 share-regresses error',
  ],
  [
    '铺设燃气管线64公里。',
    ['累计完成工程量的40%。', '累计完成工程量的30%。', '全面完工。'],
    '64公里 share-regresses error',
  ],
  [
    '铺设燃气管线64公里。',
    ['工程进度达到40%。', '工程进度达到30%。', '工程进度达到100%。'],
    '64公里 share-regresses error',
  ],
  // The last of them is the end.
  [
    '发放助学贷款5600万元。',
    ['完成年度任务的15%。', '完成年度任务的40%。', '完成年度任务的70%。'],
    '5600万元 falls-short warning',
  ],
  [
    '发放助学贷款5600万元。',
    ['完成全年目标的15%。', '完成全年目标的40%。', '完成全年目标的70%。'],
    '5600万元 falls-short warning',
  ],
  [
    '铺设燃气管线64公里。',
    ['完成工程量的15%。', '完成工程量的50%。', '完成工程量的90%。'],
    '64公里 falls-short warning',
  ],
  [
    '铺设燃气管线64公里。',
    ['完成总任务的15%以上。', '完成总任务的50%以上。', '完成总任务的90%以上。'],
    '64公里 falls-short warning',
  ],
  [
    '铺设燃气管线64公里。',
    ['完成工程量的15%。', '完成工程量的50%。', '完成剩余50%的工程量。'],
    '64公里 covered-by-share ok',
  ],
  ['铺设燃气管线64公里。', ['完成工程量的15%。', '完成工程量的50%。', '完成竣工验收。'], '64公里 covered-by-share ok'],
  ['铺设燃气管线64公里。', ['完成工程量的15%。', '完成工程量的50%。', '继续施工。'], '64公里 stage-only hint'],
  // A project that is begun, one of several years, and a part of the work need not end with the year.
  ['新建县水厂1座。', ['完成设计。', '完成工程量的20%。', '完成工程量的60%。'], '1座 falls-short hint'],
  ['启动建设幼儿园3所。', ['完成设计。', '完成工程量的20%。', '完成工程量的60%。'], '3所 falls-short hint'],
  [
    '新建幼儿园3所，完成工程量的60%。',
    ['完成设计。', '完成工程量的20%。', '完成工程量的60%。'],
    '3所 falls-short hint',
    '60% share-ok ok',
  ],
  ['新建幼儿园3所。', ['完成设计。', '开工。', '完成主体工程的80%。'], '3所 stage-only hint'],
]

export const ENDS: Case[] = [
  // An end without a number: of one thing, of all, or by its name it is enough.
  ['新建冷链仓库4座。', ['完成选址。', '主体施工。', '竣工验收，投入使用。'], '4座 stage-only hint'],
  ['新建冷链仓库4座。', ['完成选址。', '主体施工。', '全部竣工验收，投入使用。'], '4座 covered-by-share ok'],
  ['新建冷链仓库4座。', ['完成选址。', '主体施工。', '冷链仓库建成投用。'], '4座 covered-by-share ok'],
  ['新建冷链仓库1座。', ['完成选址。', '主体施工。', '竣工验收，投入使用。'], '1座 covered-by-share ok'],
  ['铺设燃气管线64公里。', ['完成选址。', '施工。', '竣工验收，投入使用。'], '64公里 covered-by-share ok'],
]
