/** One change that 任务调整 found, as it is shown and chosen: a text, a task that is new, missing or elsewhere. */
import { issueTitle } from '../../domain/messages-titles.ts'
import { type AddedRow, type Adjustment, isAnswerable, itemKey, type NamedUnits } from '../flows/adjustment.ts'
import { isMessageKey } from '../messages.ts'
import { MessageBar } from '../ui/message-bar.tsx'
import { CellChange } from './cell-change.tsx'
import { columnLabel, planOf, rowLabel, taskLabel } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'

export type Props = ScreenProps & { adjustment: Adjustment }
export type Choice = { isChosen: (key: string) => boolean; choose: (keys: string[], isChosen: boolean) => void }

/** What is ticked, and ticking; whatever was tried before must be tried again. */
export function useChoice({ adjustment, flow }: Props): Choice {
  const chosen = new Set(adjustment.chosen)
  return {
    isChosen: (key) => chosen.has(key),
    choose: (keys, isChosen) => {
      const others = adjustment.chosen.filter((key) => !keys.includes(key))
      const next = isChosen ? [...others, ...keys] : others
      flow.dispatch({ type: 'adjustmentEdited', changes: { chosen: next, isTried: false } })
    },
  }
}

type ItemProps = Props & Choice

export function TextItem(props: ItemProps & { row: Adjustment['rows'][number] }) {
  const { row, state, t } = props
  const { rowId, isStale, isUnversioned, changes, units } = row
  return (
    <li class={isStale ? 'issue warning' : 'issue'}>
      <Tick {...props} item={itemKey('text', rowId)} label={rowLabel(state.rows, rowId)} isOff={isStale} />
      {isStale ? <p class="where">{t('adjust.rowStale')}</p> : null}
      {isUnversioned ? <p class="where">{t('adjust.rowUnversioned')}</p> : null}
      {changes.map((change) => (
        <CellChange key={change.column} change={change} state={state} t={t} />
      ))}
      {units && !isStale ? <UnitsItem {...props} rowId={rowId} units={units} /> : null}
      <Refused {...props} item={itemKey('text', rowId)} />
    </li>
  )
}

/** Words and rights are two things: a document may name another and leave who answers. */
function UnitsItem(props: ItemProps & { rowId: string; units: NamedUnits }) {
  const { rowId, units, state, t } = props
  const head = state.rows?.rows.find((row) => row.rowId === rowId)
  const before = [...(head?.lead ?? []), ...(head?.supporting ?? [])]
  const after = [...units.lead, ...units.supporting]
  const gains = after.filter((unit) => !before.includes(unit))
  const loses = before.filter((unit) => !after.includes(unit))
  return (
    <div class="part">
      <Tick {...props} item={itemKey('units', rowId)} label={t('adjust.units')} isOff={!isAnswerable(units)} />
      <Answering {...props} units={units} />
      {isAnswerable(units) && gains.length > 0 ? (
        <p class="where">{t('adjust.gains', { units: gains.join('、') })}</p>
      ) : null}
      {isAnswerable(units) && loses.length > 0 ? (
        <p class="where">{t('adjust.loses', { units: loses.join('、') })}</p>
      ) : null}
      <Refused {...props} item={itemKey('units', rowId)} />
    </div>
  )
}

/** Who answers by the words; what of the words names nobody. */
function Answering({ units: { lead, supporting, unknown }, t }: ItemProps & { units: NamedUnits }) {
  return (
    <>
      <p class="where">
        {t('adjust.lead', { units: lead.join('、') || t('adjust.nobody') })}
        {supporting.length > 0 ? t('adjust.supporting', { units: supporting.join('、') }) : ''}
      </p>
      {unknown.length > 0 ? <p class="where">{t('adjust.unknownNames', { names: unknown.join('、') })}</p> : null}
      {unknown.length === 0 && lead.length === 0 ? <p class="where">{t('adjust.noLead')}</p> : null}
    </>
  )
}

export function AddedItem(props: ItemProps & { added: AddedRow }) {
  const { added, state, t } = props
  const { row, baseVer, isCopy } = added
  const key = itemKey('added', row.rowId)
  const { number = '', task = '' } = row.cells
  return (
    <li class="issue">
      <Tick {...props} item={key} label={taskLabel(number, task) || t('adjust.unnamed')} isOff={!isAnswerable(added)} />
      {baseVer > 0 ? <p class="where">{t('adjust.back')}</p> : null}
      {isCopy ? <p class="where">{t('adjust.copy')}</p> : null}
      <Answering {...props} units={added} />
      <details>
        <summary>{t('adjust.texts.all')}</summary>
        <dl class="change">
          {Object.entries(row.cells).map(([column, text]) => (
            <div key={column}>
              <dt>{columnLabel(planOf(state), column)}</dt>
              <dd>{text === '' ? <em>{t('change.blank')}</em> : text}</dd>
            </div>
          ))}
        </dl>
      </details>
      <Refused {...props} item={key} />
    </li>
  )
}

export function RemovedItem(props: ItemProps & { rowId: string }) {
  const { rowId, state, t } = props
  const key = itemKey('removed', rowId)
  const head = state.rows?.rows.find((row) => row.rowId === rowId)
  const units = [...(head?.lead ?? []), ...(head?.supporting ?? [])]
  return (
    <li class="issue ask">
      <Tick {...props} item={key} label={t('adjust.remove', { task: rowLabel(state.rows, rowId) })} />
      <p class="where">{t('adjust.removeAbout', { units: units.join('、') })}</p>
      <Refused {...props} item={key} />
    </li>
  )
}

export function MovedItem(props: ItemProps & { rowId: string }) {
  const { rowId, state, t, adjustment } = props
  const before = neighbour(state.rows?.rows ?? [], rowId)
  const now = neighbour(adjustment.sequence, rowId)
  const name = (other: string | undefined) => {
    if (other === undefined) return t('adjust.top')
    const added = adjustment.added.find(({ row }) => row.rowId === other)?.row
    return t('adjust.behind', { task: rowLabel(state.rows, other, added ? [added] : []) })
  }
  return (
    <li class="issue">
      <Tick {...props} item={itemKey('moved', rowId)} label={rowLabel(state.rows, rowId)} />
      <p class="where">{t('adjust.movedFrom', { before: name(before), after: name(now) })}</p>
      <Refused {...props} item={itemKey('moved', rowId)} />
    </li>
  )
}

function neighbour(rows: readonly { rowId: string }[], rowId: string): string | undefined {
  return rows[rows.findIndex((row) => row.rowId === rowId) - 1]?.rowId
}

export function Tick(props: ItemProps & { item: string; label: string; isOff?: boolean }) {
  const { item, label, isOff = false, isChosen, choose, state } = props
  return (
    <label class="choice">
      <input
        type="checkbox"
        checked={isChosen(item) && !isOff}
        disabled={state.busy !== undefined || isOff}
        onChange={(event) => choose([item], event.currentTarget.checked)}
      />
      <strong>{label}</strong>
    </label>
  )
}

/** What the server would not take of this change. */
function Refused({ adjustment, item, state, t }: Props & { item: string }) {
  const parts = adjustment.refused?.[item] ?? []
  return parts.length > 0 ? (
    <ul class="stack">
      {parts.map(({ column, detail }) => (
        <li key={`${column} ${detail}`}>
          <strong>{t('tone.error')}</strong>
          {column === undefined ? '' : t('adjust.inColumn', { column: columnLabel(planOf(state), column) })}
          {describeRefusal(detail, { state, t })}
        </li>
      ))}
    </ul>
  ) : null
}

/** A rule of the check has its title; what a change alone is refused for has a text here. */
function describeRefusal(detail: string, { state, t }: Pick<ScreenProps, 'state' | 't'>): string {
  const key = `adjust.refused.${detail}`
  if (isMessageKey(key)) return t(key)
  return detail.includes('/') ? issueTitle(detail, state.locale) : t('adjust.refused.other')
}

/** The same of the paper. */
export function RefusedPaper(props: Props) {
  const { t } = props
  const [part] = props.adjustment.refused?.[''] ?? []
  if (!part) return null
  const key = `adjust.refusedPaper.${part.column}`
  return (
    <MessageBar tone="error" label={t('tone.error')}>
      {t(isMessageKey(key) ? key : 'adjust.refusedPaper.other')}
    </MessageBar>
  )
}
