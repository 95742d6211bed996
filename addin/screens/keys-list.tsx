/** The county's keys by holder, with what can be done to each. */
import { useState } from 'preact/hooks'
import type { KeyInfo } from '../../domain/protocol.ts'
import { issueKeys, revokeKey } from '../flows/keys.ts'
import type { Translate } from '../messages.ts'
import { ConfirmButton } from '../ui/confirm-button.tsx'
import { SelectField, TextField } from '../ui/field.tsx'
import { PagedList } from '../ui/more.tsx'
import { beijingDay } from '../ui/time.ts'
import { useElementId } from '../ui/use-element-id.ts'
import type { ScreenProps } from './screen-props.ts'

const CHOICES = ['all', 'none', 'ending', 'unused'] as const
type Choice = (typeof CHOICES)[number]
const ENDING_DAYS = 30
const DAY_MS = 86_400_000
/** How long a replaced key may go on: never not at all, because the answer with the new one may be lost. */
const OVERLAPS = [24, 1, 72, 168]

type Holder = { name: string; keys: KeyInfo[] }

export function KeyList(props: ScreenProps & { keys: KeyInfo[]; missing: string[] }) {
  const { flow, t, keys, missing } = props
  const [words, setWords] = useState('')
  const [choice, choose] = useState<Choice>('all')
  const lastDay = beijingDay(new Date(flow.now().getTime() + ENDING_DAYS * DAY_MS))
  const isChosen = (key: KeyInfo): boolean => {
    if (choice === 'all' || choice === 'none') return true
    if (key.state !== 'active') return false
    return choice === 'unused' ? key.lastUsedAt === null : key.expiresOn !== null && key.expiresOn <= lastDay
  }
  const holders = groupByHolder(keys.filter(isChosen), choice === 'all' || choice === 'none' ? missing : [])
  const shown = holders.filter(
    ({ name }) => name.includes(words.trim()) && (choice !== 'none' || missing.includes(name)),
  )
  return (
    <div class="stack">
      <h3>{t('keys.listTitle')}</h3>
      <div class="pair">
        <TextField label={t('keys.find')} value={words} onInput={setWords} />
        <SelectField
          label={t('keys.show')}
          value={choice}
          onInput={(value) => choose(CHOICES.find((candidate) => candidate === value) ?? 'all')}
          options={CHOICES.map((value) => ({ value, label: t(`keys.show.${value}`) }))}
        />
      </div>
      {shown.length === 0 ? <p>{t('keys.listNone')}</p> : null}
      <PagedList
        class="issues"
        items={shown}
        more={(left) => t('more', { left })}
        render={(holder) => <HolderItem key={holder.name} {...props} holder={holder} />}
      />
    </div>
  )
}

/** In the order of the list, which is by role and name; those who have none first. */
function groupByHolder(keys: readonly KeyInfo[], missing: readonly string[]): Holder[] {
  const byName = new Map<string, KeyInfo[]>(missing.map((name) => [name, []]))
  for (const key of keys) byName.set(key.holder, [...(byName.get(key.holder) ?? []), key])
  return [...byName].map(([name, held]) => ({ name, keys: held }))
}

function HolderItem(props: ScreenProps & { holder: Holder; missing: string[] }) {
  const { t, holder, missing } = props
  const working = holder.keys.filter(({ state }) => state === 'active')
  const ended = holder.keys.filter(({ state }) => state !== 'active')
  const isMissing = missing.includes(holder.name)
  return (
    <li class={isMissing ? 'issue warning' : 'issue'}>
      <h3>{holder.name}</h3>
      {isMissing ? <p>{t('keys.holderNone')}</p> : null}
      {working.map((key) => (
        <KeyItem key={key.id} {...props} info={key} />
      ))}
      {ended.length > 0 ? (
        <details>
          <summary>{t('keys.ended', { count: ended.length })}</summary>
          {ended.map((key) => (
            <KeyFacts key={key.id} {...props} info={key} />
          ))}
        </details>
      ) : null}
    </li>
  )
}

function KeyItem(props: ScreenProps & { info: KeyInfo }) {
  const { state, flow, t, info } = props
  const id = useElementId()
  const [hours, setHours] = useState(String(OVERLAPS[0]))
  const busy = state.busy !== undefined
  const { holder, post, replacedBy } = info
  const isInUse = info.id === state.me?.key.id
  const revokeAbout = t('keys.revokeAbout', { holder, post })
  return (
    <div class="stack">
      <KeyFacts {...props} id={id} />
      {isInUse ? <p class="hint">{t('keys.inUse')}</p> : null}
      {isInUse || replacedBy !== null || state.lostKeys ? null : (
        <details>
          <summary>{t('keys.replace')}</summary>
          <div class="stack narrow">
            <SelectField
              label={t('keys.overlap')}
              value={hours}
              disabled={busy}
              onInput={setHours}
              options={OVERLAPS.map((value) => ({ value: String(value), label: t('keys.hours', { hours: value }) }))}
            />
            <ConfirmButton
              small
              describedBy={id}
              label={t('keys.replace')}
              about={t('keys.replaceAbout')}
              confirm={t('keys.replaceConfirm')}
              cancel={t('cancel')}
              disabled={busy}
              onConfirm={() =>
                void issueKeys(flow, {
                  kind: 'replace',
                  planId: state.plan?.plan.id ?? '',
                  old: info,
                  overlapHours: Number(hours),
                })
              }
            />
          </div>
        </details>
      )}
      {isInUse ? null : (
        <ConfirmButton
          small
          describedBy={id}
          label={t('keys.revoke')}
          about={replacedBy === null ? revokeAbout : `${revokeAbout} ${t('keys.revokeSuccessor')}`}
          confirm={t('keys.revokeConfirm')}
          cancel={t('cancel')}
          disabled={busy}
          onConfirm={() => void revokeKey(flow, info)}
        />
      )}
    </div>
  )
}

function KeyFacts({ flow, t, info, id }: ScreenProps & { info: KeyInfo; id?: string }) {
  const { post, duty, role, rows, lastUsedAt } = info
  const facts = [
    ...(role === 'unit' ? [t(`keyDuty.${duty}`)] : []),
    ...describeState(info, t),
    usedText(lastUsedAt, beijingDay(flow.now()), t),
    ...(rows ? [t('keys.rowCount', { count: rows.length })] : []),
    t('keys.id', { id: info.id }),
  ]
  return (
    <div id={id}>
      <p>
        <strong>{post}</strong>
      </p>
      <p class="hint number">{facts.join(' · ')}</p>
    </div>
  )
}

/** Whether it works, and until when. */
function describeState({ state, replacedBy, expiresOn }: KeyInfo, t: Translate): string[] {
  if (state !== 'active') return [t(`keys.state.${state}`)]
  if (replacedBy !== null && expiresOn !== null) return [t('keys.state.replaced', { date: expiresOn })]
  return [t('keys.state.active'), expiresOn === null ? t('keys.unlimited') : t('keys.until', { date: expiresOn })]
}

/** 从未使用, 今天使用过, 最近使用 2023-11-03. */
function usedText(lastUsedAt: string | null, today: string, t: Translate): string {
  if (lastUsedAt === null) return t('keys.usedNever')
  const day = beijingDay(new Date(lastUsedAt))
  return day === today ? t('keys.usedToday') : t('keys.usedOn', { date: day })
}
