/**
 * Why target arithmetic says what it says.
 */
import type { Why } from './messages-why.ts'

export const TARGET_REASONS = {
  'target/falls-short': {
    zh: '各期写明的数量相加（累计数、比率看最后一期）应当达到目标。先统一计量单位再核算，不作四舍五入；“其中”的部分和其他对象的数量不计入。',
    en: 'Figures of the periods should add up to the target; of cumulative figures and rates the last one counts. Parts and figures of other things are left out; nothing is rounded.',
    example: ['目标2000个；各期500个、800个', '目标2000个；各期500个、800个、700个'],
  },
  'target/exceeds': {
    zh: '各期合计多于目标，可能是某处数字有误，也可能是超额安排。目标是“不超过”“控制在……以内”的，超过即不符合目标。',
    en: 'More than the target may be a slip or a margin. A target that must not be exceeded is broken by it.',
    example: ['目标500户；各期300户、250户', '目标500户；各期300户、200户'],
  },
  'target/cumulative-falls': {
    zh: '“累计”是从年初算起的总数，后一期不应少于前一期。',
    en: 'A total since the beginning of the year cannot become smaller.',
    example: ['3月累计500人，5月累计400人', '3月累计500人，5月累计900人'],
  },
  'target/rate-regresses': {
    zh: '比率应当逐期接近目标，至少不退步。后一期不及前一期的，可能是两期填反。',
    en: 'A rate should approach its target and not fall back; two periods may have been interchanged.',
    example: ['3月达到90%，5月达到85%', '3月达到85%，5月达到90%'],
  },
  'target/share-regresses': {
    zh: '“完成工程量的……%”表示到该期为止的总进度，同一事项后一期不应低于前一期。',
    en: 'A share of work counts from its beginning and cannot become smaller for the same work.',
    example: ['3月完成工程量的60%，5月完成工程量的40%', '3月完成工程量的40%，5月完成工程量的60%'],
  },
  'target/restated-differs': {
    zh: '写明“全年”“年度”的数量就是目标本身，前后两处应当一致。',
    en: 'A figure for the whole year is the target itself and should be the same.',
    example: ['目标10000人；11月：全年新增就业9000人', '目标10000人；11月：全年新增就业10000人'],
  },
  'target/not-covered': {
    zh: '目标中的每一个数量，各期都应有相应的安排。这里既没有找到这个数量，也没有找到相应的事项。',
    en: 'Every figure of the target should come back in some period; neither it nor its subject was found.',
    example: ['目标：新增停车位500个；各期均未提及', '9月：新增停车位500个'],
  },
  'target/stage-only': {
    zh: '各期写了工作步骤，没有写数量，到期时不便判断是否完成。',
    en: 'The work is described without its figure, which makes it hard to tell when it is done.',
    example: ['7月：完成养老服务机构改造', '7月：完成5个养老服务机构改造'],
  },
  'target/scope-differs': {
    zh: '各期所写的对象、层级或范围与目标不同，不能断定是同一事项，因此没有计入，请确认。',
    en: 'The figures seem to be of another object, level or scope, so they are asked about, not counted.',
    example: ['目标：市级示范校5所；5月：县级示范校5所', '5月：市级示范校5所'],
  },
  'target/ambiguous': {
    zh: '各期数字可以看作当期数，也可以看作累计数，核算结果不同。确认口径后按该口径核算；文字不变，不再询问。',
    en: 'The figures fit both readings with different results. Once answered it is not asked again while the text stands.',
    example: ['500人、1000人、2000人', '累计500人、累计1000人、累计2000人'],
  },
  'target/not-comparable': {
    zh: '计量单位不同又不能换算（如“户”与“栋”），无法核算。',
    en: 'Units that cannot be converted (households, buildings) cannot be compared.',
    example: ['目标改造500户；5月改造20栋', '5月改造20栋、500户'],
  },
  'target/list-count': {
    zh: '写明的数量与所列名称的个数应当一致。所列名称之后有“等”字的，个数可以少于该数量。',
    en: 'A count should agree with the names beside it; a list that is left open may have fewer.',
    example: ['4个片区：城东、城西、城北', '4个片区：城东、城西、城南、城北'],
  },
} satisfies Record<string, Why>
