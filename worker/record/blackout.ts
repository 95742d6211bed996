/**
 * Finds a text wherever the record may hold it (plain, in JSON that we wrote, in bodies as they arrived
 * with whatever escapes) and puts the mark in its place. Everything around it stays as it is. Pure.
 */
import { ERASED_MARK } from '../erased.ts'

/** plain: a text. stored: JSON that we wrote. received: a body, which may be any JSON or none. */
export type TextForm = 'plain' | 'stored' | 'received'

/** From and to, in UTF-16 units of the text. */
export type Range = [from: number, to: number]

/** Values under these keys are names of ours, which other code reads again. */
const NAMES = new Set(
  'id rowId planId sheetId submissionId draftId column columns kind code status outcome severity state role form type hash at'.split(
    ' ',
  ),
)

/** Where a text holds `secret`, in order, without overlaps. */
export function findRanges(text: string, secret: string, form: TextForm): Range[] {
  if (form === 'plain') return findAll(text, secret, 0)
  const isJson = form === 'stored' || isParsable(text)
  const ranges = findInTokens(text, secret, form, isJson)
  // What is no JSON may hold it across anything.
  return isJson ? ranges : joinRanges([...ranges, ...findAll(text, secret, 0)])
}

/** A text in pieces with the ranges blacked out; a range across a border leaves its mark where it begins. */
export function blackOut(pieces: readonly string[], ranges: readonly Range[]): string[] {
  let offset = 0
  return pieces.map((piece) => {
    const end = offset + piece.length
    let result = ''
    let at = offset
    for (const [from, to] of ranges) {
      if (to <= offset || from >= end) continue
      result += piece.slice(at - offset, Math.max(from, offset) - offset)
      if (from >= offset) result += ERASED_MARK
      at = Math.min(to, end)
    }
    result += piece.slice(at - offset)
    offset = end
    return result
  })
}

/** Strings, one by one: keys and names of ours are left out of stored JSON, numbers looked at in bodies. */
function findInTokens(text: string, secret: string, form: TextForm, isJson: boolean): Range[] {
  const ranges: Range[] = []
  const looksOutside = form === 'received' && (!isJson || /^\d+$/.test(secret))
  let key = ''
  let at = 0
  while (at < text.length) {
    const quote = text.indexOf('"', at)
    const from = quote < 0 ? text.length : quote
    if (looksOutside) ranges.push(...findAll(text.slice(at, from), secret, at))
    if (quote < 0) break
    const to = endOfString(text, from + 1)
    const raw = text.slice(from + 1, to)
    const isKey = /^\s*:/.test(text.slice(to + 1, to + 50))
    if (isKey) key = raw
    if (form === 'received' || !(isKey || NAMES.has(key))) ranges.push(...findInString(raw, secret, from + 1))
    at = to + 1
  }
  return ranges
}

/** Position of the quote that ends a string; the end of the text where none does. */
function endOfString(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '"') return i
  }
  return text.length
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

/** In the inside of a JSON string, whatever of it is escaped. */
function findInString(raw: string, secret: string, offset: number): Range[] {
  if (!raw.includes('\\')) return findAll(raw, secret, offset)
  let text = ''
  const starts: number[] = []
  for (let i = 0; i < raw.length; ) {
    starts.push(i)
    const unicode = /^\\u([0-9a-f]{4})/i.exec(raw.slice(i, i + 6))?.[1]
    const next = raw[i + 1] ?? ''
    if (unicode) {
      text += String.fromCharCode(Number.parseInt(unicode, 16))
      i += 6
    } else if (raw[i] === '\\') {
      text += ESCAPES[next] ?? next
      i += 2
    } else text += raw[i++]
  }
  starts.push(raw.length)
  return findAll(text, secret, 0).map(([from, to]) => [
    offset + (starts[from] ?? 0),
    offset + (starts[to] ?? raw.length),
  ])
}

function findAll(text: string, secret: string, offset: number): Range[] {
  const ranges: Range[] = []
  for (let i = text.indexOf(secret); i >= 0; i = text.indexOf(secret, i + secret.length)) {
    ranges.push([offset + i, offset + i + secret.length])
  }
  return ranges
}

function joinRanges(ranges: Range[]): Range[] {
  const joined: Range[] = []
  for (const range of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1)
    if (last && range[0] < last[1]) last[1] = Math.max(last[1], range[1])
    else joined.push([...range])
  }
  return joined
}

function isParsable(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
