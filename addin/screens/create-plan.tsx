/** 建立计划: what was read from the sheet, for the commission to check before the plan is made. */
import { useState } from 'preact/hooks'
import { breakdownSpec } from '../../domain/plan.ts'
import type { PlanFile, PlanRow } from '../../domain/protocol.ts'
import { createPlan, draftPlan } from '../flows/create-plan.ts'
import type { PlanDraft } from '../state.ts'
import { Button } from '../ui/button.tsx'
import { DateField, TextField } from '../ui/field.tsx'
import { PagedList } from '../ui/more.tsx'
import { Screen } from '../ui/screen.tsx'
import { taskLabel } from './labels.ts'
import { Milestones } from './milestones.tsx'
import { PlanDoubts } from './plan-doubts.tsx'
import { PlanUnits } from './plan-units.tsx'
import { homeward, type ScreenProps } from './screen-props.ts'

export function CreatePlanScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const { draft } = state
  return (
    <Screen title={t('createPlan.title')} back={homeward(props)}>
      {draft ? <Draft key={draft.file.plan.id} {...props} draft={draft} /> : <p>{t('createPlan.none')}</p>}
      {draft ? null : (
        <div class="actions">
          <Button primary disabled={state.busy !== undefined} onClick={() => void draftPlan(flow)}>
            {t('createPlan.read')}
          </Button>
        </div>
      )}
    </Screen>
  )
}

function Draft(props: ScreenProps & { draft: PlanDraft }) {
  const { draft, state, flow, t } = props

  const { plan, rows, registry } = draft.file
  const [county, setCounty] = useState(plan.county)
  const [year, setYear] = useState(String(plan.year))
  const [title, setTitle] = useState(plan.title)
  const [dueOn, setDueOn] = useState<Record<string, string>>({})
  const busy = state.busy !== undefined
  const spanned = rows.filter((row) => Object.keys(row.spans ?? {}).length > 0)
  const counts = {
    rows: rows.length,
    units: registry.units.length,
    spans: spanned.reduce((sum, row) => sum + Object.keys(row.spans ?? {}).length, 0),
  }
  return (
    <>
      <p>{t('createPlan.sheet', { sheet: draft.sheet })}</p>
      <p>{t('createPlan.counts', counts)}</p>
      <div class="stack narrow">
        <TextField label={t('createPlan.county')} value={county} onInput={setCounty} disabled={busy} />
        <TextField label={t('createPlan.year')} value={year} onInput={setYear} disabled={busy} />
        <TextField label={t('createPlan.planTitle')} value={title} onInput={setTitle} disabled={busy} />
      </div>
      {plan.periods.length > 0 ? (
        <section class="stack narrow">
          <div>
            <h3>{t('createPlan.due')}</h3>
            <p class="hint">{t(year === String(plan.year) ? 'createPlan.dueHint' : 'createPlan.dueOtherYear')}</p>
          </div>
          {year === String(plan.year) ? (
            <div class="pair">
              {plan.periods.map((period) => (
                <DateField
                  key={period.key}
                  label={period.label}
                  value={dueOn[period.key] ?? period.dueOn}
                  disabled={busy}
                  onInput={(day) => setDueOn({ ...dueOn, [period.key]: day })}
                />
              ))}
            </div>
          ) : null}
        </section>
      ) : null}
      <PlanUnits {...props} />
      <PlanDoubts draft={draft} t={t} />
      <SpannedRows rows={spanned} draft={draft} t={t} />
      <ColumnMeanings columns={plan.columns} t={t} />
      <div class="actions">
        <Button primary disabled={busy} onClick={() => void createPlan(flow, { county, year, title, dueOn })}>
          {t('createPlan.confirm')}
        </Button>
        <Button disabled={busy} onClick={() => void draftPlan(flow)}>
          {t('createPlan.read')}
        </Button>
      </div>
    </>
  )
}

/** Rows with cells over several periods, so that what was read can be held against the paper. */
function SpannedRows({ rows, draft, t }: Pick<ScreenProps, 't'> & { rows: PlanRow[]; draft: PlanDraft }) {
  const { columns } = breakdownSpec({ ...draft.file.plan, state: 'collecting' })
  const keys = columns.filter(({ kind }) => kind === 'milestone').map(({ key }) => key)
  const label = (key: string) => columns.find((column) => column.key === key)?.header ?? key
  if (rows.length === 0) return null
  return (
    <details>
      <summary>{t('createPlan.spanned', { rows: rows.length })}</summary>
      <PagedList
        class="issues"
        items={rows}
        more={(left) => t('more', { left })}
        render={(row) => (
          <li key={row.rowId} class="issue">
            <h4>{taskLabel(row.cells.number ?? '', row.cells.task ?? '')}</h4>
            <Milestones row={row} keys={keys} label={label} t={t} />
          </li>
        )}
      />
    </details>
  )
}

function ColumnMeanings({ columns, t }: Pick<ScreenProps, 't'> & { columns: PlanFile['plan']['columns'] }) {
  return (
    <details>
      <summary>{t('createPlan.columns')}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('createPlan.column')}</th>
            <th scope="col">{t('createPlan.meaning')}</th>
          </tr>
        </thead>
        <tbody>
          {columns.map(({ header, key }) => (
            <tr key={key}>
              <th scope="row">{header}</th>
              <td>{t(`column.${key}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
