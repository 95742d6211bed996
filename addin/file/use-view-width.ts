/** How much room the table view has, which changes with the window and the pane beside it. */
import type { RefObject } from 'preact'
import { useLayoutEffect, useState } from 'preact/hooks'

/** Width of what the table scrolls in, in em of its text; 0 before it is measured. */
export function useViewWidth(table: RefObject<HTMLTableElement | null>): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const view = table.current?.parentElement
    if (!view) return
    const measure = () => setWidth(Math.floor(view.clientWidth / Number.parseFloat(getComputedStyle(view).fontSize)))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(view)
    return () => observer.disconnect()
  }, [])
  return width
}
