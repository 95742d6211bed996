/** One open conflict: the three versions side by side, and its decision. */
import { useState } from 'preact/hooks'
import type { ConflictBody } from '../../domain/protocol.ts'
import { type Decision, resolveConflict } from '../flows/conflicts.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { InlineChange } from '../ui/inline-change.tsx'
import { useElementId } from '../ui/use-element-id.ts'
import { ConflictEditor, isEditable } from './conflict-editor.tsx'
import { ConflictVersions } from './conflict-versions.tsx'
import { HistoryButton } from './history-button.tsx'
import { columnsLabel, isFixed, mayDecide, taskLabel } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'

/** `onChoose`: ticks it for a decision together with others. */
export function ConflictItem(
  props: ScreenProps & { conflict: ConflictBody; chosen: boolean; onChoose?: (() => void) | undefined },
) {
  const { conflict, chosen, onChoose, state, flow, t } = props
  const id = useElementId()
  const [reason, setReason] = useState('')
  const [isEditing, edit] = useState(false)
  const busy = state.busy !== undefined
  const isMine = mayDecide(state, conflict)
  const isGone = conflict.restored !== undefined
  const decide = (decision: Decision) =>
    void resolveConflict(flow, conflict, { ...decision, reason: reason.trim() || undefined })
  const refusal = state.conflictRefusals?.[conflict.id]
  const columns = columnsLabel(state, conflict)
  return (
    <li class="issue warning">
      <h3 id={id}>{taskLabel(conflict.number, conflict.task)}</h3>
      <p class="where">
        {t(`conflicts.kind.${conflict.kind}`)}
        {columns === '' ? '' : ` · ${columns}`}
      </p>
      {isMine && onChoose ? (
        <label class="choice">
          <input type="checkbox" checked={chosen} disabled={busy} aria-describedby={id} onChange={onChoose} />
          {t('conflicts.select')}
        </label>
      ) : null}
      {refusal === undefined ? null : (
        <p>
          <strong>{t('conflicts.refused')}</strong>
          {refusal}
        </p>
      )}
      <ConflictVersions {...{ state, flow, t }} conflict={conflict} />
      <Apart conflict={conflict} t={t} />
      {isMine ? (
        <TextField label={t('conflicts.reason')} value={reason} onInput={setReason} disabled={busy} />
      ) : (
        <p class="hint">{whoDecides(conflict, t)}</p>
      )}
      {isMine && isEditing ? (
        <ConflictEditor
          {...{ state, flow, t }}
          conflict={conflict}
          onSave={(edited) => decide({ choose: 'edited', ...edited })}
        />
      ) : null}
      {isMine ? (
        <div class="actions">
          <Button small describedBy={id} disabled={busy} onClick={() => decide({ choose: 'head' })}>
            {t(isGone ? 'conflicts.keepDeleted' : 'conflicts.takeHead')}
          </Button>
          {isFixed(state) ? null : (
            <Button small describedBy={id} disabled={busy} onClick={() => decide({ choose: 'submitted' })}>
              {t(isGone ? 'conflicts.restore' : 'conflicts.takeSubmitted')}
            </Button>
          )}
          {/* One button for both: it keeps the focus when it is pressed. */}
          {isFixed(state) || !isEditable(state, conflict) ? null : (
            <Button small describedBy={id} disabled={busy} onClick={() => edit(!isEditing)}>
              {t(isEditing ? 'conflicts.stopEditing' : isGone ? 'conflicts.restoreEdited' : 'conflicts.edit')}
            </Button>
          )}
          <HistoryButton {...{ state, flow, t }} rowId={conflict.rowId} describedBy={id} />
        </div>
      ) : null}
    </li>
  )
}

/** Of one cell, what the two texts do not have in common, word by word. */
function Apart({ conflict: { kind, head, submitted }, t }: Pick<ScreenProps, 't'> & { conflict: ConflictBody }) {
  if (kind !== 'cell' || head === undefined || submitted === undefined) return null
  return <InlineChange before={head} after={submitted} label={t('conflicts.apart')} blank={t('change.blank')} />
}

function whoDecides({ headBy, submittedBy }: ConflictBody, t: ScreenProps['t']): string {
  return headBy === submittedBy ? t('conflicts.unitDecides', { by: submittedBy }) : t('conflicts.commissionDecides')
}
