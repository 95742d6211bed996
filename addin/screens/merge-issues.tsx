/** What the server finds in the merged rows and this person's own sheet does not show. */
import { issueText } from '../../domain/messages.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type { Receipt } from '../../domain/protocol.ts'
import { PagedList } from '../ui/more.tsx'
import { planOf, rowLabel } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'

export function MergeIssues(props: ScreenProps & { title: string; about: string; issues: Receipt['issues'] }) {
  const { state, t, title, about, issues } = props
  const plan = planOf(state)
  if (!plan || issues.length === 0) return null
  const spec = breakdownSpec(plan)
  return (
    <section class="stack">
      <div>
        <h3>{title}</h3>
        <p class="hint">{about}</p>
      </div>
      <PagedList
        class="issues"
        items={issues}
        more={(left) => t('more', { left })}
        render={(issue) => (
          <li key={`${issue.rowId} ${issue.column} ${issue.code}`} class={`issue ${issue.severity}`}>
            <p class="where">
              {t(`severity.${issue.severity}`)} · {rowLabel(state.rows, issue.rowId ?? '')}
            </p>
            <p>{issueText(issue, spec, state.locale)}</p>
          </li>
        )}
      />
    </section>
  )
}
