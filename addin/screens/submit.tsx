/** 报送: what would change, cell by cell, before anything is sent. */
import { useState } from 'preact/hooks'
import { breakdownSpec } from '../../domain/plan.ts'
import type { Preview } from '../exchange-state.ts'
import { needsRelease } from '../flows/drafts.ts'
import { lostRows } from '../flows/left-out.ts'
import { openPull } from '../flows/pull-open.ts'
import { findReturned } from '../flows/submission.ts'
import { jumpToCell } from '../flows/submission-places.ts'
import { confirmSubmit, keepForLater, previewSubmission, restoreCells } from '../flows/submit.ts'
import { Button } from '../ui/button.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import { PagedList } from '../ui/more.tsx'
import { Screen } from '../ui/screen.tsx'
import { UnsentRows } from './gone-rows.tsx'
import { planOf } from './labels.ts'
import { LeftOutRows } from './left-out.tsx'
import { MergeIssues } from './merge-issues.tsx'
import { type CellActions, PreviewRow } from './preview-row.tsx'
import { ForeignCells } from './restorable-cells.tsx'
import { ReturnedCells } from './returned-cells.tsx'
import { homeward, type ScreenProps } from './screen-props.ts'
import { SubmitSummary } from './submit-summary.tsx'
import { UnexplainedWarnings } from './unexplained-warnings.tsx'

export function SubmitScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const { preview } = state
  const busy = state.busy !== undefined
  // Of the preview that is shown: another one is compared anew.
  const [comparedAt, setComparedAt] = useState<string | undefined>()
  const isCompared = !preview || !isUncompared(preview) || comparedAt === preview.receipt.at
  const [seenAt, setSeenAt] = useState<string | undefined>()
  const lost = preview ? lostRows(preview.leftOut).length : 0
  const isSeen = lost === 0 || seenAt === preview?.receipt.at
  return (
    // A new preview is read from its top, by eyes and readers alike.
    <Screen key={preview?.receipt.at} title={t('submit.title')} back={homeward(props)}>
      {preview ? <PreviewBody {...props} preview={preview} /> : <p>{t('submit.intro')}</p>}
      {needsRelease(state) ? <p class="hint">{t('draft.submitAbout')}</p> : null}
      {preview && isUncompared(preview) ? (
        <label class="choice">
          <input
            type="checkbox"
            checked={isCompared}
            disabled={busy}
            onChange={() => setComparedAt(isCompared ? undefined : preview.receipt.at)}
          />
          {t('submit.compared', { count: preview.receipt.totals.applied })}
        </label>
      ) : null}
      {preview && lost > 0 ? (
        <label class="choice">
          <input
            type="checkbox"
            checked={isSeen}
            disabled={busy}
            onChange={() => setSeenAt(isSeen ? undefined : preview.receipt.at)}
          />
          {t('leftOut.seen', { rows: lost })}
        </label>
      ) : null}
      <div class="actions">
        {preview ? (
          <Button
            primary
            disabled={busy || sendable(preview) === 0 || !isCompared || !isSeen}
            onClick={() => void confirmSubmit(flow)}
          >
            {t(needsRelease(state) ? 'draft.submitConfirm' : 'submit.confirm')}
          </Button>
        ) : null}
        <Button primary={!preview} disabled={busy} onClick={() => void previewSubmission(flow)}>
          {t(preview ? 'submit.previewAgain' : 'submit.preview')}
        </Button>
      </div>
      {state.isPreviewUnreached ? (
        <div class="card">
          <h3>{t('outbox.keepTitle')}</h3>
          <p>{t('outbox.keepAbout')}</p>
          <div class="actions">
            <Button disabled={busy} onClick={() => void keepForLater(flow)}>
              {t('outbox.keep')}
            </Button>
          </div>
        </div>
      ) : null}
    </Screen>
  )
}

function PreviewBody({ preview, ...props }: ScreenProps & { preview: Preview }) {
  const { state, t } = props
  const plan = planOf(state)
  const on = actionsOf(props, preview)
  const returned = plan && state.rows ? findReturned(breakdownSpec(plan), preview.submission.rows, state.rows) : []
  const rows = preview.receipt.rows.filter(
    (row) => row.outcome !== 'unchanged' || row.notWritable.length > 0 || row.held.length > 0,
  )
  const unchanged = preview.receipt.rows.length - rows.length
  return (
    <>
      <LeftOutRows {...props} sheet={preview.sheet} leftOut={preview.leftOut} />
      <SubmitSummary preview={preview} t={t} />
      <p class="hint">{t('submit.sheet', { sheet: preview.sheet, rows: preview.receipt.rows.length })}</p>
      {preview.leftOut.others > 0 ? <p class="hint">{t('leftOut.others', { rows: preview.leftOut.others })}</p> : null}
      {preview.unversioned > 0 ? (
        <MessageBar tone="warning" label={t('tone.notice')}>
          {t('submit.unversioned', { rows: preview.unversioned })}
        </MessageBar>
      ) : null}
      <ReturnedCells {...props} cells={returned} jump={on.jump} />
      <UnexplainedWarnings {...props} preview={preview} />
      {rows.length > 0 ? <h3>{t('submit.rows', { rows: rows.length })}</h3> : null}
      <PagedList
        class="issues"
        items={rows}
        more={(left) => t('more', { left })}
        render={(row) => (
          <PreviewRow key={row.rowId} {...props} row={row} receipt={preview.receipt} gone={preview.gone} on={on} />
        )}
      />
      <MergeIssues
        {...props}
        title={t('receipt.fromMerge')}
        about={t('receipt.fromMergeAbout')}
        issues={preview.receipt.issues.filter(({ fromMerge }) => fromMerge)}
      />
      {unchanged > 0 && rows.length > 0 ? <p class="hint">{t('submit.unchanged', { rows: unchanged })}</p> : null}
      {preview.unsent.length > 0 ? <UnsentRows {...props} rows={preview.unsent} /> : null}
      {preview.foreign.length > 0 ? (
        <ForeignCells {...props} sheet={preview.sheet} cells={preview.foreign} gone={preview.gone} />
      ) : null}
    </>
  )
}

/** What is mended is mended in the sheet, and previewed anew. */
function actionsOf({ flow, state }: ScreenProps, { sheet, clears, suggests = [] }: Preview): CellActions {
  return {
    isCleared: (cell) => clears.includes(cell),
    toggleClear: (cell) => flow.dispatch({ type: 'clearToggled', cell }),
    // The commission is whom suggestions are for.
    ...(state.me?.actor.role === 'unit' && {
      isSuggested: (cell: string) => suggests.includes(cell),
      toggleSuggested: (cell: string) => flow.dispatch({ type: 'suggestToggled', cell }),
    }),
    takeHead: (cell) => void restoreCells(flow, sheet, [cell], 'preview'),
    pull: () => void openPull(flow, sheet),
    jump: (rowId, column) => void jumpToCell(flow, sheet, rowId, column),
  }
}

/** Whether texts of rows without a version take the place of the master's: older ones must not do so unseen. */
function isUncompared({ unversioned, receipt }: Preview): boolean {
  return unversioned > 0 && receipt.totals.applied > 0
}

/** A receipt is worth having even where nothing changed; only an empty submission has none. */
function sendable(preview: Preview): number {
  return preview.submission.rows.length
}
