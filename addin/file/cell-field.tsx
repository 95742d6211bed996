/**
 * The text field in the current cell. It lies there unseen while a person moves about, so that the first key, also one
 * of an input method, already lands in it; it shows itself as soon as something is typed. The field keeps its own text
 * until it is done: nothing that happens around it interrupts a composition.
 */
import { useLayoutEffect, useRef } from 'preact/hooks'

/**
 * 'idle': the cell is current. 'replace': its text is being typed anew, arrow keys end that, as in Excel. 'edit': its
 * text is being changed, arrow keys move within it.
 */
export type FieldMode = 'idle' | 'replace' | 'edit'
export type EditEnd = 'stay' | 'up' | 'down' | 'left' | 'right' | 'next' | 'back'

type Props = {
  text: string
  label: string
  mode: FieldMode
  /** Something was typed into the idle field. */
  onStart: () => void
  /** A key that the idle field leaves to the grid. */
  onKey: (event: KeyboardEvent) => void
  /** With the new text, or with undefined when the edit was given up. */
  onDone: (text: string | undefined, then: EditEnd) => void
  /** The focus went elsewhere on the page. */
  onLeave: (event: FocusEvent) => void
}

const ARROWS: Record<string, EditEnd> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
}

export function CellField({ text, label, mode, onStart, onKey, onDone, onLeave }: Props) {
  const field = useRef<HTMLTextAreaElement>(null)

  useLayoutEffect(() => field.current?.focus({ preventScroll: true }), [])
  useLayoutEffect(() => {
    const element = field.current
    if (!element) return
    if (mode === 'idle') element.value = ''
    if (mode === 'edit') {
      element.value = text
      element.setSelectionRange(text.length, text.length)
    }
    element.rows = lineCount(element.value)
    // A text that is loaded anew while its cell is edited must not replace what is being typed.
  }, [mode])

  const onKeyDown = (event: KeyboardEvent) => {
    // Enter and Escape belong to the input method while it composes; some report only key code 229.
    if (event.isComposing || event.keyCode === 229) return
    if (mode === 'idle') return onKey(event)
    const end = endOf(event, mode)
    if (end) onDone(field.current?.value, end)
    else if (event.key === 'Escape') onDone(undefined, 'stay')
    else if (event.key === 'Enter' && event.altKey) insertLineBreak(field.current)
    else return
    event.preventDefault()
  }
  const onBlur = (event: FocusEvent) => {
    // The whole window lost the focus: the field has it again when the window does.
    if (document.activeElement === field.current) return
    if (mode !== 'idle') onDone(field.current?.value, 'stay')
    onLeave(event)
  }

  return (
    <textarea
      ref={field}
      class="grid-editor"
      data-mode={mode}
      aria-label={label}
      rows={1}
      spellcheck={false}
      onKeyDown={onKeyDown}
      onCompositionStart={() => mode === 'idle' && onStart()}
      onInput={(event) => {
        event.currentTarget.rows = lineCount(event.currentTarget.value)
        if (mode === 'idle') onStart()
      }}
      onBlur={onBlur}
    />
  )
}

function endOf({ key, shiftKey, altKey }: KeyboardEvent, mode: FieldMode): EditEnd | undefined {
  if (key === 'Tab') return shiftKey ? 'back' : 'next'
  if (key === 'Enter' && !altKey) return shiftKey ? 'up' : 'down'
  return mode === 'replace' && !shiftKey ? ARROWS[key] : undefined
}

function insertLineBreak(field: HTMLTextAreaElement | null): void {
  field?.setRangeText('\n', field.selectionStart, field.selectionEnd, 'end')
  field?.dispatchEvent(new Event('input', { bubbles: true }))
}

/** Lines that the text takes at about fourteen Chinese characters a line. */
function lineCount(text: string): number {
  return text.split('\n').reduce((lines, line) => lines + 1 + Math.floor(line.length / 16), 0)
}
