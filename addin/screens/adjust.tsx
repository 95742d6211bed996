/** 任务调整 and 勘误: what the open table says otherwise than the issued plan, and the paper by which it changes. */
import { useState } from 'preact/hooks'
import { type AdjustmentPaper, draftAdjustment, sendAdjustment } from '../flows/adjust.ts'
import type { Adjustment } from '../state.ts'
import { Button } from '../ui/button.tsx'
import { Change } from '../ui/change.tsx'
import { ConfirmButton } from '../ui/confirm-button.tsx'
import { SelectField, TextArea, TextField } from '../ui/field.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import { PagedList } from '../ui/more.tsx'
import { Screen } from '../ui/screen.tsx'
import { changeWords, columnLabel, planOf, rowLabel } from './labels.ts'
import { homeward, type ScreenProps } from './screen-props.ts'

export function AdjustScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const { adjustment } = state
  const isFound = adjustment !== undefined && adjustment.rows.length > 0
  return (
    <Screen title={t('adjust.title')} back={homeward(props)}>
      <MessageBar tone="info" label={t('tone.notice')}>
        {t('adjust.how')}
      </MessageBar>
      {adjustment && !isFound ? <p>{t('adjust.none', { sheet: adjustment.sheet })}</p> : null}
      {isFound ? <Draft key={adjustment.attempt} {...props} adjustment={adjustment} /> : null}
      <div class="actions">
        <Button primary={!isFound} disabled={state.busy !== undefined} onClick={() => void draftAdjustment(flow)}>
          {t('adjust.read')}
        </Button>
      </div>
    </Screen>
  )
}

function Draft({ adjustment, state, flow, t }: ScreenProps & { adjustment: Adjustment }) {
  const { sheet, rows } = adjustment
  const fresh = rows.filter(({ isStale }) => !isStale)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [kind, setKind] = useState<AdjustmentPaper['kind']>('adjustment')
  const [reason, setReason] = useState('')
  const [documentNumber, setDocumentNumber] = useState('')
  const plan = planOf(state)
  const periods = plan?.periods ?? []
  const [effectivePeriod, setPeriod] = useState('')
  const busy = state.busy !== undefined
  const chosen = fresh.filter(({ rowId }) => !left.has(rowId))
  const isAdjustment = kind === 'adjustment'
  const hasPaper = !isAdjustment || (documentNumber.trim() !== '' && (effectivePeriod !== '' || periods.length === 0))
  const isReady = chosen.length > 0 && reason.trim() !== '' && hasPaper
  const toggle = (rowId: string) => {
    const next = new Set(left)
    if (!next.delete(rowId)) next.add(rowId)
    setLeft(next)
  }
  const send = () => {
    const paper: AdjustmentPaper = { kind, reason: reason.trim() }
    if (documentNumber.trim() !== '') paper.documentNumber = documentNumber.trim()
    if (isAdjustment && effectivePeriod !== '') paper.effectivePeriod = effectivePeriod
    const rowIds = chosen.map(({ rowId }) => rowId)
    void sendAdjustment(flow, paper, rowIds)
  }
  return (
    <>
      <p>{t('adjust.found', { sheet, rows: rows.length })}</p>
      {rows.length > fresh.length ? (
        <MessageBar tone="warning" label={t('tone.warning')}>
          {t('adjust.stale', { rows: rows.length - fresh.length })}
        </MessageBar>
      ) : null}
      <PagedList
        class="issues"
        items={rows}
        more={(count) => t('more', { left: count })}
        render={({ rowId, isStale, changes }) => (
          <li key={rowId} class="issue">
            <label class="choice">
              <input
                type="checkbox"
                checked={!isStale && !left.has(rowId)}
                disabled={busy || isStale}
                onChange={() => toggle(rowId)}
              />
              <strong>{rowLabel(state.rows, rowId)}</strong>
            </label>
            {isStale ? <p class="where">{t('adjust.rowStale')}</p> : null}
            {changes.map(({ column, old, new: text, spans }) => (
              <div key={column} class="stack">
                <p>
                  {columnLabel(plan, column)}
                  {spans ? ` ${t('adjust.spans', { before: spans[0], after: spans[1] })}` : ''}
                </p>
                <Change before={old ?? ''} after={text ?? ''} words={changeWords(t)} replaced />
              </div>
            ))}
          </li>
        )}
      />
      <fieldset class="stack narrow">
        <legend>{t('adjust.kind')}</legend>
        {(['adjustment', 'erratum'] as const).map((one) => (
          <label key={one} class="choice">
            <input
              type="radio"
              name="adjust-kind"
              checked={kind === one}
              disabled={busy}
              onChange={() => setKind(one)}
            />
            {t(`adjust.kind.${one}`)}
          </label>
        ))}
      </fieldset>
      <div class="stack narrow">
        <TextArea label={t('adjust.reason')} rows={3} value={reason} onInput={setReason} disabled={busy} />
        <TextField
          label={t(isAdjustment ? 'adjust.number' : 'adjust.numberOptional')}
          value={documentNumber}
          onInput={setDocumentNumber}
          disabled={busy}
        />
        {isAdjustment && periods.length > 0 ? (
          <SelectField
            label={t('adjust.period')}
            value={effectivePeriod}
            disabled={busy}
            options={[
              { value: '', label: t('planUnits.choose') },
              ...periods.map(({ key, label }) => ({ value: key, label })),
            ]}
            onInput={setPeriod}
          />
        ) : null}
        {isAdjustment && periods.length > 0 ? <p class="hint">{t('adjust.periodHint')}</p> : null}
        <ConfirmButton
          label={t('adjust.send', { rows: chosen.length })}
          about={t(`adjust.sendAbout.${kind}`, { rows: chosen.length })}
          confirm={t('adjust.confirm')}
          cancel={t('cancel')}
          disabled={busy || !isReady}
          onConfirm={send}
        />
      </div>
    </>
  )
}
