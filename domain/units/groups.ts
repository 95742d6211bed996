/**
 * Words that name no single unit: groups of towns (各乡镇（街道）, 各镇街), which are written in many ways,
 * and phrases (有关部门, 县级各单位), behind which the county may have a list or not.
 */

/** A group of towns is short; this also keeps the look at a long cell cheap. */
const LONGEST_TERRITORY = 40
const EVERY = /^(?:全[县市区旗州](?:范围内)?各?|[本我]?[县市区旗州]?(?:辖?[区内])?各)/
const CONCERNED = /^(?:相关|有关|各?相关|各?有关|涉及|涉事|属地|所在|辖区|项目所在地?)(?:的|各)?/
const TERRITORY = /乡镇|镇乡|镇街|街镇|民族乡|街道|苏木|嘎查|社区|[乡镇村居]/g
/** What a town's seat is called, and what stands between two kinds of towns. */
const AROUND = /人民政府|政府|办事处|党委|党工委|(?<=街道)办|(?:村民|居民|[村居])?委员会|委会|[()、,/·和及与各]/g
const BARE = /^(?:乡镇|镇乡|镇街|镇|乡|街道|苏木|嘎查|社区|街道办|街道办事处)(?:人民政府|政府|办事处)?$/

/** 县属事业单位, 县级部门: the county's own, whichever. */
const OWNED =
  /^(?:[县市区省旗州]|区县)(?:级|直|属)(?:各|有关|相关)?(?:国有)?(?:部门|单位|机构|企业|企事业单位|事业单位|学校|医院|医疗机构|国企)$/

/** One key for all ways to write a group of towns: 各乡镇（街道）, 各乡镇人民政府、街道办事处. Undefined for anything else; `key` is folded. */
export function territoryKey(key: string): string | undefined {
  if (key.length > LONGEST_TERRITORY) return undefined
  const which = EVERY.test(key) ? EVERY : CONCERNED.test(key) ? CONCERNED : undefined
  if (which === undefined) return undefined
  const kinds = new Set<string>()
  const rest = key
    .replace(which, '')
    .replace(AROUND, ' ')
    .replace(TERRITORY, (kind) => {
      for (const one of kindsOf(kind)) kinds.add(one)
      return ' '
    })
  if (rest.trim() !== '' || kinds.size === 0) return undefined
  // 各镇街 and 各乡镇（街道） are all towns of the county; whether it has 乡 at all is not said.
  if (kinds.has('街道') && kinds.has('镇')) kinds.delete('乡')
  return `${which === EVERY ? '各' : '有关'}${[...kinds].sort().join()}`
}

function kindsOf(kind: string): string[] {
  if (kind === '民族乡') return ['乡']
  if (kind === '镇街' || kind === '街镇') return ['镇', '街道']
  return kind === '乡镇' || kind === '镇乡' ? ['乡', '镇'] : [kind]
}

/** 各乡镇人民政府、街道办事处 and 县属事业单位、机构 are one group although they hold a separator. Folded. */
export function isOneGroup(key: string): boolean {
  if (key.length > LONGEST_TERRITORY) return false
  const [first = '', ...others] = key.split(/[、,/]/)
  if (others.length === 0) return territoryKey(first) !== undefined
  if (/^.{0,8}各部?委$/.test(first)) return others.every((other) => /^(?:办|局|各?直属.{2})$/.test(other))
  if (territoryKey(first) !== undefined) return others.every((other) => BARE.test(other))
  return OWNED.test(first) && others.every((other) => /^(?:单位|机构|企业|部门)$/.test(other))
}

/** 各金融机构, 全县各部门, 相关街道, …成员单位, 等27个部门, 机构. Folded. */
export function isPlaceholder(key: string): boolean {
  return (
    /^(?:各|全[县市区省旗州]|相关|有关|其[他它]|所有|涉及|涉事|属地|辖区|驻[县市区旗州])./.test(key) ||
    /(?:各|相关|有关|所在地?)(?:级|类|个|责任|职能|主管|行业)*(?:部门|单位|乡镇|镇街|街镇|街道|苏木|嘎查|机构|企业|学校|委办局|园区|村|社区|专班)/.test(
      key,
    ) ||
    /(?:成员|责任|主管|职能|业主|施工|建设)(?:单位|部门)$/.test(key) ||
    OWNED.test(key.replace(/、(?:单位|机构|企业|部门)$/, '')) ||
    /^等/.test(key) ||
    isOneGroup(key) ||
    /^(?:部门|单位|机构|企业|社会组织|(?:乡镇|镇街|街镇|镇|乡|街道|苏木|嘎查)(?:\([^)]*\))?|街道办|街道办事处|(?:乡镇|镇乡|[乡镇村])(?:人民)?政府|村\(?社区\)?|村\(?居?\)?委会|各?直属(?:机构|单位|部门))$/.test(
      key,
    )
  )
}
