/** 有误待修改: rows that stayed out of the master because of errors, for the commission to follow up with their units. */
import { issueText } from '../../domain/messages.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type { BlockedRow } from '../../domain/protocol.ts'
import { PagedList } from '../ui/more.tsx'
import { Screen } from '../ui/screen.tsx'
import { formatTime } from '../ui/time.ts'
import { useElementId } from '../ui/use-element-id.ts'
import { HistoryButton } from './history-button.tsx'
import { planOf, taskLabel } from './labels.ts'
import { deskward, type ScreenProps } from './screen-props.ts'

export function BlockedScreen(props: ScreenProps) {
  const { state, t } = props
  const rows = state.desk?.blocked ?? []
  return (
    <Screen title={t('blocked.title')} back={deskward(props)}>
      <p>{rows.length === 0 ? t('blocked.none') : t('blocked.intro', { count: rows.length })}</p>
      <PagedList
        class="issues"
        items={rows}
        more={(left) => t('more', { left })}
        render={(row) => <Blocked key={`${row.rowId} ${row.submissionId}`} {...props} row={row} />}
      />
    </Screen>
  )
}

function Blocked({ row, ...props }: ScreenProps & { row: BlockedRow }) {
  const { state, t } = props
  const id = useElementId()
  const plan = planOf(state)
  return (
    <li class="issue error">
      <h3 id={id}>{taskLabel(row.number, row.task)}</h3>
      <p class="where">{t('desk.sentBy', { by: row.by, at: formatTime(row.at) })}</p>
      <ul>
        {row.issues.map(({ code, column, params }) => (
          <li key={`${code} ${column}`}>
            {plan
              ? issueText(
                  { code, severity: 'error', params, ...(column !== undefined && { column }) },
                  breakdownSpec(plan),
                  state.locale,
                )
              : code}
          </li>
        ))}
      </ul>
      <div class="actions">
        <HistoryButton {...props} rowId={row.rowId} describedBy={id} />
      </div>
    </li>
  )
}
