/** 审核台 as the first screen offers it: its own file, so that the desk itself is fetched only when it is opened. */
import { countWaiting, pullDesk } from '../flows/desk.ts'
import type { MenuItem } from '../ui/menu.tsx'
import type { ScreenProps } from './screen-props.ts'

/** For the commission, which decides, and for the offices that read. */
export function deskItem({ state, flow, t }: ScreenProps): MenuItem {
  const { desk } = state
  return {
    label: t('desk.title'),
    description: desk ? t('desk.aboutKnown', { count: countWaiting(desk) }) : t('desk.about'),
    onClick: () => void pullDesk(flow),
    disabled: state.busy !== undefined,
    primary: state.me?.actor.role === 'commission' && state.plan?.plan.state === 'collecting',
  }
}
