/** One issue: its sentence, its cell, the way there, and its fix with the text before and after. */

import { cellAddress } from '../../domain/grid.ts'
import { issueText } from '../../domain/messages.ts'
import { jumpTo } from '../flows/check.ts'
import { applyFix } from '../flows/fix.ts'
import type { PlacedIssue } from '../state.ts'
import { Button } from '../ui/button.tsx'
import { Change } from '../ui/change.tsx'
import { useElementId } from '../ui/use-element-id.ts'
import { changeWords, taskLabel } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'

export function IssueItem({ placed, state, flow, t }: ScreenProps & { placed: PlacedIssue }) {
  const id = useElementId()
  const { check } = state
  if (!check) return null
  const { issue, row, column } = placed
  const { sheet, spec } = check
  const address = row === undefined ? t('check.wholeTable') : cellAddress(row, column ?? 0)
  const { fix } = issue
  return (
    <li class={`issue ${issue.severity}`}>
      <p class="where">
        {[t(`severity.${issue.severity}`), address, taskLabel('', placed.task)]
          .filter((part) => part !== '')
          .join(' · ')}
      </p>
      <p id={id}>{issueText(issue, spec, state.locale)}</p>
      {fix?.map((step) => (
        <Change
          key={`${step.rowId} ${step.column}`}
          before={step.from}
          after={step.to}
          words={changeWords(t)}
          replaced
        />
      ))}
      <div class="actions">
        {row === undefined ? null : (
          <Button small describedBy={id} onClick={() => void jumpTo(flow, sheet, row, column ?? 0)}>
            {t('check.jump')}
          </Button>
        )}
        {fix && placed.mine ? (
          <Button
            small
            describedBy={id}
            disabled={state.busy !== undefined || check.stale}
            onClick={() => void applyFix(flow, sheet, fix)}
          >
            {t('fix.apply')}
          </Button>
        ) : null}
      </div>
    </li>
  )
}
