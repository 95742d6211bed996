/** The way to 收回的文件. Apart from that screen, which is fetched when it is opened. */
import type { MenuItem } from '../ui/menu.tsx'
import { isFixed } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'

export function intakeItem({ state, flow, t }: ScreenProps): MenuItem {
  return {
    label: t('intake.button'),
    description: t('intake.about'),
    onClick: () => flow.dispatch({ type: 'went', screen: 'intake' }),
    disabled: state.busy !== undefined || isFixed(state),
  }
}
