/** The milestones of one row, each under the periods that it covers. */
import { coveredColumns, type Row } from '../../domain/table.ts'
import type { Translate } from '../messages.ts'

export function Milestones(props: { row: Row; keys: string[]; label: (key: string) => string; t: Translate }) {
  const { row, keys, label, t } = props
  return (
    <dl class="change">
      {keys
        .filter((key) => row.cells[key] !== undefined)
        .map((key) => {
          const covered = coveredColumns(row, key, keys)
          const last = covered.at(-1) ?? key
          return (
            <div key={key}>
              <dt>{covered.length > 1 ? t('spans.range', { from: label(key), to: label(last) }) : label(key)}</dt>
              <dd>{row.cells[key] === '' ? <em>{t('change.blank')}</em> : row.cells[key]}</dd>
            </div>
          )
        })}
    </dl>
  )
}
