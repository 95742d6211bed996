/** Ending a task whose row the sheet still has: not every program lets a person delete rows. */
import { useState } from 'preact/hooks'
import { itemKey } from '../flows/adjustment.ts'
import { Button } from '../ui/button.tsx'
import { SelectField } from '../ui/field.tsx'
import type { Props } from './adjust-items.tsx'
import { rowLabel } from './labels.ts'

export function EndOther({ adjustment, state, flow, t }: Props) {
  const [rowId, setRowId] = useState('')
  const busy = state.busy !== undefined
  const listed = new Set(adjustment.removed.map((row) => row.rowId))
  const others = (state.rows?.rows ?? []).filter((row) => !listed.has(row.rowId))
  const add = () => {
    const head = others.find((row) => row.rowId === rowId)
    if (!head) return
    setRowId('')
    flow.dispatch({
      type: 'adjustmentEdited',
      changes: {
        removed: [...adjustment.removed, { rowId, ver: head.ver }],
        chosen: [...adjustment.chosen, itemKey('removed', rowId)],
        isTried: false,
      },
    })
  }
  return (
    <details>
      <summary>{t('adjust.endOther')}</summary>
      <div class="stack narrow">
        <p class="hint">{t('adjust.endOtherAbout')}</p>
        <SelectField
          label={t('adjust.endWhich')}
          value={rowId}
          disabled={busy}
          options={[
            { value: '', label: t('planUnits.choose') },
            ...others.map((row) => ({ value: row.rowId, label: rowLabel(state.rows, row.rowId) })),
          ]}
          onInput={setRowId}
        />
        <div class="actions">
          <Button small disabled={busy || rowId === ''} onClick={add}>
            {t('adjust.endAdd')}
          </Button>
        </div>
      </div>
    </details>
  )
}
