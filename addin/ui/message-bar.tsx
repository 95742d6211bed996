/** One thing said to the person. Whether it is announced is up to the live region that it stands in. */
import type { ComponentChildren } from 'preact'

export type Tone = 'info' | 'success' | 'warning' | 'error'

export function MessageBar(props: {
  tone: Tone
  /** The tone in words: color alone says nothing to many. */
  label: string
  children: ComponentChildren
  actions?: ComponentChildren
}) {
  return (
    <div class={`message ${props.tone}`}>
      <div>
        <strong>{props.label}</strong> {props.children}
      </div>
      {props.actions ? <div class="actions">{props.actions}</div> : null}
    </div>
  )
}
