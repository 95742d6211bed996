/**
 * Ids that tie labels and descriptions to their controls. Preact's own useId gives two controls the
 * same id where one of them appears in a later render (seen with 11.2.0), so we count ourselves.
 */
import { useState } from 'preact/hooks'

let count = 0

export function useElementId(): string {
  const [id] = useState(() => `ledger-${++count}`)
  return id
}
