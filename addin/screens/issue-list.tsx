/**
 * Issues by what to do with them, by row or by kind, one way at a time; those that stay for a reason are folded away
 * at the end. From one issue a button leads to the next, in the list and on the sheet.
 */
import { issueTitle } from '../../domain/messages-titles.ts'
import type { CheckResult, IssueView, PlacedIssue } from '../checking-state.ts'
import { jumpTo } from '../flows/check.ts'
import { PagedList } from '../ui/more.tsx'
import { HistoryButton } from './history-button.tsx'
import { IssueItem } from './issue-item.tsx'
import { groupIssues, groupOpen, type IssueGroup, TO_DO } from './issue-order.ts'
import { placeOfIssue } from './issue-place.ts'
import { usePreloadedWhy } from './issue-why.tsx'
import { taskLabel } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'

type Props = ScreenProps & { check: CheckResult; names: ReadonlyMap<PlacedIssue, string> }

/** `issues`: in any order. `names`: of every issue of the check. */
export function IssueGroups({ issues, by, ...props }: Props & { issues: PlacedIssue[]; by: IssueView['groups'] }) {
  usePreloadedWhy()
  const { t } = props
  const { open, explained } = groupIssues(issues)
  const groups = by === 'todo' ? [] : groupOpen(issues, by)
  const steps = by === 'todo' ? TO_DO.filter((step) => open[step].length > 0) : []
  const shown = [...steps.map((step) => open[step]), ...groups.map((group) => group.issues)].flat()
  const next = new Map(shown.map((placed, i) => [placed, shown[i + 1]]))
  return (
    <div class="stack issue-groups">
      {steps.map((step) => (
        <section key={step} class="stack">
          <div>
            <h3>{t(`severity.${step}.group`, { count: open[step].length })}</h3>
            <p class="hint">{t(`severity.${step}.about`)}</p>
          </div>
          <Issues {...props} issues={open[step]} next={next} />
        </section>
      ))}
      {groups.length > 0 ? (
        <PagedList
          class="stack"
          items={groups}
          more={(left) => t('more', { left })}
          render={(group) => (
            <li key={group.key} class="stack">
              <h3 id={`group-${group.key}`}>
                {t('issues.grouped', { title: titleOf(group, by, props), count: group.issues.length })}
              </h3>
              {by === 'row' ? <RowRecord {...props} group={group} describedBy={`group-${group.key}`} /> : null}
              <Issues {...props} issues={group.issues} next={next} />
            </li>
          )}
        />
      ) : null}
      {explained.length > 0 ? (
        <details open={props.state.issueView?.severity === 'explained'}>
          <summary>{t('reason.explained', { count: explained.length })}</summary>
          <div class="stack">
            <p class="hint">{t('reason.explainedAbout')}</p>
            <Issues {...props} issues={explained} />
          </div>
        </details>
      ) : null}
    </div>
  )
}

/** 变更记录 of a row of the plan; of others nothing is recorded. */
function RowRecord({ group, describedBy, ...props }: Props & { group: IssueGroup; describedBy: string }) {
  const rowId = group.issues[0]?.issue.rowId
  const isOfPlan = props.state.rows?.rows.some((row) => row.rowId === rowId)
  if (rowId === undefined || !isOfPlan) return null
  return (
    <div class="actions">
      <HistoryButton {...props} rowId={rowId} describedBy={describedBy} />
    </div>
  )
}

function titleOf({ key, issues }: IssueGroup, by: IssueView['groups'], { check, state, t }: Props): string {
  if (by === 'rule') return issueTitle(key, state.locale)
  const [first] = issues
  if (first?.row === undefined) return t('check.wholeTable')
  const number = check.table.find(({ rowId }) => rowId === first.issue.rowId)?.cells.number ?? ''
  return [t('issues.row', { row: first.row + 1 }), taskLabel(number, first.task)].filter(Boolean).join(' · ')
}

function Issues({
  issues,
  next,
  ...props
}: Props & { issues: PlacedIssue[]; next?: ReadonlyMap<PlacedIssue, PlacedIssue | undefined> }) {
  const { flow, check, names } = props
  return (
    <PagedList
      class="issues"
      items={issues}
      more={(left) => props.t('more', { left })}
      render={(placed) => {
        const name = names.get(placed) ?? ''
        const follower = next?.get(placed)
        const onNext = follower && ((from: HTMLElement) => void goTo(follower, from))
        return <IssueItem key={name} {...props} placed={placed} name={name} onNext={onNext} />
      }}
    />
  )

  /** To the cell of the next issue on the sheet, and to its entry in the list, where reading and keys go on. */
  async function goTo(placed: PlacedIssue, from: HTMLElement): Promise<void> {
    focusNext(from)
    const place = placeOfIssue(placed, check)
    if (place) await jumpTo(flow, check.sheet, place.row, place.column, { quietly: true })
  }
}

/** The button that leads on comes first in its entry, so that pressing it again and again goes through all of them. */
function focusNext(from: HTMLElement): void {
  const list = [...(from.closest('.issue-groups')?.querySelectorAll<HTMLElement>('li.issue') ?? [])]
  const entry = list[list.findIndex((one) => one.contains(from)) + 1]
  // Issues of a later page are shown by the button at the end of this one.
  const isShown = entry && entry.offsetParent !== null && entry.parentElement === from.closest('ol')
  const more = from.closest('ol')?.nextElementSibling?.matches('.actions')
    ? from.closest('ol')?.nextElementSibling
    : null
  const target = isShown || !more ? entry : more
  target?.querySelector<HTMLElement>('button:enabled, summary')?.focus()
}
