/** What of the open sheet is not sent, and why: told before a submission is confirmed, and again on its receipt. */
import type { LeftOut, LeftOutRow } from '../exchange-state.ts'
import { jumpTo } from '../flows/check.ts'
import { isNothingLeftOut, lostRows } from '../flows/left-out.ts'
import { openPull } from '../flows/pull-open.ts'
import { recogniseSheet } from '../flows/recognise.ts'
import { Button } from '../ui/button.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import { PagedList } from '../ui/more.tsx'
import { rowLabel } from './labels.ts'
import type { ScreenProps } from './screen-props.ts'

/** `isSent`: the rest has gone; places in the sheet may have moved since. */
type Props = ScreenProps & { sheet: string; leftOut: LeftOut; isSent?: boolean }

export function LeftOutRows({ sheet, leftOut, isSent = false, ...props }: Props) {
  const { state, flow, t } = props
  if (isNothingLeftOut(leftOut)) return null
  const { rows, missing, own, known } = leftOut
  const lost = lostRows(leftOut).length
  const strays = rows.length - lost
  const busy = state.busy !== undefined
  const way =
    lost > 0 ? (
      <Button small disabled={busy} onClick={() => void recogniseSheet(flow, sheet)}>
        {t('recognise.button')}
      </Button>
    ) : missing.length > 0 ? (
      <Button small disabled={busy} onClick={() => void openPull(flow, sheet)}>
        {t('pull.see')}
      </Button>
    ) : null
  return (
    <section class="stack">
      <MessageBar tone="warning" label={t(isSent ? 'leftOut.wasNotSent' : 'leftOut.notSent')} actions={way}>
        {known < own ? `${t('leftOut.known', { own, known })} ` : ''}
        {lost > 0 ? `${t('leftOut.lost', { rows: lost })} ` : ''}
        {strays > 0 ? `${t('leftOut.strays', { rows: strays })} ` : ''}
        {missing.length > 0 ? t('leftOut.missing', { count: missing.length }) : ''}
      </MessageBar>
      {rows.length > 0 ? (
        <details open={!isSent}>
          <summary>{t('leftOut.rows', { rows: rows.length })}</summary>
          <PagedList
            class="issues"
            items={rows}
            more={(left) => t('more', { left })}
            render={(row) => <LeftOutItem key={row.row} {...props} sheet={sheet} row={row} isSent={isSent} />}
          />
        </details>
      ) : null}
      {missing.length > 0 ? (
        <details>
          <summary>{t('leftOut.missingRows', { count: missing.length })}</summary>
          <PagedList
            class="issues"
            items={missing}
            more={(left) => t('more', { left })}
            render={(rowId) => (
              <li key={rowId} class="issue">
                <p>{rowLabel(state.rows, rowId)}</p>
              </li>
            )}
          />
        </details>
      ) : null}
    </section>
  )
}

type ItemProps = ScreenProps & { sheet: string; row: LeftOutRow; isSent: boolean }

function LeftOutItem({ sheet, row: { row, column, address, task, why }, isSent, state, flow, t }: ItemProps) {
  return (
    <li class="issue warning">
      <p>{task}</p>
      <p class="where" id={`left-out-${row}`}>
        {address} · {t(`leftOut.why.${why}`)}
      </p>
      {isSent ? null : (
        <div class="actions">
          <Button
            small
            disabled={state.busy !== undefined}
            describedBy={`left-out-${row}`}
            onClick={() => void jumpTo(flow, sheet, row, column)}
          >
            {t('check.jump')}
          </Button>
        </div>
      )}
    </li>
  )
}
