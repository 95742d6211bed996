/** Cases of target arithmetic: what a figure of the milestones is to the promise: a part of it, more than it, another thing. */
import type { Case } from './targets-cases-counts.ts'

export const PARTS: Case[] = [
  // A part whose whole is added already closes no gap.
  [
    '完成国土绿化1万亩。',
    ['国土绿化2000亩。', '国土绿化3000亩（其中退化林修复1000亩）。', '国土绿化2000亩。', '国土绿化2000亩。'],
    '1万亩 falls-short warning',
  ],
  [
    '城镇新增就业5000人。',
    ['城镇新增就业2000人，其中高校毕业生500人。', '城镇新增就业2500人，其中高校毕业生500人。'],
    '5000人 falls-short warning',
  ],
  [
    '新建停车位500个，其中充电车位100个。',
    ['新建停车位200个，其中充电车位50个。', '新建停车位250个。其中充电车位50个。'],
    '500个 falls-short warning',
    '100个 not-checkable ok',
  ],
  // It may be meant where it has a period of its own, or is no part of the figure before it.
  ['新建停车位500个。', ['新建停车位200个。', '其中充电车位50个。', '新建停车位250个。'], '500个 scope-differs ask'],
  ['新建停车位500个。', ['新建停车位200个，其中充电车位300个。', '——'], '500个 scope-differs ask'],
  [
    '城镇新增就业5000人。',
    ['城镇新增就业2000人，其中高校毕业生300人。', '城镇新增就业3000人，其中高校毕业生400人。'],
    '5000人 adds-up ok',
  ],
]
