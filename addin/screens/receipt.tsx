/** 回执: what the server has recorded. */
import type { Receipt } from '../../domain/protocol.ts'
import { saveSlip } from '../flows/paper.ts'
import { Button } from '../ui/button.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import { Screen } from '../ui/screen.tsx'
import { planOf } from './labels.ts'
import { LeftOutRows } from './left-out.tsx'
import { ReceiptBody } from './receipt-body.tsx'
import { OutdatedCells } from './restorable-cells.tsx'
import { homeward, type ScreenProps } from './screen-props.ts'

export function ReceiptScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const { done } = state
  if (!done) return null
  const { receipt } = done
  const isDraft = receipt.draftId !== undefined
  return (
    <Screen
      title={t(isDraft ? 'draft.sentTitle' : 'receipt.title')}
      back={done.reopened ? toList(props) : homeward(props)}
      home={done.reopened ? homeward(props) : undefined}
    >
      {isDraft ? (
        <MessageBar tone="warning" label={t('tone.notice')}>
          {t('draft.sent')}
          {t('draft.sentAbout')}
        </MessageBar>
      ) : null}
      <ReceiptBody {...props} receipt={receipt} others={done.submission?.rows}>
        {done.leftOut ? <LeftOutRows {...props} sheet={done.sheet} leftOut={done.leftOut} isSent /> : null}
        {done.differing.length > 0 ? <OutdatedCells {...props} sheet={done.sheet} cells={done.differing} /> : null}
      </ReceiptBody>
      <div class="actions">
        {isDraft ? null : <SlipButton {...props} receipt={receipt} />}
        {done.reopened ? null : (
          <Button onClick={() => flow.dispatch({ type: 'went', screen: 'home' })}>{t('receipt.leave')}</Button>
        )}
      </div>
      {isDraft ? null : <p class="hint">{t(planOf(state)?.signOff === 'paper' ? 'slip.aboutPaper' : 'slip.about')}</p>}
    </Screen>
  )
}

function SlipButton({ receipt, state, flow, t }: ScreenProps & { receipt: Receipt }) {
  return (
    <Button
      disabled={state.busy !== undefined}
      onClick={() => void saveSlip(flow, receipt, state.done?.submission?.rows)}
    >
      {t('slip.save')}
    </Button>
  )
}

function toList({ flow, t }: ScreenProps) {
  return { label: t('receipt.toList'), onClick: () => flow.dispatch({ type: 'went' as const, screen: 'submissions' }) }
}
