/** 确认跨期: rows whose source does not say which periods a merged cell covers, each with its proposal. */

import { breakdownSpec } from '../../domain/plan.ts'
import type { MasterRow } from '../../domain/protocol.ts'
import { milestoneKeys } from '../../domain/sheet-spec.ts'
import { coveredColumns } from '../../domain/table.ts'
import { confirmSpans } from '../flows/conflicts.ts'
import { Button } from '../ui/button.tsx'
import { PagedList } from '../ui/more.tsx'
import { Screen } from '../ui/screen.tsx'
import { columnLabel, planOf, taskLabel } from './labels.ts'
import { homeward, type ScreenProps } from './screen-props.ts'

export function SpansScreen(props: ScreenProps) {
  const { state, t } = props
  const open = (state.master?.rows ?? []).filter((row) => !row.spansConfirmed)
  return (
    <Screen title={t('spans.title')} back={homeward(props)}>
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
  const plan = planOf(state)
  const keys = plan ? milestoneKeys(breakdownSpec(plan)) : []
  const label = (key: string) => columnLabel(plan, key)
  return (
    <li class="issue ask">
      <h3>{taskLabel(row.cells.number ?? '', row.cells.task ?? '')}</h3>
      <p class="where">{row.lead.join('、')}</p>
      <dl class="change">
        {keys
          .filter((key) => row.cells[key] !== undefined)
          .map((key) => {
            const covered = coveredColumns(row, key, keys)
            const last = covered.at(-1) ?? key
            return (
              <div key={key}>
                <dt>{covered.length > 1 ? t('spans.range', { from: label(key), to: label(last) }) : label(key)}</dt>
                <dd>{row.cells[key]}</dd>
              </div>
            )
          })}
      </dl>
      <div class="actions">
        <Button small disabled={state.busy !== undefined} onClick={() => void confirmSpans(flow, row)}>
          {t('spans.confirm')}
        </Button>
      </div>
    </li>
  )
}
