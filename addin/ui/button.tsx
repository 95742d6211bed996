/** A native button: roles, focus and keys come from the browser. */
import type { ComponentChildren, TargetedMouseEvent } from 'preact'

export function Button(props: {
  children: ComponentChildren
  onClick: (event: TargetedMouseEvent<HTMLButtonElement>) => void
  primary?: boolean
  small?: boolean
  disabled?: boolean
  /** Says more than the visible words where several buttons read alike; begins with them. */
  describedBy?: string
  /** Shown while the mouse rests on it. */
  title?: string
}) {
  const kind = [props.primary ? 'primary' : 'secondary', props.small ? 'small' : ''].join(' ').trim()
  return (
    <button
      type="button"
      class={`button ${kind}`}
      disabled={props.disabled}
      aria-describedby={props.describedBy}
      title={props.title}
      onClick={props.onClick}
    >
      {props.children}
    </button>
  )
}
