/** 单位名录: names, aliases and groups by which cells of units are read; the commission adds and corrects them. */
import { useState } from 'preact/hooks'
import { readMembers } from '../../domain/unit-decisions.ts'
import { changeRegistry, newUnitId, type RegistryGroup, type RegistryUnit } from '../flows/registry.ts'
import { Button } from '../ui/button.tsx'
import { DateField, SelectField, TextArea, TextField } from '../ui/field.tsx'
import { PagedList } from '../ui/more.tsx'
import { Screen } from '../ui/screen.tsx'
import { homeward, type ScreenProps } from './screen-props.ts'

type Editing = { unit: RegistryUnit; isNew?: boolean } | { group: RegistryGroup; isNew?: boolean }

export function RegistryScreen(props: ScreenProps) {
  const { state, t, flow } = props
  const [search, setSearch] = useState('')
  const [editing, edit] = useState<Editing | undefined>()
  const { units = [], groups = [] } = state.plan?.registry ?? {}
  const busy = state.busy !== undefined
  const matches = (words: (string | undefined)[]) => words.some((word) => word?.includes(search.trim()))
  const shown = units.filter(({ name, aliases = [], formerNames = [] }) => matches([name, ...aliases, ...formerNames]))
  const shownGroups = groups.filter(({ name, aliases = [], members = [] }) => matches([name, ...aliases, ...members]))
  // What was saved is closed; what was refused stays open with its texts.
  const save = async (change: Parameters<typeof changeRegistry>[1], reason: string) => {
    await changeRegistry(flow, change, reason)
    if (flow.state().notice?.tone === 'success') edit(undefined)
  }
  return (
    <Screen title={t('registry.title')} back={homeward(props)}>
      <p>{t('registry.counts', { units: units.length, groups: groups.length })}</p>
      {editing ? (
        'unit' in editing ? (
          <UnitForm key={editing.unit.id} {...props} editing={editing} onSave={save} onCancel={() => edit(undefined)} />
        ) : (
          <GroupForm
            key={editing.group.name}
            {...props}
            editing={editing}
            onSave={save}
            onCancel={() => edit(undefined)}
          />
        )
      ) : (
        <div class="actions">
          <Button disabled={busy} onClick={() => edit({ unit: { id: newUnitId(flow), name: '' }, isNew: true })}>
            {t('registry.addUnit')}
          </Button>
          <Button disabled={busy} onClick={() => edit({ group: { name: '' }, isNew: true })}>
            {t('registry.addGroup')}
          </Button>
        </div>
      )}
      <TextField label={t('registry.search')} value={search} onInput={setSearch} />
      <h3>{t('registry.units', { count: shown.length })}</h3>
      <PagedList
        class="issues"
        items={shown}
        more={(left) => t('more', { left })}
        render={(unit) => (
          <li key={unit.id} class="issue">
            <p>
              <strong>{unit.name}</strong>
            </p>
            <UnitFacts unit={unit} units={units} t={t} />
            <div class="actions">
              <Button small disabled={busy} onClick={() => edit({ unit })}>
                {t('registry.edit', { name: unit.name })}
              </Button>
            </div>
          </li>
        )}
      />
      <h3>{t('registry.groups', { count: shownGroups.length })}</h3>
      <PagedList
        class="issues"
        items={shownGroups}
        more={(left) => t('more', { left })}
        render={(group) => (
          <li key={group.name} class="issue">
            <p>
              <strong>{group.name}</strong>
            </p>
            <p class="where">
              {group.members?.length
                ? t('registry.members', { count: group.members.length, names: group.members.join('、') })
                : t('registry.noMembers')}
            </p>
            <div class="actions">
              <Button small disabled={busy} onClick={() => edit({ group })}>
                {t('registry.edit', { name: group.name })}
              </Button>
            </div>
          </li>
        )}
      />
    </Screen>
  )
}

function UnitFacts({ unit, units, t }: Pick<ScreenProps, 't'> & { unit: RegistryUnit; units: RegistryUnit[] }) {
  const successor = units.find(({ id }) => id === unit.successor)?.name
  const facts = [
    unit.aliases?.length ? t('registry.aliasesAre', { names: unit.aliases.join('、') }) : '',
    unit.formerNames?.length ? t('registry.formerAre', { names: unit.formerNames.join('、') }) : '',
    unit.from ? t('registry.since', { day: unit.from }) : '',
    unit.to ? t('registry.until', { day: unit.to }) : '',
    successor ? t('registry.followedBy', { name: successor }) : '',
  ].filter((fact) => fact !== '')
  return facts.length > 0 ? <p class="where">{facts.join(t('comma'))}</p> : null
}

type FormProps<Edited> = ScreenProps & {
  editing: Edited & { isNew?: boolean }
  onSave: (change: Edited, reason: string) => Promise<void>
  onCancel: () => void
}

/** Names as people list them: 县教育局、教育委员会. */
const listed = (text: string) => text.split(/[、，,；;\n]+/).flatMap((word) => word.trim() || [])
const filled = <Key extends string, Value>(key: Key, value: Value, isFilled: boolean) =>
  (isFilled ? { [key]: value } : {}) as { [K in Key]?: Value }

function UnitForm({ editing, onSave, onCancel, state, t }: FormProps<{ unit: RegistryUnit }>) {
  const { unit, isNew } = editing
  const [name, setName] = useState(unit.name)
  const [aliases, setAliases] = useState((unit.aliases ?? []).join('、'))
  const [former, setFormer] = useState((unit.formerNames ?? []).join('、'))
  const [from, setFrom] = useState(unit.from ?? '')
  const [to, setTo] = useState(unit.to ?? '')
  const [successor, setSuccessor] = useState(unit.successor ?? '')
  const [reason, setReason] = useState('')
  const busy = state.busy !== undefined
  const others = (state.plan?.registry.units ?? []).filter(({ id }) => id !== unit.id)
  const save = () =>
    void onSave(
      {
        unit: {
          id: unit.id,
          name: name.trim(),
          ...filled('aliases', listed(aliases), listed(aliases).length > 0),
          ...filled('formerNames', listed(former), listed(former).length > 0),
          ...filled('from', from, from !== ''),
          ...filled('to', to, to !== ''),
          ...filled('successor', successor, successor !== ''),
        },
      },
      reason.trim(),
    )
  return (
    <form
      class="card narrow"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <h3>{isNew ? t('registry.addUnit') : t('registry.edit', { name: unit.name })}</h3>
      <TextField
        label={t('registry.name')}
        hint={isNew ? undefined : t('registry.nameHint')}
        value={name}
        onInput={setName}
        disabled={busy}
      />
      <TextField
        label={t('registry.aliases')}
        hint={t('registry.aliasesHint')}
        value={aliases}
        onInput={setAliases}
        disabled={busy}
      />
      <TextField label={t('registry.former')} value={former} onInput={setFormer} disabled={busy} />
      <div class="pair">
        <DateField label={t('registry.from')} value={from} onInput={setFrom} disabled={busy} />
        <DateField label={t('registry.to')} value={to} onInput={setTo} disabled={busy} />
      </div>
      <SelectField
        label={t('registry.successor')}
        value={successor}
        disabled={busy}
        options={[
          { value: '', label: t('registry.noSuccessor') },
          ...others.map((other) => ({ value: other.id, label: other.name })),
        ]}
        onInput={setSuccessor}
      />
      <ReasonAndSave {...{ t, busy, reason, setReason, onCancel }} isReady={name.trim() !== ''} />
    </form>
  )
}

function GroupForm({ editing, onSave, onCancel, state, t }: FormProps<{ group: RegistryGroup }>) {
  const { group, isNew } = editing
  const [name, setName] = useState(group.name)
  const [aliases, setAliases] = useState((group.aliases ?? []).join('、'))
  const [words, setWords] = useState((group.members ?? []).join('、'))
  const [reason, setReason] = useState('')
  const busy = state.busy !== undefined
  const { members, unknown } = readMembers(words, state.plan?.registry ?? { units: [] })
  const save = () =>
    void onSave(
      { group: { name: name.trim(), ...filled('aliases', listed(aliases), listed(aliases).length > 0), members } },
      reason.trim(),
    )
  return (
    <form
      class="card narrow"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <h3>{isNew ? t('registry.addGroup') : t('registry.edit', { name: group.name })}</h3>
      {isNew ? <TextField label={t('registry.groupName')} value={name} onInput={setName} disabled={busy} /> : null}
      <TextField
        label={t('registry.aliases')}
        hint={t('registry.aliasesHint')}
        value={aliases}
        onInput={setAliases}
        disabled={busy}
      />
      <TextArea
        label={t('registry.groupMembers')}
        hint={
          unknown.length > 0
            ? t('planUnits.unknown', { names: unknown.join('、') })
            : t('planUnits.membersHint', { count: members.length })
        }
        value={words}
        onInput={setWords}
        disabled={busy}
      />
      <ReasonAndSave
        {...{ t, busy, reason, setReason, onCancel }}
        isReady={name.trim() !== '' && unknown.length === 0}
      />
    </form>
  )
}

function ReasonAndSave(props: {
  t: ScreenProps['t']
  busy: boolean
  reason: string
  setReason: (reason: string) => void
  onCancel: () => void
  isReady: boolean
}) {
  const { t, busy, reason, setReason, onCancel, isReady } = props
  return (
    <>
      <TextField
        label={t('registry.reason')}
        hint={t('registry.reasonHint')}
        value={reason}
        onInput={setReason}
        disabled={busy}
      />
      <div class="actions">
        <button type="submit" class="button primary" disabled={busy || !isReady || reason.trim() === ''}>
          {t('registry.save')}
        </button>
        <Button disabled={busy} onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </>
  )
}
