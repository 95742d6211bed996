/**
 * Target arithmetic over further fields (water, transport, culture, law, trade, farming), with the ways of
 * writing that mislead: lists of people, letters of grades, work on other things in the last cell, doses.
 */
import { fine, type TaskTruth, task, unsure, wrong } from './targets-truth.ts'

export const FIELD_TASKS: TaskTruth[] = [
  task(
    '面向农民工、下岗失业人员、退役军人等重点群体开展补贴性职业技能培训4000人次，新增高技能人才300人。',
    [
      '培训800人次，新增高技能人才50人。',
      '培训1200人次，新增高技能人才80人。',
      '培训1000人次，新增高技能人才90人。',
      '培训600人次，新增高技能人才80人。',
    ],
    wrong('4000人次', 'falls-short'),
    fine('300人', 'adds-up'),
  ),
  task(
    '培训家政服务员、养老护理员、育婴员900人次，开展创业培训240人次。',
    ['培训300人次，创业培训80人次。', '培训300人次，创业培训80人次。', '培训300人次，创业培训80人次。'],
    fine('900人次', 'adds-up', 'scope-differs', 'ambiguous'),
    fine('240人次', 'adds-up', 'scope-differs'),
  ),
  task(
    '救助低保对象、特困人员、流浪乞讨人员2600人次。',
    ['救助困难群众700人次。', '救助困难群众700人次。', '救助困难群众600人次。', '救助困难群众600人次。'],
    fine('2600人次', 'adds-up', 'scope-differs'),
  ),
  task(
    '慰问环卫工人、快递小哥、网约车司机1500名，建设爱心驿站12个。',
    ['慰问500名，建成驿站3个。', '慰问400名，建成驿站4个。', '慰问400名，建成驿站5个。'],
    wrong('1500名', 'falls-short'),
    fine('12个', 'adds-up'),
  ),
  task(
    '整治C、D级危房210户。',
    ['鉴定危房210户。', '整治C级危房80户。', '整治C级危房60户、D级危房70户。'],
    fine('210户', 'adds-up', 'restated', 'ambiguous', 'scope-differs'),
  ),
  task(
    '对A、B、C三类企业开展环保信用评价320家。',
    ['评价A类企业60家。', '评价B类企业140家。', '评价C类企业120家。'],
    fine('320家', 'adds-up', 'scope-differs', 'ambiguous'),
  ),
  task(
    '新辟、延伸、优化公交线路15条。',
    ['开展客流调查。', '新辟线路4条、优化线路3条。', '延伸线路3条、优化线路5条。'],
    fine('15条', 'adds-up', 'scope-differs', 'ambiguous'),
  ),
  task(
    '新建（改建）农村客运站8个。',
    ['改建客运站3个。', '新建客运站2个，改建客运站3个。'],
    fine('8个', 'adds-up', 'scope-differs', 'ambiguous'),
  ),
  task(
    '为2.4万名中小学生开展近视筛查，为6000名学生配发护眼灯。',
    ['筛查中小学生1.2万名。', '筛查中小学生1.2万名，配发护眼灯3000盏。', '配发护眼灯3000盏。'],
    fine('2.4万名', 'adds-up'),
    fine('6000名', 'not-comparable', 'scope-differs', 'stage-only', 'adds-up', 'ambiguous'),
  ),
  task(
    '为适龄妇女5000人接种HPV疫苗，开展两癌筛查8000人。',
    ['接种疫苗4000剂次，筛查3000人。', '接种疫苗6000剂次，筛查3000人。', '接种疫苗5000剂次，筛查2000人。'],
    fine('5000人', 'not-comparable', 'scope-differs', 'stage-only', 'ambiguous'),
    fine('8000人', 'adds-up', 'scope-differs'),
  ),
  // The last cell speaks of other things.
  task(
    '维修文物建筑12处，举办非遗展演24场。',
    ['维修文物建筑4处，举办非遗展演6场。', '维修文物建筑5处，举办非遗展演10场。', '举办非遗展演8场。'],
    wrong('12处', 'falls-short'),
    fine('24场', 'adds-up'),
  ),
  task(
    '建设家庭农场示范点30个，培育农民合作社20家。',
    ['建设家庭农场示范点8个。', '建设家庭农场示范点10个，培育农民合作社8家。', '培育农民合作社12家，开展绩效评价。'],
    wrong('30个', 'falls-short'),
    fine('20家', 'adds-up'),
  ),
  task(
    '增殖放流鱼苗120万尾，清理非法网具400副。',
    ['清理非法网具200副。', '放流鱼苗50万尾。', '放流鱼苗40万尾，清理非法网具200副。'],
    wrong('120万尾', 'falls-short'),
    fine('400副', 'adds-up'),
  ),
  task(
    '化解信访积案36件。',
    ['化解积案12件。', '化解积案12件。', '化解积案12件。', '巩固化解成果，防止反弹。'],
    fine('36件', 'adds-up'),
  ),
  task(
    '化解信访积案36件。',
    ['化解积案12件。', '化解积案10件。', '化解积案10件。', '化解积案2件。'],
    wrong('36件', 'falls-short'),
  ),
  task(
    '化解信访积案36件。',
    ['化解积案12件。', '化解积案10件。', '化解积案10件。', '攻坚剩余积案，实现清零。'],
    fine('36件', 'covered-by-share', 'stage-only'),
  ),
  // Water, energy, transport.
  task(
    '新建农村供水工程14处，受益人口3.2万人。',
    ['完成可研批复。', '开工建设农村供水工程14处。', '完成工程总量的60%。', '14处供水工程全部通水。'],
    fine('14处', 'restated', 'covered-by-share', 'adds-up'),
    fine('3.2万人', 'not-checkable', 'stage-only', 'covered-by-share'),
  ),
  task('新增光伏装机容量25兆瓦。', ['并网5兆瓦。', '并网8000千瓦。', '并网1.2万千瓦。'], fine('25兆瓦', 'adds-up')),
  task(
    '新建燃气管网42千米，新增天然气用户3600户。',
    [
      '新建管网10公里，新增用户900户。',
      '新建管网12公里，新增用户900户。',
      '新建管网11公里，新增用户900户。',
      '新建管网9公里，新增用户900户。',
    ],
    fine('42千米', 'adds-up'),
    fine('3600户', 'adds-up'),
  ),
  task(
    '新建燃气管网42千米，新增天然气用户3600户。',
    [
      '新建管网10公里，新增用户900户。',
      '新建管网12公里，新增用户900户。',
      '新建管网11公里，新增用户900户。',
      '新建管网6公里，新增用户900户。',
    ],
    wrong('42千米', 'falls-short'),
    fine('3600户', 'adds-up'),
  ),
  task(
    '城区新增公共自行车1200辆、新能源公交车30辆。',
    ['采购公交车10辆。', '投放公共自行车600辆。', '投放公共自行车600辆，新能源公交车20辆上线运行。'],
    fine('1200辆', 'adds-up'),
    fine('30辆', 'adds-up', 'scope-differs', 'ambiguous', 'stage-only'),
  ),
  task(
    '日处理污水能力达到4万吨，新建污水管网18公里。',
    ['新建污水管网6公里。', '新建污水管网6公里，完成设备安装。', '新建污水管网6公里，日处理能力达到4万吨。'],
    fine('4万吨', 'restated', 'cumulative-ok', 'rate-ok'),
    fine('18公里', 'adds-up'),
  ),
  // Money.
  task(
    '争取上级专项资金2.8亿元，发行专项债券5亿元。',
    [
      '争取资金6000万元。',
      '争取资金8000万元，发行债券2亿元。',
      '争取资金7000万元，发行债券3亿元。',
      '争取资金7000万元。',
    ],
    fine('2.8亿元', 'adds-up'),
    fine('5亿元', 'adds-up'),
  ),
  task(
    '社会消费品零售总额达到86亿元，增长7%以上。',
    [
      '实现20亿元，增长6.5%。',
      '累计实现42亿元，增长6.8%。',
      '累计实现64亿元，增长7%。',
      '累计实现86亿元，增长7%以上。',
    ],
    fine('86亿元', 'cumulative-ok', 'restated'),
    fine('7%', 'rate-ok', 'restated'),
  ),
  task(
    '为企业减税降费6500万元。',
    ['1—3月减税降费1500万元。', '1—6月减税降费3200万元。', '1—9月减税降费5000万元。', '1—12月减税降费6500万元。'],
    fine('6500万元', 'cumulative-ok', 'restated', 'ambiguous'),
  ),
  task(
    '为企业减税降费6500万元。',
    ['一季度1500万元。', '二季度1700万元。', '三季度1800万元。', '四季度1500万元。'],
    fine('6500万元', 'adds-up'),
  ),
  // Totals by level and place.
  task(
    '全县建成农家书屋示范点18个，其中东片6个、西片6个、北片6个。',
    ['东片建成6个。', '西片建成6个。', '北片建成6个。'],
    fine('18个', 'adds-up', 'scope-differs', 'ambiguous'),
    fine('6个', 'not-checkable'),
  ),
  task(
    '创建国家级绿色工厂1家、省级绿色工厂3家、市级绿色工厂6家。',
    ['组织申报。', '创建市级绿色工厂6家。', '创建省级绿色工厂3家，国家级绿色工厂1家。'],
    fine('1家', 'restated', 'adds-up'),
    fine('3家', 'restated', 'adds-up'),
    fine('6家', 'adds-up', 'restated'),
  ),
  task(
    '创建省级卫生乡镇4个、省级卫生村40个。',
    ['开展摸底。', '2个乡镇、20个村通过市级评估。', '创建省级卫生乡镇4个、省级卫生村30个。'],
    fine('4个', 'restated', 'adds-up', 'exceeds', 'scope-differs', 'ambiguous'),
    unsure('40个', 'falls-short', 'scope-differs', 'ambiguous', 'adds-up'),
  ),
  task(
    '每个乡镇建成1个综合养老服务中心，全县建成20个。',
    ['建成5个。', '建成8个。', '建成7个。'],
    fine('1个', 'not-checkable', 'stage-only', 'adds-up', 'scope-differs', 'ambiguous'),
    fine('20个', 'adds-up', 'scope-differs', 'ambiguous'),
  ),
  // Law, safety, public service.
  task(
    '开展法治宣传进校园、进社区、进企业活动120场次。',
    ['开展30场次。', '开展40场次。', '开展20场次。', '开展30场次。'],
    fine('120场次', 'adds-up'),
  ),
  task(
    '办理法律援助案件480件，为群众挽回损失600万元以上。',
    ['办理120件。', '办理120件。', '办理120件。', '办理120件，挽回损失600万元。'],
    fine('480件', 'adds-up'),
    fine('600万元', 'restated', 'adds-up'),
  ),
  task(
    '政务服务事项“一窗受理”率达到95%，即办件占比提升至55%以上。',
    [
      '“一窗受理”率达到80%，即办件占比45%。',
      '“一窗受理”率达到90%，即办件占比50%。',
      '“一窗受理”率达到95%，即办件占比55%。',
    ],
    fine('95%', 'rate-ok'),
    fine('55%', 'rate-ok'),
  ),
  task(
    '生产安全事故起数下降10%，死亡人数不超过6人。',
    ['开展隐患排查。', '开展专项整治。', '强化执法检查。'],
    unsure('10%', 'not-covered', 'stage-only'),
    unsure('6人', 'not-covered', 'stage-only', 'not-checkable'),
  ),
  task(
    '全年安全生产死亡人数控制在6人以内。',
    ['死亡人数控制在2人以内。', '死亡人数控制在3人以内。', '死亡人数控制在5人以内。', '死亡人数控制在6人以内。'],
    fine('6人', 'cumulative-ok', 'restated', 'ambiguous', 'rate-ok'),
  ),
  // Stages named by their subject; figures that return for each stage.
  task(
    '新建高标准厂房6栋。',
    ['6栋厂房完成设计。', '6栋厂房开工。', '6栋厂房主体封顶。', '6栋厂房竣工验收。'],
    fine('6栋', 'restated', 'adds-up', 'covered-by-share'),
  ),
  task('新建口袋公园9个。', ['开工3个。', '开工6个，完工3个。', '完工4个。', '完工2个。'], fine('9个', 'adds-up')),
  task(
    '新建口袋公园9个。',
    ['开工3个。', '开工6个，完工3个。', '完工2个。', '完工2个。'],
    unsure('9个', 'falls-short', 'adds-up', 'ambiguous'),
  ),
  task(
    '实施老旧电梯更新改造56部。',
    ['完成评估56部。', '更新20部。', '更新20部。', '更新16部，全部投入使用。'],
    fine('56部', 'adds-up', 'restated'),
  ),
  task(
    '实施既有住宅加装电梯24部。',
    ['完成12部。', '完成率达到60%。', '完成率达到100%。'],
    fine('24部', 'covered-by-share', 'stage-only'),
  ),
  // Not covered and badly said.
  task(
    '新建标准化气象站5个，培养气象信息员120名。',
    ['气象站完成选址。', '建成气象站2个。', '建成气象站3个。'],
    fine('5个', 'adds-up'),
    wrong('120名', 'not-covered', 'stage-only'),
  ),
  task(
    '开展“村BA”赛事60场，接待游客30万人次。',
    ['举办赛事20场，接待游客10万人次。', '举办赛事20场，接待游客12万人次。', '举办赛事20场，接待游客6万人次。'],
    fine('60场', 'adds-up'),
    wrong('30万人次', 'falls-short'),
  ),
  task(
    '新植行道树8600株，补植绿篱2.4万平方米。',
    ['新植行道树3000株。', '新植行道树3600株，补植绿篱1万平方米。', '新植行道树2000株，补植绿篱1.4万平方米。'],
    fine('8600株', 'adds-up'),
    fine('2.4万平方米', 'adds-up'),
  ),
  task(
    '农机总动力达到32万千瓦，新增农机具800台套。',
    ['新增农机具200台套。', '新增农机具300台套。', '新增农机具300台套，农机总动力达到31万千瓦。'],
    wrong('32万千瓦', 'falls-short'),
    fine('800台套', 'adds-up'),
  ),
  task(
    '学前教育毛入园率达到93%以上，义务教育巩固率达到96%以上，新增公办学位1200个。',
    ['新增公办学位400个。', '新增公办学位400个。', '新增公办学位400个，毛入园率、巩固率分别达到93%、96%。'],
    fine('93%', 'restated', 'rate-ok'),
    fine('96%', 'restated', 'rate-ok'),
    fine('1200个', 'adds-up'),
  ),
  task(
    '帮助脱贫劳动力、监测对象务工就业2.1万人，公益岗安置1800人。',
    [
      '务工就业1.8万人，公益岗安置1500人。',
      '务工就业稳定在1.9万人，公益岗安置1600人。',
      '务工就业达到2万人，公益岗安置1700人。',
      '务工就业达到2.1万人，公益岗安置1800人。',
    ],
    fine('2.1万人', 'cumulative-ok', 'ambiguous', 'restated'),
    fine('1800人', 'cumulative-ok', 'ambiguous', 'restated'),
  ),
  task(
    '放映农村公益电影2640场，每村每月放映1场。',
    ['放映660场。', '放映660场。', '放映660场。', '放映660场。'],
    fine('2640场', 'adds-up'),
    fine('1场', 'not-checkable', 'stage-only', 'adds-up', 'scope-differs'),
  ),
  task(
    '采购图书3.5万册，人均藏书量达到1.2册。',
    ['采购1万册。', '采购1.5万册。', '采购1万册，人均藏书量达到1.2册。'],
    fine('3.5万册', 'adds-up'),
    fine('1.2册', 'restated', 'rate-ok'),
  ),
]
