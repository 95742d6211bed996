/** The changes of one kind under their heading; nothing where there are none. */
import type { ComponentChildren } from 'preact'
import { PagedList } from '../ui/more.tsx'
import type { ScreenProps } from './screen-props.ts'

export function ItemGroup<Item>(props: {
  t: ScreenProps['t']
  title: string
  about?: string
  items: Item[]
  render: (item: Item) => ComponentChildren
}) {
  const { t, title, about, items, render } = props
  if (items.length === 0) return null
  return (
    <section class="stack">
      <h3>{title}</h3>
      {about === undefined ? null : <p class="hint">{about}</p>}
      <PagedList class="issues" items={items} more={(left) => t('more', { left })} render={render} />
    </section>
  )
}
