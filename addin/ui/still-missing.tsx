/** Beside a button that cannot be pressed yet: what is still to be done, so that nobody has to guess it. */

/** `text`: '' where nothing is missing. `id`: for the button's description. */
export function StillMissing({ id, text }: { id: string; text: string }) {
  return text === '' ? null : (
    <p id={id} class="hint">
      {text}
    </p>
  )
}
