/** Who is connected, what the plan allows now, and what of it waits: the head of the first screen. */
import type { ServerRow } from '../../domain/protocol.ts'
import type { Translate } from '../messages.ts'
import type { State } from '../state.ts'
import type { ScreenProps } from './screen-props.ts'

export function WhoCard({ state, t }: ScreenProps) {
  const { me, plan, rows } = state
  if (!me || !plan) return null
  const facts: [label: string, text: string][] = [
    [t('who.post'), describePost(state, t)],
    ...(me.key.expiresOn === undefined ? [] : [[t('who.expires'), me.key.expiresOn] as [string, string]]),
    [t('who.plan'), describePlan(state, t)],
    ...(rows ? describeRows(rows.rows, state, t) : []),
  ]
  return (
    <section class="card" aria-label={t('who.title')}>
      <p>
        <strong>{me.actor.name}</strong>
        {t(`who.${me.actor.role}`)}
      </p>
      <dl class="facts">
        {facts.map(([label, text]) => [<dt key={`${label}-label`}>{label}</dt>, <dd key={label}>{text}</dd>])}
      </dl>
    </section>
  )
}

/** 就业促进科经办岗，经办. */
function describePost({ me, plan }: State, t: Translate): string {
  const { post = '', duty } = me?.key ?? {}
  if (duty === undefined || me?.actor.role !== 'unit') return post === '' ? t('who.noPost') : post
  const text = t(plan?.plan.signOff === 'reviewer' ? `who.${duty}Signs` : `who.${duty}`)
  return [post, text].filter((part) => part !== '').join(t('comma'))
}

/** The state of the plan with what it means for this person, so that nobody looks for a button that is not there. */
function describePlan({ me, plan }: State, t: Translate): string {
  const { state, documentNumber = '', issuedOn = '' } = plan?.plan ?? {}
  if (state === 'issued') return t('home.issued', { number: documentNumber, date: issuedOn })
  if (state === 'archived') return t('who.archived')
  const { role } = me?.actor ?? {}
  return t(role === 'unit' ? 'who.collectingUnit' : role === 'commission' ? 'who.collectingAll' : 'who.collecting')
}

function describeRows(rows: readonly ServerRow[], { me, isRefreshing }: State, t: Translate): [string, string][] {
  const reviewed = (review: ServerRow['review']) => rows.filter((row) => row.review === review).length
  const sum = (count: (row: ServerRow) => number) => rows.reduce((total, row) => total + count(row), 0)
  const list = (counts: [key: Parameters<Translate>[0], count: number][]) => {
    const known = counts.flatMap(([key, count]) => (count > 0 ? [t(key, { count })] : [])).join(t('comma'))
    return `${known || t('who.none')}${isRefreshing ? t('who.refreshing') : ''}`
  }
  const conflicts: [Parameters<Translate>[0], number] = ['who.conflicts', sum(({ openConflicts }) => openConflicts)]
  if (me?.actor.role === 'unit') {
    const led = rows.filter(({ role }) => role === 'lead').length
    const supported = rows.filter(({ role }) => role === 'supporting').length
    const wrong = sum(
      ({ issues = [] }) => issues.filter(({ severity, reason }) => severity !== 'hint' && !reason).length,
    )
    return [
      [t('who.tasks'), t('who.mine', { led, supported })],
      [t('who.open'), list([['who.returned', reviewed('returned')], conflicts, ['who.wrong', wrong]])],
    ]
  }
  const units = new Set(rows.flatMap(({ lead }) => lead)).size
  const unconfirmed = rows.filter(({ spansConfirmed }) => !spansConfirmed).length
  return [
    [t('who.tasks'), t('who.all', { count: rows.length, units })],
    [
      t('who.open'),
      list([
        ['who.pending', reviewed('pending')],
        ['who.returned', reviewed('returned')],
        conflicts,
        ['who.unconfirmed', unconfirmed],
      ]),
    ],
  ]
}
