/**
 * An officer of the commission: adds, deletes and edits rows, decides conflicts, confirms spans,
 * changes who leads, issues and revokes keys, and at last the plan.
 */
import type { KeyCreated, Submission } from '../../domain/protocol.ts'
import type { Client } from './client.ts'
import { drawReason, editRow } from './edits.ts'
import { PlanChanger } from './plan-changer.ts'
import { MILESTONES, UNITS } from './random-county.ts'

export class Officer extends PlanChanger {
  private inserted = 0

  /** Does so many things; `clerks` are those whose keys this officer looks after. */
  async work(times: number, clerks: Client[], issuesAtEnd: boolean): Promise<void> {
    for (let i = 0; i < times; i++) {
      await this.world.scheduler.turn(1 + this.random.int(6))
      await this.act(clerks)
    }
    if (issuesAtEnd) await this.finish()
    for (let i = 0; i < 4; i++) await this.retry()
    for (const clerk of clerks.filter(({ locked }) => locked)) await this.handOutKey(clerk)
  }

  /** 印发, some adjustments, and mostly 归档. */
  private async finish(): Promise<void> {
    await this.issue()
    for (let i = 0; i < 4 + this.random.int(5); i++) {
      await this.world.scheduler.turn(1 + this.random.int(6))
      await this.pull()
      await (this.random.chance(0.7) ? this.adjust() : this.moveRows())
    }
    if (this.random.chance(0.6)) await this.archive()
  }

  private async act(clerks: Client[]): Promise<void> {
    if (this.rows.size === 0) return this.pull()
    const locked = clerks.find((clerk) => clerk.locked)
    if (locked && this.random.chance(0.5)) return this.handOutKey(locked)
    const weights = {
      pull: 3,
      edit: 3,
      insert: 2,
      delete: 1,
      resolve: 5,
      confirm: 1.5,
      retry: 1,
      scope: 2.5,
      revoke: 0.7,
      several: 2,
      order: 1,
      adjust: 0.7,
      settings: 0.3,
      annotate: 1,
      judge: 1.5,
    }
    switch (this.random.weigh(weights)) {
      case 'pull':
        return this.pull()
      case 'edit':
        return this.submitEdit()
      case 'insert':
        return this.insertRow()
      case 'delete':
        return this.deleteRow()
      case 'resolve':
        return this.resolveOne()
      case 'confirm':
        return this.confirmSpans()
      case 'retry':
        return this.retry()
      case 'scope':
        return this.changeScope()
      case 'several':
        return this.resolveSeveral()
      case 'order':
        return this.moveRows()
      case 'adjust':
        return this.adjust()
      case 'settings':
        return this.changeSettings()
      case 'annotate':
        return this.annotate()
      case 'judge':
        return this.judge()
      case 'revoke':
        return this.revokeKey(this.random.pick(clerks))
    }
  }

  private async submitEdit(): Promise<void> {
    const { random } = this
    const [rowId, copy] = random.pick([...this.rows])
    const draft = editRow(random, copy, this.world.newText)
    if (random.chance(0.5)) draft.cells.task = this.world.newText()
    if (random.chance(0.2)) draft.cells.leadUnits = random.pick(UNITS)
    const clears = draft.clears.map((column) => ({ rowId, column }))
    const { cells, spans } = draft
    const reasons = random.chance(0.5) ? [drawReason(random, rowId, this.world.newText())] : []
    await this.submit([{ rowId, baseVer: copy.ver, cells, spans }], { clears, reasons })
  }

  private async insertRow(): Promise<void> {
    const { random } = this
    const [before, copy] = random.pick([...this.rows])
    const cells: Record<string, string> = { number: String(20 + this.inserted), task: this.world.newText() }
    for (const column of MILESTONES) cells[column] = this.world.newText()
    cells.leadUnits = random.pick(UNITS.slice(0, -1))
    cells.supportingUnits = '——'
    const fresh = { rowId: `${this.who}.${this.inserted++}`, baseVer: 0, cells }
    // The new row stands below its neighbour in the sheet that is sent.
    const neighbour = { rowId: before, baseVer: copy.ver, cells: copy.cells, spans: copy.spans }
    const rows: Submission['rows'] = random.chance(0.7) ? [neighbour, fresh] : [fresh]
    await this.submit(rows)
  }

  private async deleteRow(): Promise<void> {
    const [rowId, { ver }] = this.random.pick([...this.rows])
    await this.submit([], { deletes: [{ rowId, baseVer: ver }] })
  }

  private async handOutKey(clerk: Client): Promise<void> {
    const unit = clerk.unit!
    const { random, world } = this
    const limits = {
      ...(random.chance(0.2) ? { expiresOn: world.dayFromNow(random.int(2)) } : {}),
      ...(random.chance(0.25) ? { rows: [...this.rows.keys()].filter(() => random.chance(0.5)) } : {}),
    }
    if (limits.rows?.length === 0) delete limits.rows
    const operation = world.begin({ kind: 'create-key', who: this.who, keyId: this.key.id, unit, ...limits })
    const raw = JSON.stringify({ role: 'unit', unit, post: '办公室', duty: clerk.duty, ...limits })
    const answer = await this.send(operation, { method: 'POST', path: `${this.world.planPath}/keys`, raw })
    if (operation.outcome !== 'ok') return
    const created = answer as KeyCreated
    operation.reply = { id: created.id }
    clerk.key = { id: created.id, secret: created.key }
    clerk.locked = false
  }

  private async revokeKey(clerk: Client): Promise<void> {
    const target = clerk.key.id
    const operation = this.world.begin({ kind: 'revoke-key', who: this.who, keyId: this.key.id, target })
    await this.send(operation, { method: 'DELETE', path: `/api/keys/${target}` })
  }
}
