/** 报送记录: what was submitted before, newest first, and the way back to each receipt. */
import type { SubmissionList } from '../../domain/protocol.ts'
import { pullSubmissions, reopenReceipt } from '../flows/submissions.ts'
import { Button } from '../ui/button.tsx'
import { PagedList } from '../ui/more.tsx'
import { Screen } from '../ui/screen.tsx'
import { formatTime } from '../ui/time.ts'
import { useElementId } from '../ui/use-element-id.ts'
import { DraftRecord } from './drafts.tsx'
import { ReviewStates } from './review-states.tsx'
import { homeward, type ScreenProps } from './screen-props.ts'
import { Totals } from './totals.tsx'

type Entry = SubmissionList['submissions'][number]

export function SubmissionsScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const submissions = state.submissions ?? []
  return (
    <Screen title={t('submissions.title')} back={homeward(props)}>
      {state.me?.actor.role === 'unit' ? <ReviewStates {...props} /> : null}
      <DraftRecord {...props} />
      <p>{submissions.length === 0 ? t('submissions.none') : t('submissions.count', { count: submissions.length })}</p>
      <PagedList
        class="issues"
        items={submissions}
        more={(left) => t('more', { left })}
        render={(entry) => <SubmissionItem key={entry.id} {...props} entry={entry} />}
      />
      <div class="actions">
        <Button disabled={state.busy !== undefined} onClick={() => void pullSubmissions(flow)}>
          {t('refresh')}
        </Button>
      </div>
    </Screen>
  )
}

function SubmissionItem({ entry, state, flow, t }: ScreenProps & { entry: Entry }) {
  const id = useElementId()
  const isAccepted = entry.status === 'accepted'
  return (
    <li class={isAccepted ? 'issue' : 'issue error'}>
      <h3 id={id} class="number">
        {isAccepted ? entry.number : t('submissions.refused')}
      </h3>
      <p class="where number">
        {entry.by} · {formatTime(entry.at)}
        {entry.broughtBy === undefined ? '' : ` · ${t('receipt.broughtByOffice', { office: entry.broughtBy })}`}
      </p>
      {isAccepted ? (
        <>
          <Totals totals={entry.totals} t={t} />
          <div class="actions">
            <Button
              small
              describedBy={id}
              disabled={state.busy !== undefined}
              onClick={() => void reopenReceipt(flow, entry.id)}
            >
              {t('submissions.receipt')}
            </Button>
          </div>
        </>
      ) : (
        <p>{t('submissions.refusedAbout')}</p>
      )}
    </li>
  )
}
