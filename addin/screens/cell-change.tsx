/** One changed cell under the name of its column: what it said, what it says, and how many periods it covers. */
import { WholeChange } from '../ui/whole-change.tsx'
import { columnLabel, planOf } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'

/** As the wire has it: null where a merged cell covers the column, or covered it before. */
export type ChangedCell = { column: string; old: string | null; new: string | null; spans?: [number, number] }

export function CellChange({ change, state, t }: Pick<ScreenProps, 'state' | 't'> & { change: ChangedCell }) {
  const [from, to] = change.spans ?? [1, 1]
  return (
    <div>
      <h4>{columnLabel(planOf(state), change.column)}</h4>
      {from === to ? null : <p class="hint">{t('change.spans', { from, to })}</p>}
      {change.new === null ? <p class="hint">{t('change.covered')}</p> : null}
      <WholeChange before={change.old ?? ''} after={change.new ?? ''} blank={t('change.blank')} />
    </div>
  )
}
