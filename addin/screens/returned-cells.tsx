/** What the commission sent back and nobody has changed since: where, why, who and when, and the way there. */
import type { ReturnedCell } from '../flows/submission.ts'
import { Button } from '../ui/button.tsx'
import { PagedList } from '../ui/more.tsx'
import { formatTime } from '../ui/time.ts'
import { useElementId } from '../ui/use-element-id.ts'
import { columnLabel, planOf, rowLabel } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'

/** `jump`: shows the cell in the open sheet, where one is known. */
type Props = ScreenProps & {
  cells: ReturnedCell[]
  jump?: ((rowId: string, column: string | undefined) => void) | undefined
}

export function ReturnedCells(props: Props) {
  const { cells, t } = props
  if (cells.length === 0) return null
  return (
    <section class="stack">
      <div>
        <h3>{t('returned.title', { count: cells.length })}</h3>
        <p class="hint">{t('returned.about')}</p>
      </div>
      <PagedList
        class="issues"
        items={cells}
        more={(left) => t('more', { left })}
        render={(cell) => <Returned key={`${cell.rowId} ${cell.column}`} {...props} cell={cell} />}
      />
    </section>
  )
}

function Returned({ cell: { rowId, column, reason, by, at }, jump, state, t }: Props & { cell: ReturnedCell }) {
  const id = useElementId()
  return (
    <li class="issue warning">
      <h4 id={id}>{rowLabel(state.rows, rowId)}</h4>
      <p class="where">{column === undefined ? t('returned.wholeRow') : columnLabel(planOf(state), column)}</p>
      <blockquote class="reason">
        <p>{reason}</p>
        <footer class="hint">{t('returned.by', { by, at: formatTime(at) })}</footer>
      </blockquote>
      {jump ? (
        <div class="actions">
          <Button small describedBy={id} disabled={state.busy !== undefined} onClick={() => jump(rowId, column)}>
            {t('check.jump')}
          </Button>
        </div>
      ) : null}
    </li>
  )
}
