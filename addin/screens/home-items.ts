/** What the first screen offers: each thing to do with what it says of itself, and when it is the one to do now. */
import { checkSheet } from '../flows/check.ts'
import { pullConflicts } from '../flows/conflicts.ts'
import { draftPlan } from '../flows/create-plan.ts'
import { pullStatus } from '../flows/desk.ts'
import { isReviewer, pullDrafts } from '../flows/drafts.ts'
import { drawMySheet } from '../flows/draw-my-sheet.ts'
import { openHandOut } from '../flows/hand-out.ts'
import { pullKeys } from '../flows/keys.ts'
import { pullMaster } from '../flows/master.ts'
import { recogniseSheet } from '../flows/recognise.ts'
import { pullSubmissions } from '../flows/submissions.ts'
import { findMySheet } from '../flows/tables.ts'
import type { State } from '../state.ts'
import type { MenuItem } from '../ui/menu.tsx'
import { isFixed } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'

/**
 * What a unit does next: its head releases what waits; a sheet is found or made, checked, and sent; what is issued is
 * only looked at.
 */
function nextStep(state: State): 'drafts' | 'submissions' | 'draw' | 'recognise' | 'check' | 'submit' {
  if (isReviewer(state) && countOpenDrafts(state) > 0) return 'drafts'
  if (isFixed(state)) return 'submissions'
  if (state.sheet === undefined) return hasSheetToFind(state) ? 'recognise' : 'draw'
  const { check } = state
  if (!check || check.sheet !== state.sheet || check.stale) return 'check'
  return check.issues.some(({ mine, issue }) => mine && issue.severity === 'error') ? 'check' : 'submit'
}

/** Not where nothing is open, where the sample lies in front, or where the workbook has this unit's own sheet already. */
function hasSheetToFind(state: State): boolean {
  const isSample = state.sampleSheet !== undefined && state.sheetInFront === state.sampleSheet
  return state.isWorkbookOpen !== false && !isSample && findMySheet(state) === undefined
}

function countOpenDrafts(state: State): number {
  return state.drafts?.filter((draft) => draft.state === 'open').length ?? 0
}

export function mayMakePlans(state: State): boolean {
  return state.me?.actor.role === 'commission' || state.me?.actor.role === 'admin'
}

export function newPlanItem({ state, flow, t }: ScreenProps): MenuItem {
  return {
    label: t('createPlan.button'),
    description: t('createPlan.about'),
    quiet: true,
    onClick: () => void draftPlan(flow),
    disabled: state.busy !== undefined,
  }
}

export function conflictsItem({ state, flow, t }: ScreenProps): MenuItem {
  const count = state.rows?.rows.reduce((sum, row) => sum + row.openConflicts, 0) ?? 0
  return {
    label: t('conflicts.button'),
    description: t('conflicts.about', { count }),
    quiet: count === 0,
    onClick: () => void pullConflicts(flow),
    disabled: state.busy !== undefined,
  }
}

export function submissionsItem({ state, flow, t }: ScreenProps): MenuItem {
  return {
    label: t('submissions.button'),
    description: t(state.me?.actor.role === 'unit' ? 'submissions.aboutMine' : 'submissions.aboutAll'),
    quiet: state.me?.actor.role === 'commission',
    onClick: () => void pullSubmissions(flow),
    disabled: state.busy !== undefined,
    primary: state.me?.actor.role === 'unit' && nextStep(state) === 'submissions',
  }
}

export function keysItem({ state, flow, t }: ScreenProps): MenuItem {
  return {
    label: t('keys.button'),
    description: t('keys.about'),
    quiet: true,
    onClick: () => void pullKeys(flow),
    disabled: state.busy !== undefined,
  }
}

export function ownKeyItem({ state, flow, t }: ScreenProps): MenuItem {
  return {
    label: t('ownKey.button'),
    description: t('ownKey.about'),
    quiet: true,
    onClick: () => flow.dispatch({ type: 'went', screen: 'ownKey' }),
    disabled: state.busy !== undefined,
  }
}

export function recogniseItem({ state, flow, t }: ScreenProps): MenuItem {
  return {
    label: t('recognise.button'),
    description: state.sheet ? t('recognise.known', { sheet: state.sheet }) : t('recognise.about'),
    quiet: state.sheet !== undefined,
    onClick: () => void recogniseSheet(flow),
    disabled: state.busy !== undefined,
    primary: nextStep(state) === 'recognise',
  }
}

export function drawMineItem({ state, flow, t }: ScreenProps): MenuItem {
  const rows = state.rows?.rows ?? []
  const led = rows.filter(({ role }) => role === 'lead').length
  const supported = rows.filter(({ role }) => role === 'supporting').length
  const known = findMySheet(state)
  const disabled = state.busy !== undefined || led === 0
  const withSupported = { label: t('drawMine.both'), onClick: () => void drawMySheet(flow, { supporting: true }) }
  if (!known)
    return {
      label: t('drawMine.button'),
      description: t('drawMine.about', { rows: led }),
      onClick: () => void drawMySheet(flow),
      disabled,
      primary: nextStep(state) === 'draw',
      also: supported > 0 ? [withSupported] : [],
    }
  const description = t('drawMine.there', { sheet: known.sheet })
  const again = { label: t('drawMine.again'), onClick: () => void drawMySheet(flow, { again: true }) }
  if (known.sheet === state.sheet) return { ...again, description, disabled, quiet: true }
  return {
    label: t('drawMine.go'),
    description,
    onClick: () => void drawMySheet(flow),
    disabled,
    primary: nextStep(state) === 'draw',
    also: [again],
  }
}

export function checkItem({ state, flow, t }: ScreenProps): MenuItem {
  const isUnit = state.me?.actor.role === 'unit'
  return {
    label: t('check.button'),
    description: t(isUnit ? 'check.about' : 'check.aboutAll'),
    quiet: !isUnit,
    onClick: () => void checkSheet(flow),
    disabled: state.busy !== undefined,
    primary: isUnit && nextStep(state) === 'check',
  }
}

export function submitItem({ state, flow, t }: ScreenProps): MenuItem {
  return {
    label: t('submit.button'),
    description: t('submit.about'),
    onClick: () => flow.dispatch({ type: 'went', screen: 'submit' }),
    disabled: state.busy !== undefined || isFixed(state),
    primary: nextStep(state) === 'submit',
  }
}

export function masterItem({ state, flow, t }: ScreenProps, primary: boolean): MenuItem {
  return {
    label: t('master.button'),
    description: t('master.about'),
    onClick: () => void pullMaster(flow, 'master'),
    disabled: state.busy !== undefined,
    primary,
  }
}

export function statusItem({ state, flow, t }: ScreenProps, primary: boolean): MenuItem {
  return {
    label: t('status.button'),
    description: t('status.about'),
    onClick: () => void pullStatus(flow),
    disabled: state.busy !== undefined,
    primary,
  }
}

export function spansItem({ state, flow, t }: ScreenProps): MenuItem {
  const count = state.rows?.rows.filter((row) => !row.spansConfirmed).length ?? 0
  return {
    label: t('spans.button'),
    description: t('spans.about', { count }),
    quiet: count === 0,
    onClick: () => void pullMaster(flow, 'spans'),
    disabled: state.busy !== undefined,
  }
}

export function issueItem({ state, flow, t }: ScreenProps): MenuItem {
  return {
    label: t('issue.button'),
    description: t('issue.about'),
    quiet: isFixed(state),
    onClick: () => void pullMaster(flow, 'issue'),
    disabled: state.busy !== undefined || isFixed(state),
  }
}

/** Where the plan asks for sign-off, or something still waits from when it did. */
export function draftItems({ state, flow, t }: ScreenProps): MenuItem[] {
  const count = countOpenDrafts(state)
  if (state.plan?.plan.signOff !== 'reviewer' && count === 0) return []
  return [
    {
      label: t('drafts.button'),
      description: t(isReviewer(state) ? 'drafts.aboutReviewer' : 'drafts.aboutHandler', { count }),
      onClick: () => void pullDrafts(flow),
      disabled: state.busy !== undefined,
      primary: nextStep(state) === 'drafts',
    },
  ]
}

export function handOutItem({ state, flow, t }: ScreenProps): MenuItem {
  return {
    label: t('handOut.button'),
    description: t('handOut.about'),
    onClick: () => void openHandOut(flow),
    disabled: state.busy !== undefined,
  }
}
