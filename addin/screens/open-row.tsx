/** A row of a sheet that equals none of the plan's, beside those that it may be, for a person to decide. */

import { LEAVE_OUT, type OpenMatch } from '../checking-state.ts'
import type { Translate } from '../messages.ts'
import { SelectField } from '../ui/field.tsx'
import { InlineChange } from '../ui/inline-change.tsx'
import { taskLabel } from './labels.ts'

/** `others`: the open rows of the same sheet; one plan row cannot be two sheet rows. */
export function OpenRow(props: {
  row: OpenMatch
  others: readonly OpenMatch[]
  busy: boolean
  t: Translate
  onChoose: (choice: string) => void
}) {
  const { row, others, busy, t, onChoose } = props
  const taken = new Set(others.filter(({ index }) => index !== row.index).map(({ choice }) => choice))
  const chosen = row.candidates.find(({ rowId }) => rowId === row.choice)
  return (
    <li class="issue ask">
      <p class="where">{t('recognise.row', { address: row.address })}</p>
      <p>{row.task}</p>
      <SelectField
        label={t('recognise.choice')}
        value={row.choice}
        disabled={busy}
        onInput={onChoose}
        options={[
          { value: '', label: t('recognise.choose') },
          ...row.candidates
            .filter(({ rowId }) => !taken.has(rowId))
            .map(({ rowId, number, task }) => ({ value: rowId, label: taskLabel(number, task) })),
          { value: LEAVE_OUT, label: t('recognise.leaveOut') },
        ]}
      />
      {chosen ? (
        <InlineChange label={t('recognise.against')} before={chosen.task} after={row.task} blank={t('change.blank')} />
      ) : null}
    </li>
  )
}
