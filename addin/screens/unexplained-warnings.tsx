/** Warnings in what is about to be sent that nobody has explained: mended or explained right there. */
import type { Preview } from '../exchange-state.ts'
import { PagedList } from '../ui/more.tsx'
import { IssueItem } from './issue-item.tsx'
import { nameIssues } from './issue-order.ts'
import type { ScreenProps } from './screen-props.ts'

export function UnexplainedWarnings({ preview, ...props }: ScreenProps & { preview: Preview }) {
  const { state, t } = props
  const { check } = state
  if (!check || check.sheet !== preview.sheet) return null
  const sent = new Set(preview.submission.rows.map(({ rowId }) => rowId))
  const open = check.issues.filter(
    ({ issue, mine, reason }) =>
      mine &&
      !reason &&
      issue.severity === 'warning' &&
      // What was sent back has a list of its own, and no reason for staying.
      issue.code !== 'review/returned' &&
      sent.has(issue.rowId ?? ''),
  )
  if (open.length === 0) return null
  const names = nameIssues(check.issues)
  return (
    <details>
      <summary>{t('submit.explain', { count: open.length })}</summary>
      <div class="stack">
        <p class="hint">{t('submit.explainAbout')}</p>
        <PagedList
          class="issues"
          items={open}
          more={(left) => t('more', { left })}
          render={(placed) => {
            const name = names.get(placed) ?? ''
            return <IssueItem key={name} {...props} placed={placed} name={name} />
          }}
        />
      </div>
    </details>
  )
}
