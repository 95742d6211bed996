/** The two ways to issue: one key with all that it may do, or one for every unit that has none. */
import { useState } from 'preact/hooks'
import type { Duty, Role } from '../../domain/protocol.ts'
import { listUnits } from '../flows/key-requests.ts'
import { issueKeys } from '../flows/keys.ts'
import type { Translate } from '../messages.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmButton } from '../ui/confirm-button.tsx'
import { DateField, SelectField, TextField } from '../ui/field.tsx'
import { StillMissing } from '../ui/still-missing.tsx'
import { useElementId } from '../ui/use-element-id.ts'
import { taskLabel } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'

const ROLES = ['unit', 'commission', 'supervision'] as const satisfies Role[]
const DUTIES = ['reviewer', 'handler'] as const satisfies Duty[]

export function IssueOne(props: ScreenProps) {
  const { state, flow, t } = props
  const [role, setRole] = useState<(typeof ROLES)[number]>('unit')
  const [unit, setUnit] = useState('')
  const [duty, setDuty] = useState<Duty>('reviewer')
  const [post, setPost] = useState('')
  const [expiresOn, setExpiresOn] = useState('')
  const [rows, setRows] = useState<string[]>()
  const busy = state.busy !== undefined
  const missing = useElementId()
  const blank = [
    ...(role === 'unit' && unit === '' ? [t('keys.unit')] : []),
    ...(post.trim() === '' ? [t('keys.post')] : []),
    ...(role === 'unit' && rows?.length === 0 ? [t('keys.chooseRows')] : []),
  ]
  const issue = () =>
    issueKeys(flow, {
      kind: 'one',
      planId: state.plan?.plan.id ?? '',
      body: {
        role,
        ...(role === 'unit' && { unit, duty, ...(rows && { rows }) }),
        post: post.trim(),
        ...(expiresOn !== '' && { expiresOn }),
      },
    })
  return (
    <div class="stack narrow">
      <SelectField
        label={t('keys.role')}
        value={role}
        disabled={busy}
        onInput={(value) => setRole(ROLES.find((candidate) => candidate === value) ?? 'unit')}
        options={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
      />
      {role === 'unit' ? (
        <SelectField
          label={t('keys.unit')}
          value={unit}
          disabled={busy}
          onInput={(value) => {
            setUnit(value)
            setRows(undefined)
          }}
          options={[
            { value: '', label: t('keys.chooseUnit') },
            ...listUnits(state.plan, state.rows).map(({ name }) => ({ value: name, label: name })),
          ]}
        />
      ) : null}
      {role === 'unit' ? <DutyField {...props} duty={duty} onInput={setDuty} /> : null}
      <TextField label={t('keys.post')} hint={t('keys.postHint')} value={post} onInput={setPost} disabled={busy} />
      <DateField label={t('keys.expiresOn')} value={expiresOn} onInput={setExpiresOn} disabled={busy} />
      {role === 'unit' && unit !== '' ? <RowsField {...props} unit={unit} rows={rows} onInput={setRows} /> : null}
      <StillMissing id={missing} text={namesOf(blank, t)} />
      <div class="actions">
        <Button primary disabled={busy || blank.length > 0} describedBy={missing} onClick={() => void issue()}>
          {t('keys.create')}
        </Button>
      </div>
    </div>
  )
}

/** What is not filled in yet, in one line; '' where nothing is missing. */
function namesOf(blank: string[], t: Translate): string {
  return blank.length === 0 ? '' : t('form.missing', { fields: blank.join('、') })
}

function DutyField({ state, t, duty, onInput }: ScreenProps & { duty: Duty; onInput: (duty: Duty) => void }) {
  return (
    <SelectField
      label={t('keys.duty')}
      value={duty}
      disabled={state.busy !== undefined}
      onInput={(value) => onInput(DUTIES.find((candidate) => candidate === value) ?? 'reviewer')}
      options={DUTIES.map((value) => ({ value, label: t(`duty.${value}`) }))}
    />
  )
}

/** `rows`: undefined for all that the unit leads. */
function RowsField({
  state,
  t,
  unit,
  rows,
  onInput,
}: ScreenProps & { unit: string; rows: string[] | undefined; onInput: (rows: string[] | undefined) => void }) {
  const led = state.rows?.rows.filter(({ lead }) => lead.includes(unit)) ?? []
  const busy = state.busy !== undefined
  const toggle = (rowId: string) =>
    onInput(rows?.includes(rowId) ? rows.filter((other) => other !== rowId) : [...(rows ?? []), rowId])
  return (
    <>
      <SelectField
        label={t('keys.scope')}
        value={rows ? 'some' : 'all'}
        disabled={busy}
        onInput={(value) => onInput(value === 'some' ? [] : undefined)}
        options={[
          { value: 'all', label: t('keys.allRows') },
          { value: 'some', label: t('keys.someRows') },
        ]}
      />
      {rows && led.length === 0 ? <p>{t('keys.noRows')}</p> : null}
      {rows
        ? led.map(({ rowId, cells }) => (
            <label key={rowId} class="choice">
              <input type="checkbox" checked={rows.includes(rowId)} disabled={busy} onChange={() => toggle(rowId)} />
              {taskLabel(cells.number ?? '', cells.task ?? '')}
            </label>
          ))
        : null}
    </>
  )
}

/** `units`: those without a working key. */
export function IssueToUnits(props: ScreenProps & { units: string[] }) {
  const { state, flow, t, units } = props
  const [duty, setDuty] = useState<Duty>('reviewer')
  const [post, setPost] = useState('')
  const [expiresOn, setExpiresOn] = useState('')
  const busy = state.busy !== undefined
  const missing = useElementId()
  const count = units.length
  if (count === 0) return <p>{t('keys.unitsNone')}</p>
  const issue = () =>
    issueKeys(flow, {
      kind: 'units',
      planId: state.plan?.plan.id ?? '',
      body: { units, post: post.trim(), duty, ...(expiresOn !== '' && { expiresOn }) },
    })
  return (
    <div class="stack narrow">
      <p>{t('keys.unitsAbout', { count, units: units.join('、') })}</p>
      <DutyField {...props} duty={duty} onInput={setDuty} />
      <TextField label={t('keys.post')} hint={t('keys.postHint')} value={post} onInput={setPost} disabled={busy} />
      <DateField label={t('keys.expiresOn')} value={expiresOn} onInput={setExpiresOn} disabled={busy} />
      <StillMissing id={missing} text={namesOf(post.trim() === '' ? [t('keys.post')] : [], t)} />
      <ConfirmButton
        describedBy={missing}
        label={t('keys.createAll', { count })}
        about={t('keys.createAllAbout', { count })}
        confirm={t('keys.createAllConfirm')}
        cancel={t('cancel')}
        disabled={busy || post.trim() === ''}
        onConfirm={() => void issue()}
      />
    </div>
  )
}
