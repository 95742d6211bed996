/** The wire of changes to a plan after it was made: relations, order, units, adjustments, settings. */
import * as z from 'zod/mini'
import { cells, day, id, MAX_ROWS, name, names, prose, spans } from './protocol-fields.ts'
import { Unit, UnitGroup } from './protocol-plans.ts'

const reason = prose.check(z.minLength(1))
/** Rows that one paper moves, and that one adds: each is placed by itself among all others. */
const MAX_PLACED = 500
const unitsOfRow = { lead: names, supporting: names }

/**
 * Who leads and supports some rows from `effectiveOn` on (a date in Beijing; absent: today). Each
 * named row gets exactly these; supporting parties may be groups.
 */
export const ChangeRelations = z.object({
  effectiveOn: z.optional(day),
  reason,
  documentNumber: z.optional(name),
  rows: z.array(z.object({ rowId: id, ...unitsOfRow })).check(z.minLength(1), z.maxLength(MAX_ROWS)),
})
/** Puts the rows, in the order given, right behind `after` (absent: at the top). */
export const MoveRows = z.object({
  rowIds: z.array(id).check(z.minLength(1), z.maxLength(MAX_ROWS)),
  after: z.optional(id),
})
/** Units and groups to add, or to replace whole where the id (of a group: the name) is there. */
export const ChangeUnits = z.object({
  reason,
  units: z.optional(z.array(Unit).check(z.maxLength(3_000))),
  groups: z.optional(z.array(UnitGroup).check(z.maxLength(300))),
})
/**
 * Everything that changes of an issued plan by one paper, as one commit. An adjustment (任务调整) has its paper
 * and the first period it changes: milestones before that period keep their text. An erratum (勘误) corrects any
 * text, and neither names a first period nor needs a number.
 */
export const AdjustPlan = z.object({
  kind: z.enum(['adjustment', 'erratum']),
  reason,
  documentNumber: z.optional(name),
  effectivePeriod: z.optional(z.string().check(z.regex(/^[A-Za-z0-9]{1,16}$/))),
  /** From when `units` and the units of added rows answer; absent: today, or the first day of a plan that has not begun. */
  effectiveOn: z.optional(day),
  rows: z
    .array(z.object({ rowId: id, baseVer: z.int().check(z.gte(1)), cells, spans: z.optional(spans) }))
    .check(z.maxLength(MAX_ROWS)),
  /** Tasks that end: they leave the table, and their record stays. */
  removed: z.optional(z.array(z.object({ rowId: id, baseVer: z.int().check(z.gte(1)) })).check(z.maxLength(MAX_ROWS))),
  /** Each goes right behind `after` (absent: to the top), one after another, before rows are added. */
  moved: z.optional(z.array(z.object({ rowId: id, after: z.optional(id) })).check(z.maxLength(MAX_PLACED))),
  /**
   * Tasks that are new, each right behind `after`, one after another. One that was removed comes back under its
   * id: `baseVer` is then the version of its removal, else 0.
   */
  added: z.optional(
    z
      .array(
        z.object({
          rowId: id,
          baseVer: z.int().check(z.gte(0)),
          after: z.optional(id),
          cells,
          spans: z.optional(spans),
          ...unitsOfRow,
        }),
      )
      .check(z.maxLength(MAX_PLACED)),
  ),
  /** Rows that get exactly these units. */
  units: z.optional(z.array(z.object({ rowId: id, ...unitsOfRow })).check(z.maxLength(MAX_ROWS))),
})
export const PlanSettings = z.object({ signOff: z.enum(['none', 'reviewer']) })
export const ArchivePlan = z.object({ reason })
/** A relation as it was recorded: whoever was answerable when can be told years later. */
export const RecordedRelation = z.object({
  role: z.enum(['lead', 'supporting']),
  /** Name of the unit or group now. */
  unit: name,
  /** Name that it was recorded under, where it has another now. */
  recordedAs: z.optional(name),
  /** First and last day, in Beijing; null: since ever, until further notice. */
  from: z.nullable(day),
  to: z.nullable(day),
  /** Commit that recorded it, who made that commit and why. */
  seq: z.int(),
  at: z.string(),
  by: name,
  reason: z.optional(z.string()),
  documentNumber: z.optional(z.string()),
  /** Commit that replaced it; null: it is what is recorded now. */
  replacedSeq: z.nullable(z.int()),
  replacedAt: z.nullable(z.string()),
})
/** Who led and supported each row on a day, by what is recorded now; and everything ever recorded. */
export const RelationList = z.object({
  on: day,
  rows: z.array(
    z.object({
      rowId: id,
      deleted: z.boolean(),
      lead: z.array(name),
      supporting: z.array(name),
      recorded: z.array(RecordedRelation),
    }),
  ),
})
/** What was done, as one commit; of a dry run `seq` is 0, and so is each version that it would give. */
export const PlanChanged = z.object({
  seq: z.int(),
  rows: z.array(z.object({ rowId: id, ver: z.int() })),
})

export type ChangeRelations = z.infer<typeof ChangeRelations>
export type RelationList = z.infer<typeof RelationList>
export type MoveRows = z.infer<typeof MoveRows>
export type ChangeUnits = z.infer<typeof ChangeUnits>
export type AdjustPlan = z.infer<typeof AdjustPlan>
export type PlanSettings = z.infer<typeof PlanSettings>
export type ArchivePlan = z.infer<typeof ArchivePlan>
export type PlanChanged = z.infer<typeof PlanChanged>
