/** One returned table in full: whose it is and which rows, then file against master cell by cell, then its receipt. */
import { chooseRow, chooseUnit, confirmItem, submitItem, toggleCell } from '../flows/intake.ts'
import { type IntakeItem, type IntakePreview, stepOf, telling } from '../flows/intake-item.ts'
import { leadUnits } from '../flows/intake-unit.ts'
import { saveSlip } from '../flows/paper.ts'
import { Button } from '../ui/button.tsx'
import { SelectField } from '../ui/field.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import { PagedList } from '../ui/more.tsx'
import { UnsentRows } from './gone-rows.tsx'
import { MergeIssues } from './merge-issues.tsx'
import { OpenRow } from './open-row.tsx'
import { PreviewRow } from './preview-row.tsx'
import { ReceiptBody } from './receipt-body.tsx'
import { CellList } from './restorable-cells.tsx'
import type { ScreenProps } from './screen-props.ts'
import { SubmitSummary } from './submit-summary.tsx'

type Props = ScreenProps & { item: IntakeItem }

export function IntakeDetail(props: Props) {
  const { item, state, t } = props
  const { receipt, preview, found } = item
  const step = stepOf(item)
  return (
    <>
      <p>
        {t('intake.file', { file: item.file })}
        {found ? ` ${t('intake.sheet', { sheet: found.sheet })}` : ''}
      </p>
      {item.failure === undefined ? null : (
        <MessageBar tone="error" label={t('tone.error')}>
          {item.failure}
        </MessageBar>
      )}
      {receipt ? <Landed {...props} receipt={receipt} /> : null}
      {found && (step === 'confirm' || step === 'refused') ? <Whose {...props} /> : null}
      {preview && !receipt ? <Previewed {...props} preview={preview} /> : null}
      {preview && !receipt && state.offline ? <p>{t('intake.offline')}</p> : null}
    </>
  )
}

function Landed({ receipt, ...props }: Props & { receipt: NonNullable<IntakeItem['receipt']> }) {
  const { state, flow, t } = props
  return (
    <>
      <div class="actions">
        <Button disabled={state.busy !== undefined} onClick={() => void saveSlip(flow, receipt)}>
          {t('slip.save')}
        </Button>
      </div>
      <ReceiptBody {...props} receipt={receipt} />
    </>
  )
}

/** Whose file it is, and which rows those are that carry no id and read unlike any. */
function Whose({ item, state, flow, t }: Props) {
  const busy = state.busy !== undefined
  const { unit, recognition, proposed } = item
  const units = [...new Set([...proposed.map((one) => one.unit), ...(state.rows ? leadUnits(state.rows) : [])])]
  const first = proposed[0]
  const open = recognition?.open ?? []
  const undecided = open.filter(({ choice }) => choice === '').length
  return (
    <>
      <SelectField
        label={t('intake.whose')}
        value={unit ?? ''}
        disabled={busy}
        onInput={(chosen) => chooseUnit(flow, item, chosen)}
        options={[{ value: '', label: t('recognise.choose') }, ...units.map((name) => ({ value: name, label: name }))]}
      />
      <p class="hint">
        {first
          ? t('intake.whoseWhy', { unit: first.unit, edited: first.edited, rows: first.rows })
          : t('intake.whoseUnknown')}
      </p>
      {recognition ? (
        <p>
          {t('intake.matched', {
            carried: recognition.carried,
            matched: recognition.matched.length,
            open: open.length,
          })}
        </p>
      ) : null}
      {item.otherYear === undefined ? null : (
        <MessageBar tone="warning" label={t('tone.warning')}>
          {t('recognise.otherYear', { found: item.otherYear, plan: state.plan?.plan.year ?? '' })}
        </MessageBar>
      )}
      {open.length > 0 ? (
        <>
          <h3>{t('recognise.decide')}</h3>
          <p class="hint">{t('recognise.decideHint')}</p>
          <PagedList
            class="issues"
            items={open}
            more={(left) => t('more', { left })}
            render={(row) => (
              <OpenRow
                key={row.index}
                row={row}
                others={open}
                busy={busy}
                t={t}
                onChoose={(choice) => chooseRow(flow, item, row.index, choice)}
              />
            )}
          />
        </>
      ) : null}
      <div class="actions">
        <Button
          primary
          disabled={busy || unit === undefined || undecided > 0 || state.offline !== undefined}
          onClick={() => void confirmItem(flow, item)}
        >
          {t('intake.confirm')}
        </Button>
        {undecided > 0 ? <span class="hint">{t('recognise.undecided', { rows: undecided })}</span> : null}
      </div>
    </>
  )
}

function Previewed({ preview, ...props }: Props & { preview: IntakePreview }) {
  const { item, state, flow, t } = props
  const { receipt, unversioned, foreign, gone, unsent, submission } = preview
  const rows = telling(receipt.rows)
  const isNew = unversioned > 0
  return (
    <>
      <p>{t('intake.previewed', { unit: item.unit ?? '', rows: submission.rows.length })}</p>
      {item.overlaps && item.overlaps.length > 0 ? (
        <MessageBar tone="warning" label={t('tone.notice')}>
          {t('intake.overlaps', { sheets: item.overlaps.join('、') })}
        </MessageBar>
      ) : null}
      {isNew && rows.length > 0 ? (
        <MessageBar tone="warning" label={t('tone.notice')}>
          {t('intake.unversioned', { rows: unversioned })}
        </MessageBar>
      ) : null}
      <SubmitSummary preview={preview} t={t} />
      <PagedList
        class="issues"
        items={rows}
        more={(left) => t('more', { left })}
        render={(row) => (
          <PreviewRow
            key={row.rowId}
            {...props}
            row={row}
            receipt={receipt}
            gone={gone}
            on={{
              isCleared: (cell) => preview.clears.includes(cell),
              toggleClear: (cell) => toggleCell(flow, item, 'clears', cell),
              isKept: (cell) => preview.kept.includes(cell),
              toggleKept: (cell) => toggleCell(flow, item, 'kept', cell),
            }}
          />
        )}
      />
      <MergeIssues
        {...props}
        title={t('receipt.fromMerge')}
        about={t('receipt.fromMergeAbout')}
        issues={receipt.issues.filter(({ fromMerge }) => fromMerge)}
      />
      {unsent.length > 0 ? <UnsentRows {...props} rows={unsent} /> : null}
      {foreign.length > 0 ? (
        <details>
          <summary>{t('submit.foreign', { count: foreign.length })}</summary>
          <div class="stack">
            <p class="hint">{t('intake.foreignAbout')}</p>
            <CellList {...props} sheet={item.found?.sheet ?? ''} cells={foreign} gone={gone} />
          </div>
        </details>
      ) : null}
      <div class="actions">
        <Button
          primary
          disabled={state.busy !== undefined || state.offline !== undefined}
          onClick={() => void submitItem(flow, item)}
        >
          {t(stepOf(item) === 'look' ? 'intake.sendSeen' : 'intake.send')}
        </Button>
      </div>
    </>
  )
}
