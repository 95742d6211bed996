/** Export → import → export: the master is read from its workbook, created anew as a plan, and read again. */
import { breakdownSpec } from '../../domain/plan.ts'
import type { Master, PlanFile } from '../../domain/protocol.ts'
import { readTable } from '../../domain/read-table.ts'
import { readWorkbook } from '../../xlsx/read.ts'
import type { Evidence, Exported } from './evidence.ts'
import type { Answer, Message } from './network.ts'

type Ask = (message: Omit<Message, 'key'>) => Promise<Answer>
type Download = (path: string) => Promise<Uint8Array>

/** The four exports of the master of a plan. `ask` and `download` reach the Worker without faults. */
export async function exportAndImport(file: PlanFile, ask: Ask, download: Download): Promise<Evidence['exports']> {
  const master = await readMaster(ask, file.plan.id)
  const workbook = await readSheet(await download(`/api/plans/${file.plan.id}/master.xlsx`), master)
  const again: PlanFile = {
    ...file,
    plan: { ...file.plan, id: `${file.plan.id}.again` },
    rows: workbook.map((row) => {
      const known = master.rows.find(({ rowId }) => rowId === row.rowId)
      const { spansConfirmed = true, lead = [], supporting = [] } = known ?? {}
      return { ...row, spansConfirmed, lead, supporting }
    }),
  }
  const created = await ask({ method: 'POST', path: '/api/plans', raw: JSON.stringify(again), once: again.plan.id })
  if (created.status !== 201) throw new Error(`an export cannot be imported: ${JSON.stringify(created.json)}`)
  const second = await readMaster(ask, again.plan.id)
  return {
    json: master.rows.map(pickContent),
    workbook,
    reimportedJson: second.rows.map(pickContent),
    reimportedWorkbook: await readSheet(await download(`/api/plans/${again.plan.id}/master.xlsx`), second),
  }
}

/** The master as the API shows it. */
export async function readMaster(ask: Ask, planId: string): Promise<Master> {
  const answer = await ask({ method: 'GET', path: `/api/plans/${planId}/master` })
  if (answer.status !== 200) throw new Error(`no master: ${JSON.stringify(answer.json)}`)
  return answer.json as Master
}

async function readSheet(bytes: Uint8Array, { plan }: Master): Promise<Exported[]> {
  const { sheets } = await readWorkbook(bytes)
  return readTable(sheets[0]!.grid, breakdownSpec(plan)).table.rows.map(pickContent)
}

function pickContent({ rowId, cells, spans }: Exported): Exported {
  return spans && Object.keys(spans).length > 0 ? { rowId, cells, spans } : { rowId, cells }
}
