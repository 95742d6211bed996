/** 标记 on the check screen: painting what was found into the sheet, its legend, and clearing it. */
import { useEffect, useState } from 'preact/hooks'
import { MARK_KINDS } from '../../domain/marks.ts'
import type { CheckResult } from '../checking-state.ts'
import { clearSheetMarks, markSheet, marksOf, readMarks } from '../flows/marks.ts'
import { Button } from '../ui/button.tsx'
import { formatTime } from '../ui/time.ts'
import type { ScreenProps } from './screen-props.ts'

export function MarksPanel({ state, flow, t, check }: ScreenProps & { check: CheckResult }) {
  const { marks } = state
  const known = marks?.[check.sheet]
  const [chosen, setChosen] = useState<boolean>()
  const shades = chosen ?? known?.shades ?? false
  const paints = flow.host.paintMarks !== undefined
  useEffect(() => {
    if (paints && !marks) void readMarks(flow)
  }, [])
  if (!paints) return <p class="hint">{t('marks.onPage')}</p>
  const busy = state.busy !== undefined
  const isOld = known?.of !== undefined && known.of !== marksOf(check.issues)
  return (
    <div class="stack">
      <div class="actions">
        <Button small disabled={busy || check.stale} onClick={() => void markSheet(flow, check.sheet, shades)}>
          {t(known ? 'marks.again' : 'marks.paint')}
        </Button>
        {known ? (
          <Button small disabled={busy} onClick={() => void clearSheetMarks(flow, check.sheet)}>
            {t('marks.clear')}
          </Button>
        ) : null}
      </div>
      {known ? <p class="hint">{t(isOld ? 'marks.isOld' : 'marks.since', { time: formatTime(known.at) })}</p> : null}
      <details class="marks">
        <summary>{t('marks.title')}</summary>
        <div class="stack">
          <p>{t('marks.about')}</p>
          {state.rows ? (
            <label class="choice">
              <input
                type="checkbox"
                checked={shades}
                disabled={busy}
                onChange={(event) => setChosen(event.currentTarget.checked)}
              />
              {t('marks.shade')}
            </label>
          ) : null}
          <ul class="legend">
            {MARK_KINDS.filter((kind) => kind !== 'readonly' || shades).map((kind) => (
              <li key={kind} class={`mark-${kind}`}>
                {t(`marks.${kind}`)}
              </li>
            ))}
          </ul>
        </div>
      </details>
    </div>
  )
}
