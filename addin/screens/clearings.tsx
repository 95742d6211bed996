/** 待确认的清空, until each is confirmed in a preview or taken back. */
import { previewSubmission, restoreCells } from '../flows/submit.ts'
import { Button } from '../ui/button.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import { CellList } from './restorable-cells.tsx'
import type { ScreenProps } from './screen-props.ts'

export function Clearings(props: ScreenProps) {
  const { state, flow, t } = props
  const { sheet, cells } = state.clearings ?? { sheet: '', cells: [] }
  if (cells.length === 0) return null
  const busy = state.busy !== undefined
  return (
    <MessageBar
      tone="warning"
      label={t('tone.notice')}
      actions={
        <>
          <Button small disabled={busy} onClick={() => void previewSubmission(flow)}>
            {t('clearings.confirm')}
          </Button>
          <Button small disabled={busy} onClick={() => void restoreCells(flow, sheet, cells, 'check')}>
            {t('clearings.restore')}
          </Button>
        </>
      }
    >
      {t('clearings.about', { sheet, count: cells.length })}
      <details>
        <summary>{t('clearings.cells')}</summary>
        <CellList {...props} sheet={sheet} cells={cells} />
      </details>
    </MessageBar>
  )
}
