/** 选择计划: the plans that this person may work on; where one is open it stays so until another is chosen. */
import { openPlan } from '../flows/session.ts'
import type { State } from '../state.ts'
import { Menu, type MenuItem } from '../ui/menu.tsx'
import { Screen } from '../ui/screen.tsx'
import { mayMakePlans, newPlanItem } from './home-items.ts'
import { OutboxBanner } from './outbox-banner.tsx'
import { homeward, type ScreenProps } from './screen-props.ts'

/** Whether the list offers anything but the plan that is open. */
export function hasOtherPlans(state: State): boolean {
  const isOther = ({ id }: { id: string }) => id !== state.plan?.plan.id
  return mayMakePlans(state) || (state.me?.plans.some(isOther) ?? false)
}

export function PlansScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const plans = state.me?.plans ?? []
  const open = state.plan?.plan.id
  const items: MenuItem[] = plans.map((plan) => ({
    label: plan.title,
    description: t(plan.id === open ? 'home.openPlan' : 'home.plan', {
      county: plan.county,
      year: plan.year,
      state: t(`plan.${plan.state}`),
    }),
    // The open one with its sheet and its check: it is gone back to and not read anew.
    onClick: () => (plan.id === open ? flow.dispatch({ type: 'went', screen: 'home' }) : void openPlan(flow, plan.id)),
    disabled: state.busy !== undefined,
  }))
  if (mayMakePlans(state)) items.push({ ...newPlanItem({ state, flow, t }), quiet: false })
  return (
    <Screen title={t('home.choosePlan')} {...(open !== undefined && { back: homeward(props) })}>
      <OutboxBanner {...props} />
      {plans.length === 0 ? <p>{t('home.noPlans')}</p> : null}
      <Menu items={items} />
    </Screen>
  )
}
