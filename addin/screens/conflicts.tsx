/** 冲突: those to decide, one by one or several alike with one reason, and those that have been decided. */
import { useState } from 'preact/hooks'
import type { ConflictBody } from '../../domain/protocol.ts'
import { resolveConflicts } from '../flows/conflicts.ts'
import { ConfirmButton } from '../ui/confirm-button.tsx'
import { TextField } from '../ui/field.tsx'
import { PagedList } from '../ui/more.tsx'
import { Screen } from '../ui/screen.tsx'
import { ConflictItem } from './conflict-item.tsx'
import { DecidedConflicts } from './decided-conflicts.tsx'
import { isFixed, mayDecide } from './labels.ts'
import { backward, type ScreenProps } from './screen-props.ts'

export function ConflictsScreen(props: ScreenProps) {
  const { state, t } = props
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set())
  const conflicts = state.conflicts ?? []
  const open = conflicts.filter(({ status }) => status === 'open')
  const mine = open.filter((conflict) => mayDecide(state, conflict))
  const selected = mine.filter(({ id }) => chosen.has(id))
  const toggle = (id: string) => choose(chosen.has(id) ? without(chosen, id) : new Set([...chosen, id]))
  return (
    <Screen title={t('conflicts.title')} back={backward(props)}>
      <p>{open.length === 0 ? t('conflicts.none') : t('conflicts.intro', { count: open.length })}</p>
      {isFixed(state) && open.length > 0 ? <p class="hint">{t('conflicts.fixed')}</p> : null}
      {mine.length > 1 ? (
        <SeveralAtOnce
          {...props}
          selected={selected}
          isAll={selected.length === mine.length}
          onAll={(isAll) => choose(new Set(isAll ? mine.map(({ id }) => id) : []))}
        />
      ) : null}
      <PagedList
        class="issues"
        items={open}
        more={(left) => t('more', { left })}
        render={(conflict) => (
          <ConflictItem
            key={conflict.id}
            {...props}
            conflict={conflict}
            chosen={chosen.has(conflict.id)}
            onChoose={mine.length > 1 ? () => toggle(conflict.id) : undefined}
          />
        )}
      />
      <DecidedConflicts {...props} conflicts={conflicts.filter(({ status }) => status === 'resolved')} />
    </Screen>
  )
}

function without(chosen: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set([...chosen].filter((other) => other !== id))
}

/** One choice and one reason for all that are ticked. */
function SeveralAtOnce({
  selected,
  isAll,
  onAll,
  state,
  flow,
  t,
}: ScreenProps & { selected: ConflictBody[]; isAll: boolean; onAll: (isAll: boolean) => void }) {
  const [reason, setReason] = useState('')
  const busy = state.busy !== undefined
  const count = selected.length
  const decide = (choice: 'head' | 'submitted') =>
    void resolveConflicts(flow, selected, { choose: choice, reason: reason.trim() || undefined })
  return (
    <div class="card">
      <label class="choice">
        <input type="checkbox" checked={isAll} disabled={busy} onChange={() => onAll(!isAll)} />
        {t('conflicts.selectAll')}
      </label>
      <p aria-live="polite">{t('conflicts.selected', { count })}</p>
      {count > 0 ? (
        <>
          <TextField label={t('conflicts.reasonForAll')} value={reason} onInput={setReason} disabled={busy} />
          <ConfirmButton
            small
            label={t('conflicts.takeHeadAll')}
            about={t('conflicts.takeHeadAllAbout', { count })}
            confirm={t('conflicts.confirmAll')}
            cancel={t('cancel')}
            disabled={busy}
            onConfirm={() => decide('head')}
          />
          {isFixed(state) ? null : (
            <ConfirmButton
              small
              label={t('conflicts.takeSubmittedAll')}
              about={t('conflicts.takeSubmittedAllAbout', { count })}
              confirm={t('conflicts.confirmAll')}
              cancel={t('cancel')}
              disabled={busy}
              onConfirm={() => decide('submitted')}
            />
          )}
        </>
      ) : null}
    </div>
  )
}
