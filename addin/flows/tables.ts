/** 本工作簿中的表: which of its sheets carry a plan's table, and which of them is worked on. */
import { nameUnitSheets } from '../../domain/unit-sheets.ts'
import { HostFailure } from '../sheet-host.ts'
import type { CarriedTable, State } from '../state.ts'
import type { Flow } from './flow.ts'
import { readLedgerInfos } from './reading.ts'

/**
 * Reads the list anew. Nothing is shown where the host cannot say now (a cell is being edited, no file is open): the
 * list is a help, and nobody asked for it.
 */
export async function readTables(flow: Flow): Promise<void> {
  const read = await listTables(flow).catch((error) => {
    if (error instanceof HostFailure) return { tables: [], isWorkbookOpen: true, sheetInFront: undefined }
    throw error
  })
  const { tables, isWorkbookOpen, sheetInFront } = flow.state()
  if (JSON.stringify(read) !== JSON.stringify({ tables, isWorkbookOpen, sheetInFront }))
    flow.dispatch({ type: 'tablesRead', ...read })
}

type ReadTables = { tables: CarriedTable[]; isWorkbookOpen: boolean; sheetInFront: string | undefined }

async function listTables(flow: Flow): Promise<ReadTables> {
  const sheets = await flow.host.sheets()
  if (!sheets) return { tables: [], isWorkbookOpen: false, sheetInFront: undefined }
  const infos = await readLedgerInfos(flow)
  // A sheet that was deleted or renamed leaves its block behind.
  const tables = infos
    .filter(({ sheet }) => sheets.names.includes(sheet))
    .map((info) => ({ ...info, isInFront: info.sheet === sheets.active }))
  return { tables, isWorkbookOpen: true, sheetInFront: sheets.active }
}

/** Base name of the sheet that 生成我的表 makes. */
export const MY_SHEET = '我的任务分解表'

/** The sheet of the open plan that was made for this unit, by itself or by the commission; the newest where there are several. */
export function findMySheet({ me, plan, tables = [] }: State): CarriedTable | undefined {
  const unit = me?.actor.name ?? ''
  const [handedOut] = nameUnitSheets([unit])
  const isMine = ({ sheet, ...table }: CarriedTable) =>
    table.planId === plan?.plan.id &&
    !table.complete &&
    (table.unit === undefined || table.unit === unit) &&
    (sheet.startsWith(MY_SHEET) || sheet === handedOut)
  return tables.filter(isMine).at(-1)
}
