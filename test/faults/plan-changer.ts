/** What the commission changes in a plan beside its rows: who leads, the order, 印发, adjustments, settings, 归档. */
import type { AdjustPlan, ChangeRelations, MoveRows } from '../../domain/protocol.ts'
import { Decider } from './decider.ts'
import { editRow } from './edits.ts'
import { MILESTONES, UNITS } from './random-county.ts'

const FIRST_DAY = '2023-01-01'
const PAPER = '测府办发〔2023〕9号'

export class PlanChanger extends Decider {
  protected async confirmSpans(): Promise<void> {
    const { random } = this
    if (random.chance(0.6)) await this.pull()
    const [rowId, copy] = random.pick([...this.rows])
    const { cells, spans } = editRow(random, copy, this.world.newText)
    const milestones = Object.fromEntries(Object.entries(cells).filter(([column]) => MILESTONES.includes(column)))
    const body = { baseVer: copy.ver, ...(random.chance(0.5) ? { cells: milestones, spans } : {}) }
    const path = `${this.world.planPath}/rows/${rowId}/spans`
    await this.decide({ kind: 'confirm', rowId, body, raw: JSON.stringify(body) }, path)
  }

  protected async issue(): Promise<void> {
    const raw = JSON.stringify({ documentNumber: '测府办发〔2023〕1号', issuedOn: '2023-03-13' })
    await this.decide({ kind: 'issue', raw }, `${this.world.planPath}/issue`)
  }

  /** From a day in the past, from today as the server has it, or from a day that the run may reach. */
  protected async changeScope(): Promise<void> {
    const { random } = this
    // Rows in dispute are where a change of scope matters most.
    const disputed = [...this.rows.keys()].filter((id) => this.rows.get(id)?.disputed)
    const rowId = random.pick(disputed.length > 0 ? disputed : [...this.rows.keys()])
    const lead = [...new Set([random.pick(UNITS.slice(0, -1)), random.pick(UNITS.slice(0, -1))])]
    const supporting = random.chance(0.5) ? ['各乡镇（街道）'] : []
    const effectiveOn = random.pick([FIRST_DAY, undefined, this.world.dayFromNow(random.int(4) - 1)])
    const body: ChangeRelations = { reason: '职能划转', rows: [{ rowId, lead, supporting }] }
    if (effectiveOn !== undefined) body.effectiveOn = effectiveOn
    const path = `${this.world.planPath}/relations`
    const known = effectiveOn === undefined ? {} : { effectiveOn }
    await this.decide({ kind: 'scope', rowId, lead, ...known, raw: JSON.stringify(body) }, path)
  }

  protected async moveRows(): Promise<void> {
    const { random } = this
    const rowIds = [...this.rows.keys()].filter(() => random.chance(0.3))
    const rest = [...this.rows.keys()].filter((rowId) => !rowIds.includes(rowId))
    if (rowIds.length === 0) return
    if (random.chance(0.5)) rowIds.reverse()
    const body: MoveRows = rest.length > 0 && random.chance(0.7) ? { rowIds, after: random.pick(rest) } : { rowIds }
    await this.decide({ kind: 'order', body, raw: JSON.stringify(body) }, `${this.world.planPath}/order`)
  }

  /** 任务调整 or 勘误 of a row or two, from what this officer last saw of them. */
  protected async adjust(): Promise<void> {
    const { random } = this
    const rows = [...this.rows].filter(() => random.chance(0.3)).slice(0, 2)
    if (rows.length === 0) return
    const isErratum = random.chance(0.4)
    const from = random.int(MILESTONES.length)
    const adjusted = rows.map(([rowId, copy]) => {
      const { cells } = editRow(random, copy, this.world.newText)
      const named = MILESTONES.filter((column, i) => (isErratum || i >= from) && cells[column] !== undefined)
      const changed = Object.fromEntries(named.map((column) => [column, cells[column]!]))
      if (isErratum && random.chance(0.3)) changed.task = this.world.newText()
      return { rowId, baseVer: copy.ver, cells: changed }
    })
    // Now and then a period is named too late, so that the adjustment reaches into closed ones.
    const effectivePeriod = `P${Math.min(from + (random.chance(0.1) ? 2 : 1), MILESTONES.length)}`
    const body: AdjustPlan = isErratum
      ? { kind: 'erratum', reason: '文字有误', rows: adjusted }
      : { kind: 'adjustment', reason: '工期调整', documentNumber: PAPER, effectivePeriod, rows: adjusted }
    await this.decide({ kind: 'adjust', body, raw: JSON.stringify(body) }, `${this.world.planPath}/adjustments`)
  }

  protected async archive(): Promise<void> {
    const raw = JSON.stringify({ reason: '年度工作完成' })
    await this.decide({ kind: 'archive', raw }, `${this.world.planPath}/archive`)
  }

  protected async changeSettings(): Promise<void> {
    const signOff = this.random.pick(['none', 'reviewer'] as const)
    const raw = JSON.stringify({ signOff })
    await this.decide({ kind: 'settings', signOff, raw }, `${this.world.planPath}/settings`)
  }
}
