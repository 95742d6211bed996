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

export const OTHER_THINGS: Case[] = [
  // Figures of another thing make up the sum by chance.
  [
    '新增婴幼儿托位300个。',
    ['新增幼儿园学位100个。', '新增幼儿园学位100个。', '新增幼儿园学位100个。'],
    '300个 scope-differs ask',
  ],
  ['新增普惠托位300个。', ['新增普惠性幼儿园学位300个。', '——'], '300个 scope-differs ask'],
  ['新增托位300个。', ['新增停车位150个。', '新增停车位150个。'], '300个 scope-differs ask'],
  [
    '改造城市燃气老旧管网50公里。',
    ['改造供水管网25公里。', '改造供水管网15公里。', '改造供水管网10公里。'],
    '50公里 scope-differs ask',
  ],
  [
    '城区新增公共停车位800个。',
    ['各乡镇新增停车位300个。', '各乡镇新增停车位300个。', '各乡镇新增停车位200个。'],
    '800个 scope-differs ask',
  ],
  ['县城新建公厕8座。', ['乡镇新建公厕4座。', '乡镇新建公厕4座。'], '8座 scope-differs ask'],
  ['新建幼儿园3所。', ['新建敬老院1所。', '新建2所敬老院。'], '3所 scope-differs ask'],
  ['新建口袋公园6个。', ['新建停车场3个。', '新建停车场3个。'], '6个 scope-differs ask'],
  ['改造老旧小区12个。', ['改造农贸市场6个。', '改造农贸市场6个。'], '12个 scope-differs ask'],
  ['救助困难儿童200名。', ['救助困难老人100名。', '救助困难老人100名。'], '200名 scope-differs ask'],
  // Short, long and other names of the same thing, where it is done, and lists of several.
  ['新增公办幼儿园学位300个。', ['公办园新增学位150个。', '公办园新增学位150个。'], '300个 adds-up ok'],
  ['新建充电桩200个。', ['新建充电车位100个。', '新建充电车位100个。'], '200个 adds-up ok'],
  ['建设口袋公园6个。', ['建成小游园3个。', '建成小游园3个。'], '6个 adds-up ok'],
  ['新建农村养老服务站4个。', ['建成幸福院2个。', '建成幸福院2个。'], '4个 adds-up ok'],
  ['改造排水管网20公里。', ['改造雨水管网10公里。', '改造污水管网10公里。'], '20公里 adds-up ok'],
  ['改造供水、燃气管网20公里。', ['改造供水管网10公里。', '改造燃气管网10公里。'], '20公里 adds-up ok'],
  ['改造城市燃气老旧管网50公里。', ['完成管网改造25公里。', '完成管网改造25公里。'], '50公里 adds-up ok'],
  ['新建学校3所。', ['新建幼儿园1所。', '新建小学2所。'], '3所 adds-up ok'],
  ['改造公厕8座。', ['人民公园改造3座。', '农贸市场改造5座。'], '8座 adds-up ok'],
  ['改造公厕10座。', ['改厕5座。', '改造厕所5座。'], '10座 adds-up ok'],
  ['城区新增停车位800个。', ['新增停车位400个。', '老城区新增停车位400个。'], '800个 adds-up ok'],
]

export const TOTALS: Case[] = [
  // The clause before a bare total says what it is of.
  [
    '从严控制节庆展会支出，全年支出总额不超过1200万元。',
    ['节庆展会支出450万元。', '节庆展会支出450万元。', '节庆展会支出450万元。'],
    '1200万元 exceeds error',
  ],
  [
    '从严控制节庆展会支出，全年支出总额不超过1200万元。',
    ['节庆展会支出450万元。', '节庆展会支出350万元。', '节庆展会支出400万元。'],
    '1200万元 adds-up ok',
  ],
  // Spending on something else is none of it.
  [
    '从严控制节庆展会支出，全年支出总额不超过1200万元。',
    ['公务接待费支出800万元。', '公务接待费支出900万元。'],
    '1200万元 stage-only hint',
  ],
]

export const BOUNDS: Case[] = [
  // A level to be kept may come and go within its bound, and leaves it only beyond.
  [
    '生活垃圾无害化处理率保持在98%以上。',
    ['处理率保持在98.5%以上。', '处理率保持在98.2%以上。', '处理率保持在98%以上。'],
    '98% rate-ok ok',
  ],
  ['城镇登记失业率控制在5%以内。', ['失业率4%。', '失业率4.5%。', '失业率5%。'], '5% rate-ok ok'],
  [
    '巩固率稳定在95%以上，辍学率控制在0.5%以下。',
    ['巩固率95.2%，辍学率0.4%。', '巩固率95.1%，辍学率0.5%。'],
    '95% rate-ok ok',
    '0.5% rate-ok ok',
  ],
  [
    '生活垃圾无害化处理率保持在98%以上。',
    ['生活垃圾无害化处理率98.5%。', '生活垃圾无害化处理率97%。', '生活垃圾无害化处理率98%。'],
    '98% rate-regresses warning',
  ],
  ['生活垃圾无害化处理率达到98%以上。', ['处理率98.5%。', '处理率98.2%。'], '98% rate-regresses hint'],
]

export const DECLINES: Case[] = [
  // Of a decline more is better, whatever goes down.
  ['万元GDP能耗下降3.5%。', ['能耗下降0.5%。', '能耗下降1%。', '能耗下降2.5%。', '能耗下降3.5%。'], '3.5% rate-ok ok'],
  ['万元GDP能耗下降3.5%。', ['能耗下降1%。', '能耗下降2%。', '万元GDP能耗下降4%。'], '3.5% rate-ok ok'],
  [
    'PM2.5平均浓度较上年下降2微克/立方米。',
    ['下降0.5微克/立方米。', '下降1微克/立方米。', '下降2微克/立方米。'],
    '2微克/立方米 rate-ok ok',
  ],
  ['审批时限压缩3个工作日。', ['压缩1个工作日。', '压缩2个工作日。', '压缩3个工作日。'], '3个工作日 rate-ok ok'],
  [
    '万元GDP能耗下降3.5%。',
    ['万元GDP能耗下降1%。', '万元GDP能耗下降2%。', '万元GDP能耗下降3%。'],
    '3.5% falls-short warning',
  ],
  // It may be that of each period alone.
  ['万元GDP能耗下降3%。', ['万元GDP能耗下降1%。', '万元GDP能耗下降1%。', '万元GDP能耗下降1%。'], '3% falls-short hint'],
  ['万元GDP能耗下降3.5%。', ['能耗下降0.5%。', '能耗下降1%。', '能耗下降2%。'], '3.5% falls-short hint'],
  // What is to go down to a level is better where it is less.
  [
    'PM2.5平均浓度下降到35微克/立方米。',
    ['PM2.5平均浓度38微克/立方米。', 'PM2.5平均浓度36微克/立方米。', 'PM2.5平均浓度37微克/立方米。'],
    '35微克/立方米 falls-short warning',
  ],
]
