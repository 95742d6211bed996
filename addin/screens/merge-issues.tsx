/** What the server finds in merged rows, with the reasons for leaving it. */
import { issueKey } from '../../domain/annotation.ts'
import { issueText } from '../../domain/messages.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type { Receipt } from '../../domain/protocol.ts'
import type { SheetSpec } from '../../domain/sheet-spec.ts'
import { jumpToRow } from '../flows/history.ts'
import { Button } from '../ui/button.tsx'
import { PagedList } from '../ui/more.tsx'
import { useElementId } from '../ui/use-element-id.ts'
import { HistoryButton } from './history-button.tsx'
import { GivenReason } from './issue-reason.tsx'
import { planOf, rowLabel } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'

/** Without `title` it stands in a part of the screen that has one. */
export function MergeIssues(props: ScreenProps & { title?: string; about: string; issues: Receipt['issues'] }) {
  const { state, t, title, about, issues } = props
  const plan = planOf(state)
  if (!plan || issues.length === 0) return null
  const spec = breakdownSpec(plan)
  return (
    <section class="stack">
      <div>
        {title === undefined ? null : <h3>{title}</h3>}
        <p class="hint">{about}</p>
      </div>
      <PagedList
        class="issues"
        items={issues}
        more={(left) => t('more', { left })}
        render={(issue) => (
          <Found key={`${issue.rowId} ${issue.column} ${issueKey(issue)}`} {...props} spec={spec} issue={issue} />
        )}
      />
    </section>
  )
}

/** One of them: whose row it is, and the way to the cell. */
function Found(props: ScreenProps & { spec: SheetSpec; issue: Receipt['issues'][number] }) {
  const { state, flow, t, spec, issue } = props
  const { rowId, column, severity, reason } = issue
  const id = useElementId()
  const lead = state.rows?.rows.find((row) => row.rowId === rowId)?.lead ?? []
  return (
    <li class={`issue ${severity}`}>
      <p class="where" id={id}>
        {t(`severity.${severity}`)} · {rowLabel(state.rows, rowId ?? '')}
        {lead.length > 0 ? ` · ${t('master.ledBy', { lead: lead.join('、') })}` : ''}
      </p>
      <p>{issueText(issue, spec, state.locale)}</p>
      {reason ? <GivenReason reason={reason} t={t} /> : null}
      {rowId === undefined ? null : (
        <div class="actions">
          <Button
            small
            describedBy={id}
            disabled={state.busy !== undefined}
            onClick={() => void jumpToRow(flow, rowId, column)}
          >
            {t('review.jump')}
          </Button>
          <HistoryButton {...props} rowId={rowId} describedBy={id} />
        </div>
      )}
    </li>
  )
}
