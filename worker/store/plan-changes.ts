/** A plan after it was made: its state and settings, and the reason beside the commit that changed it. */
import type { SignOff } from '../../domain/plan.ts'
import { type CommitKind, THIS_COMMIT } from './commits.ts'

/** `effectivePeriod`: key of the first period that an adjustment changes; `effectiveOn`: first day of relations. */
export type Why = {
  reason: string
  documentNumber?: string | undefined
  effectivePeriod?: string | undefined
  effectiveOn?: string | undefined
}

/** Records the reason of the commit of the same batch. */
export function insertWhy(db: D1Database, kind: CommitKind, why: Why): D1PreparedStatement {
  const { reason, documentNumber = null, effectivePeriod = null, effectiveOn = null } = why
  return db
    .prepare(
      `INSERT INTO plan_change (seq, kind, reason, document_number, effective_period, effective_on)
       VALUES (${THIS_COMMIT}, ?1, ?2, ?3, ?4, ?5)`,
    )
    .bind(kind, reason, documentNumber, effectivePeriod, effectiveOn)
}

/** Whoever read a sheet before this commits nothing any more: rights, state or settings are others now. */
export function raiseEpoch(db: D1Database, sheetId: string): D1PreparedStatement {
  return db.prepare('UPDATE sheet SET epoch = epoch + 1 WHERE id = ?1').bind(sheetId)
}

/** 印发. */
export function markIssued(
  db: D1Database,
  planId: string,
  documentNumber: string,
  issuedOn: string,
): D1PreparedStatement {
  return db
    .prepare("UPDATE plan SET state = 'issued', document_number = ?2, issued_on = ?3 WHERE id = ?1")
    .bind(planId, documentNumber, issuedOn)
}

/** 归档. */
export function markArchived(db: D1Database, planId: string): D1PreparedStatement {
  return db.prepare("UPDATE plan SET state = 'archived' WHERE id = ?1").bind(planId)
}

export function setSignOff(db: D1Database, planId: string, signOff: SignOff): D1PreparedStatement {
  return db.prepare('UPDATE plan SET sign_off = ?2 WHERE id = ?1').bind(planId, signOff)
}
