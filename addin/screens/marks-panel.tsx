/** 标记 on the check screen: painting what was found into the sheet, its legend, and clearing it. */
import { useEffect, useState } from 'preact/hooks'
import type { MarkKind } from '../../domain/marks.ts'
import { clearSheetMarks, markSheet, marksOf, readMarks } from '../flows/marks.ts'
import type { CheckResult } from '../state.ts'
import { Button } from '../ui/button.tsx'
import { formatTime } from '../ui/time.ts'
import type { ScreenProps } from './screen-props.ts'

export function MarksPanel({ state, flow, t, check }: ScreenProps & { check: CheckResult }) {
  const { marks } = state
  const known = marks?.[check.sheet]
  const [shades, setShades] = useState(known?.shades ?? false)
  const paints = flow.host.paintMarks !== undefined
  useEffect(() => {
    if (paints && !marks) void readMarks(flow)
  }, [])
  if (!paints) return <p class="hint">{t('marks.onPage')}</p>
  const busy = state.busy !== undefined
  const isOld = known?.of !== undefined && known.of !== marksOf(check.issues)
  return (
    <details class="marks">
      <summary>
        {known ? t('marks.since', { time: formatTime(known.at) }) : t('marks.title')}
        {isOld ? t('marks.isOld') : ''}
      </summary>
      <div class="stack">
        <p>{t('marks.about')}</p>
        <ul class="legend">
          {LEGEND.map((kind) => (
            <li key={kind} class={`mark-${kind}`}>
              {t(`marks.${kind}`)}
            </li>
          ))}
          {shades ? <li class="mark-readonly">{t('marks.readonly')}</li> : null}
        </ul>
        {state.rows ? (
          <label class="choice">
            <input
              type="checkbox"
              checked={shades}
              disabled={busy}
              onChange={(event) => setShades(event.currentTarget.checked)}
            />
            {t('marks.shade')}
          </label>
        ) : null}
        <div class="actions">
          <Button disabled={busy || check.stale} onClick={() => void markSheet(flow, check.sheet, shades)}>
            {t(known ? 'marks.again' : 'marks.paint')}
          </Button>
          {known ? (
            <Button disabled={busy} onClick={() => void clearSheetMarks(flow, check.sheet)}>
              {t('marks.clear')}
            </Button>
          ) : null}
        </div>
      </div>
    </details>
  )
}

const LEGEND = ['error', 'warning', 'ask', 'hint'] as const satisfies readonly MarkKind[]
