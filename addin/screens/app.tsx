/** The pane: its frame, the two live regions that announce, and the screen that the state names. */
import type { ComponentType } from 'preact'
import { useRef } from 'preact/hooks'
import { cancel, type Flow, retry } from '../flows/flow.ts'
import { signOut } from '../flows/session.ts'
import type { Translate } from '../messages.ts'
import type { Notice, State } from '../state.ts'
import { Button } from '../ui/button.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import { ProgressBar } from '../ui/progress.tsx'
import { useKeptFocus } from '../ui/use-kept-focus.ts'
import { OfflineBar } from './offline-bar.tsx'
import { hasOtherPlans } from './plans.tsx'
import { SCREENS } from './screens.ts'

/** `workspace`: what the browser page shows beside the pane, the opened file. */
export function App(props: { state: State; flow: Flow; t: Translate; workspace?: ComponentType }) {
  const { state, flow, t, workspace: Workspace } = props
  const Current = SCREENS[state.screen]
  const main = useRef<HTMLElement>(null)
  useKeptFocus(main, state.busy !== undefined, [state.offline, state.check])
  return (
    <div class={Workspace ? 'app with-workspace' : 'app'}>
      <header>
        <h1>{t('app.name')}</h1>
        {state.me ? (
          <p>
            {state.me.actor.name}
            {state.plan ? ` · ${state.plan.plan.title}` : ''}
          </p>
        ) : null}
      </header>
      <main ref={main}>
        {/* Both regions are always there: readers announce only what changes inside a known one. */}
        <div class="live" role="status">
          {state.busy ? (
            <ProgressBar label={t(state.busy.text)} done={state.busy.done} total={state.busy.total}>
              {state.busy.cancellable ? (
                <div class="actions">
                  <Button small onClick={() => cancel(flow)}>
                    {t('cancel')}
                  </Button>
                </div>
              ) : null}
            </ProgressBar>
          ) : null}
          {state.notice && state.notice.tone !== 'error' ? (
            <NoticeBar notice={state.notice} flow={flow} t={t} busy={state.busy !== undefined} />
          ) : null}
        </div>
        <div class="live" role="alert">
          {state.notice?.tone === 'error' ? (
            <NoticeBar notice={state.notice} flow={flow} t={t} busy={state.busy !== undefined} />
          ) : null}
        </div>
        <OfflineBar {...{ state, flow, t }} />
        <Current key={state.screen} state={state} flow={flow} t={t} />
      </main>
      {Workspace ? (
        <section class="workspace" aria-label={t('app.workspace')}>
          <Workspace />
        </section>
      ) : null}
      {state.me && !state.issuedKeys ? (
        <footer>
          <p>{t('secrecy')}</p>
          <div class="actions">
            {state.plan && state.screen !== 'plans' && hasOtherPlans(state) ? (
              <Button
                small
                disabled={state.busy !== undefined}
                onClick={() => flow.dispatch({ type: 'went', screen: 'plans' })}
              >
                {t('home.otherPlan')}
              </Button>
            ) : null}
            <Button small disabled={state.busy !== undefined} onClick={() => void signOut(flow)}>
              {t('signOut')}
            </Button>
          </div>
        </footer>
      ) : null}
    </div>
  )
}

function NoticeBar({ notice, flow, t, busy }: { notice: Notice; flow: Flow; t: Translate; busy: boolean }) {
  const { tone, text, params, sentence, requestId } = notice
  return (
    <MessageBar
      tone={tone}
      label={t(`tone.${tone}`)}
      actions={
        notice.retry ? (
          <Button small disabled={busy} onClick={() => void retry(flow)}>
            {t('retry')}
          </Button>
        ) : undefined
      }
    >
      {sentence ?? (text ? t(text, params) : '')}
      {notice.also ? ` ${t(notice.also.text, notice.also.params)}` : ''}
      {requestId ? ` ${t('requestId', { id: requestId })}` : ''}
    </MessageBar>
  )
}
