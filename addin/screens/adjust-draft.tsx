/** What a sheet would change of the issued plan, kind by kind, each to be chosen; below it the paper. */
import type { Adjustment } from '../flows/adjustment.ts'
import { openPull } from '../flows/pull-open.ts'
import { Button } from '../ui/button.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import { EndOther } from './adjust-end.tsx'
import { ItemGroup } from './adjust-group.tsx'
import { AddedItem, MovedItem, type Props, RefusedPaper, RemovedItem, TextItem, useChoice } from './adjust-items.tsx'
import { NumbersItem } from './adjust-numbers.tsx'
import { AdjustPaper } from './adjust-paper.tsx'

export function AdjustDraft(props: Props) {
  const { adjustment, state, flow, t } = props
  const { sheet, rows, added, removed, moved } = adjustment
  const choice = useChoice(props)
  const stale = rows.filter(({ isStale }) => isStale).length
  const numbers = rows.filter(isNumberOnly)
  const texts = rows.filter((row) => !isNumberOnly(row))
  const named = [...rows.flatMap(({ units }) => units ?? []), ...added]
  const unknown = [...new Set(named.flatMap((units) => units.unknown))]
  return (
    <>
      <p>{t('adjust.found', { sheet, rows: countRows(adjustment) })}</p>
      {stale > 0 ? (
        <MessageBar
          tone="warning"
          label={t('tone.warning')}
          actions={
            <Button small disabled={state.busy !== undefined} onClick={() => void openPull(flow, sheet)}>
              {t('pull.button')}
            </Button>
          }
        >
          {t('adjust.stale', { rows: stale })}
        </MessageBar>
      ) : null}
      {unknown.length > 0 ? (
        <MessageBar
          tone="warning"
          label={t('tone.warning')}
          actions={
            <Button
              small
              disabled={state.busy !== undefined}
              onClick={() => flow.dispatch({ type: 'went', screen: 'registry' })}
            >
              {t('adjust.openRegistry')}
            </Button>
          }
        >
          {t('adjust.unknownUnits', { names: unknown.join('、') })}
        </MessageBar>
      ) : null}
      <ItemGroup
        {...props}
        title={t('adjust.texts', { count: texts.length })}
        items={texts}
        render={(row) => <TextItem key={row.rowId} {...props} {...choice} row={row} />}
      />
      {numbers.length > 0 ? <NumbersItem {...props} {...choice} rows={numbers} /> : null}
      <ItemGroup
        {...props}
        title={t('adjust.added', { count: added.length })}
        items={added}
        render={(one) => <AddedItem key={one.row.rowId} {...props} {...choice} added={one} />}
      />
      <ItemGroup
        {...props}
        title={t('adjust.removed', { count: removed.length })}
        about={t('adjust.removedAbout')}
        items={removed}
        render={({ rowId }) => <RemovedItem key={rowId} {...props} {...choice} rowId={rowId} />}
      />
      <ItemGroup
        {...props}
        title={t('adjust.moved', { count: moved.length })}
        items={moved}
        render={(rowId) => <MovedItem key={rowId} {...props} {...choice} rowId={rowId} />}
      />
      <EndOther {...props} />
      <RefusedPaper {...props} />
      <AdjustPaper {...props} />
    </>
  )
}

/** Numbers that follow from a task that came or went are one matter, however many they are. */
function isNumberOnly({ changes, isStale, isUnversioned }: Adjustment['rows'][number]): boolean {
  return !isStale && !isUnversioned && changes.every(({ column }) => column === 'number')
}

/** Tasks that something is said about. */
function countRows({ rows, added, removed, moved }: Adjustment): number {
  const named = [...rows, ...removed, ...added.map(({ row }) => row)].map(({ rowId }) => rowId)
  return new Set([...named, ...moved]).size
}
