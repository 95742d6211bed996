/** The first screen after signing in: the plans to choose from, then what this person can do. */
import { checkSheet } from '../flows/check.ts'
import { pullConflicts } from '../flows/conflicts.ts'
import { draftPlan } from '../flows/create-plan.ts'
import { pullStatus } from '../flows/desk.ts'
import { isReviewer, pullDrafts } from '../flows/drafts.ts'
import { drawMySheet } from '../flows/draw-my-sheet.ts'
import { pullKeys } from '../flows/keys.ts'
import { pullMaster } from '../flows/master.ts'
import { recogniseSheet } from '../flows/recognise.ts'
import { openPlan } from '../flows/session.ts'
import { pullSubmissions } from '../flows/submissions.ts'
import type { State } from '../state.ts'
import { Menu, type MenuGroup, MenuGroups, type MenuItem } from '../ui/menu.tsx'
import { Screen } from '../ui/screen.tsx'
import { Clearings } from './clearings.tsx'
import { deskItem } from './desk-item.ts'
import { intakeItem } from './intake-menu.ts'
import { KeyNotes } from './key-notes.tsx'
import { OutboxBanner } from './outbox-banner.tsx'
import { adjustItem, registryItem } from './plan-items.ts'
import type { ScreenProps } from './screen-props.ts'
import { WhoCard } from './who.tsx'

export function HomeScreen(props: ScreenProps) {
  const { state, t } = props
  if (!state.plan) return <PlanChoice {...props} />
  return (
    <Screen title={t('home.title')}>
      <WhoCard {...props} />
      <KeyNotes {...props} />
      <OutboxBanner {...props} />
      <Clearings {...props} />
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

function isCollecting(state: State): boolean {
  return state.plan?.plan.state === 'collecting'
}

function PlanChoice(props: ScreenProps) {
  const { state, flow, t } = props
  const plans = state.me?.plans ?? []
  const items: MenuItem[] = plans.map((plan) => ({
    label: plan.title,
    description: t('home.plan', { county: plan.county, year: plan.year, state: t(`plan.${plan.state}`) }),
    onClick: () => void openPlan(flow, plan.id),
    disabled: state.busy !== undefined,
  }))
  if (mayMakePlans(state)) items.push(newPlanItem({ state, flow, t }))
  return (
    <Screen title={t('home.choosePlan')}>
      <OutboxBanner {...props} />
      {plans.length === 0 ? <p>{t('home.noPlans')}</p> : null}
      <Menu items={items} />
    </Screen>
  )
}

function mayMakePlans(state: State): boolean {
  return state.me?.actor.role === 'commission' || state.me?.actor.role === 'admin'
}

function newPlanItem({ state, flow, t }: ScreenProps): MenuItem {
  return {
    label: t('createPlan.button'),
    description: t('createPlan.about'),
    onClick: () => void draftPlan(flow),
    disabled: state.busy !== undefined,
  }
}

function conflictsItem({ state, flow, t }: ScreenProps): MenuItem {
  const count = state.rows?.rows.reduce((sum, row) => sum + row.openConflicts, 0) ?? 0
  return {
    label: t('conflicts.button'),
    description: t('conflicts.about', { count }),
    onClick: () => void pullConflicts(flow),
    disabled: state.busy !== undefined,
  }
}

function submissionsItem({ state, flow, t }: ScreenProps): MenuItem {
  return {
    label: t('submissions.button'),
    description: t(state.me?.actor.role === 'unit' ? 'submissions.aboutMine' : 'submissions.aboutAll'),
    onClick: () => void pullSubmissions(flow),
    disabled: state.busy !== undefined,
  }
}

function keysItem({ state, flow, t }: ScreenProps): MenuItem {
  return {
    label: t('keys.button'),
    description: t('keys.about'),
    onClick: () => void pullKeys(flow),
    disabled: state.busy !== undefined,
  }
}

function ownKeyItem({ state, flow, t }: ScreenProps): MenuItem {
  return {
    label: t('ownKey.button'),
    description: t('ownKey.about'),
    onClick: () => flow.dispatch({ type: 'went', screen: 'ownKey' }),
    disabled: state.busy !== undefined,
  }
}

function unitGroups(props: ScreenProps): MenuGroup[] {
  const { t } = props
  return [
    { title: t('home.group.fill'), items: [recogniseItem(props), drawMineItem(props), checkItem(props)] },
    { title: t('home.group.send'), items: [submitItem(props), ...draftItems(props), submissionsItem(props)] },
    { title: t('home.group.look'), items: [conflictsItem(props)] },
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
      items: [masterItem(props, true), statusItem(props, false), submissionsItem(props), checkItem(props)],
    },
    { title: t('home.group.plan'), items: [issueItem(props), adjustItem(props), registryItem(props)] },
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

function recogniseItem({ state, flow, t }: ScreenProps): MenuItem {
  return {
    label: t('recognise.button'),
    description: state.sheet ? t('recognise.known', { sheet: state.sheet }) : t('recognise.about'),
    onClick: () => void recogniseSheet(flow),
    disabled: state.busy !== undefined,
    primary: !state.sheet,
  }
}

function drawMineItem({ state, flow, t }: ScreenProps): MenuItem {
  const mine = state.rows?.rows.filter((row) => row.role === 'lead').length ?? 0
  return {
    label: t('drawMine.button'),
    description: t('drawMine.about', { rows: mine }),
    onClick: () => void drawMySheet(flow),
    disabled: state.busy !== undefined || mine === 0,
  }
}

function checkItem({ state, flow, t }: ScreenProps): MenuItem {
  const isUnit = state.me?.actor.role === 'unit'
  return {
    label: t('check.button'),
    description: t(isUnit ? 'check.about' : 'check.aboutAll'),
    onClick: () => void checkSheet(flow),
    disabled: state.busy !== undefined,
    primary: isUnit && state.sheet !== undefined,
  }
}

function submitItem({ state, flow, t }: ScreenProps): MenuItem {
  return {
    label: t('submit.button'),
    description: t('submit.about'),
    onClick: () => flow.dispatch({ type: 'went', screen: 'submit' }),
    disabled: state.busy !== undefined || !isCollecting(state),
  }
}

function masterItem({ state, flow, t }: ScreenProps, primary: boolean): MenuItem {
  return {
    label: t('master.button'),
    description: t('master.about'),
    onClick: () => void pullMaster(flow, 'master'),
    disabled: state.busy !== undefined,
    primary,
  }
}

function statusItem({ state, flow, t }: ScreenProps, primary: boolean): MenuItem {
  return {
    label: t('status.button'),
    description: t('status.about'),
    onClick: () => void pullStatus(flow),
    disabled: state.busy !== undefined,
    primary,
  }
}

function spansItem({ state, flow, t }: ScreenProps): MenuItem {
  const count = state.rows?.rows.filter((row) => !row.spansConfirmed).length ?? 0
  return {
    label: t('spans.button'),
    description: t('spans.about', { count }),
    onClick: () => void pullMaster(flow, 'spans'),
    disabled: state.busy !== undefined,
  }
}

function issueItem({ state, flow, t }: ScreenProps): MenuItem {
  return {
    label: t('issue.button'),
    description: t('issue.about'),
    onClick: () => void pullMaster(flow, 'issue'),
    disabled: state.busy !== undefined || !isCollecting(state),
  }
}

/** Where the plan asks for sign-off, or something still waits from when it did. */
function draftItems({ state, flow, t }: ScreenProps): MenuItem[] {
  const count = state.drafts?.filter((draft) => draft.state === 'open').length ?? 0
  if (state.plan?.plan.signOff !== 'reviewer' && count === 0) return []
  return [
    {
      label: t('drafts.button'),
      description: t(isReviewer(state) ? 'drafts.aboutReviewer' : 'drafts.aboutHandler', { count }),
      onClick: () => void pullDrafts(flow),
      disabled: state.busy !== undefined,
      primary: isReviewer(state) && count > 0,
    },
  ]
}
