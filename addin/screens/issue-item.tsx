/** One issue: its sentence, its cell, the way there, its fix as a diff, why it is one, and the reason for leaving it. */

import { useRef, useState } from 'preact/hooks'
import { cellAddress } from '../../domain/grid.ts'
import { issueText } from '../../domain/messages.ts'
import { jumpTo } from '../flows/check.ts'
import { applyFix } from '../flows/fix.ts'
import { openTargets } from '../flows/targets.ts'
import type { PlacedIssue } from '../state.ts'
import { Button } from '../ui/button.tsx'
import { InlineChange } from '../ui/inline-change.tsx'
import { useElementId } from '../ui/use-element-id.ts'
import { GivenReason, ReasonForm, reasonKeeper, WithdrawButton } from './issue-reason.tsx'
import { IssueWhy } from './issue-why.tsx'
import { taskLabel } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'
import { isAboutTarget } from './target-issues.ts'

export function IssueItem({ placed, ...props }: ScreenProps & { placed: PlacedIssue }) {
  const { state, flow, t } = props
  const id = useElementId()
  const [isExplaining, setExplaining] = useState(false)
  const explain = useRef<HTMLDivElement>(null)
  const { check } = state
  if (!check) return null
  const { issue, row, column, reason } = placed
  const { sheet, spec } = check
  const address = row === undefined ? t('check.wholeTable') : cellAddress(row, column ?? 0)
  const busy = state.busy !== undefined
  const fix = reason ? undefined : issue.fix
  const close = () => {
    setExplaining(false)
    // The field that had the focus is gone with the form.
    setTimeout(() => explain.current?.querySelector<HTMLElement>('button:last-of-type')?.focus())
  }
  return (
    <li class={`issue ${issue.severity}`}>
      <p class="where">
        {[t(`severity.${issue.severity}`), address, taskLabel('', placed.task)]
          .filter((part) => part !== '')
          .join(' · ')}
      </p>
      <p id={id}>{issueText(issue, spec, state.locale)}</p>
      {fix?.map((step) => (
        <InlineChange
          key={`${step.rowId} ${step.column}`}
          before={step.from}
          after={step.to}
          label={t('change.inline')}
          blank={t('change.blank')}
        />
      ))}
      {reason ? <GivenReason reason={reason} t={t} /> : null}
      <IssueWhy state={state} t={t} issue={issue} describedBy={id} />
      {isExplaining && !reason ? (
        <ReasonForm {...props} check={check} issue={issue} describedBy={id} onClose={close} />
      ) : (
        <div class="actions" ref={explain}>
          {row === undefined ? null : (
            <Button small describedBy={id} onClick={() => void jumpTo(flow, sheet, row, column ?? 0)}>
              {t('check.jump')}
            </Button>
          )}
          {isAboutTarget(placed) ? (
            <Button small describedBy={id} disabled={busy} onClick={() => openTargets(flow, issue.rowId)}>
              {t('targets.button')}
            </Button>
          ) : null}
          {fix && placed.mine ? (
            <Button
              small
              describedBy={id}
              disabled={busy || check.stale}
              onClick={() => void applyFix(flow, sheet, fix)}
            >
              {t('fix.apply')}
            </Button>
          ) : null}
          {reason ? <WithdrawButton {...props} check={check} reason={reason} describedBy={id} /> : null}
          {!reason && reasonKeeper({ state, check, issue }) ? (
            <Button small describedBy={id} disabled={busy} onClick={() => setExplaining(true)}>
              {t('reason.give')}
            </Button>
          ) : null}
        </div>
      )}
    </li>
  )
}
