/**
 * Which units a misspelt name may mean. Names are short and share their level (县…) and ending
 * (…局), so the level is set aside and little difference is allowed: a wrong suggestion costs trust.
 */
import { isSamePlace, placeName, placeNames } from './places.ts'
import { isGenericStem, shortStems, stemKeys } from './stems.ts'

const MOST = 3
/** Longer mentions are phrases, not misspelt names. */
const LONGEST = 30
/** Characters that are typed for each other because they sound alike. Not 水 and 税, 教 and 交: those tell units apart. */
const HOMOPHONES =
  '民名明闽 财才材 育玉 政正证镇 林临邻 司思 法发 公工功 审申 统同 商伤 城成程 环还 建健 住驻主 卫未 文闻 旅履 科课 信新 应英 市示世事 残惨 联连 妇父 医衣 保宝 社设 力历立利 规归 消销 防房 招昭 农浓 气汽 邮油 改该 委尾 局居具 然燃 源原 务物 障章 境镜竟 场厂 管馆 计记 察查'
const SOUNDS = new Map(HOMOPHONES.split(' ').flatMap((group) => [...group].map((char) => [char, group.charAt(0)])))

/** Before these, two characters tell units apart: 电力公司 is no slip for 电信公司. */
const LONG_ENDING = /(?:公司|集团|中心|医院|大队|支队|学校|中学|小学|协会|银行|支行)$/

/** A unit's spelling taken apart, ready to be compared. */
export type Spelling = Compared & { unit: string }

type Compared = {
  level: string
  place: string
  stem: string
  /** The stem's keys without 局, 委, 办, and their characters in order: 教委 and 教育局 share the first, 规自局 and 自规局 the second. */
  departments: string[]
  characters: string[]
  /** Its short forms: 卫建局 is a slip for 卫健局, which means 卫生健康局. */
  shorts: string[]
}

/** `key`: folded. `county`: 奉节县, where known. */
export function toSpelling(key: string, unit: string, county?: string): Spelling {
  const { level, place, stem } = placeName(key, county)
  return { unit, ...compare(level, place, stem) }
}

function compare(level: string, place: string, stem: string): Compared {
  const keys = stemKeys(stem)
  const departments = keys.map((key) => key.replace(/[局委办]$/, ''))
  const characters = keys.map((key) => [...key].sort().join(''))
  const plain = stem.replace(/(?<=.[乡镇]|街道|苏木)(?:人民政府|政府|办事处|办)$/, '')
  return { level, place, stem: plain, departments, characters, shorts: shortStems(keys) }
}

/** Names of at most three units, nearest first; none if nothing is near. `mention` is folded. */
export function nearUnits(mention: string, spellings: readonly Spelling[], county?: string): string[] {
  if (mention.length < 2 || mention.length > LONGEST) return []
  const readings = placeNames(mention, county)
  const placed = readings.filter(({ level }) => level !== '')
  const written = (placed.length > 0 ? placed : readings).map(({ level, place, stem }) => compare(level, place, stem))
  const scored = spellings.flatMap((spelling) => {
    const score = Math.min(...written.map((reading) => distance(reading, spelling, county)))
    return score < Number.POSITIVE_INFINITY ? [{ unit: spelling.unit, score }] : []
  })
  scored.sort((a, b) => a.score - b.score)
  return [...new Set(scored.map(({ unit }) => unit))].slice(0, MOST)
}

/** Under 1: the same characters or department; 1, 2: characters to change; Infinity: not near. */
function distance(mine: Compared, other: Compared, county: string | undefined): number {
  const far = Number.POSITIVE_INFINITY
  // 市教委 is not a misspelt 县教委 but the municipality's own; 云阳县教委 is not 奉节县教委.
  if (mine.level !== '' && other.level !== '' && mine.level !== other.level) return far
  const home = other.place === '' ? county : other.place
  if (mine.place !== '' && home !== undefined && !isSamePlace(mine.place, home)) return far
  const [a, b] = [mine.stem, other.stem]
  if (a === b) return 0
  if (other.level !== '' && a === other.level + b) return 0.3
  // Two names run together are no misspelt one, and a fix would drop the second.
  if (other.level !== '' && a.lastIndexOf(other.level) > 0 && !b.includes(other.level)) return far
  // 县公安局交警大队 is a part of 县公安局, no slip for it.
  if (a.startsWith(b) && a.length > b.length + 1) return far
  if (!isGenericStem(a) && share(mine.departments, other.departments)) return 0.4
  // 教育和民政局 is two, or a body of its own.
  if (abbreviates(a, b) || (abbreviates(b, a) && !/[和及与]/.test(a))) return 0.5
  if (a.length >= 2 && b.length - a.length <= 3 && b.endsWith(a) && isGenericStem(a)) return 0.6
  if (share(mine.characters, other.characters)) return 0.9
  if (other.shorts.some((short) => soundsAlike(a, short))) return 0.9
  const length = Math.min(a.length, b.length)
  // In the shortest names the first character tells units apart: 农业局 is not a misspelt 林业局.
  const told = length - (LONG_ENDING.exec(a)?.[0].length ?? 1)
  const sure = told >= 3 || soundsAlike(a, b) || (length <= 3 && length >= 2 && soundOf(a) === soundOf(b))
  const allowed = length >= 6 ? 2 : sure ? 1 : 0
  const edits = editDistance(a, b, allowed)
  return edits <= allowed ? edits : far
}

function share(a: readonly string[], b: readonly string[]): boolean {
  return a.some((key) => key !== '' && b.includes(key))
}

/** Whether two names differ, if at all, only in characters that are typed for each other. */
export function soundsAlike(a: string, b: string): boolean {
  return a.length === b.length && [...a].every((char, i) => soundOf(char) === soundOf(b.charAt(i)))
}

function soundOf(stem: string): string {
  const first = stem.charAt(0)
  return SOUNDS.get(first) ?? first
}

/** 发改委 abbreviates 发展和改革委员会: its characters in order, beginning with the same one. */
function abbreviates(short: string, long: string): boolean {
  if (short.length < 2 || short.length >= long.length || short.charAt(0) !== long.charAt(0)) return false
  let at = 0
  for (const char of long) if (char === short.charAt(at)) at++
  return at >= short.length
}

/** Characters to insert, delete, replace or swap with a neighbour; `limit + 1` for anything over the limit. */
function editDistance(a: string, b: string, limit: number): number {
  if (limit === 0 || Math.abs(a.length - b.length) > limit) return limit + 1
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1)
      current.push(cost)
    }
    before = previous
    previous = current
  }
  return Math.min(previous[b.length]!, limit + 1)
}
