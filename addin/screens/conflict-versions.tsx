/** 原文, 总表现文 and 报送文本 of a conflict, each with what it changed against the first. */
import { breakdownSpec } from '../../domain/plan.ts'
import type { ConflictBody } from '../../domain/protocol.ts'
import { milestoneKeys } from '../../domain/sheet-spec.ts'
import { coveredColumns, type Row } from '../../domain/table.ts'
import { formatTime } from '../ui/time.ts'
import { diffWords } from '../ui/word-diff.ts'
import { columnLabel, planOf } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'

type Versions = { base: string | undefined; head: string | undefined; submitted: string | undefined }

export function ConflictVersions({ conflict, state, t }: ScreenProps & { conflict: ConflictBody }) {
  const { headBy, submittedBy, at } = conflict
  const { base, head, submitted } = textsOf(conflict, state, t)
  const version = { base, blank: t('change.blank') }
  return (
    <dl class="change versions">
      <Version {...version} label={t('conflicts.base')} text={base} />
      <Version {...version} label={headBy ? t('conflicts.headBy', { by: headBy }) : t('conflicts.head')} text={head} />
      <Version
        {...version}
        label={t('conflicts.submittedBy', { by: submittedBy, at: formatTime(at) })}
        text={submitted}
      />
    </dl>
  )
}

/** What goes is struck through, what comes is underlined and bold: never color alone. */
function Version(props: { label: string; text: string | undefined; base: string | undefined; blank: string }) {
  const { label, text, base, blank } = props
  const isPlain = base === undefined || text === base
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {text === undefined || text === '' ? (
          <em>{blank}</em>
        ) : isPlain ? (
          text
        ) : (
          diffWords(base, text).map((piece, i) => {
            // Pieces have no other identity than their place.
            const key = `${i} ${piece.kind}`
            if (piece.kind === 'removed') return <del key={key}>{piece.text}</del>
            return piece.kind === 'added' ? <ins key={key}>{piece.text}</ins> : <span key={key}>{piece.text}</span>
          })
        )}
      </dd>
    </div>
  )
}

/** The texts as they came, or of merged cells each with the periods that it covers, a line each. */
function textsOf(conflict: ConflictBody, state: ScreenProps['state'], t: ScreenProps['t']): Versions {
  const { base, head, submitted, versions, columns = [], status, rowId } = conflict
  const plan = planOf(state)
  if (!versions || !plan) return { base, head, submitted }
  const keys = milestoneKeys(breakdownSpec(plan))
  const inWords = ({ cells, spans = {} }: Pick<Row, 'cells' | 'spans'>) =>
    columns
      .filter((column) => cells[column] !== undefined)
      .map((column) => {
        const covered = coveredColumns({ rowId, cells, spans }, column, keys)
        const from = columnLabel(plan, column)
        const periods =
          covered.length > 1 ? t('spans.range', { from, to: columnLabel(plan, covered.at(-1) ?? column) }) : from
        return `${periods}${t('colon')}${cells[column] || t('change.blank')}`
      })
      .join('\n')
  // While it is open the head may have moved on since it was found.
  const now = status === 'open' ? state.rows?.rows.find((row) => row.rowId === rowId) : undefined
  return { base: inWords(versions.base), head: inWords(now ?? versions.head), submitted: inWords(versions.submitted) }
}
