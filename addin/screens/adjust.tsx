/** 任务调整 and 勘误: what the open table says otherwise than the issued plan, and the paper by which it changes. */
import { draftAdjustment } from '../flows/adjust.ts'
import { Button } from '../ui/button.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import { Screen } from '../ui/screen.tsx'
import { AdjustedCard } from './adjust-done.tsx'
import { AdjustDraft } from './adjust-draft.tsx'
import { EndOther } from './adjust-end.tsx'
import { planOf } from './labels.ts'
import { homeward, type ScreenProps } from './screen-props.ts'

export function AdjustScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const { adjustment, adjusted } = state
  const isFound = adjustment !== undefined && countFound(adjustment) > 0
  const isIssued = planOf(state)?.state === 'issued'
  // First while it is news, and below once the next one is begun.
  const receipt = adjusted ? <AdjustedCard key={adjusted.seq} {...props} adjusted={adjusted} /> : null
  return (
    <Screen title={t('adjust.title')} back={homeward(props)}>
      {isIssued ? (
        <MessageBar tone="info" label={t('tone.notice')}>
          {t('adjust.how')}
        </MessageBar>
      ) : (
        <MessageBar tone="warning" label={t('tone.warning')}>
          {t('adjust.notIssued')}
        </MessageBar>
      )}
      {adjustment ? null : receipt}
      {adjustment && !adjustment.isWhole ? <p class="hint">{t('adjust.partial')}</p> : null}
      {adjustment && !isFound ? <p>{t('adjust.none', { sheet: adjustment.sheet })}</p> : null}
      {adjustment && !isFound && isIssued ? <EndOther {...props} adjustment={adjustment} /> : null}
      {isFound && isIssued ? <AdjustDraft {...props} adjustment={adjustment} /> : null}
      <div class="actions">
        <Button
          primary={!isFound && !adjusted}
          disabled={state.busy !== undefined || !isIssued}
          onClick={() => void draftAdjustment(flow)}
        >
          {t('adjust.read')}
        </Button>
      </div>
      {adjustment ? receipt : null}
    </Screen>
  )
}

function countFound({ rows, added, removed, moved }: NonNullable<ScreenProps['state']['adjustment']>): number {
  return rows.length + added.length + removed.length + moved.length
}
