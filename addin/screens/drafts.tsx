/** 待本单位审核: what 经办 keys of the unit sent, and how each ended. */
import type { DraftInfo } from '../../domain/protocol.ts'
import { openDraft, pullDrafts } from '../flows/drafts.ts'
import { Button } from '../ui/button.tsx'
import { PagedList } from '../ui/more.tsx'
import { Screen } from '../ui/screen.tsx'
import { formatTime } from '../ui/time.ts'
import { useElementId } from '../ui/use-element-id.ts'
import { homeward, type ScreenProps } from './screen-props.ts'
import { Totals } from './totals.tsx'

export function DraftsScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const open = (state.drafts ?? []).filter((draft) => draft.state === 'open')
  return (
    <Screen title={t('drafts.title')} back={homeward(props)}>
      <p>{open.length === 0 ? t('drafts.none') : t('drafts.count', { count: open.length })}</p>
      <DraftList {...props} drafts={open} />
      <div class="actions">
        <Button disabled={state.busy !== undefined} onClick={() => void pullDrafts(flow)}>
          {t('refresh')}
        </Button>
      </div>
    </Screen>
  )
}

/** In 报送记录: everything that was sent for review, with its state and the reason where it was returned. */
export function DraftRecord(props: ScreenProps) {
  const drafts = props.state.drafts ?? []
  if (drafts.length === 0) return null
  return (
    <>
      <h3>{props.t('drafts.recordTitle')}</h3>
      <DraftList {...props} drafts={drafts} />
    </>
  )
}

/** For an office: how much waits in which unit, and since when. */
export function WaitingDrafts({ state, t }: ScreenProps) {
  const waiting = new Map<string, { count: number; since: string }>()
  for (const { by, at, state: draftState } of state.drafts ?? []) {
    if (draftState !== 'open') continue
    const { count, since } = waiting.get(by) ?? { count: 0, since: at }
    waiting.set(by, { count: count + 1, since: at < since ? at : since })
  }
  if (waiting.size === 0) return null
  return (
    <details>
      <summary>{t('drafts.waiting', { units: waiting.size })}</summary>
      <ul>
        {[...waiting].map(([unit, { count, since }]) => (
          <li key={unit}>{t('drafts.waitingUnit', { unit, count, since: formatTime(since) })}</li>
        ))}
      </ul>
    </details>
  )
}

function DraftList({ drafts, ...props }: ScreenProps & { drafts: DraftInfo[] }) {
  return (
    <PagedList
      class="issues"
      items={drafts}
      more={(left) => props.t('more', { left })}
      render={(draft) => <DraftItem key={draft.id} {...props} draft={draft} />}
    />
  )
}

const TONES: Record<DraftInfo['state'], string> = {
  open: 'issue warning',
  returned: 'issue error',
  released: 'issue',
  superseded: 'issue',
}

function DraftItem({ draft, state, flow, t }: ScreenProps & { draft: DraftInfo }) {
  const id = useElementId()
  return (
    <li class={TONES[draft.state]}>
      <h3 id={id} class="number">
        {t('drafts.item', { post: draft.post, at: formatTime(draft.at) })}
      </h3>
      <p class="where">{t(`draft.state.${draft.state}`)}</p>
      {draft.decidedAt === null ? null : (
        <p class="number">{t('draft.decidedAt', { at: formatTime(draft.decidedAt) })}</p>
      )}
      {draft.reason === null ? null : <p>{t('draft.reason', { reason: draft.reason })}</p>}
      <Totals totals={draft.totals} t={t} />
      <div class="actions">
        <Button
          small
          describedBy={id}
          disabled={state.busy !== undefined}
          onClick={() => void openDraft(flow, draft.id)}
        >
          {t('drafts.open')}
        </Button>
      </div>
    </li>
  )
}
