/** The commission's setting of a plan: whether units release through a 审核 post. */
import { setSignOff } from '../flows/sign-off.ts'
import { ConfirmButton } from '../ui/confirm-button.tsx'
import type { ScreenProps } from './screen-props.ts'

export function SignOffSetting({ state, flow, t }: ScreenProps) {
  const isOn = state.plan?.plan.signOff === 'reviewer'
  return (
    <div class="card">
      <h3>{t('signOff.title')}</h3>
      <p>{t(isOn ? 'signOff.isOn' : 'signOff.isOff')}</p>
      <ConfirmButton
        small
        label={t(isOn ? 'signOff.turnOff' : 'signOff.turnOn')}
        about={t(isOn ? 'signOff.offAbout' : 'signOff.onAbout')}
        confirm={t('signOff.confirm')}
        cancel={t('cancel')}
        disabled={state.busy !== undefined}
        onConfirm={() => void setSignOff(flow, isOn ? 'none' : 'reviewer')}
      />
    </div>
  )
}
