/** What every screen gets: the state to show, the texts, and the flow to start work with. */
import type { Flow } from '../flows/flow.ts'
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

/** The way back to the first screen, as the frame of a screen takes it; work that ends opens its own screen. */
export function homeward({ state, flow, t }: ScreenProps): { label: string; onClick: () => void; disabled: boolean } {
  return {
    disabled: state.busy !== undefined,
    label: t('home.back'),
    onClick: () => flow.dispatch({ type: 'went', screen: 'home' }),
  }
}
