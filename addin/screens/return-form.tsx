/** 退回: which cell, or the whole row, and what is to be mended; common reasons are there to start from. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { breakdownSpec } from '../../domain/plan.ts'
import type { ServerRow } from '../../domain/protocol.ts'
import { LONGEST_REASON } from '../flows/annotations.ts'
import { returnableColumns, returnRow } from '../flows/review.ts'
import type { MessageKey } from '../messages.ts'
import { Button } from '../ui/button.tsx'
import { SelectField, TextArea } from '../ui/field.tsx'
import { columnLabel, planOf } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'

/** What is most often to be mended, as texts to start from. */
const COMMON_REASONS: readonly MessageKey[] = [
  'returnReason.vague',
  'returnReason.sum',
  'returnReason.order',
  'returnReason.period',
  'returnReason.changed',
  'returnReason.wording',
]

const WHOLE_ROW = ''

/** `start`: the column chosen first. Takes the focus when it opens. What was written stays while the row's text is read anew. */
export function ReturnForm(
  props: ScreenProps & { row: ServerRow; start: string | undefined; describedBy: string; onClose: () => void },
) {
  const { row, start, describedBy, onClose, state, flow, t } = props
  const root = useRef<HTMLDivElement>(null)
  const plan = planOf(state)
  const columns = plan ? returnableColumns(breakdownSpec(plan), row.cells) : []
  const [column, setColumn] = useState(start !== undefined && columns.includes(start) ? start : WHOLE_ROW)
  const [reason, setReason] = useState('')
  useLayoutEffect(() => root.current?.querySelector('select')?.focus(), [])
  const busy = state.busy !== undefined
  const isLost = column !== WHOLE_ROW && !columns.includes(column)
  const send = async () => {
    if (await returnRow(flow, row, column === WHOLE_ROW ? undefined : column, reason.trim())) onClose()
  }
  return (
    <div ref={root} class="stack">
      <SelectField
        label={t('return.where')}
        value={column}
        disabled={busy}
        options={[
          ...columns.map((key) => ({ value: key, label: columnLabel(plan, key) })),
          { value: WHOLE_ROW, label: t('return.wholeRow') },
        ]}
        onInput={setColumn}
      />
      <SelectField
        label={t('return.common')}
        value=""
        disabled={busy}
        options={[
          { value: '', label: t('return.choose') },
          ...COMMON_REASONS.map((key) => ({ value: key, label: t(key) })),
        ]}
        onInput={(key) => {
          const known = COMMON_REASONS.find((candidate) => candidate === key)
          if (known)
            setReason(
              [reason.trim(), t(known)]
                .filter((part) => part !== '')
                .join('\n')
                .slice(0, LONGEST_REASON),
            )
        }}
      />
      <TextArea
        label={t('return.reason')}
        hint={t('return.hint', { most: LONGEST_REASON })}
        rows={3}
        maxLength={LONGEST_REASON}
        value={reason}
        disabled={busy}
        onInput={setReason}
      />
      <div class="actions">
        <Button
          small
          primary
          describedBy={describedBy}
          disabled={busy || isLost || reason.trim() === ''}
          onClick={() => void send()}
        >
          {t('return.send')}
        </Button>
        <Button small describedBy={describedBy} disabled={busy} onClick={onClose}>
          {t('cancel')}
        </Button>
      </div>
    </div>
  )
}
