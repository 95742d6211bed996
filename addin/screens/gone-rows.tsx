/** What becomes of edits in rows that the master no longer has, and rows that could not be compared with it. */
import type { RowOutcome } from '../../domain/protocol.ts'
import type { Row } from '../../domain/table.ts'
import { isUpheld } from '../flows/gone-rows.ts'
import { PagedList } from '../ui/more.tsx'
import { rowLabel } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'

/** The edits of a row that was deleted meanwhile, and who decides about them. */
export function GoneConflict({ row, t }: Pick<ScreenProps, 't'> & { row: RowOutcome }) {
  const texts = row.conflicts.flatMap(({ submitted }) => submitted?.split('\n') ?? [])
  if (texts.length === 0) return null
  return (
    <div>
      <p>{t(isUpheld(row) ? 'submit.goneUpheld' : 'submit.gone')}</p>
      {texts.map((text, at) => (
        <p key={`${at} ${text}`}>
          <ins>{text}</ins>
        </p>
      ))}
    </div>
  )
}

/** Rows of the sheet that are not part of the submission because nothing is known to compare them with. */
export function UnsentRows({ rows, state, t }: ScreenProps & { rows: readonly Row[] }) {
  return (
    <details open>
      <summary>{t('submit.unsent', { count: rows.length })}</summary>
      <div class="stack">
        <p class="hint">{t('submit.unsentAbout')}</p>
        <PagedList
          class="issues"
          items={[...rows]}
          more={(left) => t('more', { left })}
          // A row that stands in the sheet twice is listed twice.
          render={(row, at) => <li key={`${at} ${row.rowId}`}>{rowLabel(state.rows, row.rowId, [row])}</li>}
        />
      </div>
    </details>
  )
}
