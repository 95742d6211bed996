/** 汇总: where the master stands, and the two ways to take it along. */
import { downloadMaster, drawMaster, pullMaster } from '../flows/master.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmButton } from '../ui/confirm-button.tsx'
import { Screen } from '../ui/screen.tsx'
import { countIssues, MasterIssues } from './master-issues.tsx'
import { homeward, type ScreenProps } from './screen-props.ts'

export function MasterScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const { master } = state
  if (!master) return null
  const busy = state.busy !== undefined
  const open = master.conflicts.filter(({ status }) => status === 'open').length
  const unconfirmed = master.rows.filter((row) => !row.spansConfirmed).length
  const reported = master.status.filter((unit) => unit.submissions > 0).length
  return (
    <Screen title={t('master.title')} back={homeward(props)}>
      <dl class="facts">
        <dt>{t('master.rows')}</dt>
        <dd class="number">{t('master.tasks', { count: master.rows.length })}</dd>
        <dt>{t('master.seq')}</dt>
        <dd class="number">{master.seq}</dd>
        <dt>{t('master.reported')}</dt>
        <dd class="number">{t('master.ofUnits', { reported, units: master.status.length })}</dd>
        <dt>{t('master.conflicts')}</dt>
        <dd class="number">{t('places', { count: open })}</dd>
        <dt>{t('master.unconfirmed')}</dt>
        <dd class="number">{t('master.tasks', { count: unconfirmed })}</dd>
        <dt>{t('master.issues')}</dt>
        <dd class="number">{countIssues(master.issues, t)}</dd>
      </dl>
      <p class="hint">{t('master.drawHint')}</p>
      <div class="actions">
        <Button primary disabled={busy} onClick={() => void drawMaster(flow)}>
          {t('master.draw')}
        </Button>
        {state.hostKind === 'file' ? (
          <Button disabled={busy} onClick={() => void downloadMaster(flow)}>
            {t('master.download')}
          </Button>
        ) : null}
        <Button disabled={busy} onClick={() => void pullMaster(flow, 'master')}>
          {t('refresh')}
        </Button>
      </div>
      <ConfirmButton
        label={t('pull.masterAnew')}
        about={t('pull.masterAnewAbout')}
        confirm={t('pull.masterAnewConfirm')}
        cancel={t('cancel')}
        disabled={busy}
        onConfirm={() => void drawMaster(flow, true)}
      />
      <MasterIssues {...props} issues={master.issues} />
    </Screen>
  )
}
