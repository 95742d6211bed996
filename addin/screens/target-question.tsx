/** The question about one target, answered in place; once answered, by whom and when, and the way back. */
import { issueKey } from '../../domain/annotation.ts'
import type { Severity } from '../../domain/issue.ts'
import { ANSWER_WORDS } from '../../domain/messages-verdicts.ts'
import type { TargetAnswer, TargetCheck, Verdict } from '../../domain/targets.ts'
import type { CheckResult, Said } from '../checking-state.ts'
import { annotationKeeper } from '../flows/annotations.ts'
import { answerTarget } from '../flows/targets.ts'
import { Button } from '../ui/button.tsx'
import { formatTime } from '../ui/time.ts'
import { WithdrawButton } from './issue-reason.tsx'
import type { ScreenProps } from './screen-props.ts'
import type { TargetView } from './target-rows.ts'

type Props = ScreenProps & { check: CheckResult; target: TargetView; describedBy: string; answer: Said | undefined }

export function TargetQuestion(props: Props) {
  const { state, flow, t, check, target, describedBy, answer } = props
  if (answer) return <GivenAnswer {...props} answer={answer} />
  const issue = target.asks && !target.told?.reason ? target.told?.issue : undefined
  if (issue?.rowId === undefined) return null
  const { rowId } = issue
  const answers = answersTo(target.check, issue.severity)
  const keeper = annotationKeeper(state, check.spec, { rowId })
  // Only reasons go along with what a reviewer releases: the answer is the reviewer's to give.
  if (answers.length === 0 || keeper === undefined || keeper === 'submission') return null
  return (
    <fieldset class="stack">
      <legend>{t(issue.severity === 'hint' ? 'answer.may' : 'answer.question')}</legend>
      <div class="actions">
        {answers.map((one) => (
          <Button
            key={one}
            small
            describedBy={describedBy}
            disabled={state.busy !== undefined || check.stale}
            onClick={() => void answerTarget(flow, { rowId, code: issueKey(issue), answer: one })}
          >
            {t(`answer.${one}`)}
          </Button>
        ))}
      </div>
      {keeper === 'session' ? <p class="hint">{t('answer.hintHere')}</p> : null}
    </fieldset>
  )
}

function GivenAnswer({ answer, ...props }: Props & { answer: Said }) {
  const { state, t } = props
  const by = t('answer.by', { by: answer.by ?? t('reason.here'), at: formatTime(answer.at) })
  return (
    <div class="reason">
      <p>{isAnswer(answer.text) ? ANSWER_WORDS[answer.text][state.locale] : answer.text}</p>
      <p class="hint">{by}</p>
      <WithdrawButton {...props} reason={answer} />
    </div>
  )
}

function isAnswer(text: string): text is TargetAnswer['answer'] {
  return Object.hasOwn(ANSWER_WORDS, text)
}

/** Where nothing more is owed once it is arranged outside this table. */
const ELSEWHERE: ReadonlySet<Verdict> = new Set(['falls-short', 'not-covered', 'stage-only', 'scope-differs'])

/** The answers that would settle it; an error has to be mended in the text. */
export function answersTo({ verdict, written }: TargetCheck, severity: Severity): TargetAnswer['answer'][] {
  if (severity === 'error') return []
  if (verdict === 'ambiguous') return ['increment', 'cumulative']
  if (verdict === 'cumulative-falls') return ['increment']
  // Figures that make too much together may each be the year so far.
  if (verdict === 'exceeds' && written?.adds && written.several) return ['cumulative']
  return ELSEWHERE.has(verdict) ? ['elsewhere'] : []
}
