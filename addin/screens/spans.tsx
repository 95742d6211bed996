/** 确认跨期: rows whose source does not say which periods a merged cell covers, each with its proposal, to confirm or correct. */
import { useState } from 'preact/hooks'

import { breakdownSpec } from '../../domain/plan.ts'
import type { MasterRow } from '../../domain/protocol.ts'
import { milestoneKeys } from '../../domain/sheet-spec.ts'
import { confirmSpans } from '../flows/conflicts.ts'
import { type Range, rangesFit, rangesOf, respan } from '../flows/respan.ts'
import { Button } from '../ui/button.tsx'
import { SelectField } from '../ui/field.tsx'
import { PagedList } from '../ui/more.tsx'
import { Screen } from '../ui/screen.tsx'
import { columnLabel, planOf, taskLabel } from './labels.ts'
import { Milestones } from './milestones.tsx'
import { backward, type ScreenProps } from './screen-props.ts'

export function SpansScreen(props: ScreenProps) {
  const { state, t } = props
  const open = (state.master?.rows ?? []).filter((row) => !row.spansConfirmed)
  return (
    <Screen title={t('spans.title')} back={backward(props)}>
      <p>{open.length === 0 ? t('spans.none') : t('spans.intro', { rows: open.length })}</p>
      <PagedList
        class="issues"
        items={open}
        more={(left) => t('more', { left })}
        render={(row) => <SpanRow key={row.rowId} {...props} row={row} />}
      />
    </Screen>
  )
}

function SpanRow({ row, state, flow, t }: ScreenProps & { row: MasterRow }) {
  const [ranges, setRanges] = useState<Range[]>()
  const plan = planOf(state)
  const keys = plan ? milestoneKeys(breakdownSpec(plan)) : []
  const proposed = rangesOf(row, keys)
  // While two texts overlap there is nothing to show but the proposal.
  const { cells, spans } = ranges && rangesFit(ranges) ? respan(row, keys, ranges) : row
  const busy = state.busy !== undefined
  return (
    <li class="issue ask">
      <h3>{taskLabel(row.cells.number ?? '', row.cells.task ?? '')}</h3>
      <p class="where">{row.lead.join('、')}</p>
      {ranges ? <RangeFields {...{ state, flow, t }} keys={keys} ranges={ranges} onChange={setRanges} /> : null}
      <Milestones row={{ rowId: row.rowId, cells, spans }} keys={keys} label={(key) => columnLabel(plan, key)} t={t} />
      <div class="actions">
        {ranges ? (
          <>
            <Button
              small
              primary
              disabled={busy || !rangesFit(ranges)}
              onClick={() => void confirmSpans(flow, row, respan(row, keys, ranges))}
            >
              {t('spans.confirmCorrected')}
            </Button>
            <Button small disabled={busy} onClick={() => setRanges(undefined)}>
              {t('spans.stopCorrecting')}
            </Button>
          </>
        ) : (
          <>
            <Button small disabled={busy} onClick={() => void confirmSpans(flow, row)}>
              {t('spans.confirm')}
            </Button>
            {proposed.length > 0 ? (
              <Button small disabled={busy} onClick={() => setRanges(proposed)}>
                {t('spans.correct')}
              </Button>
            ) : null}
          </>
        )}
      </div>
    </li>
  )
}

/** First and last period of each text; what is left over has no work. */
function RangeFields(props: ScreenProps & { keys: string[]; ranges: Range[]; onChange: (ranges: Range[]) => void }) {
  const { state, keys, ranges, onChange, t } = props
  const options = keys.map((key, at) => ({ value: String(at), label: columnLabel(planOf(state), key) }))
  const change = (index: number, part: Partial<Range>) =>
    onChange(ranges.map((range, i) => (i === index ? { ...range, ...part } : range)))
  return (
    <>
      {ranges.map(({ text, from, to }, i) => (
        <fieldset key={`${i} ${text}`} class="stack">
          <legend>{text}</legend>
          <div class="pair">
            <SelectField
              label={t('spans.from')}
              value={String(from)}
              options={options}
              onInput={(value) => change(i, { from: Number(value), to: Math.max(to, Number(value)) })}
            />
            <SelectField
              label={t('spans.to')}
              value={String(to)}
              options={options}
              onInput={(value) => change(i, { to: Number(value), from: Math.min(from, Number(value)) })}
            />
          </div>
        </fieldset>
      ))}
      <p class="hint" aria-live="polite">
        {t(rangesFit(ranges) ? 'spans.rest' : 'spans.overlap')}
      </p>
    </>
  )
}
