/** What the server finds in merged rows, with the reasons for leaving it. */
import { issueKey } from '../../domain/annotation.ts'
import { issueText } from '../../domain/messages.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type { Receipt } from '../../domain/protocol.ts'
import { PagedList } from '../ui/more.tsx'
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
          <li key={`${issue.rowId} ${issue.column} ${issueKey(issue)}`} class={`issue ${issue.severity}`}>
            <p class="where">
              {t(`severity.${issue.severity}`)} · {rowLabel(state.rows, issue.rowId ?? '')}
            </p>
            <p>{issueText(issue, spec, state.locale)}</p>
            {issue.reason ? <GivenReason reason={issue.reason} t={t} /> : null}
            {issue.rowId === undefined ? null : (
              <div class="actions">
                <HistoryButton {...props} rowId={issue.rowId} />
              </div>
            )}
          </li>
        )}
      />
    </section>
  )
}
