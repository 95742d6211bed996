/** Labelled native inputs. The label is always visible: a placeholder vanishes when it is needed. */
import type { RefObject, TargetedFocusEvent, TargetedInputEvent } from 'preact'
import { useElementId } from './use-element-id.ts'

type Common = { label: string; hint?: string; value: string; onInput: (value: string) => void; disabled?: boolean }

export function TextField(
  props: Common & { secret?: boolean; readOnly?: boolean; input?: RefObject<HTMLInputElement | null> },
) {
  const id = useElementId()
  const input = {
    id,
    ref: props.input,
    value: props.value,
    disabled: props.disabled,
    readOnly: props.readOnly,
    autocomplete: 'off' as const,
    spellcheck: false,
    'aria-describedby': props.hint ? `${id}-hint` : undefined,
    // What can only be read is there to be copied.
    onFocus: props.readOnly ? (event: TargetedFocusEvent<HTMLInputElement>) => event.currentTarget.select() : undefined,
    onInput: (event: TargetedInputEvent<HTMLInputElement>) => props.onInput(event.currentTarget.value),
  }
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {props.secret ? <input type="password" {...input} /> : <input type="text" {...input} />}
      {props.hint ? (
        <p id={`${id}-hint`} class="hint">
          {props.hint}
        </p>
      ) : null}
    </div>
  )
}

/** A day as YYYY-MM-DD; '' while it is not a whole one. The browser brings the calendar. */
export function DateField(props: Common) {
  const id = useElementId()
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <input
        type="date"
        id={id}
        value={props.value}
        disabled={props.disabled}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
    </div>
  )
}

export function TextArea(props: Common & { rows?: number; maxLength?: number }) {
  const id = useElementId()
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <textarea
        id={id}
        rows={props.rows ?? 4}
        maxLength={props.maxLength}
        value={props.value}
        disabled={props.disabled}
        aria-describedby={props.hint ? `${id}-hint` : undefined}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
      {props.hint ? (
        <p id={`${id}-hint`} class="hint">
          {props.hint}
        </p>
      ) : null}
    </div>
  )
}

export function SelectField(props: Common & { options: { value: string; label: string }[] }) {
  const id = useElementId()
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <select
        id={id}
        value={props.value}
        disabled={props.disabled}
        onChange={(event) => props.onInput(event.currentTarget.value)}
      >
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}
