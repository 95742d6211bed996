/** The text that is being typed into a cell of the page and was not entered yet: it too must survive a closed window. */

export type TypedText = { row: number; column: number; text: string }

/** Undefined where nothing is being typed. */
export function typedText(): TypedText | undefined {
  const field = document.querySelector<HTMLTextAreaElement>('.grid-editor:not([data-mode="idle"])')
  const place = field?.closest<HTMLElement>('td[data-cell]')?.dataset.cell
  const [row, column] = place?.split(':').map(Number) ?? []
  return field && row !== undefined && column !== undefined ? { row, column, text: field.value } : undefined
}

/**
 * Calls back whenever what is being typed may have changed, not within a composition: what an input method shows
 * there is no text yet. Returns what ends it.
 */
export function watchTyping(onTyping: () => void): () => void {
  let isComposing = false
  const onEvent = (event: Event) => {
    if (event.type === 'compositionstart') isComposing = true
    if (event.type === 'compositionend') isComposing = false
    if (!isComposing) onTyping()
  }
  const types = ['compositionstart', 'compositionend', 'input', 'keyup', 'focusout']
  for (const type of types) document.addEventListener(type, onEvent)
  return () => {
    for (const type of types) document.removeEventListener(type, onEvent)
  }
}
