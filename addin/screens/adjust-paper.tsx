/** The paper of an adjustment, its trial by the server, and what recording it means for the units. */
import type { AdjustPlan } from '../../domain/protocol.ts'
import { sendAdjustment, tryAdjustment } from '../flows/adjust.ts'
import { adjustmentBody, doubledNumbers, SHARES, unitShares } from '../flows/adjust-body.ts'
import type { AdjustmentPaper } from '../flows/adjustment.ts'
import { Button } from '../ui/button.tsx'
import { DateField, SelectField, TextArea, TextField } from '../ui/field.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import type { Props } from './adjust-items.tsx'
import { planOf, rowLabel } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'

export function AdjustPaper(props: Props) {
  const { adjustment, state, flow, t } = props
  const { paper, chosen, isTried } = adjustment
  const busy = state.busy !== undefined
  const periods = planOf(state)?.periods ?? []
  const isAdjustment = paper.kind === 'adjustment'
  const set = (changes: Partial<AdjustmentPaper>) =>
    flow.dispatch({ type: 'adjustmentEdited', changes: { paper: { ...paper, ...changes }, isTried: false } })
  const hasPaper =
    !isAdjustment || (paper.documentNumber.trim() !== '' && (paper.effectivePeriod !== '' || periods.length === 0))
  const isReady = chosen.length > 0 && paper.reason.trim() !== '' && hasPaper
  const hasUnits = chosen.some((key) => /^(?:units|added) /.test(key))
  const rows = new Set(chosen.map((key) => key.slice(key.indexOf(' ') + 1))).size
  return (
    <>
      <fieldset class="stack narrow">
        <legend>{t('adjust.kind')}</legend>
        {(['adjustment', 'erratum'] as const).map((one) => (
          <label key={one} class="choice">
            <input
              type="radio"
              name="adjust-kind"
              checked={paper.kind === one}
              disabled={busy}
              onChange={() => set({ kind: one })}
            />
            {t(`adjust.kind.${one}`)}
          </label>
        ))}
      </fieldset>
      <div class="stack narrow">
        <TextArea
          label={t('adjust.reason')}
          rows={3}
          maxLength={500}
          value={paper.reason}
          onInput={(reason) => set({ reason })}
          disabled={busy}
        />
        <TextField
          label={t(isAdjustment ? 'adjust.number' : 'adjust.numberOptional')}
          value={paper.documentNumber}
          onInput={(documentNumber) => set({ documentNumber })}
          disabled={busy}
        />
        {isAdjustment && periods.length > 0 ? (
          <>
            <SelectField
              label={t('adjust.period')}
              value={paper.effectivePeriod}
              disabled={busy}
              options={[
                { value: '', label: t('planUnits.choose') },
                ...periods.map(({ key, label }) => ({ value: key, label })),
              ]}
              onInput={(effectivePeriod) => set({ effectivePeriod })}
            />
            <p class="hint">{t('adjust.periodHint')}</p>
          </>
        ) : null}
        {hasUnits ? (
          <>
            <DateField
              label={t('adjust.unitsFrom')}
              value={paper.effectiveOn}
              disabled={busy}
              onInput={(effectiveOn) => set({ effectiveOn })}
            />
            <p class="hint">{t('adjust.unitsFromHint')}</p>
          </>
        ) : null}
        {isReady ? null : <p class="hint">{t(chosen.length === 0 ? 'adjust.chooseFirst' : 'adjust.fillPaper')}</p>}
        <div class="actions">
          <Button primary={!isTried} disabled={busy || !isReady} onClick={() => void tryAdjustment(flow)}>
            {t('adjust.try', { rows })}
          </Button>
        </div>
      </div>
      {isTried ? <Trial {...props} /> : null}
    </>
  )
}

/** What would be recorded, said once more in one place before it is. */
function Trial({ adjustment, state, flow, t }: Props) {
  const { rows } = state
  if (!rows) return null
  const body = adjustmentBody(adjustment, rows)
  const others = adjustment.added.map(({ row }) => row)
  const names = (rowIds: string[]) => rowIds.map((rowId) => `“${rowLabel(rows, rowId, others)}”`).join('、')
  const shares = unitShares(body, rows)
  const doubled = doubledNumbers(body, rows)
  return (
    <section class="card" aria-label={t('adjust.trial')}>
      <h3>{t('adjust.trial')}</h3>
      <p>{describeCounts(body, t)}</p>
      {shares.length > 0 ? (
        <ul class="stack">
          {shares.map(({ unit, ...share }) => (
            <li key={unit}>
              <strong>{unit}</strong>
              {SHARES.map((kind) =>
                share[kind].length > 0 ? (
                  <p key={kind}>{t(`adjust.share.${kind}`, { tasks: names(share[kind]) })}</p>
                ) : null,
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {body.effectiveOn === undefined ? null : <p>{t('adjust.shareFrom', { day: body.effectiveOn })}</p>}
      {doubled.length > 0 ? (
        <MessageBar tone="warning" label={t('tone.warning')}>
          {t('adjust.doubledNumbers', { numbers: doubled.join('、') })}
        </MessageBar>
      ) : null}
      <p class="hint">{t(`adjust.sendAbout.${adjustment.paper.kind}`)}</p>
      <div class="actions">
        <Button primary disabled={state.busy !== undefined} onClick={() => void sendAdjustment(flow)}>
          {t('adjust.confirm')}
        </Button>
      </div>
    </section>
  )
}

/** 修改文字 2 项，新增 1 项，核减 1 项。 */
export function describeCounts(body: Omit<AdjustPlan, 'reason'>, t: ScreenProps['t']): string {
  const counts = [
    ['adjust.count.rows', body.rows.length],
    ['adjust.count.added', body.added?.length ?? 0],
    ['adjust.count.removed', body.removed?.length ?? 0],
    ['adjust.count.moved', body.moved?.length ?? 0],
    ['adjust.count.units', body.units?.length ?? 0],
  ] as const
  return counts.flatMap(([key, count]) => (count > 0 ? [t(key, { count })] : [])).join(t('comma'))
}
