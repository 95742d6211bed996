/** 单位密钥: a key for a unit, an office or this commission, shown once. */
import { useState } from 'preact/hooks'
import type { Duty, Role } from '../../domain/protocol.ts'
import { createKey } from '../flows/keys.ts'
import { Button } from '../ui/button.tsx'
import { SelectField, TextField } from '../ui/field.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import { Screen } from '../ui/screen.tsx'
import { homeward, type ScreenProps } from './screen-props.ts'
import { SignOffSetting } from './sign-off-setting.tsx'

const ROLES = ['unit', 'commission', 'supervision'] as const satisfies Role[]
const DUTIES = ['reviewer', 'handler'] as const satisfies Duty[]

export function KeysScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const units = (state.plan?.registry.units ?? []).filter(({ to }) => to === undefined)
  const [role, setRole] = useState<(typeof ROLES)[number]>('unit')
  const [unit, setUnit] = useState('')
  const [duty, setDuty] = useState<Duty>('reviewer')
  const [post, setPost] = useState('')
  const busy = state.busy !== undefined
  const ofUnit = role === 'unit' ? { unit, duty } : {}
  const isReady = post.trim() !== '' && (role !== 'unit' || unit !== '')
  return (
    <Screen title={t('keys.title')} back={homeward(props)}>
      <p>{t('keys.intro')}</p>
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
            onInput={setUnit}
            options={[
              { value: '', label: t('keys.chooseUnit') },
              ...units.map(({ name }) => ({ value: name, label: name })),
            ]}
          />
        ) : null}
        {role === 'unit' ? (
          <SelectField
            label={t('keys.duty')}
            value={duty}
            disabled={busy}
            onInput={(value) => setDuty(DUTIES.find((candidate) => candidate === value) ?? 'reviewer')}
            options={DUTIES.map((value) => ({ value, label: t(`duty.${value}`) }))}
          />
        ) : null}
        <TextField label={t('keys.post')} hint={t('keys.postHint')} value={post} onInput={setPost} disabled={busy} />
        <div class="actions">
          <Button
            primary
            disabled={busy || !isReady}
            onClick={() => void createKey(flow, { role, ...ofUnit, post: post.trim() })}
          >
            {t('keys.create')}
          </Button>
        </div>
        {state.newKey ? (
          <MessageBar tone="success" label={t('tone.success')}>
            {t('keys.created', { name: state.newKey.unit ?? t(`role.${state.newKey.role}`) })}
          </MessageBar>
        ) : null}
        {state.newKey ? (
          <TextField label={t('keys.key')} hint={t('keys.once')} value={state.newKey.key} onInput={() => {}} readOnly />
        ) : null}
      </div>
      {state.plan ? <SignOffSetting {...props} /> : null}
    </Screen>
  )
}
