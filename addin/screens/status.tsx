/** 报送情况: which unit has reported how much and how far its review has come; whom to remind. */
import { useState } from 'preact/hooks'
import type { ReportStatus, SubmissionList } from '../../domain/protocol.ts'
import { copyText } from '../copy-text.ts'
import { pullStatus } from '../flows/desk.ts'
import { reopenReceipt } from '../flows/submissions.ts'
import { Button } from '../ui/button.tsx'
import { SelectField, TextArea } from '../ui/field.tsx'
import { Screen } from '../ui/screen.tsx'
import { formatTime } from '../ui/time.ts'
import { WaitingDrafts } from './drafts.tsx'
import { backward, type ScreenProps } from './screen-props.ts'
import { orderUnits, STATUS_ORDERS, type StatusOrder, silentUnits } from './status-order.ts'

export function StatusScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const [order, setOrder] = useState<StatusOrder>('silent')
  const { master } = state
  if (!master) return null
  const silent = silentUnits(master.status)
  return (
    <Screen title={t('status.title')} back={backward(props)}>
      <p>{t('status.summary', { units: master.status.length, silent: silent.length })}</p>
      <WaitingDrafts {...props} />
      {silent.length > 0 ? <Reminder {...props} silent={silent} /> : null}
      <SelectField
        label={t('status.order')}
        value={order}
        options={STATUS_ORDERS.map((value) => ({ value, label: t(`status.order.${value}`) }))}
        onInput={(value) => setOrder(STATUS_ORDERS.find((known) => known === value) ?? 'silent')}
      />
      <table class="units status">
        <caption class="visually-hidden">{t('status.title')}</caption>
        <thead>
          <tr>
            {(['rows', 'pending', 'returned', 'accepted', 'errors', 'warnings', 'conflicts'] as const).map((name) => (
              <th key={name} scope="col" class="figure">
                {t(`status.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        {orderUnits(master.status, order).map((unit) => (
          <UnitStatus key={unit.unit} {...props} unit={unit} />
        ))}
      </table>
      <div class="actions">
        <Button disabled={state.busy !== undefined} onClick={() => void pullStatus(flow)}>
          {t('refresh')}
        </Button>
      </div>
    </Screen>
  )
}

/** The name and its last receipt above, the figures below: side by side they would not fit the pane. */
function UnitStatus({ unit, ...props }: ScreenProps & { unit: ReportStatus }) {
  const { t } = props
  const { pending = 0, returned = 0, accepted = 0 } = unit
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={7}>
          <div class="spread">
            <span>
              {unit.unit}
              <span class="hint">
                {unit.lastAt === null ? t('status.silent') : t('status.reported', { at: formatTime(unit.lastAt) })}
              </span>
            </span>
            <LastReceipt {...props} unit={unit.unit} />
          </div>
        </th>
      </tr>
      <tr>
        <td class="figure">
          {unit.submittedRows}/{unit.rows}
        </td>
        <td class="figure">{pending}</td>
        <td class="figure">{returned}</td>
        <td class="figure">{accepted}</td>
        <td class="figure">{unit.errors}</td>
        <td class="figure">
          {unit.warnings}
          {unit.explained ? <span class="hint">{t('status.explained', { count: unit.explained })}</span> : null}
        </td>
        <td class="figure">{unit.openConflicts}</td>
      </tr>
    </tbody>
  )
}

function LastReceipt({ unit, state, flow, t }: ScreenProps & { unit: string }) {
  const last = lastOf(state.submissions ?? [], unit)
  if (!last) return null
  return (
    <Button small disabled={state.busy !== undefined} onClick={() => void reopenReceipt(flow, last.id)}>
      {t('status.receipt', { number: last.number })}
    </Button>
  )
}

/** The list is newest first. */
function lastOf(submissions: SubmissionList['submissions'], unit: string) {
  return submissions.find(({ by, status }) => by === unit && status === 'accepted')
}

/** 复制名单, for a message that asks the units to report; where the browser does not let us copy, the list to copy by hand. */
function Reminder({ silent, t }: ScreenProps & { silent: string[] }) {
  const [copied, setCopied] = useState<boolean>()
  const list = silent.join('、')
  return (
    <div class="stack">
      <div class="actions">
        <Button small onClick={() => void copyText(list).then(setCopied)}>
          {t('status.copySilent', { count: silent.length })}
        </Button>
      </div>
      <p class="hint" aria-live="polite">
        {copied === undefined ? '' : t(copied ? 'status.copied' : 'status.notCopied', { count: silent.length })}
      </p>
      {copied === false ? <TextArea label={t('status.silentUnits')} rows={4} value={list} onInput={() => {}} /> : null}
    </div>
  )
}
