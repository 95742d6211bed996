/**
 * Targets and milestones that call the same thing by different words, several figures under one head,
 * and sizes beside a count: where a hasty reader raises a false alarm or misses a gap.
 */
import { fine, type TaskTruth, task, unsure, wrong } from './targets-truth.ts'

export const NAME_TASKS: TaskTruth[] = [
  task(
    '实施农村公路安全生命防护工程90公里，改造农村公路危桥5座。',
    [
      '完成施工图审查。',
      '完成安防工程30公里，改造危桥2座。',
      '完成安防工程40公里，改造危桥2座。',
      '完成安防工程20公里，改造危桥1座。',
    ],
    fine('90公里', 'adds-up'),
    fine('5座', 'adds-up'),
  ),
  task(
    '新建渡改桥3座，总长386延米。',
    ['完成设计。', '完成桥梁桩基施工。', '完成上部结构施工。', '渡改桥全面建成通车。'],
    fine('3座', 'covered-by-share', 'stage-only'),
    fine('386延米', 'covered-by-share', 'not-checkable', 'stage-only'),
  ),
  task(
    '建设城乡居民养老服务设施：社区食堂8个，日间照料中心6个，护理型床位240张。',
    [
      '建成社区食堂2个。',
      '建成社区食堂3个、日间照料中心3个、护理型床位100张。',
      '建成社区食堂3个、日间照料中心3个、护理型床位80张。',
      '建成投用，开展评估验收。',
    ],
    fine('8个', 'adds-up'),
    fine('6个', 'adds-up'),
    wrong('240张', 'falls-short'),
  ),
  task(
    '改造老旧小区21个、2480户。',
    ['完成方案设计。', '改造9个、1000户。', '改造12个、1280户。', '完成年度目标任务。'],
    fine('21个', 'adds-up'),
    wrong('2480户', 'falls-short'),
  ),
  task(
    '改造老旧小区21个、2480户。',
    ['完成方案设计。', '改造9个、1000户。', '改造12个、1480户。', '完成年度目标任务。'],
    fine('21个', 'adds-up'),
    fine('2480户', 'adds-up'),
  ),
  task(
    '培训园长、骨干教师、保育员400人次。',
    ['制定培训计划。', '开展线上培训200人次。', '开展集中培训200人次。'],
    fine('400人次', 'adds-up'),
  ),
  task(
    '培训乡村医生、护理人员500人次。',
    ['制定培训计划。', '开展集中培训200人次。', '开展跟班培训150人次。'],
    wrong('500人次', 'falls-short'),
  ),
  task(
    '为农村学前教育阶段6000名儿童提供营养早餐。',
    [[3, '每日供应营养早餐，受益儿童6000名。']],
    fine('6000名', 'restated', 'adds-up', 'not-checkable'),
  ),
  task(
    '整治C级、D级危房150户。',
    ['完成鉴定。', '完成整治60户。', '完成整治50户。', '完成整治40户。'],
    fine('150户', 'adds-up'),
  ),
  task(
    '新开通、调整公交线路9条。',
    ['新开通线路2条。', '新开通线路1条，调整线路2条。', '调整线路4条。'],
    fine('9条', 'adds-up', 'ambiguous', 'scope-differs', 'stage-only'),
  ),
  task(
    '为适龄女生2000人接种HPV疫苗。',
    ['完成第一针接种1900人。', '——', '完成第二针接种1850人。'],
    unsure('2000人', 'falls-short', 'scope-differs', 'ambiguous', 'exceeds', 'stage-only'),
  ),
  task(
    '新建文体广场14处，配置健身器材140件，总面积2.1万平方米。',
    ['完成选址。', '新建文体广场6处，配置健身器材60件。', '新建文体广场8处，配置健身器材80件。'],
    fine('14处', 'adds-up'),
    fine('140件', 'adds-up'),
    fine('2.1万平方米', 'not-checkable', 'covered-by-share', 'stage-only'),
  ),
  task(
    '建设乡镇消防救援站4座，配备消防车8台。',
    ['完成选址。', '建成消防站1座。', '建成消防站3座，配备消防车5台。', '开展实战演练。'],
    fine('4座', 'adds-up'),
    wrong('8台', 'falls-short'),
  ),
  task(
    '创业担保贷款新增发放1.2亿元，扶持创业400人，带动就业1600人。',
    [
      '发放贷款3000万元，扶持创业100人。',
      '发放贷款3000万元，扶持创业100人。',
      '发放贷款4000万元，扶持创业120人。',
      '发放贷款2000万元，扶持创业80人，全年带动就业1600人。',
    ],
    fine('1.2亿元', 'adds-up'),
    fine('400人', 'adds-up'),
    fine('1600人', 'restated', 'adds-up', 'not-checkable'),
  ),
  task(
    '居家社区医养结合签约老年人9000人。',
    ['签约2000人。', '签约3000人。', '签约2500人。', '签约1500人。'],
    fine('9000人', 'adds-up'),
  ),
  task(
    '高标准建设区域性中心学校2所、寄宿制学校4所，撤并小规模学校6所。',
    ['完成布局调整方案。', '撤并小规模学校6所。', '4所寄宿制学校完成宿舍改造。', '2所区域性中心学校建成投用。'],
    fine('2所', 'restated', 'covered-by-share', 'adds-up'),
    fine('4所', 'adds-up', 'restated', 'covered-by-share'),
    fine('6所', 'adds-up', 'restated'),
  ),
  task(
    '城区新建公共停车场5个，增加车位620个。',
    ['建成停车场1个，增加车位100个。', '建成停车场1个，增加车位120个。', '建成停车场3个，增加车位400个。'],
    fine('5个', 'adds-up'),
    fine('620个', 'adds-up'),
  ),
  task(
    '免费开展新生儿疾病筛查3500例、孕前优生健康检查1200对。',
    [
      '筛查新生儿800例，孕前检查300对。',
      '筛查新生儿900例，孕前检查300对。',
      '筛查新生儿900例，孕前检查300对。',
      '筛查新生儿900例，孕前检查300对。',
    ],
    fine('3500例', 'adds-up'),
    fine('1200对', 'adds-up'),
  ),
]
