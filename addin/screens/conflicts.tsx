/** 冲突: three versions side by side, and one decision each. */
import { useState } from 'preact/hooks'
import type { ConflictBody, Resolution } from '../../domain/protocol.ts'
import { resolveConflict } from '../flows/conflicts.ts'
import { Button } from '../ui/button.tsx'
import { TextArea, TextField } from '../ui/field.tsx'
import { PagedList } from '../ui/more.tsx'
import { Screen } from '../ui/screen.tsx'
import { formatTime } from '../ui/time.ts'
import { columnLabel, planOf, taskLabel } from './labels.ts'
import { homeward, type ScreenProps } from './screen-props.ts'

export function ConflictsScreen(props: ScreenProps) {
  const { state, t } = props
  const open = (state.conflicts ?? []).filter(({ status }) => status === 'open')
  return (
    <Screen title={t('conflicts.title')} back={homeward(props)}>
      <p>{open.length === 0 ? t('conflicts.none') : t('conflicts.intro', { count: open.length })}</p>
      <PagedList
        class="issues"
        items={open}
        more={(left) => t('more', { left })}
        render={(conflict) => <ConflictItem key={conflict.id} {...props} conflict={conflict} />}
      />
    </Screen>
  )
}

function ConflictItem({ conflict, state, flow, t }: ScreenProps & { conflict: ConflictBody }) {
  const [reason, setReason] = useState('')
  const [edited, setEdited] = useState<string>()
  const busy = state.busy !== undefined
  // As the server has it: a unit settles what only its own posts disagree about, the commission all else.
  const { role, name } = state.me?.actor ?? {}
  const isOwnClash = conflict.headBy === conflict.submittedBy
  const mayDecide = isOwnClash ? conflict.submittedBy === name : role === 'commission'
  const columns = conflict.columns ?? (conflict.column ? [conflict.column] : [])
  const decide = (choose: Resolution['choose']) =>
    void resolveConflict(flow, conflict, {
      choose,
      text: choose === 'edited' ? edited : undefined,
      reason: reason.trim() === '' ? undefined : reason.trim(),
    })
  return (
    <li class="issue warning">
      <h3>{taskLabel(conflict.number, conflict.task)}</h3>
      <p class="where">
        {t(`conflicts.kind.${conflict.kind}`)}
        {columns.length > 0 ? ` · ${columns.map((key) => columnLabel(planOf(state), key)).join('、')}` : ''}
      </p>
      <dl class="change versions">
        <Version label={t('conflicts.base')} text={conflict.base} blank={t('change.blank')} />
        <Version
          label={conflict.headBy ? t('conflicts.headBy', { by: conflict.headBy }) : t('conflicts.head')}
          text={conflict.head}
          blank={t('change.blank')}
        />
        <Version
          label={t('conflicts.submittedBy', { by: conflict.submittedBy, at: formatTime(conflict.at) })}
          text={conflict.submitted}
          blank={t('change.blank')}
        />
      </dl>
      {mayDecide ? (
        <TextField label={t('conflicts.reason')} value={reason} onInput={setReason} disabled={busy} />
      ) : (
        <p class="hint">
          {isOwnClash ? t('conflicts.unitDecides', { by: conflict.submittedBy }) : t('conflicts.commissionDecides')}
        </p>
      )}
      {edited === undefined ? null : (
        <TextArea label={t('conflicts.editedText')} value={edited} onInput={setEdited} disabled={busy} />
      )}
      {mayDecide ? (
        <div class="actions">
          <Button small disabled={busy} onClick={() => decide('head')}>
            {t('conflicts.takeHead')}
          </Button>
          <Button small disabled={busy} onClick={() => decide('submitted')}>
            {t('conflicts.takeSubmitted')}
          </Button>
          {conflict.kind !== 'cell' ? null : edited === undefined ? (
            <Button small disabled={busy} onClick={() => setEdited(conflict.head ?? '')}>
              {t('conflicts.edit')}
            </Button>
          ) : (
            <>
              <Button small primary disabled={busy || edited.trim() === ''} onClick={() => decide('edited')}>
                {t('conflicts.saveEdited')}
              </Button>
              <Button small disabled={busy} onClick={() => setEdited(undefined)}>
                {t('conflicts.stopEditing')}
              </Button>
            </>
          )}
        </div>
      ) : null}
    </li>
  )
}

function Version({ label, text, blank }: { label: string; text: string | undefined; blank: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{text === undefined || text === '' ? <em>{blank}</em> : text}</dd>
    </div>
  )
}
