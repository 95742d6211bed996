/** 报送情况: which unit has reported how much, read only. */
import { pullMaster } from '../flows/master.ts'
import { Button } from '../ui/button.tsx'
import { Screen } from '../ui/screen.tsx'
import { formatTime } from '../ui/time.ts'
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
      {/* A region that scrolls must be reachable by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <section class="scroll" tabIndex={0} aria-label={t('status.title')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('status.unit')}</th>
              <th scope="col">{t('status.state')}</th>
              <th scope="col" class="figure">
                {t('status.rows')}
              </th>
              <th scope="col" class="figure">
                {t('status.issues')}
              </th>
              <th scope="col" class="figure">
                {t('status.conflicts')}
              </th>
              <th scope="col">{t('status.lastAt')}</th>
            </tr>
          </thead>
          <tbody>
            {units.map((unit) => (
              <tr key={unit.unit}>
                <th scope="row">{unit.unit}</th>
                <td>{t(unit.submissions > 0 ? 'status.reported' : 'status.silent')}</td>
                <td class="figure">
                  {unit.submittedRows} / {unit.rows}
                </td>
                <td class="figure">{t('status.counts', { errors: unit.errors, warnings: unit.warnings })}</td>
                <td class="figure">{unit.openConflicts}</td>
                <td class="number">{unit.lastAt === null ? t('none') : formatTime(unit.lastAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div class="actions">
        <Button disabled={state.busy !== undefined} onClick={() => void pullMaster(flow, 'status')}>
          {t('refresh')}
        </Button>
      </div>
    </Screen>
  )
}
