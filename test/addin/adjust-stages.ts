/** Stages of 任务调整 and 归档 for the screens in a browser: every kind of change, tried, refused, recorded. */
import { draftAdjustment, sendAdjustment, tryAdjustment } from '../../addin/flows/adjust.ts'
import { itemKey } from '../../addin/flows/adjustment.ts'
import type { Flow } from '../../addin/flows/flow.ts'
import { pullMaster } from '../../addin/flows/master.ts'
import { type FakeServer, refusal } from '../support/fake-server.ts'
import type { MemoryHost } from '../support/memory-host.ts'
import { modelToGrid } from '../support/model-grid.ts'
import { CELL, connect, drawnTable, ISSUED, ledgerOf, serveIssued, TABLE, TASKS, tableOf } from './adjust-sheet.ts'

type Stage = { flow: Flow; host: MemoryHost; server: FakeServer }

async function open({ flow, host, server }: Stage, isWhole = true): Promise<ReturnType<typeof tableOf>> {
  host.grids.clear()
  for (const grid of [drawnTable(), modelToGrid(ledgerOf(isWhole))]) host.grids.set(grid.name, grid)
  host.active = TABLE
  serveIssued(server)
  await connect(flow)
  return tableOf(host)
}

/** Every kind of change in one sheet. */
async function draft(stage: Stage): Promise<void> {
  const table = await open(stage)
  table.type(0, CELL.p2, '新增就业5200人，其中高校毕业生600人。')
  table.type(0, CELL.number, '2')
  table.type(1, CELL.lead, '县水利局')
  table.type(1, CELL.supporting, '县人力社保局、县退役军人局')
  table.type(2, CELL.lead, '县水利局')
  table.type(2, CELL.carrier, 'r3@2')
  table.type(3, CELL.number, '5')
  table.insert(5, ['6', '新建幼儿园2所，新增学位540个。', '——', '建成2所。', '县水利局', '各乡镇（街道）', ''])
  table.insert(6, ['7', '新建公厕10座。', '——', '', '县城管局', '——', ''])
  table.remove(4)
  await draftAdjustment(stage.flow)
  stage.flow.dispatch({ type: 'adjustmentEdited', changes: { paper: PAPER } })
}

const PAPER = {
  kind: 'adjustment' as const,
  reason: '县政府第12次常务会议同意。',
  documentNumber: '奉节府办函〔2023〕8号',
  effectivePeriod: 'P2',
  effectiveOn: '2023-11-15',
}

/** The same without what the server would stop at, one task ended and one moved. */
async function whole(stage: Stage): Promise<void> {
  const table = await open(stage)
  table.type(0, CELL.p2, '新增就业5200人，其中高校毕业生600人。')
  table.type(1, CELL.lead, '县水利局')
  table.insert(5, ['6', '新建幼儿园2所，新增学位540个。', '——', '建成2所。', '县水利局', '各乡镇（街道）', ''])
  table.remove(3)
  table.move(3, 1)
  await draftAdjustment(stage.flow)
  const { adjustment } = stage.flow.state()
  const chosen = [...(adjustment?.chosen ?? []), itemKey('removed', 'r4')]
  stage.flow.dispatch({ type: 'adjustmentEdited', changes: { paper: PAPER, chosen } })
}

export const ADJUST_STAGES: Record<string, (stage: Stage) => Promise<void>> = {
  adjust: draft,
  adjustNothing: async (stage) => {
    await open(stage)
    await draftAdjustment(stage.flow)
  },
  adjustPartial: async (stage) => {
    const table = await open(stage, false)
    table.type(0, CELL.p2, '新增就业5200人。')
    await draftAdjustment(stage.flow)
    for (const details of document.querySelectorAll('details')) details.open = true
  },
  adjustTried: async (stage) => {
    await whole(stage)
    await tryAdjustment(stage.flow)
  },
  adjustRefused: async (stage) => {
    await whole(stage)
    stage.server.on(`POST /api/plans/${ISSUED.id}/adjustments?dryRun=1`, () =>
      refusal('period-closed', 409, '任务调整自 5月 期起生效，此前各期的文本应予保留。', [
        '/rows/0/cells/milestone.P1',
        '/added/0/cells/milestone.P2',
        '/effectiveOn',
      ]),
    )
    await tryAdjustment(stage.flow)
  },
  adjustDone: async (stage) => {
    await whole(stage)
    await sendAdjustment(stage.flow)
    for (const details of document.querySelectorAll('details')) details.open = true
  },
  adjustArchived: async (stage) => {
    await open(stage)
    await draftAdjustment(stage.flow)
    const plan = { ...ISSUED, state: 'archived' as const }
    const { rows, plan: detail } = stage.flow.state()
    if (rows && detail) stage.flow.dispatch({ type: 'registryChanged', plan: { ...detail, plan }, rows })
  },
  archive: async (stage) => {
    await open(stage)
    const seq = 9
    stage.server.on(`/api/plans/${ISSUED.id}/master`, () => ({
      plan: ISSUED,
      seq,
      rows: TASKS.map(({ rowId, ver, cells, lead, supporting }) => ({
        ...{ rowId, ver, cells, lead, supporting, spansConfirmed: rowId !== 'r2', openConflicts: 0, blocked: [] },
      })),
      status: [],
      conflicts: [],
      issues: [],
    }))
    await pullMaster(stage.flow, 'archive')
  },
}
