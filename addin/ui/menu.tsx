/** Things to do, in groups. The description stays outside the button, so that its name is the plain verb. */

import { Button } from './button.tsx'
import { useElementId } from './use-element-id.ts'

export type MenuItem = {
  label: string
  description: string
  onClick: () => void
  disabled?: boolean
  primary?: boolean
  /** Other ways to do it, behind the description. */
  also?: { label: string; onClick: () => void }[]
}

/** What belongs together, under a heading; one without items is not shown. */
export type MenuGroup = { title: string; items: MenuItem[] }

/**
 * Groups of a menu in the order in which a person goes through them. At most one item stands out: the first enabled
 * one that asks for it.
 */
export function MenuGroups({ groups }: { groups: MenuGroup[] }) {
  const first = groups.flatMap(({ items }) => items).find(({ primary, disabled }) => primary && !disabled)
  return groups
    .filter(({ items }) => items.length > 0)
    .map(({ title, items }) => (
      <section key={title} class="stack">
        <h3>{title}</h3>
        <Menu items={items.map((item) => ({ ...item, primary: item === first }))} />
      </section>
    ))
}

export function Menu(props: { items: MenuItem[] }) {
  const id = useElementId()
  return (
    <ul class="menu">
      {props.items.map((item, index) => (
        <li key={item.label}>
          <Button primary={item.primary} disabled={item.disabled} onClick={item.onClick} describedBy={`${id}-${index}`}>
            {item.label}
          </Button>
          <p id={`${id}-${index}`}>{item.description}</p>
          {item.also && item.also.length > 0 ? (
            <div class="actions">
              {item.also.map(({ label, onClick }) => (
                <Button key={label} small disabled={item.disabled} onClick={onClick}>
                  {label}
                </Button>
              ))}
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
