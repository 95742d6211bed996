/**
 * The text field that lies in a cell while it is edited. The field keeps its own text until it is
 * done, so that an input method can compose in peace.
 */
import { useLayoutEffect, useRef } from 'preact/hooks'

export type EditEnd = 'stay' | 'down' | 'right'

type Props = {
  text: string
  label: string
  /** Called once: with the new text, or with undefined when the edit was given up. */
  onDone: (text: string | undefined, then: EditEnd) => void
}

export function CellEditor({ text, label, onDone }: Props) {
  const field = useRef<HTMLTextAreaElement>(null)
  const done = useRef(false)
  const finish = (keep: boolean, then: EditEnd) => {
    if (done.current) return
    done.current = true
    onDone(keep ? field.current?.value : undefined, then)
  }

  useLayoutEffect(() => {
    field.current?.focus()
    field.current?.setSelectionRange(text.length, text.length)
  }, [text])

  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    // Enter and Escape belong to the input method while it composes; some report only key code 229.
    if (event.isComposing || event.keyCode === 229) return
    if (event.key === 'Escape') finish(false, 'stay')
    else if (event.key === 'Tab' && !event.shiftKey) finish(true, 'right')
    else if (event.key === 'Enter' && !event.altKey && !event.shiftKey) finish(true, 'down')
    else if (event.key === 'Enter' && event.altKey) insertLineBreak(field.current)
    else return
    event.preventDefault()
  }

  return (
    <textarea
      ref={field}
      class="grid-editor"
      aria-label={label}
      defaultValue={text}
      rows={Math.max(2, text.split('\n').length)}
      onKeyDown={onKeyDown}
      onBlur={() => finish(true, 'stay')}
    />
  )
}

function insertLineBreak(field: HTMLTextAreaElement | null): void {
  field?.setRangeText('\n', field.selectionStart, field.selectionEnd, 'end')
}
