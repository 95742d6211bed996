/** 序号顺延: numbers that changed because tasks came, went or moved, chosen as one. */
import { type Adjustment, itemKey } from '../flows/adjustment.ts'
import type { Choice, Props } from './adjust-items.tsx'
import { taskLabel } from './labels.ts'

export function NumbersItem({ rows, isChosen, choose, state, t }: Props & Choice & { rows: Adjustment['rows'] }) {
  const keys = rows.map(({ rowId }) => itemKey('text', rowId))
  const tasks = new Map((state.rows?.rows ?? []).map(({ rowId, cells }) => [rowId, cells.task ?? '']))
  return (
    <section class="issue">
      <label class="choice">
        <input
          type="checkbox"
          checked={keys.every(isChosen)}
          disabled={state.busy !== undefined}
          onChange={(event) => choose(keys, event.currentTarget.checked)}
        />
        <strong>{t('adjust.numbers', { count: rows.length })}</strong>
      </label>
      <details>
        <summary>{t('adjust.numbersEach')}</summary>
        <ul>
          {rows.map(({ rowId, changes: [change] }) => (
            <li key={rowId} class="number">
              {t('adjust.numberChange', { before: change?.old ?? '', after: change?.new ?? '' })}{' '}
              {taskLabel('', tasks.get(rowId) ?? '')}
            </li>
          ))}
        </ul>
      </details>
    </section>
  )
}
