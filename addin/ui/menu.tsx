/** Things to do, in groups. The description stays outside the button, so that its name is the plain verb. */

import { Button } from './button.tsx'
import { useElementId } from './use-element-id.ts'

export type MenuItem = {
  label: string
  description: string
  onClick: () => void
  disabled?: boolean
  primary?: boolean
  /** Rarely used, or with nothing to do there now: its button alone is shown. */
  quiet?: boolean
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

/** Quiet items stand side by side at the end; what they do is read out with them, and shown under the mouse. */
export function Menu({ items }: { items: MenuItem[] }) {
  const id = useElementId()
  const isQuiet = ({ quiet, primary }: MenuItem) => quiet === true && !primary
  const quiet = items.filter(isQuiet)
  return (
    <ul class="menu">
      {items
        .filter((item) => !isQuiet(item))
        .map((item) => (
          <li key={item.label}>
            <MenuButton item={item} id={`${id}-${items.indexOf(item)}`} />
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
      {quiet.length > 0 ? (
        <li>
          <ul class="actions">
            {quiet.map((item) => (
              <li key={item.label}>
                <MenuButton item={item} id={`${id}-${items.indexOf(item)}`} isQuiet />
              </li>
            ))}
          </ul>
        </li>
      ) : null}
    </ul>
  )
}

function MenuButton({ item, id, isQuiet = false }: { item: MenuItem; id: string; isQuiet?: boolean }) {
  const { label, description, primary, disabled, onClick } = item
  return (
    <>
      <Button
        primary={primary}
        small={isQuiet}
        disabled={disabled}
        onClick={onClick}
        describedBy={id}
        title={isQuiet ? description : undefined}
      >
        {label}
      </Button>
      <p id={id} class={isQuiet ? 'visually-hidden' : undefined}>
        {description}
      </p>
    </>
  )
}
