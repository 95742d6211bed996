/** The first screen after signing in: what this person can do with the open plan; without one, the plans to choose from. */
import { type MenuGroup, MenuGroups } from '../ui/menu.tsx'
import { Screen } from '../ui/screen.tsx'
import { Clearings } from './clearings.tsx'
import { deskItem } from './desk-item.ts'
import {
  checkItem,
  conflictsItem,
  draftItems,
  drawMineItem,
  handOutItem,
  issueItem,
  keysItem,
  masterItem,
  newPlanItem,
  ownKeyItem,
  recogniseItem,
  spansItem,
  statusItem,
  submissionsItem,
  submitItem,
} from './home-items.ts'
import { intakeItem } from './intake-menu.ts'
import { KeyNotes } from './key-notes.tsx'
import { OutboxBanner } from './outbox-banner.tsx'
import { adjustItem, archiveItem, registryItem } from './plan-items.ts'
import { PlansScreen } from './plans.tsx'
import { pullItem } from './pull-item.ts'
import { NewerBar } from './pull-newer.tsx'
import type { ScreenProps } from './screen-props.ts'
import { SheetList } from './sheets.tsx'
import { WhoCard } from './who.tsx'

export function HomeScreen(props: ScreenProps) {
  const { state, t } = props
  if (!state.plan) return <PlansScreen {...props} />
  return (
    <Screen title={t('home.title')}>
      <WhoCard {...props} />
      <SheetList {...props} />
      <KeyNotes {...props} />
      <OutboxBanner {...props} />
      <Clearings {...props} />
      <NewerBar {...props} />
      <MenuGroups groups={homeGroups(props)} />
    </Screen>
  )
}

/**
 * What this person can do, in the order of the work. An item is one line in its group; where it does not apply its
 * function gives an empty list. An item that is the thing to do now asks for `primary`: of those that ask, the first
 * enabled one stands out.
 */
function homeGroups(props: ScreenProps): MenuGroup[] {
  const role = props.state.me?.actor.role
  return role === 'unit' ? unitGroups(props) : role === 'commission' ? commissionGroups(props) : officeGroups(props)
}

function unitGroups(props: ScreenProps): MenuGroup[] {
  const { state, t } = props
  const inOrder = [recogniseItem(props), drawMineItem(props), pullItem(props), checkItem(props)]
  return [
    // Once a sheet is in use the work on it comes first; finding or making another is rare.
    { title: t('home.group.fill'), items: state.sheet === undefined ? inOrder : inOrder.reverse() },
    {
      title: t('home.group.send'),
      items: [submitItem(props), ...draftItems(props), submissionsItem(props), conflictsItem(props)],
    },
    { title: t('home.group.set'), items: [ownKeyItem(props)] },
  ]
}

function commissionGroups(props: ScreenProps): MenuGroup[] {
  const { t } = props
  return [
    {
      title: t('home.group.todo'),
      items: [deskItem(props), intakeItem(props), conflictsItem(props), spansItem(props)],
    },
    {
      title: t('home.group.master'),
      items: [
        masterItem(props, true),
        statusItem(props, false),
        submissionsItem(props),
        handOutItem(props),
        pullItem(props),
        checkItem(props),
      ],
    },
    {
      title: t('home.group.plan'),
      items: [issueItem(props), adjustItem(props), registryItem(props), archiveItem(props)],
    },
    { title: t('home.group.set'), items: [keysItem(props), ownKeyItem(props), newPlanItem(props)] },
  ]
}

/** Supervision reads; an admin also makes plans and keys. */
function officeGroups(props: ScreenProps): MenuGroup[] {
  const { state, t } = props
  const isAdmin = state.me?.actor.role === 'admin'
  return [
    {
      title: t('home.group.look'),
      items: [statusItem(props, true), deskItem(props), masterItem(props, false), submissionsItem(props)],
    },
    {
      title: t('home.group.set'),
      items: [...(isAdmin ? [keysItem(props)] : []), ownKeyItem(props), ...(isAdmin ? [newPlanItem(props)] : [])],
    },
  ]
}
