/** A clerk of a unit (经办): works on its rows, strays into others', keeps stale copies. */
import type { DraftList, Receipt, Submission } from '../../domain/protocol.ts'
import type { Copy } from './client.ts'
import { Decider } from './decider.ts'
import { drawReason, editRow } from './edits.ts'
import { MILESTONES } from './random-county.ts'

/** Characters of a cell that is too long to be handled by hand; three rows of such take more than one piece. */
const LONG = 32_000

export class Clerk extends Decider {
  /** Does so many things, one after the other. */
  async work(times: number): Promise<void> {
    for (let i = 0; i < times; i++) {
      await this.world.scheduler.turn(1 + this.random.int(8))
      if (this.locked) continue
      await this.act()
    }
    // Whoever got no answer goes on asking, as the outbox does.
    for (let i = 0; i < 4; i++) await this.retry()
  }

  private async act(): Promise<void> {
    if (this.rows.size === 0) return this.pull()
    const weights = {
      pull: 3,
      edit: 8,
      again: 1,
      retry: 2,
      resolve: 2,
      several: 1,
      annotate: 1,
      misuse: 0.7,
      try: 0.5,
      rotate: 0.3,
    }
    switch (
      this.random.weigh({
        ...weights,
        review: this.duty === 'reviewer' && this.world.signsOff ? 8 : 0,
        long: this.world.isWordy ? 1 : 0,
      })
    ) {
      case 'pull':
        return this.pull()
      case 'again':
        return this.submitAgain()
      case 'retry':
        return this.retry()
      case 'resolve':
        return this.resolveOne()
      case 'several':
        return this.resolveSeveral()
      case 'review':
        return this.review()
      case 'try':
        return this.tryOut(this.drawRows().rows)
      case 'rotate':
        return this.rotateKey()
      case 'annotate':
        return this.annotate()
      case 'long':
        return this.submitLong()
      case 'misuse':
        return this.misuse()
      case 'edit':
        await this.submitEdits()
        // Some go on with what they have, which is older then than what they sent.
        if (this.random.chance(0.4)) await this.pull()
    }
  }

  private async submitEdits(): Promise<void> {
    const { rows, clears } = this.drawRows()
    if (rows.length === 0) return
    const reasons = this.random.chance(0.3)
      ? [drawReason(this.random, this.random.pick(rows).rowId, this.world.newText())]
      : []
    await this.submit(rows, { ...(clears.length > 0 ? { clears } : {}), ...(reasons.length > 0 ? { reasons } : {}) })
  }

  /** A body that the store keeps in pieces: columns that are the commission's, filled to the brim. */
  private async submitLong(): Promise<void> {
    const rows = [...this.rows].slice(0, 3).map(([rowId, copy]) => {
      const columns = ['task', 'leadUnits', 'supportingUnits']
      const cells = Object.fromEntries(columns.map((column) => [column, this.world.newText().padEnd(LONG, '长')]))
      return { rowId, baseVer: copy.ver, cells: { ...cells, [MILESTONES[0]!]: this.world.newText() } }
    })
    await this.submit(rows)
  }

  /** Rows as somebody who worked on them would send them. */
  private drawRows(): { rows: Submission['rows']; clears: NonNullable<Submission['clears']> } {
    const { random } = this
    const whole = random.chance(0.3)
    const rows: Submission['rows'] = []
    const clears: { rowId: string; column: string }[] = []
    for (const [rowId, copy] of this.rows) {
      const isEdited = copy.mine ? random.chance(0.6) : random.chance(0.15)
      // The pane sends every row of the sheet or only those that changed.
      if (!isEdited && !whole) continue
      const draft = isEdited ? editRow(random, copy, this.world.newText) : { ...copy, clears: [] }
      rows.push(random.chance(0.2) ? toDelta(rowId, copy, draft) : { rowId, baseVer: copy.ver, ...pickShape(draft) })
      clears.push(...draft.clears.map((column) => ({ rowId, column })))
    }
    return { rows, clears }
  }

  /** Looks through what waits for sign-off and decides one of it. */
  private async review(): Promise<void> {
    const { random, world } = this
    const list = await this.sendUnrecorded({ method: 'GET', path: `${world.planPath}/drafts` })
    const open = ((list as DraftList | undefined)?.drafts ?? []).filter(({ state }) => state === 'open')
    if (open.length === 0) return
    const { id: draftId } = random.pick(open)
    await world.scheduler.turn(random.int(10))
    const who = { who: this.who, keyId: this.key.id }
    if (random.chance(0.25)) {
      const reason = world.newText()
      const operation = world.begin({ kind: 'return', ...who, draftId, reason })
      const path = `/api/drafts/${draftId}/return`
      await this.send(operation, { method: 'POST', path, raw: JSON.stringify({ reason }) })
      return
    }
    for (let tries = 0; tries < 2; tries++) {
      const operation = world.begin({ kind: 'release', ...who, draftId })
      const answer = await this.send(operation, { method: 'POST', path: `/api/drafts/${draftId}/release`, raw: '{}' })
      if (operation.outcome === 'ok') operation.reply = answer as Receipt
      if (operation.outcome !== 'unknown') return
    }
  }

  /** What a unit may not send, or what makes no sense. */
  private async misuse(): Promise<void> {
    const { random } = this
    const [rowId, copy] = random.pick([...this.rows])
    const row = { rowId, baseVer: copy.ver, cells: { ...copy.cells, [MILESTONES[0]!]: this.world.newText() } }
    switch (random.pick(['delete', 'twice', 'unknown-base', 'insert', 'shifted', 'judge'] as const)) {
      case 'delete':
        return this.submit([], { deletes: [{ rowId, baseVer: copy.ver }] })
      case 'judge':
        return this.judge()
      case 'twice':
        return this.submit([row, row])
      case 'unknown-base':
        return this.submit([{ ...row, baseVer: copy.ver + 1_000_000 }])
      case 'insert': {
        const cells = Object.fromEntries(MILESTONES.map((column) => [column, this.world.newText()]))
        return this.submit([{ rowId: `${this.who}-new`, baseVer: 0, cells }])
      }
      case 'shifted': {
        const [, other] = random.pick([...this.rows])
        return this.submit([{ ...row, cells: { ...row.cells, task: other.cells.task ?? '' } }])
      }
    }
  }
}

function pickShape({ cells, spans }: { cells: Record<string, string>; spans: Record<string, number> }) {
  return Object.keys(spans).length > 0 ? { cells, spans } : { cells }
}

/** Only what changed: a column that is left out was not touched. */
function toDelta(rowId: string, copy: Copy, draft: Pick<Copy, 'cells' | 'spans'>): Submission['rows'][number] {
  const spanChanged = JSON.stringify(copy.spans) !== JSON.stringify(draft.spans)
  if (spanChanged) return { rowId, baseVer: copy.ver, ...pickShape(draft) }
  const cells = Object.fromEntries(Object.entries(draft.cells).filter(([column, text]) => text !== copy.cells[column]))
  return { rowId, baseVer: copy.ver, cells }
}
