/**
 * A read replica that lags: every write that the primary took is kept in order and reaches a second
 * database when somebody reads there, and then only as many of them as the dice say. D1 promises no
 * more of its replicas.
 */
import type { Random } from './random.ts'

/** A statement before it is bound to a database. */
export type Written = { sql: string; values: unknown[] }

export class Replica {
  private readonly db: D1Database
  private readonly log: Written[][] = []
  private applied = 0

  constructor(db: D1Database) {
    this.db = db
  }

  /** Keeps a batch that the primary has taken. Reads are left out. */
  record(batch: Written[]): void {
    const writes = batch.filter(({ sql }) => !isRead(sql))
    if (writes.length > 0) this.log.push(writes)
  }

  /** The replica, somewhere between where it was and where the primary is. */
  async behind(random: Random): Promise<D1Database> {
    await this.apply(this.applied + random.int(this.log.length - this.applied + 1))
    return this.db
  }

  /** Brings the replica to where the primary is, so that a run depends on no earlier one. */
  catchUp(): Promise<void> {
    return this.apply(this.log.length)
  }

  private async apply(until: number): Promise<void> {
    while (this.applied < until) {
      // Counted first: others read here too, while this batch is on its way.
      const writes = this.log[this.applied++]!
      await this.db.batch(writes.map(({ sql, values }) => this.db.prepare(sql).bind(...values)))
    }
  }
}

/** Whether a statement changes nothing. */
export function isRead(sql: string): boolean {
  return /^\s*(SELECT|WITH)\b/i.test(sql)
}
