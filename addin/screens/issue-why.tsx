/**
 * 为什么: the rule behind an issue, what it rests on in this cell, and an example, folded until asked for. Its
 * texts are many and seldom read, so they are not part of the code that opens the pane.
 */
import { useEffect, useState } from 'preact/hooks'
import type { Issue } from '../../domain/issue.ts'
import { loadOnce } from '../load-once.ts'
import type { ScreenProps } from './screen-props.ts'

type Explain = typeof import('../../domain/messages-why.ts').issueWhy

const loadWhy = loadOnce(() => import('../../domain/messages-why.ts').then(({ issueWhy }) => issueWhy))

/** Fetches the texts as soon as issues are shown: the network may be gone by the time somebody asks. */
export function usePreloadedWhy(): void {
  useEffect(() => void loadWhy().catch(() => undefined), [])
}

/** `describedBy`: id of the issue's sentence, as many of these read alike. */
export function IssueWhy(props: Pick<ScreenProps, 'state' | 't'> & { issue: Issue; describedBy: string }) {
  const { state, t, issue, describedBy } = props
  const [explain, setExplain] = useState<Explain | 'failed'>()
  const load = () =>
    loadWhy().then(
      (loaded) => setExplain(() => loaded),
      () => setExplain('failed'),
    )
  return (
    <details
      class="why"
      onToggle={({ currentTarget }) => {
        if (currentTarget.open && typeof explain !== 'function') void load()
      }}
    >
      <summary aria-describedby={describedBy}>{t('why')}</summary>
      {explain === 'failed' ? <p>{t('why.failed')}</p> : null}
      {typeof explain === 'function' ? <Told {...{ t, issue, explain, state }} /> : null}
    </details>
  )
}

function Told({ state, t, issue, explain }: Pick<ScreenProps, 'state' | 't'> & { issue: Issue; explain: Explain }) {
  const why = explain(issue, state.locale)
  // Only a newer server's.
  if (!why) return <p>{t('why.unknown')}</p>
  const { rule, evidence, wrong, right } = why
  return (
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
  )
}
