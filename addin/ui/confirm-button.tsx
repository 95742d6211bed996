/** A button that asks once more in place before it does what cannot be taken back. */
import { useState } from 'preact/hooks'
import { Button } from './button.tsx'

export function ConfirmButton(props: {
  label: string
  /** What it does, said before the second press. */
  about: string
  confirm: string
  cancel: string
  onConfirm: () => void
  small?: boolean
  disabled?: boolean
  describedBy?: string
}) {
  const { label, about, confirm, cancel, onConfirm, small, disabled, describedBy } = props
  const [isAsking, ask] = useState(false)
  return (
    <div class="stack">
      {isAsking ? <p class="hint">{about}</p> : null}
      <div class="actions">
        {/* The pressed button turns into 取消 and keeps the focus, so that pressing twice deletes nothing. */}
        <Button small={small} disabled={disabled} describedBy={describedBy} onClick={() => ask(!isAsking)}>
          {isAsking ? cancel : label}
        </Button>
        {isAsking ? (
          <Button small={small} disabled={disabled} describedBy={describedBy} onClick={onConfirm}>
            {confirm}
          </Button>
        ) : null}
      </div>
    </div>
  )
}
