/** The results of a check: first what this person may mend, then what is for the commission, folded away. */
import type { Severity } from '../../domain/issue.ts'
import { checkSheet } from '../flows/check.ts'
import { planFixAll, safeFixes, undoFix } from '../flows/fix.ts'
import type { PlacedIssue } from '../state.ts'
import { Button } from '../ui/button.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import { PagedList } from '../ui/more.tsx'
import { Screen } from '../ui/screen.tsx'
import { Clearings } from './clearings.tsx'
import { PlannedFix } from './fix-all.tsx'
import { IssueItem } from './issue-item.tsx'
import { MergeIssues } from './merge-issues.tsx'
import { homeward, type ScreenProps } from './screen-props.ts'

const ORDER: Severity[] = ['error', 'warning', 'ask', 'hint']

export function CheckScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const { check } = state
  if (!check) return null
  const busy = state.busy !== undefined
  const back = state.me ? homeward(props) : leave(props)
  const mine = check.issues.filter((placed) => placed.mine)
  const fixable = safeFixes(check.issues)
  const others = check.issues.filter((placed) => !placed.mine)
  return (
    <Screen title={t('check.title')} back={back}>
      <p>{t('check.sheet', { sheet: check.sheet, rows: check.rows })}</p>
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
          <Button disabled={busy || check.stale} onClick={() => void planFixAll(flow, check.sheet)}>
            {t('fix.all', { count: fixable.length })}
          </Button>
        ) : null}
        {state.undo.length > 0 ? (
          <Button disabled={busy} onClick={() => void undoFix(flow)}>
            {t('fix.undo')}
          </Button>
        ) : null}
        {state.rows && !mine.some(({ issue }) => issue.severity === 'error') ? (
          <Button
            primary={!check.stale}
            disabled={busy}
            onClick={() => flow.dispatch({ type: 'went', screen: 'submit' })}
          >
            {t('submit.button')}
          </Button>
        ) : null}
      </div>
      <Clearings {...props} />
      {check.plannedFix ? <PlannedFix {...props} check={check} fix={check.plannedFix} /> : null}
      {mine.length === 0 ? <p>{t('check.clean')}</p> : null}
      {ORDER.map((severity) => (
        <Group key={severity} {...props} severity={severity} issues={mine} />
      ))}
      <MergeIssues
        {...props}
        title={t('check.master', { count: check.masterIssues.length })}
        about={t('check.masterAbout')}
        issues={check.masterIssues}
      />
      {others.length > 0 ? (
        <details>
          <summary>{t('check.others', { count: others.length })}</summary>
          {ORDER.map((severity) => (
            <Group key={severity} {...props} severity={severity} issues={others} />
          ))}
        </details>
      ) : null}
    </Screen>
  )
}

function Group({ severity, issues, ...props }: ScreenProps & { severity: Severity; issues: PlacedIssue[] }) {
  const { t } = props
  const group = issues
    .filter(({ issue }) => issue.severity === severity)
    .sort((one, other) => (one.row ?? -1) - (other.row ?? -1) || (one.column ?? -1) - (other.column ?? -1))
  if (group.length === 0) return null
  return (
    <section class="stack">
      <div>
        <h3>{t(`severity.${severity}.group`, { count: group.length })}</h3>
        <p class="hint">{t(`severity.${severity}.about`)}</p>
      </div>
      <PagedList
        class="issues"
        items={group}
        more={(left) => t('more', { left })}
        render={(placed, index) => <IssueItem key={index} {...props} placed={placed} />}
      />
    </section>
  )
}

function leave({ flow, t }: ScreenProps) {
  return { label: t('home.back'), onClick: () => flow.dispatch({ type: 'went', screen: 'signIn' as const }) }
}
