/** Which issues are shown and in what order: kinds with their counts, whose cells, words, and by what they are grouped. */
import { useEffect, useState } from 'preact/hooks'
import { issueText } from '../../domain/messages.ts'
import { issueTitle } from '../../domain/messages-titles.ts'
import type { CheckResult, IssueView, PlacedIssue } from '../checking-state.ts'
import type { Translate } from '../messages.ts'
import type { State } from '../state.ts'
import { Button } from '../ui/button.tsx'
import { SelectField } from '../ui/field.tsx'
import { useElementId } from '../ui/use-element-id.ts'
import { EVERY_ISSUE, type filterIssues, KINDS, stepOf } from './issue-order.ts'
import { placeOfIssue } from './issue-place.ts'
import type { ScreenProps } from './screen-props.ts'

/** Fewer issues than this are seen at a glance. */
const FEW = 4

type Filtered = ReturnType<typeof filterIssues>

export function IssueFilters({ state, flow, t, filtered, total }: ScreenProps & { filtered: Filtered; total: number }) {
  const view = state.issueView ?? EVERY_ISSUE
  const { shown, steps, mine, all } = filtered
  const isFiltered = view.severity !== 'all' || view.text.trim() !== ''
  if (total < FEW && !isFiltered && view === EVERY_ISSUE) return null
  const change = (part: Partial<IssueView>) => flow.dispatch({ type: 'issuesViewed', view: { ...view, ...part } })
  const kinds = KINDS.filter((kind) => steps[kind] > 0 || view.severity === kind)
  return (
    <section class="stack" aria-label={t('issues.filter')}>
      <div class="pair">
        <SelectField
          label={t('issues.severity')}
          value={view.severity}
          onInput={(value) => change({ severity: (['all', ...KINDS] as const).find((one) => one === value) ?? 'all' })}
          options={[
            { value: 'all', label: t('issues.every', { count: steps.all }) },
            ...kinds.map((kind) => ({
              value: kind,
              label: t(kind === 'explained' ? 'reason.explained' : `severity.${kind}.group`, { count: steps[kind] }),
            })),
          ]}
        />
        <SelectField
          label={t('issues.groups')}
          value={view.groups}
          onInput={(value) => change({ groups: value === 'row' || value === 'rule' ? value : 'todo' })}
          options={[
            { value: 'todo', label: t('issues.byTodo') },
            { value: 'row', label: t('issues.byRow') },
            { value: 'rule', label: t('issues.byRule') },
          ]}
        />
        {mine < all || view.all ? (
          <SelectField
            label={t('issues.scope')}
            value={view.all ? 'all' : 'mine'}
            onInput={(value) => change({ all: value === 'all' })}
            options={[
              { value: 'mine', label: t('issues.mine', { count: mine }) },
              { value: 'all', label: t('issues.all', { count: all }) },
            ]}
          />
        ) : null}
        <SearchField t={t} text={view.text} onSearch={(text) => change({ text })} />
      </div>
      <div class="actions">
        {/* Always there: readers announce only what changes inside a known region. */}
        <p class="hint" aria-live="polite">
          {isFiltered ? t(shown.length > 0 ? 'issues.shown' : 'issues.none', { shown: shown.length, total }) : ''}
        </p>
        {isFiltered ? (
          <Button small onClick={() => change({ severity: 'all', text: '' })}>
            {t('issues.reset')}
          </Button>
        ) : null}
      </div>
    </section>
  )
}

/** Keeps its own text, and looks only for whole words of an input method, never for the letters on the way to them. */
function SearchField({ t, text, onSearch }: { t: Translate; text: string; onSearch: (text: string) => void }) {
  const id = useElementId()
  const [typed, setTyped] = useState(text)
  useEffect(() => setTyped(text), [text])
  return (
    <div class="field">
      <label for={id}>{t('issues.search')}</label>
      <input
        type="search"
        id={id}
        value={typed}
        placeholder={t('issues.searchHint')}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => {
          setTyped(event.currentTarget.value)
          if (!event.isComposing) onSearch(event.currentTarget.value)
        }}
        onCompositionEnd={(event) => onSearch(event.currentTarget.value)}
      />
    </div>
  )
}

/** Everything that is to be read of an issue, among which words are looked for. */
export function wordsOf(placed: PlacedIssue, check: CheckResult, t: Translate, locale: State['locale']): string {
  const { issue, task, reason } = placed
  const place = placeOfIssue(placed, check)
  return [
    t(`severity.${stepOf(placed)}`),
    place?.address ?? t('check.wholeTable'),
    place?.header ?? '',
    task,
    issueTitle(issue.code, locale),
    issueText(issue, check.spec, locale),
    ...(issue.fix ?? []).flatMap(({ from, to }) => [from, to]),
    reason?.text ?? '',
  ].join('\n')
}
