/**
 * Where the mentions in a unit cell begin and end. Cells are typed by many hands: any separator,
 * names wrapped over two lines, 等 behind a list, a remark in brackets.
 */
import { cutEnding, cutPurpose, cutRemark, findRoleMarks, isRoleRemark, UNIT_END, type UnitRole } from './roles.ts'

/** UTF-16 positions in the cell's text, end exclusive. `role` where the cell's own words give it. */
export type Stretch = { start: number; end: number; role?: UnitRole }

/** Spellings are compared without white space and with full and half width alike. */
export function foldUnit(text: string): string {
  return text.normalize('NFKC').replace(/[\s\u200B-\u200D\u2060\uFEFF]+/g, '')
}

/** What the county's registry and the language know of a part of a cell. */
export type Lexicon = {
  /** A unit or group, as listed or by another form of its name. */
  isKnown(part: string): boolean
  /** The unit or group that a part of a cell names; undefined for none, and for a name that several share. */
  named(part: string): string | undefined
  /** A phrase for units that it does not name. */
  isPlaceholder(part: string): boolean
  /** Parts with a separator between them that are one name. */
  isOneName(parts: string): boolean
  /** Characters that one name may take. */
  longest: number
}

const SEPARATORS = '、，,；;/／'
const CLOSING: Record<string, string> = { '（': '）(', '(': '）)', '【': '】', '[': ']', '〔': '〕' }
/** A remark behind a name: 县教委（牵头）. */
const REMARK = /[（(【[〔][^（(【[〔]*[）)】\]〕]$/
/** In brackets, with its part told, it is a unit, known or not: 县供热公司配合. */
const LIKE_NAME = new RegExp(`^[县市区旗州].+[${UNIT_END}]$`)
/** Such a remark speaks of other units without giving them a part. */
const NO_LIST = /^\s*(?:原|除|不?含|不?包括)/
/** …等27个政府组成部门, …等部门, …等有关单位; but not 县中等职业学校. */
const AND_OTHERS =
  /(?:等(?:[\d０-９]+|[一二三四五六七八九十百两]+|多)[个家所]?|(?<![高中初平优同])等)[^等]*(?:部门|单位|机构|乡镇|街道|企业|学校|医院|社区|委办局|协会|组织)(?:[（(][^）)]*[）)])?$/
/** Lines that one wrapped name takes, and list items that one group's name may hold (各乡镇、街道). */
const MOST_PARTS = 4
/** 县教委和县财政局, 县教委及各乡镇: only between two names; 发展和改革 holds one of these words itself. */
const AND = /以及|会同|[和及与]/g
const BEFORE_AND = new RegExp(`[${UNIT_END}门位]$`)
const AFTER_AND = /^(?:[县市区旗州省各]|相关|有关|其[他它]|所在|属地)/
/** Behind a blank such a word begins a name of its own; 办公室, 宣传部, 交警大队 may go on with the one before. */
const AFTER_BLANK = new RegExp(`${AFTER_AND.source}|.{2}(?:[乡镇]|街道|街道办|办事处|公司|集团)$`)
const BEFORE_BLANK = new RegExp(`.{2}[${UNIT_END}]$`)
/** A longer stretch is no mention with a tail; it is left whole, which also keeps every cell linear. */
const LONGEST_TAIL = 200

/**
 * Splits a cell at separators outside brackets, then at line breaks (unless the lines together are
 * a known name), at spaces (only beside a known name) and at 和, 及, 与 between two names. What
 * together is the name of a group (各乡镇、街道) stays together. A unit in brackets behind another is one too.
 */
export function segmentMentions(text: string, lexicon: Lexicon): Stretch[] {
  const mentions: Stretch[] = []
  for (const segment of splitAtSeparators(text, lexicon)) {
    for (const line of splitLines(text, segment, lexicon)) {
      for (const words of splitSpaces(text, line, lexicon)) {
        for (const part of splitAtAnd(text, words, lexicon)) {
          const cut = cutTail(text, part, lexicon)
          mentions.push(...(segment.role ? cut.map((mention) => ({ role: segment.role, ...mention })) : cut))
        }
      }
    }
  }
  return joinKnown(text, mentions, lexicon)
}

/** Also at labels (牵头：) and list marks (1.), whose role the segments then have. */
function splitAtSeparators(text: string, lexicon: Lexicon): Stretch[] {
  const marks = new Map(findRoleMarks(text).map((mark) => [mark.start, mark]))
  const brackets = matchBrackets(text)
  const segments: Stretch[] = []
  let start = 0
  let role: UnitRole | undefined
  const close = (end: number) => {
    const segment = trim(text, { start, end })
    if (segment.end > segment.start) segments.push(role ? { ...segment, role } : segment)
  }
  for (let i = 0; i < text.length; i++) {
    const mark = marks.get(i)
    const closing = brackets.get(i)
    if (mark) {
      close(i)
      if (mark.role) role = mark.role
      start = mark.end
      i = mark.end - 1
    } else if (closing !== undefined) {
      const isRole = i > start && isRoleRemark(text.slice(i, closing + 1))
      i = closing
      if (isRole) {
        close(i + 1)
        start = i + 1
      }
    } else if (SEPARATORS.includes(text.charAt(i))) {
      close(i)
      start = i + 1
    }
  }
  close(text.length)
  return cutRoleWords(text, segments, lexicon)
}

/** Takes 牵头, 配合 and remarks on the part that a unit plays off the names. */
function cutRoleWords(text: string, segments: Stretch[], { isKnown }: Lexicon): Stretch[] {
  let open = 0
  for (const [i, segment] of segments.entries()) {
    const words = text.slice(segment.start, segment.end)
    if (isKnown(words)) continue
    const remark = cutRemark(words)
    const ending = remark ? undefined : cutEnding(words)
    const cut = remark ?? ending
    if (!cut) continue
    segment.end = trim(text, { start: segment.start, end: segment.start + cut.length }).end
    if (cut.role) segment.role = cut.role
    if (!ending) continue
    for (const before of segments.slice(open, i)) before.role ??= ending.role
    const first = segments[open]!
    if (text.charAt(first.start) === '由') first.start++
    open = i + 1
  }
  return segments.filter(({ start, end }) => end > start)
}

/** Opening position → closing position; a bracket without its other half is an ordinary character. */
function matchBrackets(text: string): Map<number, number> {
  const pairs = new Map<number, number>()
  const open: number[] = []
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i)
    if (CLOSING[char] !== undefined) open.push(i)
    else if (')）】]〕'.includes(char)) {
      const last = open.pop()
      if (last === undefined) continue
      const expected = CLOSING[text.charAt(last)] ?? ''
      if (expected.includes(char) || (char === ')' && expected.includes('）'))) pairs.set(last, i)
    }
  }
  return pairs
}

function splitLines(text: string, segment: Stretch, lexicon: Lexicon): Stretch[] {
  const whole = text.slice(segment.start, segment.end)
  if (!whole.includes('\n') || lexicon.isKnown(whole)) return [segment]
  return joinKnown(text, splitAt(text, segment, /\n/), lexicon)
}

/** Joins neighbours that only together are one name; the longest such run wins. */
function joinKnown(text: string, parts: Stretch[], { isOneName, longest }: Lexicon): Stretch[] {
  const joined: Stretch[] = []
  const isOne = (from: number, to: number) => {
    const { start } = parts[from]!
    const { end } = parts[to]!
    return end - start <= longest && isOneName(text.slice(start, end))
  }
  for (let i = 0; i < parts.length; ) {
    let count = Math.min(MOST_PARTS, parts.length - i)
    while (count > 1 && !isOne(i, i + count - 1)) count--
    joined.push({ ...parts[i]!, end: parts[i + count - 1]!.end })
    i += count
  }
  return joined
}

function splitSpaces(text: string, line: Stretch, lexicon: Lexicon): Stretch[] {
  const { isKnown, isPlaceholder } = lexicon
  const whole = text.slice(line.start, line.end)
  if (!/\s/.test(whole) || isKnown(whole)) return [line]
  const parts = splitAt(text, line, /\s/)
  const clear = parts
    .flatMap((part) => cutTail(text, part, lexicon))
    .map(({ start, end }) => text.slice(start, end))
    .every((words) => isKnown(words) || isPlaceholder(words))
  return clear ? parts : joinBroken(text, parts, lexicon)
}

/** A blank divides where the words before or behind it are a known name and the others may be one. */
function joinBroken(text: string, parts: Stretch[], { isKnown, isPlaceholder, longest }: Lexicon): Stretch[] {
  const joined: Stretch[] = []
  for (const part of parts) {
    const last = joined.at(-1)
    const before = last && last.end - last.start <= longest ? text.slice(last.start, last.end) : ''
    const behind = text.slice(part.start, part.end)
    const divides =
      (isKnown(before) && (AFTER_BLANK.test(behind) || isPlaceholder(behind))) ||
      (isKnown(behind) && BEFORE_BLANK.test(before))
    if (last && !divides) last.end = part.end
    else joined.push({ ...part })
  }
  return joined
}

function splitAtAnd(text: string, whole: Stretch, { isKnown, isPlaceholder, isOneName }: Lexicon): Stretch[] {
  const words = text.slice(whole.start, whole.end)
  if (words.length > LONGEST_TAIL || isKnown(words) || isOneName(words)) return [whole]
  const parts: Stretch[] = []
  let from = 0
  for (const { 0: and, index } of words.matchAll(AND)) {
    const before = words.slice(from, index).trimEnd()
    const after = words.slice(index + and.length).trimStart()
    const next = after.split(AND)[0] ?? ''
    const ends = isKnown(before) || isPlaceholder(before) || BEFORE_AND.test(before)
    if (before === '' || !ends || !(AFTER_AND.test(after) || isKnown(next))) continue
    parts.push(trim(text, { start: whole.start + from, end: whole.start + index }))
    from = index + and.length
  }
  return [...parts, trim(text, { start: whole.start + from, end: whole.end })]
}

function splitAt(text: string, stretch: Stretch, separator: RegExp): Stretch[] {
  const parts: Stretch[] = []
  let start = stretch.start
  for (let i = stretch.start; i <= stretch.end; i++) {
    if (i < stretch.end && !separator.test(text.charAt(i))) continue
    const part = trim(text, { start, end: i })
    if (part.end > part.start) parts.push(part)
    start = i + 1
  }
  return parts
}

/** Takes 等 and remarks off a mention, and divides 县科技局等27个政府组成部门 into unit and tail. */
function cutTail(text: string, part: Stretch, lexicon: Lexicon): Stretch[] {
  const { isKnown, isPlaceholder } = lexicon
  const words = text.slice(part.start, part.end)
  if (words.length > LONGEST_TAIL || isKnown(words)) return [part]
  const tail = AND_OTHERS.exec(words)
  if (tail && tail.index > 0) {
    const at = part.start + tail.index
    const head = trim(text, { start: part.start, end: at })
    const named = isKnown(text.slice(head.start, head.end))
    if (named || !isPlaceholder(words)) {
      return [...cutTail(text, head, lexicon), { start: at, end: part.end }]
    }
  }
  if (words.endsWith('等')) {
    const shorter = trim(text, { start: part.start, end: part.end - 1 })
    return shorter.end > shorter.start ? cutTail(text, shorter, lexicon) : []
  }
  const bare = words.replace(REMARK, '').trimEnd()
  if (!isKnown(bare)) return [part]
  const name = { start: part.start, end: part.start + bare.length }
  return [name, ...unitsInBrackets(text, { start: name.end, end: part.end }, lexicon.named(bare), lexicon)]
}

/**
 * 县水务局（县供热公司配合）, 县农业农村局（县乡村振兴局）: other units in the bracket behind a name are mentions where
 * names are all it holds; another name of the same unit and any other remark (城区学校) are none.
 */
function unitsInBrackets(text: string, remark: Stretch, named: string | undefined, lexicon: Lexicon): Stretch[] {
  const { isKnown } = lexicon
  const bracket = text.slice(remark.start, remark.end)
  const at = bracket.search(/[（(【[〔]/) + 1
  const words = cutPurpose(bracket.slice(at, -1))
  const units = segmentMentions(words, lexicon)
  const wordsOf = ({ start, end }: Stretch) => words.slice(start, end)
  const areNames =
    units.every((unit) => isKnown(wordsOf(unit)) || LIKE_NAME.test(wordsOf(unit))) &&
    units.some((unit) => unit.role || isKnown(wordsOf(unit)))
  if (!areNames || NO_LIST.test(words)) return []
  const from = remark.start + at
  return units
    .filter((unit) => named === undefined || lexicon.named(wordsOf(unit)) !== named)
    .map((unit) => ({ ...unit, start: from + unit.start, end: from + unit.end }))
}

/** White space, dashes standing alone and a final full stop belong to no name. */
function trim(text: string, stretch: Stretch): Stretch {
  let { start, end } = stretch
  const loose = /[\s\u200B-\u200D\u2060\uFEFF。.：:]/
  while (start < end && loose.test(text.charAt(start))) start++
  while (end > start && loose.test(text.charAt(end - 1))) end--
  // 无 says in words what —— says.
  if (/^(?:无|[-\u2010-\u2015\u2212\u2500\u2501\u30FC\uFE58\uFE63\uFF0D]+)$/.test(text.slice(start, end))) start = end
  return { start, end }
}
