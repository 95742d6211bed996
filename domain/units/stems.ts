/**
 * What a unit's name says without its county: one key for all standard ways to write a department
 * (发改委, 发展改革委, 发展和改革委员会). A typo has another key than the right name.
 */
import { DEPARTMENTS, FULL_WORDS, INITIALS, SHORT_FORMS } from './words.ts'

/** A short form fits few departments; more combinations are no name. */
const MOST_KEYS = 16
const MOST_INITIALS = 5
/** No name of a department is longer. */
const LONGEST_STEM = 40
const LONGEST_FORM = Math.max(...[...FULL_WORDS.keys()].map(({ length }) => length))

/** These say what kind of body a unit is, not which one. */
const GENERIC = new Set(
  '政府 人民政府 管委 管委会 管理委员会 街道 街道办 街道办事处 乡镇 分局 中心 大队 公司 集团公司 医院 学校 中学 小学 幼儿园 服务中心 管理局 管理处 指挥部 领导小组 办公室 委员会 支行 林场'.split(
    ' ',
  ),
)

/** 管委会, 政府, 分局: names no unit unless its level (县政府) is beside it. */
export function isGenericStem(stem: string): boolean {
  return stem.length < 2 || GENERIC.has(stem)
}

/**
 * Keys of a name without its county and level, folded. Two names mean the same department if they share
 * a key. None for a text that is no name.
 */
export function stemKeys(stem: string): string[] {
  if (stem.length < 2 || stem.length > LONGEST_STEM || /[、，,；;/。：:]/.test(stem)) return []
  const territory = /^(.{2,12}(?:[乡镇]|街道|苏木))(?:人民政府|政府|办事处|办)?$/.exec(stem)
  if (territory) return [territory[1]!]
  const short = shortenEnding(stem)
  const joined = dropAnd(short)
  const keys = new Set([...expand(short), ...(joined === short ? [] : expand(joined)), ...expandInitials(short)])
  for (const key of [...keys]) {
    const culture = cultureKey(key)
    if (culture !== undefined) keys.add(culture)
  }
  return [...keys]
}

/** Whether a name without its county and level is one that departments bear all over the country. */
export function isUsualDepartment(stem: string): boolean {
  return stemKeys(stem).some((key) => key.startsWith('文:') || DEPARTMENTS.has(key.replace(/[局委办]$/, '')))
}

/** Short ways to write what these keys mean; the keys themselves are left out. */
export function shortStems(keys: readonly string[]): string[] {
  return keys.flatMap((key) =>
    [...SHORT_FORMS].flatMap(([full, forms]) =>
      key.startsWith(full) ? forms.map((form) => form + key.slice(full.length)) : [],
    ),
  )
}

/**
 * No two counties call this department alike, and each in its own texts: 文化广电旅游体育局, 文旅体局,
 * 文体旅局. What it does counts, without order, and 广电 may be left out.
 */
function cultureKey(key: string): string | undefined {
  const [, words = '', ending = ''] = /^(文化(?:旅游|体育|广播电视|新闻出版|发展)+)([局委])$/.exec(key) ?? []
  const tasks: string[] = words.match(/文化|旅游|体育/g) ?? []
  tasks.sort()
  return tasks.length > 1 ? `文:${tasks.join('')}${ending}` : undefined
}

function shortenEnding(stem: string): string {
  return stem
    .replace(/(?<!监督)管理委员会|管委会/g, '管委')
    .replace(/委员会/g, '委')
    .replace(/办公室/g, '办')
    .replace(/(?:分|(?:有限责任|股份有限|有限)(?:责任)?)公司$/, '公司')
    .replace(/(?<=开发区|园区|高新区|经开区|度假区)管委$/, '')
    .replace(/第([一二三四五六七八九十]+)(中|小)学/, '$1$2')
    .replace(/^公安局(?=交警|交巡警|巡特警|禁毒|治安|刑侦)/, '')
    .replace(/^纪委[县区市旗州](?=监委|监察委)/, '纪委')
    .replace(/(?<=..)分局$/, '局')
}

/** 文化和旅游局 → 文化旅游局; only behind a word, which has two or four characters or is a known one: 科学技和术局 is a slip. */
function dropAnd(stem: string): string {
  let from = 0
  return stem.replace(/[和与及]/g, (and, at: number) => {
    const before = stem.slice(from, at)
    const isWord = before.length >= 2 && (before.length % 2 === 0 || endsWithForm(before) || before.endsWith('化'))
    if (!isWord || stem.length - at < 4) return and
    from = at + 1
    return ''
  })
}

function endsWithForm(words: string): boolean {
  for (let length = 3; length <= words.length; length++) if (FULL_WORDS.has(words.slice(-length))) return true
  return false
}

/** Replaces each short form by the words that it may stand for, longest form first. */
function expand(stem: string): string[] {
  let keys = ['']
  for (let at = 0; at < stem.length; ) {
    let length = Math.min(LONGEST_FORM, stem.length - at)
    while (length > 1 && !FULL_WORDS.has(stem.slice(at, at + length))) length--
    const form = stem.slice(at, at + length)
    keys = combine(keys, FULL_WORDS.get(form) ?? [form])
    at += length
  }
  return keys
}

/** 文旅体局 → 文化旅游体育局; only where every character before the ending is an initial. */
function expandInitials(stem: string): string[] {
  const [, initials = '', ending = ''] = /^(.{2,})([局委办])$/.exec(stem) ?? []
  if (initials.length < 2 || initials.length > MOST_INITIALS) return []
  let keys = ['']
  for (const initial of initials) keys = combine(keys, INITIALS.get(initial) ?? [])
  return keys.flatMap((key) => expand(key + ending))
}

function combine(keys: string[], words: readonly string[]): string[] {
  return keys.flatMap((key) => words.map((word) => key + word)).slice(0, MOST_KEYS)
}
