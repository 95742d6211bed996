/** 更新本表 on the first screen. */
import { openPull } from '../flows/pull-open.ts'
import type { MenuItem } from '../ui/menu.tsx'
import type { ScreenProps } from './screen-props.ts'

export function pullItem({ state, flow, t }: ScreenProps): MenuItem {
  return {
    label: t('pull.button'),
    description: t('pull.about'),
    onClick: () => void openPull(flow),
    disabled: state.busy !== undefined,
  }
}
