/** What is wrong in the master, and what the units want to keep and why: for the commission to look at. */
import type { Severity } from '../../domain/issue.ts'
import type { Master } from '../../domain/protocol.ts'
import { SEVERITIES } from '../flows/check.ts'
import type { Translate } from '../messages.ts'
import { MergeIssues } from './merge-issues.tsx'
import type { ScreenProps } from './screen-props.ts'

type Issues = Master['issues']

/** Advice is for whoever writes the text. */
const SHOWN: readonly Severity[] = ['error', 'warning', 'ask']

export function MasterIssues({ issues, ...props }: ScreenProps & { issues: Issues }) {
  const { t } = props
  const open = SHOWN.flatMap((severity) => openOf(issues, severity))
  const explained = issues.filter(({ reason }) => reason)
  return (
    <>
      <Folded
        {...props}
        title={t('master.explained', { count: explained.length })}
        about={t('master.explainedAbout')}
        issues={explained}
      />
      <Folded {...props} title={t('master.open', { count: open.length })} about={t('master.openAbout')} issues={open} />
    </>
  )
}

function Folded({ title, ...props }: ScreenProps & { title: string; about: string; issues: Issues }) {
  if (props.issues.length === 0) return null
  return (
    <details>
      <summary>{title}</summary>
      <MergeIssues {...props} />
    </details>
  )
}

/** 错误 2 处，需处理 3 处，已说明理由 1 处. */
export function countIssues(issues: Issues, t: Translate): string {
  const counts = SEVERITIES.flatMap((severity) => {
    const count = openOf(issues, severity).length
    return count === 0 ? [] : [t(`found.${severity}`, { count })]
  })
  const explained = issues.filter(({ reason }) => reason).length
  if (explained > 0) counts.push(t('found.explained', { count: explained }))
  return counts.length === 0 ? t('master.noIssues') : counts.join(t('comma'))
}

function openOf(issues: Issues, severity: Severity): Issues {
  return issues.filter((issue) => issue.severity === severity && !issue.reason)
}
