/** The frame of a screen: its heading takes the focus when the screen opens, so that readers and keys start there. */
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Button } from './button.tsx'

type WayBack = { label: string; onClick: () => void; disabled?: boolean }

/** `home`: where `back` leads to a list, the way to the first screen beside it. */
export function Screen(props: {
  title: string
  back?: WayBack
  home?: WayBack | undefined
  children: ComponentChildren
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    heading.current?.focus({ preventScroll: true })
    // To the very top: what was announced stands above the heading.
    heading.current?.closest('main')?.scrollTo(0, 0)
    window.scrollTo(0, 0)
  }, [])
  return (
    <section class="screen">
      <div class="stack">
        <div class="spread">
          <h2 ref={heading} tabIndex={-1}>
            {props.title}
          </h2>
          {[props.back, props.home].map((way) =>
            way ? (
              <Button key={way.label} small disabled={way.disabled} onClick={way.onClick}>
                {way.label}
              </Button>
            ) : null,
          )}
        </div>
        {props.children}
      </div>
    </section>
  )
}
