/** A long list a page at a time: thousands of nodes at once would freeze the pane. */
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Button } from './button.tsx'

const PAGE = 100

export function PagedList<Item>(props: {
  items: Item[]
  render: (item: Item, index: number) => ComponentChildren
  more: (left: number) => string
  class?: string
}) {
  const [shown, setShown] = useState(PAGE)
  const left = props.items.length - shown
  return (
    <>
      <ol class={props.class}>{props.items.slice(0, shown).map(props.render)}</ol>
      {left > 0 ? (
        <div class="actions">
          <Button small onClick={() => setShown(shown + PAGE)}>
            {props.more(left)}
          </Button>
        </div>
      ) : null}
    </>
  )
}
