/**
 * Work under way. It stands in a live region: its words are announced once, the moving numbers are
 * hidden from it and told by the bar.
 */
import type { ComponentChildren } from 'preact'

export function ProgressBar(props: { label: string; done: number; total: number; children?: ComponentChildren }) {
  return (
    <div class="progress">
      <p>{props.label}</p>
      <div class="progress-line">
        <progress
          aria-label={props.label}
          max={props.total > 0 ? props.total : undefined}
          value={props.total > 0 ? props.done : undefined}
        />
        {props.total > 0 ? (
          <span aria-hidden="true">
            {props.done} / {props.total}
          </span>
        ) : null}
      </div>
      {props.children}
    </div>
  )
}
