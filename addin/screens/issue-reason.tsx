/** 保留并说明理由: written in place, sent at once, and once given shown with who, when and the way back. */
import { useLayoutEffect, useRef } from 'preact/hooks'
import { issueKey } from '../../domain/annotation.ts'
import type { Issue } from '../../domain/issue.ts'
import type { CheckResult, Said } from '../checking-state.ts'
import {
  annotationKeeper,
  LONGEST_REASON,
  mayWithdraw,
  saveAnnotation,
  withdrawAnnotation,
} from '../flows/annotations.ts'
import type { MessageKey } from '../messages.ts'
import { Button } from '../ui/button.tsx'
import { TextArea } from '../ui/field.tsx'
import { formatTime } from '../ui/time.ts'
import type { ScreenProps } from './screen-props.ts'

type Props = ScreenProps & { check: CheckResult; issue: Issue; describedBy: string }

/** Who would keep a reason for leaving the issue; undefined where it is not this person's to explain, or has to be mended. */
export function reasonKeeper({ state, check, issue }: Pick<Props, 'state' | 'check' | 'issue'>) {
  const { code, rowId, column, severity } = issue
  if (severity === 'error' || code === 'review/returned' || rowId === undefined) return undefined
  return annotationKeeper(state, check.spec, { rowId, ...(column !== undefined && { column }) })
}

/** `onWrite`: undefined once the reason stands. */
type FormProps = Props & { text: string; onWrite: (text: string | undefined) => void; onClose: () => void }

/** The field takes the focus when it is opened; cancelling gives it back to what opened it. */
export function ReasonForm({ state, flow, t, check, issue, text, describedBy, onWrite, onClose }: FormProps) {
  const root = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    // What was half written comes back with its issue, and disturbs nobody.
    if (text !== '') return
    root.current?.querySelector('textarea')?.focus()
    // The buttons below the field too.
    root.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const { rowId, column } = issue
  if (rowId === undefined) return null
  const busy = state.busy !== undefined
  const code = issueKey(issue)
  const save = async () => {
    await saveAnnotation(flow, {
      rowId,
      ...(column !== undefined && { column }),
      code,
      kind: 'reason',
      text: text.trim(),
    })
    const isThis = (other: Issue) => other.rowId === rowId && other.column === column && issueKey(other) === code
    if (flow.state().check?.issues.some((placed) => placed.reason && isThis(placed.issue))) onWrite(undefined)
  }
  return (
    <div ref={root} class="stack">
      <TextArea
        label={t('reason.label')}
        hint={t(hintOf(reasonKeeper({ state, check, issue })), { most: LONGEST_REASON })}
        rows={3}
        maxLength={LONGEST_REASON}
        value={text}
        disabled={busy}
        onInput={onWrite}
      />
      <div class="actions">
        <Button
          small
          primary
          describedBy={describedBy}
          disabled={busy || check.stale || text.trim() === ''}
          onClick={() => void save()}
        >
          {t('reason.save')}
        </Button>
        <Button small describedBy={describedBy} disabled={busy} onClick={onClose}>
          {t('cancel')}
        </Button>
      </div>
    </div>
  )
}

function hintOf(keeper: ReturnType<typeof reasonKeeper>): MessageKey {
  if (keeper === 'session') return 'reason.hintHere'
  return keeper === 'submission' ? 'reason.hintDraft' : 'reason.hint'
}

/** The reason as it was given. */
export function GivenReason({ reason, t }: Pick<ScreenProps, 't'> & { reason: Pick<Said, 'text' | 'by' | 'at'> }) {
  return (
    <blockquote class="reason">
      <p>{reason.text}</p>
      <footer class="hint">{t('reason.by', { by: reason.by ?? t('reason.here'), at: formatTime(reason.at) })}</footer>
    </blockquote>
  )
}

/** 撤回, where it is this person's to take back. */
export function WithdrawButton(props: ScreenProps & { check: CheckResult; reason: Said; describedBy: string }) {
  const { state, flow, t, check, reason, describedBy } = props
  if (!mayWithdraw(state, check.spec, reason)) return null
  return (
    <Button
      small
      describedBy={describedBy}
      disabled={state.busy !== undefined || check.stale}
      onClick={() => void withdrawAnnotation(flow, reason)}
    >
      {t('reason.withdraw')}
    </Button>
  )
}
