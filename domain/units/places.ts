/**
 * The county in front of a unit's name: 教育局, 县教育局, 奉节县教育局 and 重庆市奉节县教育局 are one
 * unit, 市教育局 is another's. Every way to divide a name is given; which one is meant shows when the
 * rest is looked up.
 */

/** What stands before the name: `level` 县, `place` 奉节县, either may be ''. All folded. */
export type PlacedName = { place: string; level: string; stem: string }

export const LEVELS = '县区市旗州'
const LONGEST_PLACE = 16
/** 中共奉节县委组织部, 国家税务总局奉节县税务局, 国网奉节供电公司: what stands before the county. */
const BEFORE_PLACE = /^(?:中国共产党|中共|国家税务总局|国网)(?=.{4})/
/** 团县委, 共青团奉节县委员会. */
const YOUTH = /^(?:中国)?(?:共产主义青年团|共青团|团)(.{2,14})?([县区市旗州])委(?:员会)?$/
/** 市生态环境局奉节县分局. */
const BRANCH = /^(?:.{2,8}?市|市)(.{2,12}局)(.{1,10}([县区市旗]))分局$/
/** 市生态环境局奉节分局: only where 奉节县 is known. */
const NEAR_BRANCH = /^(?:.{2,8}?市|市)(.{2,12}局)(.{2,10})分局$/
/** 市场监管局 names no city, 县域 no county. */
const NO_LEVEL = /^(?:市场|市容|市政(?!府|协|法|务|数)|市民(?!政|族|宗)|市监局|区域|区划|县域|旗舰)/
/** 开发区, 景区, 全县, 农贸市场: not places of their own. */
const NO_PLACE =
  /(?:^[本全我该各跨外].|开发区|园区|新区|景区|保护区|经开区|高新区|社区|片区|林区|牧区|矿区|灌区|库区|港区|保税区|示范区|试验区|实验区|度假区|校区|院区|小区|城区|郊区|山区|地区|[城超菜集都]市|农贸市)$/
/** 忠县 and 开县 are counties; any other level takes two characters before it. A place holds no word for a body, nothing but Chinese characters, and no list. */
const NOT_IN_PLACE = /[局委办院校厂队所处司]|[^\u4E00-\u9FFFA-Za-z×*]/
const NO_COUNTY = /^[县区市旗州省各]|街道|乡镇|镇[县区旗]$/

/** 奉节县 and 重庆市奉节县 are one place, 自治县 any autonomous county; 巫溪县 is another, 某奉节县 a slip. */
export function isSamePlace(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  if (!long.endsWith(short)) return false
  const outer = long.slice(0, long.length - short.length)
  return outer === '' || /[省市州区盟旗]$/.test(outer) || /^自治.$/.test(short)
}

/** The one reading of a registry's own name: the one that leaves least. Folded. */
export function placeName(key: string, county?: string): PlacedName {
  const readings = placeNames(key, county)
  return readings.at(-1) ?? { place: '', level: '', stem: key }
}

/** Every reading of a folded name: without a county first, the longest county last. `county`: 奉节县, where known. */
export function placeNames(key: string, county?: string): PlacedName[] {
  const youth = YOUTH.exec(key)
  if (youth) {
    const level = youth[2] ?? ''
    return [{ place: youth[1] === undefined ? '' : youth[1] + level, level, stem: '团委' }]
  }
  const near = county === undefined ? undefined : NEAR_BRANCH.exec(key)
  if (county && near?.[2] === county.slice(0, -1))
    return [{ place: county, level: county.slice(-1), stem: near[1] ?? '' }]
  const branch = BRANCH.exec(key)
  if (branch) return [{ place: branch[2] ?? '', level: branch[3] ?? '', stem: branch[1] ?? '' }]
  const name = key.replace(BEFORE_PLACE, '')
  const readings: PlacedName[] = [{ place: '', level: '', stem: name }]
  const first = name.charAt(0)
  if (LEVELS.includes(first) && name.length > 2 && !NO_LEVEL.test(name))
    readings.push({ place: '', level: first, stem: name.slice(1) })
  const short = county?.slice(0, -1) ?? ''
  if (county && short.length >= 2 && name.startsWith(short) && !name.startsWith(county))
    readings.push({ place: county, level: county.slice(-1), stem: name.slice(short.length) })
  for (let i = 0; i <= Math.min(LONGEST_PLACE, name.length - 3) && !NOT_IN_PLACE.test(name.charAt(i)); i++) {
    const place = name.slice(0, i + 1)
    if (i === 0 || !LEVELS.includes(name.charAt(i)) || NO_LEVEL.test(name.slice(i))) continue
    const isCounty = county !== undefined && place.endsWith(county)
    if (isCounty || ((i > 1 || name.charAt(i) === '县') && !NO_PLACE.test(place) && !NO_COUNTY.test(place)))
      readings.push({ place, level: name.charAt(i), stem: name.slice(i + 1) })
  }
  return readings
}
