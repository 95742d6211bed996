/** 另行改定: another text for one cell, or the covered cells of a row with which periods are merged. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { breakdownSpec } from '../../domain/plan.ts'
import type { ConflictBody } from '../../domain/protocol.ts'
import { milestoneKeys } from '../../domain/sheet-spec.ts'
import type { Decision } from '../flows/conflicts.ts'
import { cellsOfParts, type Part, partsOf, resizePart } from '../flows/partition.ts'
import { Button } from '../ui/button.tsx'
import { SelectField, TextArea } from '../ui/field.tsx'
import { columnLabel, planOf } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'

type Edited = Pick<Decision, 'text' | 'cells' | 'spans'>
type Props = ScreenProps & { conflict: ConflictBody; onSave: (edited: Edited) => void }

/** Whether there is a text to begin with: of a deleted row, the row as the edit brings it back. */
export function isEditable(state: ScreenProps['state'], conflict: ConflictBody): boolean {
  return (
    conflict.kind === 'cell' || (editedColumns(state, conflict).length > 0 && startOf(state, conflict) !== undefined)
  )
}

/** Takes the focus into its first text when it opens. */
export function ConflictEditor(props: Props) {
  const { state, conflict } = props
  const root = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => root.current?.querySelector('textarea')?.focus(), [])
  return (
    <div ref={root} class="stack">
      {conflict.kind === 'cell' ? (
        <TextEditor {...props} />
      ) : (
        <CellsEditor {...props} columns={editedColumns(state, conflict)} />
      )}
    </div>
  )
}

function TextEditor({ conflict, onSave, state, t }: Props) {
  const [text, setText] = useState(conflict.head ?? '')
  const busy = state.busy !== undefined
  return (
    <>
      <TextArea label={t('conflicts.editedText')} value={text} onInput={setText} disabled={busy} />
      <Saving {...{ t, busy }} disabled={text.trim() === ''} onSave={() => onSave({ text })} />
    </>
  )
}

function CellsEditor({ conflict, columns, onSave, state, t }: Props & { columns: string[] }) {
  const head = startOf(state, conflict) ?? { cells: {} }
  const submitted = conflict.versions?.submitted
  const [parts, setParts] = useState<Part[]>(partsOf(head, columns))
  const busy = state.busy !== undefined
  const plan = planOf(state)
  const label = (at: number) => columnLabel(plan, columns[at] ?? '')
  return (
    <fieldset class="stack">
      <legend>{t('conflicts.editedCells')}</legend>
      {submitted ? (
        <div class="actions">
          <Button small disabled={busy} onClick={() => setParts(partsOf(head, columns))}>
            {t('conflicts.fromHead')}
          </Button>
          <Button small disabled={busy} onClick={() => setParts(partsOf(submitted, columns))}>
            {t('conflicts.fromSubmitted')}
          </Button>
        </div>
      ) : null}
      {parts.map((part, i) => (
        <div key={part.from} class="stack">
          <TextArea
            label={
              part.to > part.from ? t('spans.range', { from: label(part.from), to: label(part.to) }) : label(part.from)
            }
            rows={3}
            value={part.text}
            disabled={busy}
            onInput={(text) => setParts(parts.map((other, at) => (at === i ? { ...other, text } : other)))}
          />
          {part.from < columns.length - 1 ? (
            <SelectField
              label={t('conflicts.mergedTo', { from: label(part.from) })}
              value={String(part.to)}
              disabled={busy}
              options={columns.flatMap((_, at) => (at < part.from ? [] : [{ value: String(at), label: label(at) }]))}
              onInput={(value) => setParts(resizePart(parts, i, Number(value)))}
            />
          ) : null}
        </div>
      ))}
      <p class="hint">{t('conflicts.mergeHint')}</p>
      <Saving {...{ t, busy }} onSave={() => onSave(withRestored(cellsOfParts(parts, columns), conflict, columns))} />
    </fieldset>
  )
}

function Saving(props: { t: ScreenProps['t']; busy: boolean; disabled?: boolean; onSave: () => void }) {
  const { t, busy, disabled = false, onSave } = props
  return (
    <div class="actions">
      <Button small primary disabled={busy || disabled} onClick={onSave}>
        {t('conflicts.saveEdited')}
      </Button>
    </div>
  )
}

/** The columns that a conflict is about; of a row conflict, its milestones. */
function editedColumns(state: ScreenProps['state'], { columns }: ConflictBody): string[] {
  const plan = planOf(state)
  return columns ?? (plan ? milestoneKeys(breakdownSpec(plan)) : [])
}

function startOf(state: ScreenProps['state'], { rowId, restored }: ConflictBody) {
  return restored ?? state.rows?.rows.find((row) => row.rowId === rowId)
}

/** With a deleted row come back what the edit changed in its other columns. */
function withRestored(edited: Edited, { restored }: ConflictBody, columns: readonly string[]): Edited {
  if (!restored) return edited
  const others = Object.entries(restored.cells).filter(([column]) => !columns.includes(column))
  return { ...edited, cells: { ...Object.fromEntries(others), ...edited.cells } }
}
