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
 * other things whose change may take a control away, such as results that follow the sheet.
 */
export function useKeptFocus(root: RefObject<HTMLElement | null>, busy: boolean, also: readonly unknown[]): void {
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
  const isFocusLost = () => last.current && document.activeElement === document.body && document.hasFocus()
  useEffect(() => {
    if (!busy && isFocusLost()) giveBack(root.current, last.current)
  }, [root, busy])
  useEffect(() => {
    // Whoever left the control by themselves, with the pointer, is not brought back to it.
    if (!busy && isFocusLost() && !last.current?.control.isConnected) giveBack(root.current, last.current)
    // `also` is read by its changes alone.
  }, [root, busy, ...also])
}

function giveBack(root: HTMLElement | null, last: { control: HTMLElement; entry: number } | undefined): void {
  if (!last) return
  const { control, entry } = last
  if (control.isConnected && !control.matches(':disabled')) {
    control.focus()
    return
  }
  const entries = entriesOf(root)
  const next = entry < 0 ? undefined : entries[Math.min(entry, entries.length - 1)]
  const target = next?.querySelector<HTMLElement>('button:enabled, select:enabled, input:enabled')
  ;(target ?? root?.querySelector<HTMLElement>('h2'))?.focus()
}

function entriesOf(root: HTMLElement | null): Element[] {
  // Those in a folded part of the screen cannot take the focus.
  return [...(root?.querySelectorAll<HTMLElement>(ENTRY) ?? [])].filter((entry) => entry.offsetParent !== null)
}
