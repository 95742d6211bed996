/** 保存报送单: a receipt as a sheet of paper to sign and seal, saved as a file of its own. */
import { breakdownSpec } from '../../domain/plan.ts'
import type { Receipt } from '../../domain/protocol.ts'
import type { Row } from '../../domain/table.ts'
import { loadOnce } from '../load-once.ts'
import { XLSX_TYPE } from '../save-file.ts'
import { type Flow, notice, run } from './flow.ts'

/** Nobody needs them before the first slip. */
const loadSlips = loadOnce(() =>
  Promise.all([import('../../domain/submission-slip.ts'), import('../../xlsx/write.ts')]),
)

/** Saves the 报送单 of a receipt. `others`: rows of the sheet that was sent, for what the plan lists no longer. */
export function saveSlip(flow: Flow, receipt: Receipt, others: readonly Row[] = []): Promise<void> {
  return run(flow, 'busy.slip', async ({ signal }) => {
    const { plan, rows } = flow.state()
    if (!plan) return
    const [{ drawSubmissionSlip }, { writeWorkbook }] = await loadSlips()
    const model = drawSubmissionSlip({
      plan: plan.plan,
      spec: breakdownSpec(plan.plan),
      receipt,
      rows: [...(rows?.rows ?? []), ...others],
    })
    // The instant of the receipt: the same receipt gives the same bytes.
    const bytes = await writeWorkbook([model], { title: `报送单 ${receipt.number}`, created: receipt.at })
    signal.throwIfAborted()
    const name = `${receipt.by}报送单（${receipt.number}）.xlsx`
    flow.save(name, new Blob([new Uint8Array(bytes)], { type: XLSX_TYPE }))
    notice(flow, { tone: 'success', text: 'slip.saved', params: { name } })
  })
}
