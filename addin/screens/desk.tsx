/** 审核台: everything that waits for the commission with its count, each leading to where it is dealt with. */
import type { Desk } from '../../domain/protocol.ts'
import { pullConflicts } from '../flows/conflicts.ts'
import { countWaiting, pullDesk, pullStatus } from '../flows/desk.ts'
import { pullMaster } from '../flows/master.ts'
import { mayReview } from '../flows/review.ts'
import type { MessageKey } from '../messages.ts'
import type { Screen as ScreenName } from '../state.ts'
import { Button } from '../ui/button.tsx'
import { Menu, type MenuItem } from '../ui/menu.tsx'
import { Screen } from '../ui/screen.tsx'
import { homeward, type ScreenProps } from './screen-props.ts'

export function DeskScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const { desk } = state
  const busy = state.busy !== undefined
  const waiting = desk ? countWaiting(desk) : 0
  return (
    <Screen title={t('desk.title')} back={homeward(props)}>
      {desk ? (
        <>
          <p>{waiting === 0 ? t('desk.nothing') : t('desk.waiting', { count: waiting })}</p>
          <ReadOnly {...props} />
          <Menu items={deskItems(props, desk)} />
        </>
      ) : (
        <p>{t('desk.unread')}</p>
      )}
      <div class="actions">
        <Button disabled={busy} onClick={() => void pullDesk(flow)}>
          {t('refresh')}
        </Button>
        <Button disabled={busy} onClick={() => void pullStatus(flow)}>
          {t('status.button')}
        </Button>
      </div>
    </Screen>
  )
}

/** Why nothing can be decided here, where that is so. */
export function ReadOnly({ state, t }: ScreenProps) {
  if (mayReview(state)) return null
  const isOffice = state.me?.actor.role !== 'commission'
  return <p class="hint">{t(isOffice ? 'desk.readOnly' : 'desk.closed')}</p>
}

/** What waits first, what is settled after it, in the order of the work within either. */
function deskItems(props: ScreenProps, desk: Desk): MenuItem[] {
  const { state, flow } = props
  const pending = desk.queue.filter(({ review }) => review === 'pending').length
  const returned = desk.queue.length - pending
  const go = (screen: ScreenName) => () => flow.dispatch({ type: 'went', screen })
  const entry = (name: MessageKey, about: MessageKey, count: number, onClick: () => void, more = {}): CountedItem => ({
    count,
    label: props.t('desk.counted', { name: props.t(name), count }),
    description: props.t(about, more),
    onClick,
    disabled: state.busy !== undefined,
  })
  // Only the commission decides these; the screens of both are its own.
  const decided =
    state.me?.actor.role === 'commission'
      ? [
          entry('desk.conflicts', 'desk.conflictsAbout', desk.openConflicts, () => void pullConflicts(flow)),
          entry('desk.spans', 'desk.spansAbout', desk.unconfirmedSpans, () => void pullMaster(flow, 'spans')),
        ]
      : []
  const items = [
    entry('desk.queue', returned > 0 ? 'desk.queueReturned' : 'desk.queueAbout', pending, go('review'), { returned }),
    ...decided,
    entry('desk.held', 'desk.heldAbout', desk.held.length, go('held')),
    entry('desk.blocked', 'desk.blockedAbout', desk.blocked.length, go('blocked')),
    entry('desk.suggestions', 'desk.suggestionsAbout', desk.suggestions.length, go('suggestions')),
    entry('desk.drafts', 'desk.draftsAbout', desk.openDrafts, () => void pullStatus(flow)),
  ]
  const ordered = [...items.filter(({ count }) => count > 0), ...items.filter(({ count }) => count === 0)]
  return ordered.map(({ count, ...item }, i) => ({ ...item, primary: i === 0 && count > 0 && mayReview(state) }))
}

type CountedItem = MenuItem & { count: number }
