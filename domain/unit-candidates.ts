/**
 * Which units a misspelt name may mean. Names are short and share their level (县…) and ending
 * (…局), so the level is set aside and little difference is allowed: a wrong suggestion costs trust.
 */

const MOST = 3
/** Longer mentions are phrases, not misspelt names. */
const LONGEST = 30
const LEVELS = '县市区'

/** A folded way to write a unit, and the unit's name. */
export type Spelling = { key: string; unit: string }

/** Names of at most three units, nearest first; none if nothing is near. `mention` is folded. */
export function nearUnits(mention: string, spellings: readonly Spelling[]): string[] {
  if (mention.length < 2 || mention.length > LONGEST) return []
  const scored: { unit: string; score: number }[] = []
  for (const { key, unit } of spellings) {
    const score = distance(mention, key)
    if (score < Number.POSITIVE_INFINITY) scored.push({ unit, score })
  }
  scored.sort((a, b) => a.score - b.score)
  return [...new Set(scored.map(({ unit }) => unit))].slice(0, MOST)
}

/** 0: differs in the level only; 0.5: one abbreviates the other; 1, 2: characters to change; Infinity: not near. */
function distance(mention: string, name: string): number {
  const level = LEVELS.includes(name.charAt(0)) ? name.charAt(0) : ''
  const stem = level === '' ? name : name.slice(1)
  const mine = dropLevel(mention, level)
  // 市教委 is not a misspelt 县教委 but the municipality's own.
  const other = mention.charAt(0)
  if (level !== '' && other !== level && LEVELS.includes(other) && mention.slice(1) === stem) {
    return Number.POSITIVE_INFINITY
  }
  if (mine === stem) return 0
  // Two names run together are no misspelt one, and a fix would drop the second.
  if (level !== '' && mine.includes(level) && !stem.includes(level)) return Number.POSITIVE_INFINITY
  if (abbreviates(mine, stem) || abbreviates(stem, mine)) return 0.5
  const length = Math.min(mine.length, stem.length)
  // In the shortest names the first character tells units apart: 农业局 is not a misspelt 林业局.
  const sure = length >= 4 || (length >= 2 && mine.charAt(0) === stem.charAt(0))
  const allowed = length >= 6 ? 2 : sure ? 1 : 0
  const edits = editDistance(mine, stem, allowed)
  return edits <= allowed ? edits : Number.POSITIVE_INFINITY
}

/** 县教委, 奉节县教委 → 教委; without a level in the registry's name nothing is dropped. */
function dropLevel(mention: string, level: string): string {
  if (level === '') return mention
  const at = mention.indexOf(level)
  return at === 0 || (at >= 2 && at <= 4) ? mention.slice(at + 1) : mention
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
  if (Math.abs(a.length - b.length) > limit) return limit + 1
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
