/** 本工作簿中的表: whose table stands on which sheet, which one is worked on, and how to work on another. */
import { useEffect } from 'preact/hooks'
import { runQuietly } from '../flows/flow.ts'
import { recogniseSheet } from '../flows/recognise.ts'
import { openPlan } from '../flows/session.ts'
import { readTables } from '../flows/tables.ts'
import { takeInFront } from '../flows/take-in-front.ts'
import type { CarriedTable } from '../state.ts'
import { Button } from '../ui/button.tsx'
import { formatTime } from '../ui/time.ts'
import type { ScreenProps } from './screen-props.ts'

/** Read when the screen opens, after work that may have changed it, and when another file is opened. */
export function SheetList(props: ScreenProps) {
  const { state, flow, t } = props
  const busy = state.busy !== undefined
  useEffect(() => {
    if (!busy) void look(flow)
  }, [flow, busy])
  useEffect(() => {
    // In Excel a pane belongs to one workbook, and every edit would be heard.
    if (flow.host.kind === 'file') return flow.host.watch(() => void look(flow))
  }, [flow])
  const tables = state.tables ?? []
  const isUnit = state.me?.actor.role === 'unit'
  const isOthers = ({ unit }: CarriedTable) => isUnit && unit !== undefined && unit !== state.me?.actor.name
  const shown = tables.filter((table) => !isOthers(table))
  const hidden = tables.length - shown.length
  if (tables.length === 0) return null
  return (
    <section class="stack">
      <h3>{t('sheets.title')}</h3>
      <ul class="sheets">
        {shown.map((table) => (
          <SheetItem key={table.sheet} {...props} table={table} />
        ))}
      </ul>
      {hidden > 0 ? <p class="hint">{t('sheets.others', { count: hidden })}</p> : null}
    </section>
  )
}

function look(flow: ScreenProps['flow']): Promise<void> {
  return runQuietly(flow, async () => {
    await readTables(flow)
    await takeInFront(flow)
  })
}

function SheetItem({ table, state, flow, t }: ScreenProps & { table: CarriedTable }) {
  const { sheet, planId, planTitle, pulledAt } = table
  const busy = state.busy !== undefined
  const isHere = planId === state.plan?.plan.id
  const isCurrent = isHere && sheet === state.sheet
  const known = state.me?.plans.find(({ id }) => id === planId)
  const about = [
    isHere ? describeRange(table, t) : t('sheets.otherPlan', { plan: known?.title ?? planTitle ?? planId }),
    ...(pulledAt === undefined ? [] : [t('sheets.pulled', { at: formatTime(pulledAt) })]),
  ]
  return (
    <li aria-current={isCurrent ? 'true' : undefined}>
      <div>
        <p>
          {isCurrent ? <strong>{sheet}</strong> : sheet}
          {isCurrent ? t('sheets.current') : ''}
        </p>
        <p class="hint">{about.join(t('comma'))}</p>
        {!isHere && !known ? <p class="hint">{t('sheets.notSeen')}</p> : null}
      </div>
      {isHere && !isCurrent ? (
        <Button small disabled={busy} onClick={() => void recogniseSheet(flow, sheet)}>
          {t('sheets.use')}
        </Button>
      ) : null}
      {!isHere && known ? (
        <Button small disabled={busy} onClick={() => void openPlan(flow, planId)}>
          {t('sheets.openPlan')}
        </Button>
      ) : null}
    </li>
  )
}

function describeRange({ complete, unit }: CarriedTable, t: ScreenProps['t']): string {
  if (complete) return t('sheets.complete')
  return unit === undefined ? t('sheets.part') : t('sheets.ofUnit', { unit })
}
