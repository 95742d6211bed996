/**
 * A small change of a long text in one line of reading: what goes struck through, what comes underlined and
 * bold, and of what stays only the words around.
 */
import { diffWords, type Piece } from './word-diff.ts'

export function InlineChange({ before, after, label, blank }: Record<'before' | 'after' | 'label' | 'blank', string>) {
  const pieces = shortenPieces(diffWords(before, after))
  return (
    <p class="inline-change">
      <span class="hint">{label}</span>{' '}
      {pieces.map(({ kind, text }, i) => {
        // Pieces have no other identity than their place.
        const key = `${i} ${kind}`
        if (kind === 'removed') return <del key={key}>{showBlanks(text)}</del>
        return kind === 'added' ? <ins key={key}>{showBlanks(text)}</ins> : <span key={key}>{text}</span>
      })}
      {after === '' ? <em>{blank}</em> : null}
    </p>
  )
}

/** So many characters of what stays are enough to find the place. */
const AROUND = 12

/** Long stretches that stay are shortened to the words beside a change. */
export function shortenPieces(pieces: readonly Piece[]): Piece[] {
  return pieces.map((piece, i) => {
    if (piece.kind !== 'same') return piece
    const characters = [...piece.text]
    const [head, tail] = [i === 0 ? 0 : AROUND, i === pieces.length - 1 ? 0 : AROUND]
    if (characters.length <= head + tail + 1) return piece
    const start = characters.slice(0, head).join('')
    const end = characters.slice(characters.length - tail).join('')
    return { ...piece, text: `${start}…${end}` }
  })
}

/** Blanks, breaks and characters without a shape of their own, so that a change of them can be seen. */
function showBlanks(text: string): string {
  return text.replace(/\r?\n/g, '↵').replace(/[\s\p{Cc}\p{Cf}]/gu, '␣')
}
