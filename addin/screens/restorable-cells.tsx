/** Cells whose sheet text is not the master's, with the way to put the master's text back. */
import type { Row } from '../../domain/table.ts'
import type { Difference } from '../exchange-state.ts'
import { openPull } from '../flows/pull-open.ts'
import { restoreCells } from '../flows/submit.ts'
import { Button } from '../ui/button.tsx'
import { Change } from '../ui/change.tsx'
import { PagedList } from '../ui/more.tsx'
import { changeWords, columnLabel, planOf, rowLabel } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'

/** `gone`: rows that the list lacks, for what they are called. */
type Props = ScreenProps & { sheet: string; cells: Difference[]; gone?: readonly Row[] }

/** Edits in other units' rows: shown, restorable, never sent. */
export function ForeignCells(props: Props) {
  const { state, flow, sheet, cells, t } = props
  return (
    <details>
      <summary>{t('submit.foreign', { count: cells.length })}</summary>
      <div class="stack">
        <p class="hint">{t('submit.foreignAbout')}</p>
        <div class="actions">
          <Button
            small
            disabled={state.busy !== undefined}
            onClick={() => void restoreCells(flow, sheet, cells, 'preview')}
          >
            {t('restore.all')}
          </Button>
        </div>
        <CellList {...props} />
      </div>
    </details>
  )
}

/** Cells in which the master moved on while this person worked. */
export function OutdatedCells(props: Props) {
  const { state, flow, sheet, cells, t } = props
  return (
    <section class="stack">
      <h3>{t('receipt.differing', { count: cells.length })}</h3>
      <p class="hint">{t('receipt.differingAbout')}</p>
      <div class="actions">
        <Button disabled={state.busy !== undefined} onClick={() => void openPull(flow, sheet)}>
          {t('pull.see')}
        </Button>
      </div>
      <CellList {...props} />
    </section>
  )
}

export function CellList({ cells, gone, state, t }: Props) {
  return (
    <PagedList
      class="issues"
      items={cells}
      more={(left) => t('more', { left })}
      render={(cell) => (
        <li key={`${cell.rowId} ${cell.column}`} class="issue">
          <h4>{rowLabel(state.rows, cell.rowId, gone)}</h4>
          <p class="where">{columnLabel(planOf(state), cell.column)}</p>
          <Change
            before={cell.sheet}
            after={cell.head}
            words={{ ...changeWords(t), before: t('change.sheet'), after: t('conflicts.head') }}
          />
        </li>
      )}
    />
  )
}
