/** 单位密钥: who has one and who has none, and all that the commission does with keys. */
import { listUnits, unitsWithoutKey } from '../flows/key-requests.ts'
import { pullKeys } from '../flows/keys.ts'
import { Button } from '../ui/button.tsx'
import { Screen } from '../ui/screen.tsx'
import { IssueOne, IssueToUnits } from './keys-issue.tsx'
import { KeyList } from './keys-list.tsx'
import { LostKeysCard } from './keys-lost.tsx'
import { homeward, type ScreenProps } from './screen-props.ts'
import { SignOffSetting } from './sign-off-setting.tsx'

export function KeysScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const keys = state.keys ?? []
  const missing = unitsWithoutKey(state.plan, state.rows, keys)
  const answering = listUnits(state.plan, state.rows).filter(({ answers }) => answers)
  const active = keys.filter(({ state }) => state === 'active').length
  return (
    <Screen title={t('keys.title')} back={homeward(props)}>
      <p>{t('keys.summary', { active, units: answering.length, missing: missing.length })}</p>
      {state.lostKeys ? <LostKeysCard {...props} lost={state.lostKeys} /> : <IssueCards {...props} missing={missing} />}
      <KeyList {...props} keys={keys} missing={missing} />
      <div class="actions">
        <Button disabled={state.busy !== undefined} onClick={() => void pullKeys(flow)}>
          {t('refresh')}
        </Button>
      </div>
      {state.plan ? <SignOffSetting {...props} /> : null}
    </Screen>
  )
}

/** Not while an earlier request is in doubt: asking twice makes two. */
function IssueCards(props: ScreenProps & { missing: string[] }) {
  const { t, missing } = props
  return (
    <>
      <p>{t('keys.intro')}</p>
      <details class="card">
        <summary>{t('keys.units')}</summary>
        <IssueToUnits {...props} units={missing} />
      </details>
      <details class="card">
        <summary>{t('keys.one')}</summary>
        <IssueOne {...props} />
      </details>
    </>
  )
}
