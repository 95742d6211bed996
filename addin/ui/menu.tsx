/** A list of things to do. The description stays outside the button, so that its name is the plain verb. */

import { Button } from './button.tsx'
import { useElementId } from './use-element-id.ts'

export type MenuItem = {
  label: string
  description: string
  onClick: () => void
  disabled?: boolean
  primary?: boolean
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
        </li>
      ))}
    </ul>
  )
}
