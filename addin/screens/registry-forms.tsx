/** The forms of 单位名录: one unit, or one group of units, to be added or corrected with a reason. */
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { readMembers } from '../../domain/unit-decisions.ts'
import type { RegistryGroup, RegistryUnit } from '../flows/registry.ts'
import { Button } from '../ui/button.tsx'
import { DateField, SelectField, TextArea, TextField } from '../ui/field.tsx'
import type { ScreenProps } from './screen-props.ts'

type FormProps<Edited> = ScreenProps & {
  editing: Edited & { isNew?: boolean }
  onSave: (change: Edited, reason: string) => Promise<void>
  onCancel: () => void
}

/** A unit, under its name of today. */
export function UnitForm(props: FormProps<{ unit: RegistryUnit }>) {
  const { editing, onSave, state, t } = props
  const { unit, isNew } = editing
  const [former, setFormer] = useState((unit.formerNames ?? []).join('、'))
  const [from, setFrom] = useState(unit.from ?? '')
  const [to, setTo] = useState(unit.to ?? '')
  const [successor, setSuccessor] = useState(unit.successor ?? '')
  const busy = state.busy !== undefined
  const others = (state.plan?.registry.units ?? []).filter(({ id }) => id !== unit.id)
  const save = (common: Common, reason: string) => {
    const formerNames = listed(former)
    const own = {
      ...(formerNames.length > 0 && { formerNames }),
      ...(from !== '' && { from }),
      ...(to !== '' && { to }),
      ...(successor !== '' && { successor }),
    }
    void onSave({ unit: { id: unit.id, ...common, ...own } }, reason)
  }
  return (
    <EntryForm
      {...props}
      entry={unit}
      heading={isNew ? t('registry.addUnit') : t('registry.edit', { name: unit.name })}
      nameLabel={t('registry.name')}
      nameHint={isNew ? undefined : t('registry.nameHint')}
      onSave={save}
    >
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
    </EntryForm>
  )
}

/** A group, which keeps its name. */
export function GroupForm(props: FormProps<{ group: RegistryGroup }>) {
  const { editing, onSave, state, t } = props
  const { group, isNew } = editing
  const [words, setWords] = useState((group.members ?? []).join('、'))
  const { members, unknown } = readMembers(words, state.plan?.registry ?? { units: [] })
  return (
    <EntryForm
      {...props}
      entry={group}
      heading={isNew ? t('registry.addGroup') : t('registry.edit', { name: group.name })}
      nameLabel={isNew ? t('registry.groupName') : undefined}
      isReady={unknown.length === 0}
      onSave={(common, reason) => void onSave({ group: { ...common, members } }, reason)}
    >
      <TextArea
        label={t('registry.groupMembers')}
        hint={
          unknown.length > 0
            ? t('planUnits.unknown', { names: unknown.join('、') })
            : t('planUnits.membersHint', { count: members.length })
        }
        value={words}
        onInput={setWords}
        disabled={state.busy !== undefined}
      />
    </EntryForm>
  )
}

/** What unit and group have in common. */
type Common = Pick<RegistryGroup, 'name' | 'aliases'>

/** `children`: the fields that only one of them has. Without `nameLabel` the name stays as it is. */
function EntryForm(props: {
  t: ScreenProps['t']
  state: ScreenProps['state']
  entry: Common
  heading: string
  nameLabel: string | undefined
  nameHint?: string | undefined
  isReady?: boolean
  onSave: (common: Common, reason: string) => void
  onCancel: () => void
  children: ComponentChildren
}) {
  const { t, state, entry, heading, nameLabel, nameHint, isReady = true, onSave, onCancel, children } = props
  const [name, setName] = useState(entry.name)
  const [words, setWords] = useState((entry.aliases ?? []).join('、'))
  const [reason, setReason] = useState('')
  const busy = state.busy !== undefined
  const aliases = listed(words)
  const isFilled = name.trim() !== '' && reason.trim() !== ''
  return (
    <form
      class="card narrow"
      onSubmit={(event) => {
        event.preventDefault()
        onSave({ name: name.trim(), ...(aliases.length > 0 && { aliases }) }, reason.trim())
      }}
    >
      <h3>{heading}</h3>
      {nameLabel !== undefined && (
        <TextField label={nameLabel} hint={nameHint} value={name} onInput={setName} disabled={busy} />
      )}
      <TextField
        label={t('registry.aliases')}
        hint={t('registry.aliasesHint')}
        value={words}
        onInput={setWords}
        disabled={busy}
      />
      {children}
      <TextField
        label={t('registry.reason')}
        hint={t('registry.reasonHint')}
        value={reason}
        onInput={setReason}
        disabled={busy}
      />
      <div class="actions">
        <button type="submit" class="button primary" disabled={busy || !isReady || !isFilled}>
          {t('registry.save')}
        </button>
        <Button disabled={busy} onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}

/** Names as people list them: 县教育局、教育委员会. */
function listed(text: string): string[] {
  return text.split(/[、，,；;\n]+/).flatMap((word) => word.trim() || [])
}
