/** The first screen's ways to 任务调整 and 单位名录; apart from those screens, which are fetched when they open. */
import { openAdjustment } from '../flows/adjust-open.ts'
import { pullMaster } from '../flows/master.ts'
import type { MenuItem } from '../ui/menu.tsx'
import { planOf } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'

/** Nothing to adjust before a plan is issued, or after it was archived. */
export function adjustItem({ state, flow, t }: ScreenProps): MenuItem {
  const isIssued = planOf(state)?.state === 'issued'
  return {
    label: t('adjust.button'),
    description: t('adjust.about'),
    onClick: () => void openAdjustment(flow),
    disabled: state.busy !== undefined || !isIssued,
    quiet: !isIssued,
  }
}

/** The end of an issued plan. */
export function archiveItem({ state, flow, t }: ScreenProps): MenuItem {
  return {
    label: t('archive.button'),
    description: t('archive.item'),
    quiet: true,
    onClick: () => void pullMaster(flow, 'archive'),
    disabled: state.busy !== undefined || planOf(state)?.state !== 'issued',
  }
}

export function registryItem({ state, flow, t }: ScreenProps): MenuItem {
  return {
    label: t('registry.button'),
    description: t('registry.about'),
    quiet: true,
    onClick: () => flow.dispatch({ type: 'went', screen: 'registry' }),
    disabled: state.busy !== undefined,
  }
}
