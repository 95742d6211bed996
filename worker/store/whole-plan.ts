/** What every view of a plan begins with: its rows, who answers for them, and what was sent in and said of them. */
import type { UnitRegistry } from '../../domain/units.ts'
import type { Actor } from '../env.ts'
import { completeAnnotations, type MadeAnnotation, readBriefly, selectBriefly } from './annotations.ts'
import { type PlanSheet, readPlan, readRegistry, selectPlan, selectRegistry, sheetIdOf } from './plans.ts'
import { type HeadRow, type Parties, readParties, readRows, selectParties, selectRows, selectSomeRows } from './rows.ts'
import { readSentRows, type SentRow, selectSentRows } from './sent-rows.ts'

export type WholePlan = {
  planSheet: PlanSheet
  registry: UnitRegistry
  /** Rows that are not deleted, in the order of the table. */
  heads: HeadRow[]
  parties: Map<string, Parties>
  /** What is said of them and not withdrawn, oldest first; lapsed ones as completeAnnotations says. */
  annotations: MadeAnnotation[]
  sentRows: SentRow[]
}

/**
 * Reads a plan with the relations of `today` (in Beijing); only the named rows where `rowIds` (JSON list) is
 * given. For readWholePlan, and last in their batch.
 */
export function selectWholePlan(db: D1Database, planId: string, today: string, rowIds?: string): D1PreparedStatement[] {
  const sheetId = sheetIdOf(planId)
  return [
    selectPlan(db, planId),
    rowIds === undefined ? selectRows(db, sheetId) : selectSomeRows(db, sheetId, rowIds),
    selectParties(db, sheetId, today, rowIds),
    selectBriefly(db, sheetId, rowIds),
    selectSentRows(db, planId),
    ...selectRegistry(db, planId),
  ]
}

/** The plan in the results of selectWholePlan. Throws plan-not-found, also where the actor has no business with it. */
export async function readWholePlan(
  db: D1Database,
  results: (D1Result | undefined)[],
  planId: string,
  actor: Actor,
): Promise<WholePlan> {
  const [plan, rows, parties, annotations, sent, ...registry] = results
  const planSheet = readPlan(plan, planId, actor)
  const heads = readRows(rows).filter(({ deleted }) => !deleted)
  return {
    planSheet,
    registry: readRegistry(registry),
    heads,
    parties: readParties(parties),
    annotations: await completeAnnotations(db, planSheet.spec, heads, readBriefly(annotations)),
    sentRows: readSentRows(sent),
  }
}
