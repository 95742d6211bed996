/** The wire of plans, and of who asks. */
import * as z from 'zod/mini'
import { cells, day, id, line, MAX_ROWS, name, names, spans } from './protocol-fields.ts'

export const Period = z.object({
  key: z.string().check(z.regex(/^[A-Za-z0-9]{1,16}$/)),
  label: name,
  from: day,
  to: day,
  dueOn: day,
  supervisedOn: day,
})

export const PlanColumn = z.object({
  key: z.enum(['number', 'task', 'target', 'milestones', 'leadUnits', 'supportingUnits']),
  header: name,
  aliases: z.optional(z.array(name).check(z.maxLength(50))),
})

const planFields = {
  id,
  county: name,
  year: z.int().check(z.gte(2000), z.lte(2100)),
  title: name,
  titleLines: z.array(line).check(z.maxLength(10)),
  documentNumber: z.optional(name),
  issuedOn: z.optional(day),
  periods: z.array(Period).check(z.maxLength(24)),
  columns: z.array(PlanColumn).check(z.minLength(2), z.maxLength(6)),
}

export const Plan = z.object({
  ...planFields,
  state: z.enum(['collecting', 'issued', 'archived']),
  /** Absent: none. */
  signOff: z.optional(z.enum(['none', 'paper', 'reviewer'])),
  /** Of one plan, not in a list: the unit that reviews what the others report. */
  reviewer: z.optional(name),
})

export const Unit = z.object({
  id,
  name,
  aliases: z.optional(names),
  formerNames: z.optional(names),
  from: z.optional(day),
  to: z.optional(day),
  successor: z.optional(id),
})
export const UnitGroup = z.object({ name, aliases: z.optional(names), members: z.optional(names) })
export const UnitRegistry = z.object({
  units: z.array(Unit).check(z.maxLength(3_000)),
  groups: z.optional(z.array(UnitGroup).check(z.maxLength(300))),
})

/**
 * One row of a new plan. `lead` and `supporting` are the approved relations, by the registry's
 * names; the cells keep the words of the document.
 */
export const PlanRow = z.object({
  rowId: id,
  cells,
  spans: z.optional(spans),
  /** False where the source does not say which periods its cells span and these are a proposal. */
  spansConfirmed: z.boolean(),
  lead: names,
  supporting: names,
})

/** A plan complete: what a seed folder holds, and what the commission sends to create one. */
export const PlanFile = z.object({
  plan: z.object(planFields),
  registry: UnitRegistry,
  rows: z.array(PlanRow).check(z.maxLength(MAX_ROWS)),
})

export const PlanCreated = z.object({
  plan: Plan,
  dryRun: z.boolean(),
  rows: z.array(z.object({ rowId: id, ver: z.int() })),
  /** What the commission should look at: unresolved units, unconfirmed spans, missing leads. */
  doubts: z.array(
    z.object({
      code: z.string(),
      rowId: z.optional(id),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
})

export const PlanDetail = z.object({ plan: Plan, registry: UnitRegistry })
export const PlanList = z.object({ plans: z.array(Plan) })
export const IssuePlan = z.object({ documentNumber: name, issuedOn: day })
/** Spans of one row as the commission confirms them; `spans` and `cells` absent: as proposed. */
export const ConfirmSpans = z.object({ baseVer: z.int(), cells: z.optional(cells), spans: z.optional(spans) })

export const Role = z.enum(['unit', 'commission', 'supervision', 'admin'])
export const Me = z.object({
  actor: z.object({ id, role: Role, name, unitId: z.optional(id) }),
  key: z.object({
    id,
    post: z.string(),
    duty: z.optional(z.enum(['handler', 'reviewer'])),
    rows: z.optional(z.array(id)),
    /** With `rows`: the plan that they are of. */
    planId: z.optional(id),
    /** Last day on which the key works, in Beijing. */
    expiresOn: z.optional(day),
  }),
  plans: z.array(z.object({ id, title: name, county: name, year: z.int(), state: Plan.shape.state })),
  limits: z.object({ bodyBytes: z.int(), rows: z.int(), cellLength: z.int() }),
})

export type PlanFile = z.infer<typeof PlanFile>
export type PlanRow = z.infer<typeof PlanRow>
export type PlanCreated = z.infer<typeof PlanCreated>
export type PlanDetail = z.infer<typeof PlanDetail>
export type Role = z.infer<typeof Role>
export type Me = z.infer<typeof Me>
