/** The text of a cell with one stretch of it marked: where a figure stands in the prose. */
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Button } from '../ui/button.tsx'

export function CellText(props: {
  title: string
  text: string
  start: number
  end: number
  close: string
  onClose: () => void
}) {
  const { title, text, start, end, close, onClose } = props
  const mark = useRef<HTMLElement>(null)
  const root = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    // Of a text that is longer than the pane the marked place has to be in sight.
    root.current?.scrollIntoView({ block: 'nearest' })
    mark.current?.scrollIntoView({ block: 'nearest' })
  }, [text, start, end])
  return (
    <section ref={root} class="cell-text" aria-label={title}>
      <div class="spread">
        <h5>{title}</h5>
        <Button small onClick={onClose}>
          {close}
        </Button>
      </div>
      <p class="prose">
        {text.slice(0, start)}
        <mark ref={mark}>{text.slice(start, end)}</mark>
        {text.slice(end)}
      </p>
    </section>
  )
}
