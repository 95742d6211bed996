/** 一键处理: the list of what it will change, shown before anything is changed. */
import { cellAddress } from '../../domain/grid.ts'
import type { Fix } from '../../domain/issue.ts'
import type { CheckResult } from '../checking-state.ts'
import { applyFix } from '../flows/fix.ts'
import { Button } from '../ui/button.tsx'
import { InlineChange } from '../ui/inline-change.tsx'
import { PagedList } from '../ui/more.tsx'
import type { ScreenProps } from './screen-props.ts'

export function PlannedFix({ check, fix, state, flow, t }: ScreenProps & { check: CheckResult; fix: Fix }) {
  const busy = state.busy !== undefined
  return (
    <section class="card">
      <h3>{t('fix.planned', { count: fix.length })}</h3>
      <p class="hint">{t('fix.plannedAbout')}</p>
      <div class="actions">
        <Button
          primary
          disabled={busy || check.stale || fix.length === 0}
          onClick={() => void applyFix(flow, check.sheet, fix)}
        >
          {t('fix.confirmAll')}
        </Button>
        <Button disabled={busy} onClick={() => flow.dispatch({ type: 'fixPlanned', fix: undefined })}>
          {t('cancel')}
        </Button>
      </div>
      <PagedList
        class="issues"
        items={fix}
        more={(left) => t('more', { left })}
        render={({ rowId, column, from, to }) => (
          <li key={`${rowId} ${column}`} class="issue">
            <p class="where">{addressOf(check, rowId, column)}</p>
            <InlineChange before={from} after={to} label={t('change.inline')} blank={t('change.blank')} />
          </li>
        )}
      />
    </section>
  )
}

function addressOf({ issues }: CheckResult, rowId: string, column: string): string {
  const placed = issues.find(({ issue }) => issue.rowId === rowId && issue.column === column)
  return placed?.row === undefined ? '' : cellAddress(placed.row, placed.column ?? 0)
}
