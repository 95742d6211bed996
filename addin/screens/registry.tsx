/** 单位名录: names, aliases and groups by which cells of units are read; the commission adds and corrects them. */
import { useState } from 'preact/hooks'
import { changeRegistry, newUnitId, type RegistryGroup, type RegistryUnit } from '../flows/registry.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { PagedList } from '../ui/more.tsx'
import { Screen } from '../ui/screen.tsx'
import { GroupForm, UnitForm } from './registry-forms.tsx'
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
