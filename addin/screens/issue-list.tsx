/** Issues by what to do with them; those that stay for a reason are folded away at the end. */
import type { PlacedIssue } from '../state.ts'
import { PagedList } from '../ui/more.tsx'
import { IssueItem } from './issue-item.tsx'
import { type Grouped, keysOf, TO_DO } from './issue-order.ts'
import { usePreloadedWhy } from './issue-why.tsx'
import type { ScreenProps } from './screen-props.ts'

export function IssueGroups({ grouped, ...props }: ScreenProps & { grouped: Grouped }) {
  usePreloadedWhy()
  const { t } = props
  const { open, explained } = grouped
  return (
    <>
      {TO_DO.map((severity) =>
        open[severity].length === 0 ? null : (
          <section key={severity} class="stack">
            <div>
              <h3>{t(`severity.${severity}.group`, { count: open[severity].length })}</h3>
              <p class="hint">{t(`severity.${severity}.about`)}</p>
            </div>
            <Issues {...props} issues={open[severity]} />
          </section>
        ),
      )}
      {explained.length > 0 ? (
        <details>
          <summary>{t('reason.explained', { count: explained.length })}</summary>
          <div class="stack">
            <p class="hint">{t('reason.explainedAbout')}</p>
            <Issues {...props} issues={explained} />
          </div>
        </details>
      ) : null}
    </>
  )
}

function Issues({ issues, ...props }: ScreenProps & { issues: PlacedIssue[] }) {
  const keys = keysOf(issues)
  return (
    <PagedList
      class="issues"
      items={issues}
      more={(left) => props.t('more', { left })}
      render={(placed, i) => <IssueItem key={keys[i]} {...props} placed={placed} />}
    />
  )
}
