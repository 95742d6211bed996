/**
 * Where the mentions in a unit cell begin and end. Cells are typed by many hands: any separator,
 * names wrapped over two lines, 等 behind a list, a remark in brackets.
 */
import { cutEnding, cutRemark, findRoleMarks, type UnitRole } from './unit-roles.ts'

/** UTF-16 positions in the cell's text, end exclusive. `role` where the cell's own words give it. */
export type Stretch = { start: number; end: number; role?: UnitRole }

/** Spellings are compared without white space and with full and half width alike. */
export function foldUnit(text: string): string {
  return text.normalize('NFKC').replace(/[\s\u200B-\u200D\u2060\uFEFF]+/g, '')
}

const SEPARATORS = '、，,；;/／'
const CLOSING: Record<string, string> = { '（': '）(', '(': '）)', '【': '】', '[': ']', '〔': '〕' }
/** A remark behind a name: 县教委（牵头）. */
const REMARK = /[（(【[〔][^（(【[〔]*[）)】\]〕]$/
/** …等27个政府组成部门, …等部门, …等有关单位; but not 县中等职业学校. */
const AND_OTHERS =
  /(?:等(?:[\d０-９]+|[一二三四五六七八九十百两]+|多)[个家所]?|(?<![高中初平优同])等)[^等]*(?:部门|单位|机构|乡镇|街道|企业|学校|医院|社区|委办局|协会|组织)(?:[（(][^）)]*[）)])?$/
/** Lines that one wrapped name takes, and list items that one group's name may hold (各乡镇、街道). */
const MOST_PARTS = 3
/** A longer stretch is no mention with a tail; it is left whole, which also keeps every cell linear. */
const LONGEST_TAIL = 200

/**
 * Splits a cell at separators outside brackets, then at line breaks (unless the lines together are
 * a known name) and at spaces (only if every part is known). What together is the name of a group
 * (各乡镇、街道) stays together.
 */
export function segmentMentions(
  text: string,
  isKnown: (part: string) => boolean,
  isPlaceholder: (part: string) => boolean,
): Stretch[] {
  const mentions: Stretch[] = []
  for (const segment of splitAtSeparators(text, isKnown)) {
    for (const line of splitLines(text, segment, isKnown)) {
      for (const part of splitSpaces(text, line, isKnown, isPlaceholder)) {
        const cut = cutTail(text, part, isKnown, isPlaceholder)
        mentions.push(...(segment.role ? cut.map((mention) => ({ role: segment.role, ...mention })) : cut))
      }
    }
  }
  return joinKnown(text, mentions, isKnown)
}

/** Also at labels (牵头：) and list marks (1.), whose role the segments then have. */
function splitAtSeparators(text: string, isKnown: (part: string) => boolean): Stretch[] {
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
    } else if (closing !== undefined) i = closing
    else if (SEPARATORS.includes(text.charAt(i))) {
      close(i)
      start = i + 1
    }
  }
  close(text.length)
  return cutRoleWords(text, segments, isKnown)
}

/** Takes 牵头, 配合 and remarks on the part that a unit plays off the names. */
function cutRoleWords(text: string, segments: Stretch[], isKnown: (part: string) => boolean): Stretch[] {
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

function splitLines(text: string, segment: Stretch, isKnown: (part: string) => boolean): Stretch[] {
  const whole = text.slice(segment.start, segment.end)
  if (!whole.includes('\n') || isKnown(whole)) return [segment]
  return joinKnown(text, splitAt(text, segment, /\n/), isKnown)
}

/** Joins neighbours that only together are a known name; the longest such run wins. */
function joinKnown(text: string, parts: Stretch[], isKnown: (part: string) => boolean): Stretch[] {
  const joined: Stretch[] = []
  for (let i = 0; i < parts.length; ) {
    let count = Math.min(MOST_PARTS, parts.length - i)
    while (count > 1 && !isKnown(text.slice(parts[i]!.start, parts[i + count - 1]!.end))) count--
    joined.push({ ...parts[i]!, end: parts[i + count - 1]!.end })
    i += count
  }
  return joined
}

function splitSpaces(
  text: string,
  line: Stretch,
  isKnown: (part: string) => boolean,
  isPlaceholder: (part: string) => boolean,
): Stretch[] {
  const whole = text.slice(line.start, line.end)
  if (!/\s/.test(whole) || isKnown(whole)) return [line]
  const parts = splitAt(text, line, /\s/)
  const clear = parts
    .flatMap((part) => cutTail(text, part, isKnown, isPlaceholder))
    .map(({ start, end }) => text.slice(start, end))
    .every((words) => isKnown(words) || isPlaceholder(words))
  return clear ? parts : [line]
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
function cutTail(
  text: string,
  part: Stretch,
  isKnown: (part: string) => boolean,
  isPlaceholder: (part: string) => boolean,
): Stretch[] {
  const words = text.slice(part.start, part.end)
  if (words.length > LONGEST_TAIL || isKnown(words)) return [part]
  const tail = AND_OTHERS.exec(words)
  if (tail && tail.index > 0) {
    const at = part.start + tail.index
    const head = trim(text, { start: part.start, end: at })
    const named = isKnown(text.slice(head.start, head.end))
    if (named || !isPlaceholder(words)) {
      return [...cutTail(text, head, isKnown, isPlaceholder), { start: at, end: part.end }]
    }
  }
  if (words.endsWith('等')) {
    const shorter = trim(text, { start: part.start, end: part.end - 1 })
    return shorter.end > shorter.start ? cutTail(text, shorter, isKnown, isPlaceholder) : []
  }
  const bare = words.replace(REMARK, '').trimEnd()
  return [isKnown(bare) ? { start: part.start, end: part.start + bare.length } : part]
}

/** White space, dashes standing alone and a final full stop belong to no name. */
function trim(text: string, stretch: Stretch): Stretch {
  let { start, end } = stretch
  const loose = /[\s\u200B-\u200D\u2060\uFEFF。.：:]/
  while (start < end && loose.test(text.charAt(start))) start++
  while (end > start && loose.test(text.charAt(end - 1))) end--
  if (/^[-\u2010-\u2015\u2212\u2500\u2501\u30FC\uFE58\uFE63\uFF0D]+$/.test(text.slice(start, end))) start = end
  return { start, end }
}
