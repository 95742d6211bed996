/** A screen whose code is fetched when it is opened. */
import type { ComponentChild } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { loadOnce } from '../load-once.ts'
import { Button } from '../ui/button.tsx'
import type { ScreenProps } from './screen-props.ts'

export type ScreenComponent = (props: ScreenProps) => ComponentChild

/**
 * The screen that `load` fetches; until then says that it is being opened, or that it could not be. `prefetch`
 * fetches it before it is opened; rejects where it could not.
 */
export function onDemand(load: () => Promise<ScreenComponent>): ScreenComponent & { prefetch: () => Promise<void> } {
  const fetchScreen = loadOnce(load)
  let known: ScreenComponent | undefined
  const prefetch = async () => {
    known = await fetchScreen()
  }
  return Object.assign(OnDemand, { prefetch })

  function OnDemand(props: ScreenProps) {
    const { t } = props
    const [Loaded, setLoaded] = useState<ScreenComponent | 'failed' | undefined>(() => known)
    const open = () => {
      setLoaded(undefined)
      fetchScreen().then(
        (screen) => {
          known = screen
          setLoaded(() => screen)
        },
        () => setLoaded('failed'),
      )
    }
    useEffect(() => {
      if (!known) open()
    }, [])
    if (typeof Loaded === 'function') return <Loaded {...props} />
    if (Loaded === undefined) return <p role="status">{t('screen.opening')}</p>
    return (
      <div class="stack">
        <p role="alert">{t('screen.notOpened')}</p>
        <div class="actions">
          <Button onClick={open}>{t('retry')}</Button>
        </div>
      </div>
    )
  }
}
