/** The way to 目标核算 from the results of the check. Apart from that screen, which is fetched when it is opened. */

import type { CheckResult } from '../checking-state.ts'
import { openTargets } from '../flows/targets.ts'
import { Button } from '../ui/button.tsx'
import type { ScreenProps } from './screen-props.ts'
import { concernsOf, openTargetIssues } from './target-issues.ts'

/** With how much waits there. */
export function TargetsButton({ state, flow, t, check }: ScreenProps & { check: CheckResult }) {
  if (!check.spec.columns.some(({ kind }) => kind === 'milestone')) return null
  const count = openTargetIssues(check.issues, concernsOf(state)).length
  return (
    <Button small disabled={state.busy !== undefined} onClick={() => openTargets(flow)}>
      {count > 0 ? t('targets.buttonOpen', { count }) : t('targets.button')}
    </Button>
  )
}
