/** What one text has and another has not, word by word, so that a reader sees it at a glance. Pure. */

export type Piece = { text: string; kind: 'same' | 'removed' | 'added' }

/** A figure with its sign for percent or a Latin word is one word; of Chinese every character is. */
const WORD = /\d[\d.,]*[%％]?|[A-Za-z]+|./gsu

/** Beyond this many pairs of words only the common beginning and end are told apart. */
const MOST_PAIRS = 250_000

/** The pieces of both texts in order: what only `before` has is removed, what only `after` has is added. */
export function diffWords(before: string, after: string): Piece[] {
  const [one, other] = [wordsOf(before), wordsOf(after)]
  let start = 0
  while (start < one.length && start < other.length && one[start] === other[start]) start++
  let end = 0
  const shorter = Math.min(one.length, other.length) - start
  while (end < shorter && one[one.length - 1 - end] === other[other.length - 1 - end]) end++
  const middle = diffMiddle(one.slice(start, one.length - end), other.slice(start, other.length - end))
  const pieces: Piece[] = [
    { kind: 'same', text: one.slice(0, start).join('') },
    ...middle,
    { kind: 'same', text: one.slice(one.length - end).join('') },
  ]
  return joinPieces(pieces)
}

function wordsOf(text: string): string[] {
  return text.match(WORD) ?? []
}

function diffMiddle(one: string[], other: string[]): Piece[] {
  const whole: Piece[] = [
    { kind: 'removed', text: one.join('') },
    { kind: 'added', text: other.join('') },
  ]
  if (one.length * other.length > MOST_PAIRS) return whole
  const lengths = commonLengths(one, other)
  const pieces: Piece[] = []
  for (let i = 0, j = 0; i < one.length || j < other.length; ) {
    if (i < one.length && j < other.length && one[i] === other[j]) {
      pieces.push({ kind: 'same', text: one[i] ?? '' })
      i++
      j++
    } else if (j >= other.length || (i < one.length && at(lengths, i + 1, j) >= at(lengths, i, j + 1))) {
      pieces.push({ kind: 'removed', text: one[i++] ?? '' })
    } else pieces.push({ kind: 'added', text: other[j++] ?? '' })
  }
  return settlePieces(joinPieces(pieces))
}

/** Length of the longest common subsequence of what is left from each pair of positions on. */
function commonLengths(one: string[], other: string[]): Uint16Array[] {
  const lengths = Array.from({ length: one.length + 1 }, () => new Uint16Array(other.length + 1))
  for (let i = one.length - 1; i >= 0; i--) {
    for (let j = other.length - 1; j >= 0; j--) {
      const longest =
        one[i] === other[j] ? at(lengths, i + 1, j + 1) + 1 : Math.max(at(lengths, i + 1, j), at(lengths, i, j + 1))
      ;(lengths[i] as Uint16Array)[j] = longest
    }
  }
  return lengths
}

function at(lengths: Uint16Array[], i: number, j: number): number {
  return lengths[i]?.[j] ?? 0
}

/** A single character that happens to be common between two changes says nothing: the changes become one. */
function settlePieces(pieces: Piece[]): Piece[] {
  const settled = pieces.flatMap((piece, i): Piece[] => {
    const isBetween = pieces[i - 1] !== undefined && pieces[i + 1] !== undefined
    if (piece.kind !== 'same' || !isBetween || [...piece.text].length > 1) return [piece]
    return [
      { kind: 'removed', text: piece.text },
      { kind: 'added', text: piece.text },
    ]
  })
  return joinPieces(settled)
}

/** Neighbours joined: within one run of changes what is removed comes first. */
function joinPieces(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = []
  let removed = ''
  let added = ''
  const flush = () => {
    if (removed !== '') joined.push({ kind: 'removed', text: removed })
    if (added !== '') joined.push({ kind: 'added', text: added })
    removed = added = ''
  }
  for (const { kind, text } of pieces) {
    if (kind === 'removed') removed += text
    else if (kind === 'added') added += text
    else if (text !== '') {
      flush()
      const last = joined.at(-1)
      if (last?.kind === 'same') last.text += text
      else joined.push({ kind, text })
    }
  }
  flush()
  return joined
}
