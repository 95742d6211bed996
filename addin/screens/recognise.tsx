/** What was found on the open sheet, and the open rows side by side with the plan's for a person to decide. */
import { confirmRecognition, countKnown } from '../flows/recognise.ts'
import { Button } from '../ui/button.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import { PagedList } from '../ui/more.tsx'
import { Screen } from '../ui/screen.tsx'
import { OpenRow } from './open-row.tsx'
import { homeward, type ScreenProps } from './screen-props.ts'

export function RecogniseScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const found = state.recognition
  if (!found) return null
  const undecided = found.open.filter((row) => row.choice === '').length
  const isUnit = state.me?.actor.role === 'unit'
  const facts: [string, number][] = [
    [t('recognise.carried'), found.carried],
    [t('recognise.matched'), found.matched.length],
    [t('recognise.open'), found.open.length],
    [t('recognise.others'), found.others],
    [t('recognise.strays'), found.strays],
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
            render={(row) => (
              <OpenRow
                key={row.index}
                row={row}
                others={found.open}
                busy={state.busy !== undefined}
                t={t}
                onChoose={(choice) => flow.dispatch({ type: 'matchChosen', index: row.index, choice })}
              />
            )}
          />
        </>
      ) : null}
      {found.confirmed ? (
        <div class="actions">
          <Button primary onClick={() => flow.dispatch({ type: 'went', screen: 'home' })}>
            {t('recognise.next')}
          </Button>
        </div>
      ) : undecided === 0 && countKnown(found) === 0 ? (
        <p>{t(isUnit ? 'recognise.nothingOfUnit' : 'recognise.nothing', { sheet: found.sheet })}</p>
      ) : (
        <>
          {found.otherYear === undefined ? null : (
            <MessageBar tone="warning" label={t('tone.warning')}>
              {t('recognise.otherYear', { found: found.otherYear, plan: state.plan?.plan.year ?? '' })}
            </MessageBar>
          )}
          <p class="hint">{t('recognise.writes')}</p>
          <div class="actions">
            <Button
              primary={found.otherYear === undefined}
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
