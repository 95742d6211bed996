/** What was found on the open sheet, and the open rows side by side with the plan's for a person to decide. */
import { confirmRecognition } from '../flows/recognise.ts'
import { LEAVE_OUT, type OpenMatch } from '../state.ts'
import { Button } from '../ui/button.tsx'
import { SelectField } from '../ui/field.tsx'
import { PagedList } from '../ui/more.tsx'
import { Screen } from '../ui/screen.tsx'
import { taskLabel } from './labels.ts'
import { homeward, type ScreenProps } from './screen-props.ts'

export function RecogniseScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const found = state.recognition
  if (!found) return null
  const undecided = found.open.filter((row) => row.choice === '').length
  const facts: [string, number][] = [
    [t('recognise.carried'), found.carried],
    [t('recognise.matched'), found.matched.length],
    [t('recognise.open'), found.open.length],
    [t('recognise.others'), found.others],
    [t('recognise.missing'), found.missing],
  ]
  return (
    <Screen title={t('recognise.title')} back={homeward(props)}>
      <p>{t('recognise.sheet', { sheet: found.sheet })}</p>
      <dl class="facts">
        {facts.map(([label, count]) => [
          <dt key={`${label}-label`}>{label}</dt>,
          <dd key={label} class="number">
            {t('rows', { rows: count })}
          </dd>,
        ])}
      </dl>
      {found.open.length > 0 && !found.confirmed ? (
        <>
          <h3>{t('recognise.decide')}</h3>
          <p class="hint">{t('recognise.decideHint')}</p>
          <PagedList
            class="issues"
            items={found.open}
            more={(left) => t('more', { left })}
            render={(row) => <OpenRow key={row.index} row={row} {...props} />}
          />
        </>
      ) : null}
      {found.confirmed ? (
        <div class="actions">
          <Button primary onClick={() => flow.dispatch({ type: 'went', screen: 'home' })}>
            {t('recognise.next')}
          </Button>
        </div>
      ) : (
        <>
          <p class="hint">{t('recognise.writes')}</p>
          <div class="actions">
            <Button
              primary
              disabled={state.busy !== undefined || undecided > 0}
              onClick={() => void confirmRecognition(flow)}
            >
              {t('recognise.confirm')}
            </Button>
            {undecided > 0 ? <span class="hint">{t('recognise.undecided', { rows: undecided })}</span> : null}
          </div>
        </>
      )}
    </Screen>
  )
}

function OpenRow({ row, flow, state, t }: ScreenProps & { row: OpenMatch }) {
  // One plan row cannot be two sheet rows.
  const others = state.recognition?.open.filter(({ index }) => index !== row.index) ?? []
  const taken = new Set(others.map(({ choice }) => choice))
  return (
    <li class="issue ask">
      <p class="where">{t('recognise.row', { address: row.address })}</p>
      <p>{row.task}</p>
      <SelectField
        label={t('recognise.choice')}
        value={row.choice}
        disabled={state.busy !== undefined}
        onInput={(choice) => flow.dispatch({ type: 'matchChosen', index: row.index, choice })}
        options={[
          { value: '', label: t('recognise.choose') },
          ...row.candidates
            .filter(({ rowId }) => !taken.has(rowId))
            .map(({ rowId, number, task }) => ({ value: rowId, label: taskLabel(number, task) })),
          { value: LEAVE_OUT, label: t('recognise.leaveOut') },
        ]}
      />
    </li>
  )
}
