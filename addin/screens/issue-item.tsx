/** One issue: its sentence, its cell, the way there and on to the next, its fix as a diff, why it is one, and the reason for leaving it. */

import { useRef } from 'preact/hooks'
import { issueText } from '../../domain/messages.ts'
import type { PlacedIssue } from '../checking-state.ts'
import { jumpTo } from '../flows/check.ts'
import { applyFix } from '../flows/fix.ts'
import { openTargets } from '../flows/targets.ts'
import { Button } from '../ui/button.tsx'
import { InlineChange } from '../ui/inline-change.tsx'
import { useElementId } from '../ui/use-element-id.ts'
import { stepOf } from './issue-order.ts'
import { placeOfIssue } from './issue-place.ts'
import { GivenReason, ReasonForm, reasonKeeper, WithdrawButton } from './issue-reason.tsx'
import { IssueWhy } from './issue-why.tsx'
import { taskLabel } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'
import { isAboutTarget } from './target-issues.ts'

/** `name`: from nameIssues. `onNext`: gets the button that was pressed. */
type Props = ScreenProps & {
  placed: PlacedIssue
  name: string
  onNext?: ((from: HTMLElement) => void) | undefined
}

export function IssueItem({ placed, name, onNext, ...props }: Props) {
  const { state, flow, t } = props
  const id = useElementId()
  const explain = useRef<HTMLDivElement>(null)
  const draft = state.reasonDrafts?.[name]
  const write = (text: string | undefined) => flow.dispatch({ type: 'reasonDrafted', issue: name, text })
  const { check } = state
  if (!check) return null
  const { issue, reason } = placed
  const { sheet, spec } = check
  const place = placeOfIssue(placed, check)
  const others = state.issueView?.all ? t('issues.others') : ''
  // The heading says it.
  const isOfRow = state.issueView?.groups === 'row'
  const busy = state.busy !== undefined
  const fix = reason ? undefined : issue.fix
  const close = () => {
    write(undefined)
    // The field that had the focus is gone with the form.
    setTimeout(() => explain.current?.querySelector<HTMLElement>('button:last-of-type')?.focus())
  }
  return (
    <li class={`issue ${issue.severity}`}>
      {onNext ? (
        <span class="next-issue">
          <Button small describedBy={id} onClick={(event) => onNext(event.currentTarget)}>
            {t('issues.next')}
          </Button>
        </span>
      ) : null}
      <p class="where">
        {[
          t(`severity.${stepOf(placed)}`),
          place?.address ?? t('check.wholeTable'),
          place?.header ?? '',
          isOfRow ? '' : taskLabel('', placed.task),
          placed.mine ? '' : others,
        ]
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
      {draft !== undefined && !reason ? (
        <ReasonForm
          {...props}
          check={check}
          issue={issue}
          text={draft}
          describedBy={id}
          onWrite={write}
          onClose={close}
        />
      ) : (
        <div class="actions" ref={explain}>
          {place ? (
            <Button small describedBy={id} onClick={() => void jumpTo(flow, sheet, place.row, place.column)}>
              {t('check.jump')}
            </Button>
          ) : null}
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
            <Button small describedBy={id} disabled={busy} onClick={() => write('')}>
              {t('reason.give')}
            </Button>
          ) : null}
        </div>
      )}
    </li>
  )
}
