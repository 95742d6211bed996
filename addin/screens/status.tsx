/** 报送情况: which unit has reported how much, read only. */
import { pullMaster } from '../flows/master.ts'
import { Button } from '../ui/button.tsx'
import { Screen } from '../ui/screen.tsx'
import { formatTime } from '../ui/time.ts'
import { WaitingDrafts } from './drafts.tsx'
import { homeward, type ScreenProps } from './screen-props.ts'

export function StatusScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const { master } = state
  if (!master) return null
  const units = [...master.status].sort(
    (one, other) =>
      Number(one.submissions > 0) - Number(other.submissions > 0) || one.unit.localeCompare(other.unit, 'zh'),
  )
  const silent = units.filter((unit) => unit.submissions === 0).length
  return (
    <Screen title={t('status.title')} back={homeward(props)}>
      <p>{t('status.summary', { units: units.length, silent })}</p>
      <WaitingDrafts {...props} />
      <table class="units">
        <thead>
          <tr>
            <th scope="col">{t('status.unit')}</th>
            <th scope="col" class="figure">
              {t('status.rows')}
            </th>
            <th scope="col" class="figure">
              {t('status.errors')}
            </th>
            <th scope="col" class="figure">
              {t('status.warnings')}
            </th>
            <th scope="col" class="figure">
              {t('status.conflicts')}
            </th>
          </tr>
        </thead>
        <tbody>
          {units.map((unit) => (
            <tr key={unit.unit}>
              <th scope="row">
                {unit.unit}
                <span class="hint">
                  {unit.lastAt === null ? t('status.silent') : t('status.reported', { at: formatTime(unit.lastAt) })}
                </span>
              </th>
              <td class="figure">
                {unit.submittedRows}/{unit.rows}
              </td>
              <td class="figure">{unit.errors}</td>
              <td class="figure">
                {unit.warnings}
                {unit.explained ? <span class="hint">{t('status.explained', { count: unit.explained })}</span> : null}
              </td>
              <td class="figure">{unit.openConflicts}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div class="actions">
        <Button disabled={state.busy !== undefined} onClick={() => void pullMaster(flow, 'status')}>
          {t('refresh')}
        </Button>
      </div>
    </Screen>
  )
}
