/**
 * Target arithmetic over the habits of many counties: short forms of long names, sizes beside counts, lists
 * of which one part falls short, frequencies, limits, shares of the year's task, work in stages.
 */
import { fine, type TaskTruth, task, unsure, wrong } from './targets-truth.ts'

export const HABIT_TASKS: TaskTruth[] = [
  // Short forms that the milestones make of long names.
  task(
    '新建社区养老服务中心6个，新建乡镇消防救援站4个。',
    ['社养中心建成1个，消防站建成1个。', '社养中心建成2个，消防站建成1个。', '社养中心建成3个，消防站建成2个。'],
    fine('6个', 'adds-up', 'scope-differs'),
    fine('4个', 'adds-up', 'scope-differs'),
  ),
  task(
    '新建村级卫生室12个，建设残疾人托养中心2个。',
    ['村卫开工6个。', '村卫完工12个，残托中心完工1个。', '残托中心完工1个。'],
    fine('12个', 'restated', 'adds-up', 'scope-differs'),
    fine('2个', 'adds-up', 'scope-differs'),
  ),
  task(
    '新建儿童之家10个，建设妇女创业就业基地3个。',
    ['完成选址。', '儿家建成4个。', '儿家建成6个，妇创基地挂牌3个。'],
    fine('10个', 'adds-up', 'scope-differs', 'stage-only'),
    fine('3个', 'adds-up', 'restated', 'scope-differs', 'stage-only'),
  ),
  task(
    '退役军人就业800人，残疾人就业120人。',
    ['退就300人、残就40人。', '退就300人、残就40人。', '退就200人、残就40人。'],
    fine('800人', 'adds-up', 'scope-differs', 'stage-only'),
    fine('120人', 'adds-up', 'scope-differs', 'stage-only'),
  ),
  task(
    '完成高标准农田建设3.2万亩，发展优质粮油基地5万亩。',
    ['高农完成1万亩。', '高农完成1.2万亩，粮油基地完成3万亩。', '高农完成1万亩，粮油基地完成2万亩。'],
    fine('3.2万亩', 'adds-up', 'scope-differs', 'stage-only'),
    fine('5万亩', 'adds-up'),
  ),
  task(
    '新增普惠性幼儿园学位900个，新增义务教育学位1500个。',
    [
      '新增普惠园学位300个、义教学位500个。',
      '新增普惠园学位300个、义教学位500个。',
      '新增普惠园学位300个、义教学位500个。',
    ],
    fine('900个', 'adds-up'),
    fine('1500个', 'adds-up', 'scope-differs', 'stage-only'),
  ),
  // Sizes in rare units, total areas and lengths behind a count.
  task(
    '新建人行天桥2座，总长168延米。',
    ['完成设计。', '完成1座主体施工。', '2座天桥建成投用。'],
    fine('2座', 'restated', 'covered-by-share', 'adds-up'),
    fine('168延米', 'not-checkable', 'covered-by-share', 'stage-only'),
  ),
  task(
    '整治山塘18口，总库容46万立方米。',
    ['整治山塘6口。', '整治山塘8口。', '整治山塘4口。'],
    fine('18口', 'adds-up'),
    fine('46万立方米', 'not-checkable', 'covered-by-share', 'stage-only'),
  ),
  task(
    '改造背街小巷26条，总长度9.8公里、总面积7.2万平方米。',
    ['完成招标。', '改造背街小巷12条。', '改造背街小巷14条。'],
    fine('26条', 'adds-up'),
    fine('9.8公里', 'not-checkable', 'covered-by-share', 'stage-only'),
    fine('7.2万平方米', 'not-checkable', 'covered-by-share', 'stage-only'),
  ),
  task(
    '建设标准化厂房4栋，总建筑面积3.6万平方米，概算投资9800万元。',
    ['完成基础。', '完成主体施工。', '4栋厂房全部竣工。'],
    fine('4栋', 'restated', 'covered-by-share', 'adds-up'),
    fine('3.6万平方米', 'not-checkable', 'covered-by-share', 'stage-only'),
    fine('9800万元', 'not-checkable', 'covered-by-share', 'stage-only'),
  ),
  task(
    '建设全长12.6公里的滨河绿道1条，路面宽3.5米。',
    ['完成方案设计。', '完成工程量的40%。', '建成滨河绿道1条。'],
    fine('12.6公里', 'not-checkable', 'covered-by-share', 'stage-only'),
    fine('1条', 'restated', 'covered-by-share', 'adds-up'),
  ),
  task(
    '修复石拱桥5座，合计单跨86米。',
    ['修复石拱桥2座。', '修复石拱桥3座。'],
    fine('5座', 'adds-up'),
    fine('86米', 'not-checkable', 'stage-only', 'covered-by-share'),
  ),
  // One of several figures falls short by a period; a closing sentence does not make it up.
  task(
    '安装路灯300盏、健身器材80套、垃圾分类亭45座。',
    [
      '安装路灯100盏、健身器材20套、垃圾分类亭15座。',
      '安装路灯100盏、健身器材30套、垃圾分类亭10座。',
      '安装路灯100盏、健身器材30套、垃圾分类亭10座。',
      '完成年度建设任务，组织验收。',
    ],
    fine('300盏', 'adds-up'),
    fine('80套', 'adds-up'),
    wrong('45座', 'falls-short'),
  ),
  task(
    '维修提灌站24座，清淤渠道36公里，新打机井15眼。',
    [
      '维修提灌站8座，清淤渠道12公里，新打机井5眼。',
      '维修提灌站8座，清淤渠道10公里，新打机井5眼。',
      '维修提灌站8座，清淤渠道10公里，新打机井5眼。',
      '全面完成年度目标任务。',
    ],
    fine('24座', 'adds-up'),
    wrong('36公里', 'falls-short'),
    fine('15眼', 'adds-up'),
  ),
  task(
    '发放种粮补贴3600万元，推广良种8万亩。',
    [
      '发放种粮补贴1200万元，推广良种3万亩。',
      '发放种粮补贴1200万元，推广良种3万亩。',
      '发放种粮补贴1200万元，推广良种1万亩。',
      '完成全年任务。',
    ],
    fine('3600万元', 'adds-up'),
    wrong('8万亩', 'falls-short'),
  ),
  task(
    '改造农村旱厕900户。',
    ['改造农村旱厕300户。', '改造农村旱厕300户。', '完成剩余改造任务。'],
    fine('900户', 'covered-by-share', 'stage-only'),
  ),
  task(
    '改造农村旱厕900户。',
    ['改造农村旱厕300户。', '改造农村旱厕300户。', '全面完成改厕任务。'],
    fine('900户', 'covered-by-share', 'stage-only'),
  ),
  // Kinds of people in a list, of whom the milestones say less.
  task(
    '培训村干部、致富带头人、网格员1200人次。',
    ['培训300人次。', '培训400人次。', '培训300人次。'],
    wrong('1200人次', 'falls-short'),
  ),
  task(
    '培训村干部、致富带头人、网格员1200人次。',
    ['培训300人次。', '培训400人次。', '培训500人次。'],
    fine('1200人次', 'adds-up'),
  ),
  task(
    '资助家庭经济困难大学生、高中生、中职生2600名。',
    ['资助900名。', '资助800名。', '资助600名。'],
    wrong('2600名', 'falls-short'),
  ),
  task(
    '走访慰问困难群众、优抚对象、老党员1800户次。',
    ['走访慰问900户次。', '做好台账管理。', '走访慰问900户次。'],
    fine('1800户次', 'adds-up'),
  ),
  // The last cell has work on other things only.
  task(
    '新建农村充电桩60个，建设换电站2座。',
    ['新建充电桩20个。', '新建充电桩20个，换电站开工2座。', '新建充电桩10个。', '换电站2座投用。'],
    wrong('60个', 'falls-short'),
    fine('2座', 'restated', 'adds-up'),
  ),
  task(
    '创建绿色学校15所，评选文明家庭50户。',
    ['创建绿色学校5所。', '创建绿色学校5所。', '评选文明家庭50户。'],
    wrong('15所', 'falls-short'),
    fine('50户', 'restated', 'adds-up'),
  ),
  // The same words in another order, letters in a list, two verbs over one count, doses against people.
  task('资助困难学生4200名。', ['资助2000名困难学生。', '资助2200名困难学生。'], fine('4200名', 'adds-up')),
  task('为1500名适龄女性提供宫颈癌筛查。', ['筛查适龄女性600名。', '筛查适龄女性900名。'], fine('1500名', 'adds-up')),
  task(
    '消除B、C级桥梁隐患14处。',
    ['消除B级隐患4处。', '消除C级隐患5处。', '消除C级隐患5处。'],
    fine('14处', 'adds-up', 'scope-differs', 'ambiguous'),
  ),
  task(
    '新开通/优化城乡公交线路11条。',
    ['新开通线路3条。', '优化线路5条。', '优化线路3条。'],
    fine('11条', 'adds-up', 'scope-differs', 'ambiguous', 'stage-only'),
  ),
  task(
    '新建和改扩建农村公厕32座。',
    ['新建农村公厕8座。', '改扩建农村公厕10座。', '新建农村公厕6座，改扩建农村公厕8座。'],
    fine('32座', 'adds-up', 'scope-differs'),
  ),
  task(
    '为3000名初一女生免费接种HPV疫苗。',
    ['接种疫苗1500剂次。', '接种疫苗2500剂次。', '接种疫苗2000剂次。'],
    fine('3000名', 'not-comparable', 'scope-differs', 'stage-only', 'ambiguous'),
  ),
  task(
    '为65岁以上老年人免费接种流感疫苗1.2万人。',
    ['采购疫苗。', '接种流感疫苗5000剂。', '接种流感疫苗7000剂。'],
    fine('1.2万人', 'adds-up', 'not-comparable', 'scope-differs', 'stage-only'),
  ),
  // Counters of different things are never added or converted.
  task(
    '新增学位1800个。',
    ['完成1所学校主体。', '建成学校2所。', '投用学校1所。'],
    fine('1800个', 'stage-only', 'not-comparable', 'scope-differs', 'covered-by-share'),
  ),
  task(
    '新增停车位600个。',
    ['开工停车场2座。', '建成停车场1座。', '建成停车场2座。'],
    fine('600个', 'stage-only', 'not-comparable', 'scope-differs', 'covered-by-share'),
  ),
  task(
    '新增养老床位350张。',
    ['改造养老院1家。', '改造养老院2家。', '投入运营。'],
    fine('350张', 'stage-only', 'not-comparable', 'scope-differs'),
  ),
  task(
    '新增就业岗位2400个。',
    ['引进企业3家。', '引进企业5家。', '引进企业4家。'],
    unsure('2400个', 'not-covered', 'stage-only', 'not-comparable', 'scope-differs'),
  ),
  // Stages of a project that name other things on the way.
  task(
    '完成3家县属企业混合所有制改革。',
    ['摸清底数。', '完成资产评估。', '引进战略投资者。', '签订协议，完成工商变更。'],
    fine('3家', 'stage-only', 'covered-by-share'),
  ),
  task(
    '盘活闲置校舍8处。',
    ['建立清单。', '确定运营主体。', '组织专家论证。', '投入运营。'],
    fine('8处', 'stage-only', 'covered-by-share'),
  ),
  task(
    '建成智慧农贸市场4个。',
    ['确定改造名单。', '启动设备采购。', '完成系统联调。', '组织验收。'],
    fine('4个', 'stage-only', 'covered-by-share'),
  ),
  task(
    '新增城乡公益性岗位500个，开展残疾人家庭无障碍改造200户。',
    ['完成残疾人家庭无障碍改造80户。', '完成残疾人家庭无障碍改造70户。', '完成残疾人家庭无障碍改造50户。'],
    wrong('500个', 'not-covered'),
    fine('200户', 'adds-up'),
  ),
  // Cumulative by number and by share of the year.
  task(
    '完成农村危房改造240户。',
    ['完成年度任务的20%。', '完成年度任务的50%。', '完成年度任务的80%。', '完成年度任务的100%。'],
    fine('240户', 'covered-by-share'),
  ),
  task(
    '完成农村危房改造240户。',
    [
      '完成60户，占年度任务的25%。',
      '累计完成120户，占年度任务的50%。',
      '累计完成180户，占年度任务的75%。',
      '累计完成240户，完成年度任务。',
    ],
    fine('240户', 'cumulative-ok', 'restated'),
  ),
  task(
    '城镇新增就业4500人。',
    ['一季度完成1100人。', '上半年累计完成2300人。', '三季度末累计完成3600人。', '全年完成4500人。'],
    fine('4500人', 'cumulative-ok', 'restated'),
  ),
  task(
    '城镇新增就业4500人。',
    ['一季度末累计完成1100人。', '上半年末累计完成2300人。', '三季度末累计完成3600人。', '年底累计完成4200人。'],
    wrong('4500人', 'falls-short'),
  ),
  task(
    '城镇新增就业4500人。',
    ['新增1100人。', '新增2300人。', '新增3600人。', '新增4500人。'],
    fine('4500人', 'ambiguous', 'restated', 'cumulative-ok'),
  ),
  task(
    '完成造林绿化2.4万亩。',
    ['完成造林1万亩。', '累计完成造林1.8万亩。', '累计完成造林1.5万亩。', '累计完成造林2.4万亩。'],
    wrong('2.4万亩', 'cumulative-falls'),
  ),
  task(
    '分两批改造城镇老旧小区16个，惠及居民3100户。',
    [
      '完成第一批6个小区设计。',
      '第一批6个小区开工。',
      '第一批6个小区完工，第二批10个小区开工。',
      '第二批10个小区完工。',
    ],
    fine('16个', 'adds-up', 'covered-by-share', 'ambiguous'),
    fine('3100户', 'not-checkable', 'stage-only', 'covered-by-share'),
  ),
  task(
    '开展送戏下乡演出240场。',
    ['每月演出20场。', '每月演出20场。', '每月演出20场。', '每月演出20场。'],
    fine('240场', 'adds-up', 'not-checkable', 'ambiguous', 'stage-only', 'scope-differs'),
  ),
  task(
    '开展送医下乡义诊36次。',
    [[12, '每月开展义诊3次。']],
    fine('36次', 'adds-up', 'not-checkable', 'ambiguous', 'stage-only', 'scope-differs'),
  ),
  task(
    '开展公益电影放映1200场。',
    ['放映300场。', '放映300场。', '放映300场。', '放映300场，每个行政村每月不少于1场。'],
    fine('1200场', 'adds-up'),
  ),
  task(
    '每个行政村每周保洁不少于2次。',
    [[4, '每个行政村每周保洁不少于2次。']],
    fine('2次', 'restated', 'not-checkable', 'adds-up', 'rate-ok'),
  ),
  // A total to be reached and what is added to it.
  task(
    '三级以上托育机构总数达到42家，新增托位600个。',
    ['新增托育机构2家、托位200个。', '新增托育机构3家、托位200个。', '托育机构总数达到42家，新增托位200个。'],
    fine('42家', 'restated', 'cumulative-ok'),
    fine('600个', 'adds-up'),
  ),
  task(
    '城区公园绿地面积由320公顷增加到356公顷。',
    ['新增10公顷。', '新增12公顷。', '新增14公顷。'],
    fine('356公顷', 'not-checkable', 'adds-up', 'scope-differs', 'ambiguous', 'stage-only'),
  ),
  task(
    '千人注册护士数由3.1人提高到3.4人。',
    ['达到3.2人。', '达到3.3人。', '千人注册护士数达到3.4人。'],
    fine('3.4人', 'rate-ok', 'restated', 'cumulative-ok'),
  ),
  task(
    '高压旋喷防渗墙漏损率由12%降至9%以内。',
    ['漏损率降至11%。', '漏损率降至10%。', '漏损率降至9%以内。'],
    fine('9%', 'rate-ok', 'restated'),
  ),
  // Limits.
  task(
    '工程建设项目审批时限压缩至不超过45个工作日。',
    ['梳理流程。', '压缩至60个工作日以内。', '压缩至45个工作日以内。'],
    fine('45个工作日', 'rate-ok', 'restated'),
  ),
  task(
    '“三公”经费支出控制在860万元以内。',
    ['支出不超过200万元。', '支出不超过220万元。', '支出不超过220万元。', '支出不超过210万元。'],
    fine('860万元', 'adds-up', 'not-checkable', 'scope-differs', 'ambiguous', 'rate-ok'),
  ),
  task(
    '“三公”经费支出控制在860万元以内。',
    ['“三公”经费支出200万元。', '“三公”经费支出260万元。', '“三公”经费支出220万元。', '“三公”经费支出210万元。'],
    wrong('860万元', 'exceeds'),
  ),
  // Money over periods, in two units.
  task(
    '总投资4.6亿元，年度完成投资1.5亿元。',
    ['完成投资2000万元。', '完成投资4000万元。', '完成投资5000万元。', '完成投资4000万元。'],
    fine('4.6亿元', 'not-checkable', 'stage-only', 'scope-differs', 'covered-by-share'),
    fine('1.5亿元', 'adds-up'),
  ),
  task(
    '年度完成投资1.5亿元。',
    ['完成投资2000万元。', '完成投资4000万元。', '完成投资4000万元。', '完成投资4000万元。'],
    wrong('1.5亿元', 'falls-short'),
  ),
  task(
    '年度完成水利投资1.5亿元。',
    ['累计完成投资2000万元。', '累计完成投资6000万元。', '累计完成投资1亿元。', '累计完成投资1.5亿元。'],
    fine('1.5亿元', 'cumulative-ok'),
  ),
  task(
    '治理水土流失面积28平方公里。',
    ['治理800公顷。', '治理1000公顷。', '治理1000公顷。'],
    fine('28平方公里', 'adds-up'),
  ),
  task(
    '新修产业路18公里。',
    ['新修产业路6500米。', '新修产业路7500米。', '新修产业路4公里。'],
    fine('18公里', 'adds-up'),
  ),
  task('收购余粮1.2万吨。', ['收购4000吨。', '收购5000吨。', '收购2500吨。'], wrong('1.2万吨', 'falls-short')),
  // Ranges and parts.
  task('打造乡村旅游精品线路3至5条。', ['打造1条。', '打造1条。', '打造2条。'], fine('3至5条', 'adds-up')),
  task(
    '改造提升农贸市场9个，其中城区4个、乡镇5个。',
    ['改造城区农贸市场2个、乡镇农贸市场1个。', '改造城区农贸市场2个、乡镇农贸市场2个。', '改造乡镇农贸市场2个。'],
    fine('9个', 'adds-up', 'scope-differs'),
    fine('4个', 'not-checkable', 'adds-up'),
    fine('5个', 'not-checkable', 'adds-up'),
  ),
  task(
    '新改建农村公路86公里，其中通村公路50公里、产业路36公里。',
    [
      '新改建农村公路26公里，其中通村公路14公里。',
      '新改建农村公路30公里，其中通村公路16公里。',
      '新改建农村公路30公里，其中通村公路20公里。',
    ],
    fine('86公里', 'adds-up'),
    fine('50公里', 'not-checkable', 'adds-up'),
    fine('36公里', 'not-checkable', 'stage-only', 'covered-by-share'),
  ),
  // Six and twelve periods, merged cells, nothing owed.
  task(
    '开展特种设备检验960台。',
    ['检验160台。', '检验160台。', '检验160台。', '检验160台。', '检验160台。', '检验160台。'],
    fine('960台', 'adds-up'),
  ),
  task(
    '开展职业技能培训3000人次。',
    [
      [2, '完成培训方案。'],
      [4, '培训1200人次。'],
      [3, '培训1000人次。'],
      [3, '培训800人次。'],
    ],
    fine('3000人次', 'adds-up'),
  ),
  task(
    '开展职业技能培训3000人次。',
    [
      '——',
      '培训500人次。',
      '——',
      '培训500人次。',
      '——',
      '培训500人次。',
      '——',
      '培训500人次。',
      '——',
      '培训500人次。',
      '——',
      '——',
    ],
    wrong('3000人次', 'falls-short'),
  ),
  task(
    '开展职业技能培训3000人次。',
    ['序时推进。', '序时推进。', '序时推进。', '完成全年任务。'],
    fine('3000人次', 'not-checkable', 'stage-only', 'covered-by-share'),
  ),
  task(
    '养老机构护理型床位占比达到60%以上，为困难老年人家庭实施适老化改造320户。',
    [
      '实施适老化改造100户。',
      '实施适老化改造100户，护理型床位占比达到57%。',
      '实施适老化改造120户，护理型床位占比达到60%。',
    ],
    fine('60%', 'rate-ok', 'restated'),
    fine('320户', 'adds-up'),
  ),
  task(
    '居民医保参保率稳定在96%以上。',
    ['参保率达到96%。', '参保率达到96.3%。', '参保率稳定在95%以上。'],
    wrong('96%', 'falls-short', 'rate-regresses'),
  ),
  task(
    '发放一次性求职创业补贴210万元，惠及毕业生1400人。',
    ['受理申请。', '发放补贴120万元，惠及800人。', '发放补贴90万元，惠及600人。'],
    fine('210万元', 'adds-up'),
    fine('1400人', 'adds-up', 'not-checkable'),
  ),
  task(
    '抽检食品2200批次、药品180批次。',
    [
      '抽检食品500批次、药品40批次。',
      '抽检食品600批次、药品50批次。',
      '抽检食品600批次、药品50批次。',
      '抽检食品500批次、药品40批次。',
    ],
    fine('2200批次', 'adds-up'),
    fine('180批次', 'adds-up'),
  ),
  task(
    '抽检食品2200批次、药品180批次。',
    [
      '食品抽检500批次，药品抽检40批次。',
      '食品抽检600批次，药品抽检50批次。',
      '食品抽检600批次，药品抽检30批次。',
      '食品抽检500批次，药品抽检40批次。',
    ],
    fine('2200批次', 'adds-up'),
    wrong('180批次', 'falls-short'),
  ),
  task(
    '招引亿元以上项目6个，其中10亿元以上1个，到位资金12亿元。',
    ['签约项目2个，到位资金2亿元。', '签约项目2个，到位资金4亿元。', '签约项目2个，到位资金6亿元。'],
    fine('6个', 'adds-up', 'scope-differs', 'stage-only'),
    fine('1个', 'not-checkable', 'stage-only', 'scope-differs', 'adds-up'),
    fine('12亿元', 'adds-up', 'ambiguous'),
  ),
]
