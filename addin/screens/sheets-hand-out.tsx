/** 分发报送表: for whom, and with which rows. */
import { useState } from 'preact/hooks'
import { leadUnitsOf, rowsOfUnit } from '../../domain/unit-sheets.ts'
import { handOut } from '../flows/hand-out.ts'
import { Button } from '../ui/button.tsx'
import { SelectField } from '../ui/field.tsx'
import { Screen } from '../ui/screen.tsx'
import { isFixed } from './labels.ts'
import { homeward, type ScreenProps } from './screen-props.ts'

export function HandOutScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const [unit, setUnit] = useState('')
  const [supporting, setSupporting] = useState(false)
  const { plan, rows } = state
  if (!plan || !rows) return null
  const busy = state.busy !== undefined
  const units = leadUnitsOf(rows.rows)
  const own = unit === '' ? undefined : rowsOfUnit(rows.rows, unit, plan.registry)
  return (
    <Screen title={t('handOut.title')} back={homeward(props)}>
      <p>{t('handOut.what')}</p>
      {isFixed(state) ? <p>{t('handOut.fixed')}</p> : null}
      {units.length === 0 ? <p>{t('handOut.noUnits')}</p> : null}
      <div class="stack narrow">
        <SelectField
          label={t('handOut.unit')}
          value={unit}
          onInput={setUnit}
          disabled={busy || units.length === 0}
          options={[
            { value: '', label: t('handOut.allUnits', { count: units.length }) },
            ...units.map((name) => ({ value: name, label: name })),
          ]}
        />
        <label class="choice">
          <input
            type="checkbox"
            checked={supporting}
            disabled={busy}
            onChange={(event) => setSupporting(event.currentTarget.checked)}
          />
          {t('handOut.supporting')}
        </label>
        <p class="hint">
          {own
            ? t(supporting ? 'handOut.ofUnitBoth' : 'handOut.ofUnit', {
                led: own.lead.length,
                supported: own.supporting.length,
              })
            : t('handOut.ofAll', { count: units.length })}
        </p>
        <div class="actions">
          <Button
            primary
            disabled={busy || units.length === 0}
            onClick={() => void handOut(flow, { unit: unit === '' ? undefined : unit, supporting })}
          >
            {t('handOut.save')}
          </Button>
        </div>
      </div>
      <p class="hint">{t('handOut.back')}</p>
    </Screen>
  )
}
