/** 原文, 总表现文 and 报送文本 of a conflict, each with what it changed against the first. */
import { breakdownSpec, type Plan } from '../../domain/plan.ts'
import type { ConflictBody } from '../../domain/protocol.ts'
import { milestoneKeys } from '../../domain/sheet-spec.ts'
import { coveredColumns, type Row } from '../../domain/table.ts'
import { formatTime } from '../ui/time.ts'
import { diffWords } from '../ui/word-diff.ts'
import { columnLabel, planOf } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'

/** A text, the periods that it covers where it is one of several, and what stood there before both changes. */
export type Line = { periods?: string; text: string | undefined; base: string | undefined }

export function ConflictVersions({ conflict, state, t }: ScreenProps & { conflict: ConflictBody }) {
  const { headBy = '', submittedBy, at, status } = conflict
  const lines = linesOf(conflict, state, t)
  const said = { blank: t('change.blank'), colon: t('colon') }
  const isOpen = status === 'open'
  const headLabel = headBy === '' ? 'conflicts.head' : isOpen ? 'conflicts.headBy' : 'conflicts.headThen'
  return (
    <dl class="change versions">
      {conflict.base === undefined && !conflict.versions ? null : (
        <Version {...said} label={t('conflicts.base')} lines={lines.base} />
      )}
      <Version
        {...said}
        label={t(headLabel, { by: headBy })}
        lines={lines.head}
        blank={conflict.kind === 'delete-edit' && (conflict.restored || !isOpen) ? t('outcome.gone') : said.blank}
      />
      <Version
        {...said}
        label={t('conflicts.submittedBy', { by: submittedBy, at: formatTime(at) })}
        lines={lines.submitted}
        blank={conflict.kind === 'edit-delete' ? t('conflicts.wantsDeleted') : said.blank}
      />
    </dl>
  )
}

/** One version under its label; what it changed against the base is marked. */
export function Version({
  label,
  lines,
  blank,
  colon,
}: {
  label: string
  lines: Line[]
  blank: string
  colon: string
}) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {lines.map(({ periods, text, base }) => (
          <p key={periods}>
            {periods === undefined ? '' : `${periods}${colon}`}
            {text === undefined || text === '' ? <em>{blank}</em> : <ChangedText text={text} base={base} />}
          </p>
        ))}
      </dd>
    </div>
  )
}

/** What goes is struck through, what comes is underlined and bold: never color alone. */
function ChangedText({ text, base }: { text: string; base: string | undefined }) {
  if (base === undefined || base === '' || base === text) return text
  const pieces = diffWords(base, text)
  const kept = pieces.reduce((sum, piece) => sum + (piece.kind === 'same' ? piece.text.length : 0), 0)
  // Of a text that was rewritten, marks on every other word would only hide what it says.
  if (kept < text.length / 2) return text
  return pieces.map((piece, i) => {
    // Pieces have no other identity than their place.
    const key = `${i} ${piece.kind}`
    if (piece.kind === 'removed') return <del key={key}>{piece.text}</del>
    return piece.kind === 'added' ? <ins key={key}>{piece.text}</ins> : <span key={key}>{piece.text}</span>
  })
}

type Lines = Record<'base' | 'head' | 'submitted', Line[]>
type Cells = Pick<Row, 'cells' | 'spans'>

/** The texts as they came; of merged cells a line each. */
function linesOf(conflict: ConflictBody, state: ScreenProps['state'], t: ScreenProps['t']): Lines {
  const { base, head, submitted, versions, columns = [], status, rowId } = conflict
  const plan = planOf(state)
  if (!versions || !plan) {
    const line = (text: string | undefined): Line[] => [{ text, base }]
    return { base: line(base), head: line(head), submitted: line(submitted) }
  }
  // While it is open the head may have moved on since it was found.
  const now = status === 'open' ? state.rows?.rows.find((row) => row.rowId === rowId) : undefined
  const inLines = (row: Cells) => linesIn(row, versions.base, columns, plan, t)
  return { base: inLines(versions.base), head: inLines(now ?? versions.head), submitted: inLines(versions.submitted) }
}

/** The cells of a row in these columns, a line each where periods are merged or several, beside what `base` has there. */
export function linesIn(
  row: Cells,
  base: Cells | undefined,
  columns: readonly string[],
  plan: Plan,
  t: ScreenProps['t'],
): Line[] {
  const keys = milestoneKeys(breakdownSpec(plan))
  const covers = (of: Cells, column: string) => coveredColumns({ rowId: '', ...of }, column, keys)
  const cellsOf = (of: Cells) => columns.filter((column) => of.cells[column] !== undefined)
  const before = (covered: readonly string[]) =>
    base &&
    cellsOf(base)
      .filter((column) => covers(base, column).some((key) => covered.includes(key)))
      .map((column) => base.cells[column])
      .join('')
  return cellsOf(row).map((column) => {
    const covered = covers(row, column)
    const from = columnLabel(plan, column)
    const to = columnLabel(plan, covered.at(-1) ?? column)
    const periods = covered.length > 1 ? t('spans.range', { from, to }) : from
    return { ...(columns.length > 1 && { periods }), text: row.cells[column], base: before(covered) }
  })
}
