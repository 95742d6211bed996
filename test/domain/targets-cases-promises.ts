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

export const STRETCHES: Case[] = [
  // What is striven for beyond a plain figure of the same thing accuses nobody.
  [
    '建设人才公寓300套，力争完成320套。',
    ['建成100套。', '建成110套。', '建成100套。'],
    '300套 exceeds ok',
    '320套 not-checkable ok',
  ],
  [
    '招商引资到位资金20亿元，奋力冲刺25亿元。',
    ['到位资金8亿元。', '到位资金7亿元。', '到位资金6亿元。'],
    '20亿元 exceeds ok',
    '25亿元 not-checkable ok',
  ],
  [
    '新改建公厕10座，争取新改建12座。',
    ['新改建公厕4座。', '新改建公厕4座。', '新改建公厕2座。'],
    '10座 adds-up ok',
    '12座 not-checkable ok',
  ],
  [
    '新增300个学位，力争400个，冲刺500个。',
    ['新增学位200个，力争220个。', '新增学位100个，力争120个。'],
    '300个 adds-up ok',
    '400个 not-checkable ok',
    '500个 not-checkable ok',
  ],
  [
    '失业率控制在5.5%以内，力争控制在5%以内。',
    ['失业率5.4%。', '失业率5.3%。'],
    '5.5% rate-ok ok',
    '5% not-checkable ok',
  ],
  // The plain figure is owed as ever.
  [
    '建设人才公寓300套，力争完成320套。',
    ['建成100套。', '建成100套。', '建成80套。'],
    '300套 falls-short warning',
    '320套 not-checkable ok',
  ],
  // A figure striven for alone, one of another thing, of another doing or of another stage is a target.
  ['力争建设人才公寓320套。', ['建成100套。', '建成100套。'], '320套 falls-short warning'],
  [
    '新建学校3所，力争新建幼儿园5所。',
    ['建成学校3所。', '新建幼儿园3所。'],
    '3所 adds-up ok',
    '5所 falls-short warning',
  ],
  ['新建公厕3座，力争改建公厕5座。', ['新建公厕3座。', '改建公厕3座。'], '3座 adds-up ok', '5座 falls-short warning'],
]
