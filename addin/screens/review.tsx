/** 待审任务: rows that units have changed, to pass one by one or several at once, or to send back. */
import { useLayoutEffect, useState } from 'preact/hooks'
import type { QueuedRow } from '../../domain/protocol.ts'
import { pullDesk } from '../flows/desk.ts'
import { acceptRows, cleanRows, mayReview, withdrawReview } from '../flows/review.ts'
import type { DeskFilter } from '../state.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmButton } from '../ui/confirm-button.tsx'
import { SelectField } from '../ui/field.tsx'
import { PagedList } from '../ui/more.tsx'
import { Screen } from '../ui/screen.tsx'
import { ReadOnly } from './desk.tsx'
import { ReviewRow } from './review-row.tsx'
import { deskward, type ScreenProps } from './screen-props.ts'

const ALL: DeskFilter = { unit: '', review: 'pending' }

export function ReviewScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set())
  useReturn(state.history?.rowId)
  const queue = state.desk?.queue ?? []
  const filter = state.deskFilter ?? ALL
  const shown = queue.filter((row) => isShown(row, filter))
  const clean = mayReview(state) ? cleanRows(state, shown) : []
  const selected = clean.filter((row) => chosen.has(choiceKey(row)))
  const toggle = (row: QueuedRow) => {
    const key = choiceKey(row)
    choose(chosen.has(key) ? new Set([...chosen].filter((other) => other !== key)) : new Set([...chosen, key]))
  }
  return (
    <Screen title={t('review.title')} back={deskward(props)}>
      <p>
        {shown.length === 0
          ? t(queue.length === 0 ? 'review.none' : 'review.noneShown')
          : t('review.count', { count: shown.length })}
      </p>
      {queue.length > 0 ? <p class="hint">{t('review.comparedWith')}</p> : null}
      <ReadOnly {...props} />
      <Filters {...props} queue={queue} filter={filter} />
      <UndoLast {...props} />
      {clean.length > 1 ? (
        <SeveralAtOnce
          {...props}
          shown={shown}
          clean={clean}
          selected={selected}
          onAll={(isAll) => choose(new Set(isAll ? clean.map(choiceKey) : []))}
        />
      ) : null}
      <PagedList
        class="issues"
        items={shown}
        more={(left) => t('more', { left })}
        render={(row) => (
          <ReviewRow
            key={row.rowId}
            {...props}
            queued={row}
            chosen={chosen.has(choiceKey(row))}
            onChoose={clean.length > 1 && clean.includes(row) ? () => toggle(row) : undefined}
          />
        )}
      />
      <div class="actions">
        <Button disabled={state.busy !== undefined} onClick={() => void pullDesk(flow, 'review')}>
          {t('refresh')}
        </Button>
      </div>
    </Screen>
  )
}

/** A row that moved on since it was ticked is no longer ticked. */
function choiceKey({ rowId, ver }: QueuedRow): string {
  return `${rowId} ${ver}`
}

function isShown(row: QueuedRow, filter: DeskFilter): boolean {
  const { lead, review } = row
  return (
    (filter.unit === '' || lead.includes(filter.unit)) &&
    (filter.review === '' || review === filter.review) &&
    (!filter.changed || isChanged(row))
  )
}

/** A row that was sent in as it stood has nothing to compare. */
function isChanged({ changes }: QueuedRow): boolean {
  return changes.length > 0
}

/** Back from a row's 变更记录 the focus goes on where it was. */
function useReturn(rowId: string | undefined): void {
  useLayoutEffect(() => {
    const row = [...document.querySelectorAll<HTMLElement>('li[data-row]')].find((li) => li.dataset.row === rowId)
    row?.querySelector<HTMLElement>('button:enabled')?.focus()
    // Only when the screen opens.
  }, [])
}

function Filters({ queue, filter, state, flow, t }: ScreenProps & { queue: QueuedRow[]; filter: DeskFilter }) {
  const units = [...new Set(queue.flatMap(({ lead }) => lead))].sort((one, other) => one.localeCompare(other, 'zh'))
  const of = (unit: string) => queue.filter((row) => isShown(row, { ...filter, unit })).length
  const changed = queue.filter((row) => isShown(row, { ...filter, changed: true })).length
  const set = (part: Partial<DeskFilter>) => flow.dispatch({ type: 'deskFiltered', filter: { ...filter, ...part } })
  const busy = state.busy !== undefined
  return (
    <>
      <div class="pair">
        <SelectField
          label={t('review.unit')}
          value={filter.unit}
          disabled={busy}
          options={[
            { value: '', label: t('review.allUnits', { count: of('') }) },
            ...units.map((unit) => ({ value: unit, label: t('review.unitCount', { unit, count: of(unit) }) })),
          ]}
          onInput={(unit) => set({ unit })}
        />
        <SelectField
          label={t('review.state')}
          value={filter.review}
          disabled={busy}
          options={(['pending', 'returned', ''] as const).map((review) => ({
            value: review,
            label: t(`review.filter.${review === '' ? 'all' : review}`),
          }))}
          onInput={(review) => set({ review: review === 'pending' || review === 'returned' ? review : '' })}
        />
      </div>
      <label class="choice">
        <input
          type="checkbox"
          checked={filter.changed ?? false}
          disabled={busy}
          onChange={(event) => set({ changed: event.currentTarget.checked })}
        />
        {t('review.onlyChanged', { count: changed })}
      </label>
    </>
  )
}

function UndoLast({ state, flow, t }: ScreenProps) {
  const { lastReview } = state
  if (!lastReview || !mayReview(state)) return null
  const { kind, places } = lastReview
  return (
    <div class="actions">
      <Button disabled={state.busy !== undefined} small onClick={() => void withdrawReview(flow, places)}>
        {t(kind === 'accept' ? 'review.undoAccept' : 'review.undoReturn', { count: places.length })}
      </Button>
    </div>
  )
}

/** Clean rows together; what is left out is said before anything is done. */
function SeveralAtOnce(
  props: ScreenProps & {
    shown: QueuedRow[]
    clean: QueuedRow[]
    selected: QueuedRow[]
    onAll: (isAll: boolean) => void
  },
) {
  const { shown, clean, selected, onAll, state, flow, t } = props
  const busy = state.busy !== undefined
  const isAll = selected.length === clean.length
  const leftOut = shown.length - clean.length
  return (
    <div class="card">
      <label class="choice">
        <input type="checkbox" checked={isAll} disabled={busy} onChange={() => onAll(!isAll)} />
        {t('review.selectAll', { count: clean.length })}
      </label>
      <p class="hint">{leftOut === 0 ? t('review.noneLeftOut') : t('review.leftOut', { count: leftOut })}</p>
      <p aria-live="polite">{t('review.selected', { count: selected.length })}</p>
      {selected.length > 0 ? (
        <ConfirmButton
          small
          label={t('review.acceptSelected')}
          about={t('review.acceptAbout', {
            count: selected.length,
            warned: selected.filter(({ warnings }) => warnings > 0).length,
            rest: shown.length - selected.length,
          })}
          confirm={t('review.confirmAccept')}
          cancel={t('cancel')}
          disabled={busy}
          onConfirm={() => void acceptRows(flow, selected)}
        />
      ) : null}
    </div>
  )
}
