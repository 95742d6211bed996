/** 撤销, with what it takes back. */
import { cellAddress } from '../../domain/grid.ts'
import type { CheckResult } from '../checking-state.ts'
import { undoFix } from '../flows/fix.ts'
import { Button } from '../ui/button.tsx'
import { useElementId } from '../ui/use-element-id.ts'
import type { ScreenProps } from './screen-props.ts'

/** So much of the former text tells which it was. */
const LENGTH = 24

export function UndoButton({ state, flow, t, check }: ScreenProps & { check: CheckResult }) {
  const id = useElementId()
  const last = state.undo.at(-1)
  const [first] = last?.fix ?? []
  if (!last || !first) return null
  const row = check.sheet === last.sheet ? check.table.find(({ rowId }) => rowId === first.rowId)?.at : undefined
  const place = row === undefined ? undefined : cellAddress(row, check.columns[first.column] ?? 0)
  const at = place ?? last.sheet
  const characters = [...first.to]
  const text = characters.length > LENGTH ? `${characters.slice(0, LENGTH).join('')}…` : first.to
  const words =
    last.fix.length > 1
      ? t('undo.several', { count: last.fix.length, at })
      : t(first.to === '' ? 'undo.blank' : 'undo.one', { at, text })
  const before = state.undo.length - 1
  return (
    <div class="actions">
      <Button disabled={state.busy !== undefined} describedBy={id} onClick={() => void undoFix(flow)}>
        {t('fix.undo')}
      </Button>
      <p id={id} class="hint">
        {words}
        {before > 0 ? t('undo.before', { count: before }) : ''}
      </p>
    </div>
  )
}
