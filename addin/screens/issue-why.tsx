/** 为什么: the rule behind an issue, what it rests on in this cell, and an example, folded until asked for. */
import type { Issue } from '../../domain/issue.ts'
import { issueWhy } from '../../domain/messages-why.ts'
import type { ScreenProps } from './screen-props.ts'

/** `describedBy`: id of the issue's sentence, as many of these read alike. */
export function IssueWhy(props: Pick<ScreenProps, 'state' | 't'> & { issue: Issue; describedBy: string }) {
  const { state, t, issue, describedBy } = props
  const why = issueWhy(issue, state.locale)
  if (!why) return null
  const { rule, evidence, wrong, right } = why
  return (
    <details class="why">
      <summary aria-describedby={describedBy}>{t('why')}</summary>
      <div class="stack">
        <p>{rule}</p>
        <dl class="facts">
          {evidence.map(({ label, value }) => [<dt key={`${label}.`}>{label}</dt>, <dd key={label}>{value}</dd>])}
          <dt>{t('why.example')}</dt>
          <dd>
            {wrong}
            <span class="hint"> {t('why.becomes')} </span>
            {right}
          </dd>
        </dl>
      </div>
    </details>
  )
}
