/** 分发报送表: a workbook for one unit, or one with a sheet for each, saved as a file to send round. */
import { ledgerSheet } from '../../domain/carrier.ts'
import type { PlanDetail, RowList } from '../../domain/protocol.ts'
import type { SheetModel } from '../../domain/sheet-model.ts'
import {
  drawContents,
  drawUnitSheet,
  leadUnitsOf,
  nameUnitSheets,
  rowsOfUnit,
  unitLedger,
} from '../../domain/unit-sheets.ts'
import { Offline } from '../api.ts'
import { XLSX_TYPE } from '../save-file.ts'
import { type Flow, notice, run, type Step } from './flow.ts'

/** `unit`: one of the lead units; without it all of them. `supporting`: also the rows that a unit supports. */
export type HandOut = { unit?: string | undefined; supporting: boolean }

/** Reads the rows anew, so that the screen tells of them as they are, and opens it. */
export function openHandOut(flow: Flow): Promise<void> {
  return run(flow, 'busy.master', async () => {
    if (await pullRows(flow)) flow.dispatch({ type: 'went', screen: 'handOut' })
  })
}

/** Saves the workbook with the newest rows. */
export function handOut(flow: Flow, asked: HandOut): Promise<void> {
  return run(
    flow,
    'busy.handOut',
    async (step) => {
      const pulled = await pullRows(flow)
      if (!pulled) return
      const at = flow.now().toISOString()
      const models = await drawUnits(pulled, asked, at, step)
      const { writeWorkbook } = await import('../../xlsx/write.ts').catch(() => {
        throw new Offline()
      })
      const { title } = pulled.plan.plan
      const bytes = await writeWorkbook(models, { title, created: at })
      step.signal.throwIfAborted()
      const file = `${fileName(`${title}报送表（${asked.unit ?? '各单位'}）`)}.xlsx`
      flow.save(file, new Blob([new Uint8Array(bytes)], { type: XLSX_TYPE }))
      const units = asked.unit === undefined ? models.length - 2 : 1
      notice(flow, { tone: 'success', text: 'handOut.saved', params: { file, units } })
    },
    { cancellable: true },
  )
}

type Pulled = { plan: PlanDetail; rows: RowList }

async function pullRows(flow: Flow): Promise<Pulled | undefined> {
  const { plan } = flow.state()
  if (!plan) return undefined
  const rows = await flow.api.rows(plan.plan.id)
  flow.dispatch({ type: 'rowsPulled', rows })
  return { plan, rows }
}

/** The sheets of the units, before them the contents where there are several, behind them what the workbook carries. */
async function drawUnits({ plan, rows }: Pulled, asked: HandOut, at: string, step: Step): Promise<SheetModel[]> {
  const units = asked.unit === undefined ? leadUnitsOf(rows.rows) : [asked.unit]
  const names = nameUnitSheets(units)
  const sheets: SheetModel[] = []
  const contents: Parameters<typeof drawContents>[1][number][] = []
  for (const [i, unit] of units.entries()) {
    const name = names[i] ?? unit
    const own = rowsOfUnit(rows.rows, unit, plan.registry)
    sheets.push(drawUnitSheet(plan.plan, { ...own, order: rows.rows }, { name, supporting: asked.supporting }))
    contents.push({
      unit,
      sheet: name,
      lead: own.lead.length,
      supporting: asked.supporting ? own.supporting.length : 0,
    })
    step.progress(i + 1, units.length)
    await breathe()
    step.signal.throwIfAborted()
  }
  const ledger = ledgerSheet(units.map((unit, i) => unitLedger(plan.plan, unit, names[i] ?? unit, at)))
  return asked.unit === undefined ? [drawContents(plan.plan, contents, at), ...sheets, ledger] : [...sheets, ledger]
}

/** Lets the pane draw and the person press 取消 between two units. */
function breathe(): Promise<void> {
  return new Promise((done) => setTimeout(done))
}

/** Without what Windows refuses in the name of a file. */
function fileName(text: string): string {
  return text.replace(/[\\/:*?"<>|\s]+/g, '').slice(0, 120)
}
