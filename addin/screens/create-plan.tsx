/** 建立计划: what was read from the sheet, for the commission to check before the plan is made. */
import { useState } from 'preact/hooks'
import { createPlan, draftPlan } from '../flows/create-plan.ts'
import { isMessageKey } from '../messages.ts'
import type { PlanDraft } from '../state.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { PagedList } from '../ui/more.tsx'
import { Screen } from '../ui/screen.tsx'
import { taskLabel } from './labels.ts'
import { homeward, type ScreenProps } from './screen-props.ts'

export function CreatePlanScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const { draft } = state
  return (
    <Screen title={t('createPlan.title')} back={homeward(props)}>
      {draft ? <Draft key={draft.attempt} {...props} draft={draft} /> : <p>{t('createPlan.none')}</p>}
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

function Draft({ draft, state, flow, t }: ScreenProps & { draft: PlanDraft }) {
  const { plan, rows, registry } = draft.file
  const [county, setCounty] = useState(plan.county)
  const [year, setYear] = useState(String(plan.year))
  const [title, setTitle] = useState(plan.title)
  const busy = state.busy !== undefined
  const counts = {
    rows: rows.length,
    units: registry.units.length,
    spans: rows.reduce((sum, row) => sum + Object.keys(row.spans ?? {}).length, 0),
    unconfirmed: rows.filter((row) => !row.spansConfirmed).length,
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
      <div class="actions">
        <Button primary disabled={busy} onClick={() => void createPlan(flow, { county, year, title })}>
          {t('createPlan.confirm')}
        </Button>
        <Button disabled={busy} onClick={() => void draftPlan(flow)}>
          {t('createPlan.read')}
        </Button>
      </div>
      {draft.doubts.length > 0 ? (
        <section class="stack">
          <h3>{t('createPlan.doubts', { count: draft.doubts.length })}</h3>
          <PagedList
            class="issues"
            items={draft.doubts}
            more={(left) => t('more', { left })}
            render={(doubt, index) => <DoubtItem key={index} draft={draft} doubt={doubt} t={t} />}
          />
        </section>
      ) : null}
      <Pairs
        title={t('createPlan.columns')}
        heads={[t('createPlan.column'), t('createPlan.meaning')]}
        pairs={plan.columns.map(({ header, key }) => [header, t(`column.${key}`)])}
      />
      {plan.periods.length > 0 ? (
        <Pairs
          title={t('createPlan.periods')}
          heads={[t('createPlan.period'), t('createPlan.due')]}
          pairs={plan.periods.map(({ label, dueOn }) => [label, dueOn])}
        />
      ) : null}
    </>
  )
}

/** A doubt whose code this pane does not know is shown by its code rather than hidden. */
function DoubtItem({
  draft,
  doubt,
  t,
}: Pick<ScreenProps, 't'> & { draft: PlanDraft; doubt: PlanDraft['doubts'][number] }) {
  const row = draft.file.rows.find(({ rowId }) => rowId === doubt.rowId)
  const { column } = doubt.params
  const header = draft.file.plan.columns.find(({ key }) => key === column)?.header
  const key = `doubt.${doubt.code}`
  const params = { ...doubt.params, column: header ?? column ?? '' }
  return (
    <li class="issue ask">
      {row ? <p class="where">{taskLabel(row.cells.number ?? '', row.cells.task ?? '')}</p> : null}
      <p>{isMessageKey(key) ? t(key, params) : t('doubt.other', { code: doubt.code })}</p>
    </li>
  )
}

function Pairs(props: { title: string; heads: [string, string]; pairs: [string, string][] }) {
  return (
    <section class="stack">
      <h3>{props.title}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">{props.heads[0]}</th>
            <th scope="col">{props.heads[1]}</th>
          </tr>
        </thead>
        <tbody>
          {props.pairs.map(([left, right]) => (
            <tr key={left}>
              <th scope="row">{left}</th>
              <td>{right}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
