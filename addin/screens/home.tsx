/** The first screen after signing in: the plans to choose from, then what this person can do. */
import { checkSheet } from '../flows/check.ts'
import { pullConflicts } from '../flows/conflicts.ts'
import { draftPlan } from '../flows/create-plan.ts'
import { isReviewer, pullDrafts } from '../flows/drafts.ts'
import { drawMySheet } from '../flows/draw-my-sheet.ts'
import { pullKeys } from '../flows/keys.ts'
import { pullMaster } from '../flows/master.ts'
import { recogniseSheet } from '../flows/recognise.ts'
import { openPlan } from '../flows/session.ts'
import { pullSubmissions } from '../flows/submissions.ts'
import type { State } from '../state.ts'
import { Menu, type MenuItem } from '../ui/menu.tsx'
import { Screen } from '../ui/screen.tsx'
import { Clearings } from './clearings.tsx'
import { KeyNotes } from './key-notes.tsx'
import { OutboxBanner } from './outbox-banner.tsx'
import type { ScreenProps } from './screen-props.ts'

export function HomeScreen(props: ScreenProps) {
  const { state, t } = props
  const role = state.me?.actor.role
  if (!state.plan) return <PlanChoice {...props} />
  const items = role === 'commission' ? commissionItems(props) : role === 'unit' ? unitItems(props) : officeItems(props)
  return (
    <Screen title={t('home.title')}>
      <KeyNotes {...props} />
      <OutboxBanner {...props} />
      <Clearings {...props} />
      {state.plan.plan.state === 'collecting' ? null : <p>{issuedText(props)}</p>}
      <Menu items={items} />
    </Screen>
  )
}

/** What an issued plan no longer allows, so that nobody looks for the button. */
function issuedText({ state, t }: ScreenProps): string {
  const { documentNumber = '', issuedOn = '' } = state.plan?.plan ?? {}
  return t('home.issued', { number: documentNumber, date: issuedOn })
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

function unitItems(props: ScreenProps): MenuItem[] {
  const { state, flow, t } = props
  const busy = state.busy !== undefined
  const mine = state.rows?.rows.filter((row) => row.role === 'lead').length ?? 0
  return [
    {
      label: t('recognise.button'),
      description: state.sheet ? t('recognise.known', { sheet: state.sheet }) : t('recognise.about'),
      onClick: () => void recogniseSheet(flow),
      disabled: busy,
      primary: !state.sheet,
    },
    {
      label: t('drawMine.button'),
      description: t('drawMine.about', { rows: mine }),
      onClick: () => void drawMySheet(flow),
      disabled: busy || mine === 0,
    },
    {
      label: t('check.button'),
      description: t('check.about'),
      onClick: () => void checkSheet(flow),
      disabled: busy,
      primary: state.sheet !== undefined,
    },
    {
      label: t('submit.button'),
      description: t('submit.about'),
      onClick: () => flow.dispatch({ type: 'went', screen: 'submit' }),
      disabled: busy || !isCollecting(state),
    },
    ...draftItems(props),
    conflictsItem(props),
    submissionsItem(props),
    ownKeyItem(props),
  ]
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

function commissionItems(props: ScreenProps): MenuItem[] {
  const { state, flow, t } = props
  const busy = state.busy !== undefined
  const open = (screen: State['screen']) => () => void pullMaster(flow, screen)
  const unconfirmed = state.rows?.rows.filter((row) => !row.spansConfirmed).length ?? 0
  return [
    {
      label: t('master.button'),
      description: t('master.about'),
      onClick: open('master'),
      disabled: busy,
      primary: true,
    },
    {
      label: t('status.button'),
      description: t('status.about'),
      onClick: open('status'),
      disabled: busy,
    },
    conflictsItem(props),
    {
      label: t('spans.button'),
      description: t('spans.about', { count: unconfirmed }),
      onClick: open('spans'),
      disabled: busy,
    },
    {
      label: t('check.button'),
      description: t('check.aboutAll'),
      onClick: () => void checkSheet(flow),
      disabled: busy,
    },
    submissionsItem(props),
    {
      label: t('issue.button'),
      description: t('issue.about'),
      onClick: open('issue'),
      disabled: busy || !isCollecting(state),
    },
    keysItem(props),
    ownKeyItem(props),
    newPlanItem(props),
  ]
}

/** Supervision reads; an admin also makes plans and keys. */
function officeItems(props: ScreenProps): MenuItem[] {
  const { state, flow, t } = props
  const busy = state.busy !== undefined
  const items: MenuItem[] = [
    {
      label: t('status.button'),
      description: t('status.about'),
      onClick: () => void pullMaster(flow, 'status'),
      disabled: busy,
      primary: true,
    },
    {
      label: t('master.button'),
      description: t('master.about'),
      onClick: () => void pullMaster(flow, 'master'),
      disabled: busy,
    },
    submissionsItem(props),
    ownKeyItem(props),
  ]
  return state.me?.actor.role === 'admin' ? [...items, keysItem(props), newPlanItem(props)] : items
}
