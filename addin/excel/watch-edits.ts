/**
 * Tells when somebody edited a sheet. Handlers see edits only, not merging, filtering or other
 * add-ins' bookkeeping: what they say is a hint to look again, never a record of what changed.
 */
import type { Area } from '../../domain/grid.ts'
import { HostFailure, PASSING_FAILURES } from '../sheet-host.ts'
import { runExcel } from './run-excel.ts'

/** How long to wait before asking again while Excel is busy or a cell is being edited. */
const RETRY_MS = 3000

/** Calls back with the sheet's name after each edit that is not ours, and where that was; returns what ends it. */
export function watchEdits(onChange: (sheet: string, area?: Area) => void): () => void {
  let ended = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let registration: OfficeExtension.EventHandlerResult<Excel.WorksheetChangedEventArgs> | undefined

  const onEvent = async (event: Excel.WorksheetChangedEventArgs) => {
    // Our own writes switch events off; triggerSource (ExcelApi 1.14) catches what slips through.
    if (ended || event.triggerSource === 'ThisLocalAddin') return
    let name = await sheetName(event.worksheetId)
    // Whoever goes on typing in the next cell keeps Excel from answering; the edit before would stay unseen.
    while (name === 'later' && !ended) {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
      name = await sheetName(event.worksheetId)
    }
    const isOfTexts = event.changeType === 'RangeEdited'
    if (typeof name === 'object' && !ended) onChange(name.name, isOfTexts ? parseArea(event.address) : undefined)
  }
  const register = async () => {
    try {
      await runExcel(async (context) => {
        registration = context.workbook.worksheets.onChanged.add(onEvent)
        await context.sync()
      })
      if (ended) await remove()
    } catch (error) {
      if (!(error instanceof HostFailure)) throw error
      if (!ended) timer = setTimeout(register, RETRY_MS)
    }
  }
  const remove = async () => {
    const ending = registration
    registration = undefined
    if (!ending) return
    await Excel.run(ending.context, async (context) => {
      ending.remove()
      await context.sync()
    })
  }

  void register()
  return () => {
    ended = true
    clearTimeout(timer)
    // With the pane closing or a cell being edited this may fail; `ended` already keeps the handler silent.
    void remove().catch(() => undefined)
  }
}

/** Undefined where the sheet is gone, or where Excel does not answer for a reason that stays. */
async function sheetName(id: string): Promise<{ name: string } | 'later' | undefined> {
  try {
    return await runExcel(async (context) => {
      const sheet = context.workbook.worksheets.getItemOrNullObject(id)
      sheet.load('name')
      await context.sync()
      return sheet.isNullObject ? undefined : { name: sheet.name }
    })
  } catch (error) {
    if (error instanceof HostFailure) return PASSING_FAILURES.includes(error.code) ? 'later' : undefined
    throw error
  }
}

/** Of a cell or a rectangle (C5, C5:D6); undefined for whole rows or columns and for several areas. */
export function parseArea(address: string): Area | undefined {
  const [, left, top, right = left, bottom = top] =
    /^([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?$/.exec(address) ?? []
  if (left === undefined || right === undefined) return undefined
  const [row, column] = [Number(top) - 1, columnAt(left)]
  return { row, column, rows: Number(bottom) - row, columns: columnAt(right) - column + 1 }
}

/** A → 0, AA → 26. */
function columnAt(name: string): number {
  return [...name].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}
