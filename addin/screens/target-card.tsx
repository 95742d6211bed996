/** One row of 目标核算: its targets, each with the figures of its periods, the sum, the verdict and its picture. */

import { describeQuantity, labelPeriods } from '../../domain/check-report.ts'
import { cellAddress } from '../../domain/grid.ts'
import { VERDICT_WORDS } from '../../domain/messages-verdicts.ts'
import { columnOf } from '../../domain/sheet-spec.ts'
import type { TargetCheck } from '../../domain/targets.ts'
import type { CheckResult } from '../checking-state.ts'
import { FigurePath } from '../ui/figure-path.tsx'
import { useElementId } from '../ui/use-element-id.ts'
import { GivenReason } from './issue-reason.tsx'
import { taskLabel } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'
import { CellText } from './target-cell.tsx'
import { TargetQuestion } from './target-question.tsx'
import type { Found, TargetRowView, TargetView } from './target-rows.ts'

/** The stretch of a cell that is looked at; `target`: in the part of which target, by its subject. */
export type Shown = { rowId: string; target: string; column: string; start: number; end: number }

type Props = ScreenProps & {
  check: CheckResult
  view: TargetRowView
  shown: Shown | undefined
  onShow: (shown: Shown) => void
  onClose: () => void
}

/** Under this name the figures that promise nothing show their cell. */
const UNREAD = ''

export function TargetCard(props: Props) {
  const { view, t, check, onShow } = props
  const { row, targets, unread, read } = view
  const severities = targets.flatMap(({ told }) => (told && !told.reason ? [told.issue.severity] : []))
  const gravest = (['error', 'warning', 'ask', 'hint'] as const).find((severity) => severities.includes(severity))
  const address = row.at === undefined ? '' : `${cellAddress(row.at, check.columns[read.column] ?? 0)} · `
  return (
    <li class={`issue ${gravest ?? ''} target-row`}>
      <h4>
        <span class="hint">{address}</span>
        {taskLabel(row.cells.number ?? '', row.cells.task ?? '')}
      </h4>
      {targets.map((target) => (
        <Target key={target.subject} {...props} target={target} />
      ))}
      {unread.length > 0 ? (
        <p class="hint">
          {t('targets.unread')}
          {unread.map(({ target }) => (
            <FigureButton
              key={target.start}
              text={target.text}
              onClick={() => onShow({ ...placeOf(view, target), target: UNREAD })}
            />
          ))}
        </p>
      ) : null}
      <ShownCell {...props} of={UNREAD} />
    </li>
  )
}

function Target({ target: view, ...props }: Props & { target: TargetView }) {
  const { state, t, view: row, check, onShow } = props
  const { check: judged, found, told, answer, path, subject } = view
  const id = useElementId()
  const severity = told?.issue.severity
  const show = ({ column, start, end }: Pick<Found, 'column' | 'start' | 'end'>) =>
    onShow({ rowId: row.row.rowId, target: subject, column, start, end })
  const words = VERDICT_WORDS[judged.verdict][state.locale]
  const periodsOf = (milestone: number) => labelPeriods(check.spec, row.read.task.milestones[milestone]?.periods ?? [])
  return (
    <section class="target" aria-labelledby={id}>
      <p id={id} class="promise">
        {t('targets.target')}
        {t('colon')}
        <FigureButton
          text={describeQuantity(judged.metric, judged.target)}
          onClick={() => onShow({ ...placeOf(row, judged.target), target: subject })}
        />
      </p>
      {found.length > 0 ? (
        <Figures {...{ t, found, periodsOf, show }} labelledBy={id} />
      ) : (
        <p>{t('targets.noFigures')}</p>
      )}
      <dl class="facts">
        {judged.arithmetic === undefined ? null : (
          <>
            <dt>{t('targets.sum')}</dt>
            <dd class="number">{sumText(judged, state.locale, t)}</dd>
          </>
        )}
        <dt>{t('targets.verdict')}</dt>
        <dd>
          <strong class={`verdict of-${severity ?? 'ok'}`}>
            {severity === undefined || told?.reason ? words : `${words}（${t(`severity.${severity}`)}）`}
          </strong>
        </dd>
      </dl>
      {severity === undefined && judged.severity !== 'ok' && !row.isFilled ? (
        <p class="hint">{t('targets.untold')}</p>
      ) : null}
      {path ? (
        <FigurePath
          kind={path.kind}
          points={path.steps.map((step) => ({ ...step, label: `${periodsOf(step.milestone)} ${step.label}` }))}
          goal={{ value: path.goal.value, label: t('path.target', { target: path.goal.label }) }}
          title={t('path.title', { metric: judged.metric || judged.target.text })}
          about={t(path.kind === 'sum' ? 'path.sum' : 'path.level', {
            points: path.steps.map((step) => `${periodsOf(step.milestone)} ${step.label}`).join(t('comma')),
            target: t('path.target', { target: path.goal.label }),
          })}
        />
      ) : null}
      {told?.reason ? <GivenReason reason={told.reason} t={t} /> : null}
      <TargetQuestion {...props} target={view} describedBy={id} answer={answer} />
      <ShownCell {...props} of={subject} />
    </section>
  )
}

function Figures(props: {
  t: ScreenProps['t']
  found: Found[]
  periodsOf: (milestone: number) => string
  show: (found: Found) => void
  labelledBy: string
}) {
  const { t, found, periodsOf, show, labelledBy } = props
  const milestones = [...new Set(found.map(({ milestone }) => milestone))].sort((a, b) => a - b)
  const hasRoles = found.some(({ role }) => role !== undefined)
  return (
    <table class="figures" aria-labelledby={labelledBy}>
      <thead>
        <tr>
          <th scope="col">{t('targets.period')}</th>
          <th scope="col">{t(hasRoles ? 'targets.figure' : 'targets.steps')}</th>
          {hasRoles ? <th scope="col">{t('targets.role')}</th> : null}
        </tr>
      </thead>
      <tbody>
        {milestones.map((milestone) => {
          const here = found.filter((one) => one.milestone === milestone)
          const roles = [...new Set(here.flatMap(({ role }) => (role === undefined ? [] : [t(`role.${role}`)])))]
          return (
            <tr key={milestone}>
              <th scope="row">{periodsOf(milestone)}</th>
              <td>
                {here.map((one) => (
                  <FigureButton
                    key={one.start}
                    text={one.quantity ? one.text : shorten(one.text)}
                    onClick={() => show(one)}
                  />
                ))}
              </td>
              {hasRoles ? <td>{roles.join('、')}</td> : null}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** So much of a clause tells which one is meant; pressed, it is shown whole. */
const LONGEST_CLAUSE = 30

function shorten(clause: string): string {
  const characters = [...clause]
  return characters.length > LONGEST_CLAUSE ? `${characters.slice(0, LONGEST_CLAUSE).join('')}…` : clause
}

function FigureButton({ text, onClick }: { text: string; onClick: () => void }) {
  return (
    <button type="button" class="figure-button" onClick={onClick}>
      {text.replace(/\s*[\r\n]\s*/g, '')}
    </button>
  )
}

function ShownCell({ of, shown, view: { row }, check, t, onClose }: Props & { of: string }) {
  if (shown?.target !== of) return null
  const { column, start, end } = shown
  const at = check.columns[column]
  const address = row.at === undefined || at === undefined ? '' : cellAddress(row.at, at)
  const header = (columnOf(check.spec, column)?.header ?? column).replace(/\s+/g, '')
  return (
    <CellText
      title={t('cell.title', { address, header })}
      text={row.cells[column] ?? ''}
      start={start}
      end={end}
      close={t('cell.close')}
      onClose={onClose}
    />
  )
}

function placeOf({ row, read }: TargetRowView, { start, end }: { start: number; end: number }) {
  return { rowId: row.rowId, column: read.column, start, end }
}

/** The arithmetic in one line; the domain writes it in Chinese, so that English is put together from its figures. */
function sumText({ arithmetic = '', written }: TargetCheck, locale: 'zh' | 'en', t: ScreenProps['t']): string {
  if (locale === 'zh' || !written) return arithmetic
  const { figures, reached, target, gap, several, adds } = written
  const left = !several ? reached : adds ? t('targets.sumAdded', { figures, reached }) : figures
  const sum = t('targets.sumTarget', { reached: left, target })
  return gap === '' ? sum : t('targets.sumGap', { sum, gap })
}
