/** A change of a text with the whole text in sight, for whoever has to judge it. */
import { diffWords } from './word-diff.ts'

/** What goes is struck through, what comes underlined and bold; a text that was rewritten stands whole below the old one. */
export function WholeChange({ before, after, blank }: Record<'before' | 'after' | 'blank', string>) {
  const pieces = diffWords(before, after)
  const kept = pieces.reduce((sum, piece) => sum + (piece.kind === 'same' ? piece.text.length : 0), 0)
  // Marks on every other word would only hide what the text says.
  if (before !== '' && after !== '' && kept < Math.max(before.length, after.length) / 2) {
    return (
      <div class="inline-change whole">
        <p>
          <del>{before}</del>
        </p>
        <p>
          <ins>{after}</ins>
        </p>
      </div>
    )
  }
  return (
    <p class="inline-change whole">
      {pieces.map(({ kind, text }, i) => {
        // Pieces have no other identity than their place.
        const key = `${i} ${kind}`
        if (kind === 'removed') return <del key={key}>{text}</del>
        return kind === 'added' ? <ins key={key}>{text}</ins> : <span key={key}>{text}</span>
      })}
      {after === '' ? <em>{blank}</em> : null}
    </p>
  )
}
