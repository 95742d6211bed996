/** 核对单位: the names that the plan's rows were read with, and what has to be decided about them before it is made. */
import { useState } from 'preact/hooks'
import { readMembers } from '../../domain/unit-decisions.ts'
import { type DraftUnitDecision, decideDraftUnit, undoDraftUnit } from '../flows/plan-units.ts'
import type { PlanDraft } from '../state.ts'
import { Button } from '../ui/button.tsx'
import { SelectField, TextArea } from '../ui/field.tsx'
import { PagedList } from '../ui/more.tsx'
import type { ScreenProps } from './screen-props.ts'

type Props = ScreenProps & { draft: PlanDraft }

/** Lists longer than this start folded. */
const FEW_GROUPS = 5

/** `other`: the unit that it may be. `rows`: how many rows have it. */
type Question = { kind: 'same' | 'unknown' | 'group'; text: string; other?: string; rows: number }

export function PlanUnits(props: Props) {
  const { draft, flow, t, state } = props
  const questions = questionsOf(draft)
  const { units } = draft.file.registry
  return (
    <section class="stack">
      <h3>{t('planUnits.title', { count: questions.length })}</h3>
      <p class="hint">{t(questions.length > 0 ? 'planUnits.about' : 'planUnits.none')}</p>
      {draft.previous ? (
        <div class="actions">
          <Button small disabled={state.busy !== undefined} onClick={() => undoDraftUnit(flow)}>
            {t('planUnits.undo')}
          </Button>
        </div>
      ) : null}
      <PagedList
        class="issues"
        items={questions}
        more={(left) => t('more', { left })}
        render={(question) => <UnitQuestion key={keyOf(question)} {...props} question={question} />}
      />
      <Groups {...props} asked={questions} />
      <details>
        <summary>{t('planUnits.all', { count: units.length })}</summary>
        <UnitList {...props} />
      </details>
    </section>
  )
}

function keyOf({ kind, text, other = '' }: Question): string {
  return `${kind} ${text} ${other}`
}

/** One question a name, however many rows have it. */
function questionsOf({ doubts }: PlanDraft): Question[] {
  const found = new Map<string, Question & { rowIds: Set<string> }>()
  for (const { code, params, rowId = '' } of doubts) {
    const text = String(params.text ?? params.name ?? '')
    const kind = KINDS[code]
    if (!kind || text === '') continue
    const question = { kind, text, ...(params.other !== undefined && { other: String(params.other) }), rows: 0 }
    const known = found.get(keyOf(question)) ?? { ...question, rowIds: new Set<string>() }
    known.rowIds.add(rowId)
    found.set(keyOf(question), known)
  }
  return [...found.values()].map(({ rowIds, ...question }) => ({ ...question, rows: rowIds.size }))
}

const KINDS: Record<string, Question['kind']> = {
  'unit/maybe-same': 'same',
  'plan/unit-unresolved': 'unknown',
  'plan/unit-unknown': 'unknown',
  'lead/group': 'group',
}

/** Whether a doubt is put here, where it can be settled. */
export function isUnitQuestion({ code }: PlanDraft['doubts'][number]): boolean {
  return code in KINDS
}

function UnitQuestion(props: Props & { question: Question }) {
  const { question, t } = props
  const { kind, text, other = '', rows } = question
  return (
    <li class="issue ask">
      <p>{t(`planUnits.ask.${kind}`, { text, other, rows })}</p>
      {kind === 'same' ? <SameChoice {...props} /> : null}
      {kind === 'unknown' ? <UnknownChoice {...props} /> : null}
      {kind === 'group' ? <MembersForm {...props} text={text} /> : null}
    </li>
  )
}

function SameChoice({ question, flow, t, state }: Props & { question: Question }) {
  const { text, other = '' } = question
  const busy = state.busy !== undefined
  const decide = (decision: DraftUnitDecision) => void decideDraftUnit(flow, decision)
  return (
    <div class="actions">
      <Button small disabled={busy} onClick={() => decide({ kind: 'same', text, unit: other })}>
        {t('planUnits.keepOther', { other })}
      </Button>
      <Button small disabled={busy} onClick={() => decide({ kind: 'same', text: other, unit: text })}>
        {t('planUnits.keepOther', { other: text })}
      </Button>
      <Button small disabled={busy} onClick={() => decide({ kind: 'different', text, other })}>
        {t('planUnits.different')}
      </Button>
    </div>
  )
}

function UnknownChoice(props: Props & { question: Question }) {
  const { question, draft, flow, t, state } = props
  const [isGroup, askMembers] = useState(false)
  const { text } = question
  const busy = state.busy !== undefined
  if (isGroup) return <MembersForm {...props} text={text} onCancel={() => askMembers(false)} />
  return (
    <>
      <SameAs {...{ draft, flow, t, state, text }} />
      <div class="actions">
        <Button small disabled={busy} onClick={() => void decideDraftUnit(flow, { kind: 'unit', text })}>
          {t('planUnits.isUnit')}
        </Button>
        <Button small disabled={busy} onClick={() => askMembers(true)}>
          {t('planUnits.isGroup')}
        </Button>
      </div>
    </>
  )
}

/** Another spelling of a unit that is chosen from the list. */
function SameAs({ draft, flow, t, state, text }: Props & { text: string }) {
  const [unit, setUnit] = useState('')
  const busy = state.busy !== undefined
  const others = draft.file.registry.units.filter(({ name }) => name !== text)
  return (
    <div class="stack">
      <SelectField
        label={t('planUnits.sameAs', { text })}
        value={unit}
        disabled={busy}
        options={[
          { value: '', label: t('planUnits.choose') },
          ...others.map(({ name }) => ({ value: name, label: name })),
        ]}
        onInput={setUnit}
      />
      <div class="actions">
        <Button
          small
          disabled={busy || unit === ''}
          onClick={() => void decideDraftUnit(flow, { kind: 'same', text, unit })}
        >
          {t('planUnits.learn')}
        </Button>
      </div>
    </div>
  )
}

/** Who a group stands for, listed as in a cell of the table. */
function MembersForm({ draft, flow, t, state, text, onCancel }: Props & { text: string; onCancel?: () => void }) {
  const [words, setWords] = useState('')
  const busy = state.busy !== undefined
  const { members, unknown } = readMembers(words, draft.file.registry)
  return (
    <div class="stack">
      <TextArea
        label={t('planUnits.members', { text })}
        hint={
          unknown.length > 0
            ? t('planUnits.unknown', { names: unknown.join('、') })
            : t('planUnits.membersHint', { count: members.length })
        }
        rows={3}
        value={words}
        disabled={busy}
        onInput={setWords}
      />
      <div class="actions">
        <Button
          small
          disabled={busy || members.length === 0 || unknown.length > 0}
          onClick={() => void decideDraftUnit(flow, { kind: 'group', text, members })}
        >
          {t('planUnits.saveMembers')}
        </Button>
        {onCancel ? (
          <Button small disabled={busy} onClick={onCancel}>
            {t('cancel')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}

/** 泛指单位 that only support: nothing hangs on their members yet, but that they are no units has to be said. */
function Groups({ draft, asked, t }: Props & { asked: Question[] }) {
  const isAsked = (name: string) => asked.some(({ kind, text }) => kind === 'group' && text === name)
  const groups = (draft.file.registry.groups ?? []).filter(({ name }) => !isAsked(name))
  if (groups.length === 0) return null
  const countRows = (name: string) => draft.file.rows.filter(({ supporting }) => supporting.includes(name)).length
  return (
    <details open={groups.length <= FEW_GROUPS}>
      <summary>{t('planUnits.groups', { count: groups.length })}</summary>
      <div class="stack">
        <p class="hint">{t('planUnits.groupsAbout')}</p>
        <ul>
          {groups.map(({ name, members = [] }) => (
            <li key={name}>
              {members.length > 0
                ? t('planUnits.groupListed', { name, names: members.join('、') })
                : t('planUnits.groupOpen', { name, rows: countRows(name) })}
            </li>
          ))}
        </ul>
      </div>
    </details>
  )
}

/** Every unit that was read, with how many rows it leads and supports, and a way to make it part of another. */
function UnitList(props: Props) {
  const { draft, t } = props
  const { rows, registry } = draft.file
  const [joining, join] = useState<string | undefined>()
  return (
    <PagedList
      class="issues"
      items={registry.units}
      more={(left) => t('more', { left })}
      render={({ id, name, aliases = [] }) => (
        <li key={id} class="issue">
          <p>
            <strong>{name}</strong>
            {aliases.length > 0 ? ` ${t('planUnits.aliases', { names: aliases.join('、') })}` : ''}
          </p>
          <p class="where">
            {t('planUnits.counts', {
              lead: rows.filter(({ lead }) => lead.includes(name)).length,
              supporting: rows.filter(({ supporting }) => supporting.includes(name)).length,
            })}
          </p>
          {joining === id ? (
            <SameAs {...props} text={name} />
          ) : (
            <div class="actions">
              <Button small onClick={() => join(id)}>
                {t('planUnits.join')}
              </Button>
            </div>
          )}
        </li>
      )}
    />
  )
}
