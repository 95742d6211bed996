/** What every screen gets: the state to show, the texts, and the flow to start work with. */
import { pullDesk } from '../flows/desk.ts'
import type { Flow } from '../flows/flow.ts'
import { refreshHome } from '../flows/refresh-home.ts'
import type { Translate } from '../messages.ts'
import type { State } from '../state.ts'

export type ScreenProps = { state: State; flow: Flow; t: Translate }

/** The way back to 审核台. */
export function deskward({ state, flow, t }: ScreenProps): { label: string; onClick: () => void; disabled: boolean } {
  return {
    disabled: state.busy !== undefined,
    label: t('desk.back'),
    onClick: () => flow.dispatch({ type: 'went', screen: 'desk' }),
  }
}

/** The way back from a screen that 审核台 leads to as well as the first screen; what waits is read again. */
export function backward(props: ScreenProps): ReturnType<typeof homeward> {
  const { state, flow } = props
  if (!state.isFromDesk) return homeward(props)
  const desk = deskward(props)
  const onClick = () => {
    desk.onClick()
    void pullDesk(flow)
  }
  return { ...desk, onClick }
}

/** The way back to the first screen, as the frame of a screen takes it; what it says is read again. Work that ends opens its own screen. */
export function homeward({ state, flow, t }: ScreenProps): { label: string; onClick: () => void; disabled: boolean } {
  return {
    disabled: state.busy !== undefined,
    label: t('home.back'),
    onClick: () => {
      flow.dispatch({ type: 'went', screen: 'home' })
      void refreshHome(flow)
    },
  }
}
