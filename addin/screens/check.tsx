/** The results of a check: first what this person may mend, then what is for the commission, folded away. */
import { checkSheet } from '../flows/check.ts'
import { planFixAll, safeFixes } from '../flows/fix.ts'
import { saveReport } from '../flows/report.ts'
import { Button } from '../ui/button.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import { Screen } from '../ui/screen.tsx'
import { Clearings } from './clearings.tsx'
import { PlannedFix } from './fix-all.tsx'
import { IssueFilters, wordsOf } from './issue-filters.tsx'
import { IssueGroups } from './issue-list.tsx'
import { EVERY_ISSUE, filterIssues, groupIssues, nameIssues, nextSteps } from './issue-order.ts'
import { UndoButton } from './issue-undo.tsx'
import { isFixed } from './labels.ts'
import { MarksPanel } from './marks-panel.tsx'
import { MergeIssues } from './merge-issues.tsx'
import { homeward, type ScreenProps } from './screen-props.ts'
import { TargetsButton } from './targets-button.tsx'
import { ConnectNext } from './who-connects.tsx'

export function CheckScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const { check } = state
  if (!check) return null
  const busy = state.busy !== undefined
  const back = state.me ? homeward(props) : leave(props)
  const view = state.issueView ?? EVERY_ISSUE
  const mine = check.issues.filter((placed) => placed.mine)
  const fixable = safeFixes(check.issues)
  const grouped = groupIssues(mine)
  const names = nameIssues(check.issues)
  const filtered = filterIssues(check.issues, view, (placed) => wordsOf(placed, check, t, state.locale))
  const others = view.all ? [] : check.issues.filter((placed) => !placed.mine)
  const maySubmit = state.rows !== undefined && !isFixed(state)
  const canSubmit = maySubmit && grouped.open.error.length === 0
  const steps = mine.length === 0 ? [t('check.clean')] : nextSteps(grouped, { t, fixable: fixable.length, maySubmit })
  return (
    <Screen title={t('check.title')} back={back}>
      <p>{t('check.sheet', { sheet: check.sheet, rows: check.rows })}</p>
      <div class="next">
        {steps.map((step) => (
          <p key={step}>{step}</p>
        ))}
      </div>
      {/* Always there: readers announce only what changes inside a known region. */}
      <p class="visually-hidden" aria-live="polite">
        {check.told ?? ''}
      </p>
      <ConnectNext {...props} />
      {check.stale ? (
        <MessageBar tone="warning" label={t('tone.warning')}>
          {t('check.stale')}
        </MessageBar>
      ) : null}
      <div class="actions">
        <Button primary={check.stale} disabled={busy} onClick={() => void checkSheet(flow, check.sheet)}>
          {t('check.again')}
        </Button>
        {fixable.length > 1 && !check.plannedFix ? (
          <Button
            primary={!check.stale && !canSubmit}
            disabled={busy || check.stale}
            onClick={() => void planFixAll(flow, check.sheet)}
          >
            {t('fix.all', { count: fixable.length })}
          </Button>
        ) : null}
        {canSubmit ? (
          <Button
            primary={!check.stale && !check.plannedFix}
            disabled={busy}
            onClick={() => flow.dispatch({ type: 'went', screen: 'submit' })}
          >
            {t('submit.button')}
          </Button>
        ) : null}
      </div>
      <div class="actions">
        <TargetsButton {...props} check={check} />
        <Button small disabled={busy} onClick={() => void saveReport(flow, check.sheet)}>
          {t('report.button')}
        </Button>
      </div>
      <UndoButton {...props} check={check} />
      <MarksPanel {...props} check={check} />
      <Clearings {...props} />
      {check.plannedFix ? <PlannedFix {...props} check={check} fix={check.plannedFix} /> : null}
      <IssueFilters {...props} filtered={filtered} total={view.all ? check.issues.length : mine.length} />
      <IssueGroups {...props} check={check} names={names} issues={filtered.shown} by={view.groups} />
      <MergeIssues
        {...props}
        title={t('check.master', { count: check.masterIssues.length })}
        about={t('check.masterAbout')}
        issues={check.masterIssues}
      />
      {others.length > 0 ? (
        <details>
          <summary>{t('check.others', { count: others.length })}</summary>
          <div class="stack">
            <IssueGroups {...props} check={check} names={names} issues={others} by={view.groups} />
          </div>
        </details>
      ) : null}
    </Screen>
  )
}

function leave({ flow, t }: ScreenProps) {
  return { label: t('home.back'), onClick: () => flow.dispatch({ type: 'went', screen: 'signIn' as const }) }
}
