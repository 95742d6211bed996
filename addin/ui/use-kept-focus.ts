/**
 * Buttons are off while work runs, which takes the focus from the one that was pressed, and often it
 * is gone afterwards (a mended issue leaves its list). Without this, the keyboard starts anew from
 * the top of the page after every step.
 */
import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/** What holds the entries of a list of which one may vanish. */
const ENTRY = 'li.issue'

/**
 * When work inside `root` ends and the focus is nowhere: back to the control that had it, else to the
 * first one of the entry that took the place of its entry, else to the heading of the screen. `also`:
 * something else whose change may take a control away.
 */
export function useKeptFocus(root: RefObject<HTMLElement | null>, busy: boolean, also?: unknown): void {
  const last = useRef<{ control: HTMLElement; entry: number } | undefined>(undefined)
  useEffect(() => {
    const element = root.current
    const onFocus = (event: FocusEvent) => {
      if (!(event.target instanceof HTMLElement)) return
      const entry = event.target.closest(ENTRY)
      last.current = { control: event.target, entry: entry ? entriesOf(element).indexOf(entry) : -1 }
    }
    element?.addEventListener('focusin', onFocus)
    return () => element?.removeEventListener('focusin', onFocus)
  }, [root])
  useEffect(() => {
    if (busy || !last.current || document.activeElement !== document.body || !document.hasFocus()) return
    const { control, entry } = last.current
    if (control.isConnected && !control.matches(':disabled')) return control.focus()
    const entries = entriesOf(root.current)
    const next = entry < 0 ? undefined : entries[Math.min(entry, entries.length - 1)]
    const target = next?.querySelector<HTMLElement>('button:enabled, select:enabled, input:enabled')
    ;(target ?? root.current?.querySelector<HTMLElement>('h2'))?.focus()
    // `also` is read by its change alone.
  }, [root, busy, also])
}

function entriesOf(root: HTMLElement | null): Element[] {
  // Those in a folded part of the screen cannot take the focus.
  return [...(root?.querySelectorAll<HTMLElement>(ENTRY) ?? [])].filter((entry) => entry.offsetParent !== null)
}
