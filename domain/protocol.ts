/**
 * The wire: every request and answer of the API, once, for the Worker that validates them, the
 * OpenAPI document made from them, and the clients that send them. The only file of the domain
 * that uses zod; `zod/mini` and jitless, because the pane's CSP forbids eval.
 */
import * as z from 'zod/mini'

z.config({ jitless: true })

/** Excel's limit for one cell, in UTF-16 units. */
export const MAX_CELL_LENGTH = 32_767
/** Rows in one submission or plan; the largest known county table has under 300. */
export const MAX_ROWS = 5_000
/** Bytes of a request body, refused before parsing. */
export const MAX_BODY_BYTES = 8 * 1024 * 1024

/** A key such as `constructor` or `__proto__` finds something on every object: no id and no column has it. */
const ownName = z.refine<string>((key) => !(key in Object.prototype), 'reserved name')
/** No colon and no @: a provisional row id never passes, and the carrier can write rowId@ver. */
const id = z.string().check(z.regex(/^[A-Za-z0-9_.-]{1,64}$/), ownName)
const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/), z.refine<string>(isDay, 'no such day'))
/** One line that is shown and printed: no control characters, which no workbook can hold. */
const line = z.string().check(z.maxLength(200), z.regex(/^[^\p{Cc}\uFFFE\uFFFF]*$/u))
const name = line.check(z.minLength(1))
const columnKey = z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9.]{0,63}$/), ownName)
const text = z.string().check(z.maxLength(MAX_CELL_LENGTH))
/** Some lines that are shown and printed. */
const prose = z
  .string()
  .check(z.maxLength(500), z.regex(/^[^\p{Cc}\uFFFE\uFFFF]*(?:[\t\r\n][^\p{Cc}\uFFFE\uFFFF]*)*$/u))

/** 2023-02-31 is none. */
function isDay(value: string): boolean {
  const time = Date.parse(`${value}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value)
}
/** No county has half as many units. */
const names = z.array(name).check(z.maxLength(1_000))
const spans = z.record(columnKey, z.int().check(z.gte(2), z.lte(60)))
const cells = z.record(columnKey, text)
const cellRef = z.object({ rowId: id, column: columnKey })

// ---- plans ----------------------------------------------------------------------------------

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

export const Plan = z.object({ ...planFields, state: z.enum(['collecting', 'issued', 'archived']) })

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

// ---- who ------------------------------------------------------------------------------------

export const Role = z.enum(['unit', 'commission', 'supervision', 'admin'])
export const Me = z.object({
  actor: z.object({ id, role: Role, name, unitId: z.optional(id) }),
  key: z.object({ id, post: z.string() }),
  plans: z.array(z.object({ id, title: name, county: name, year: z.int(), state: Plan.shape.state })),
  limits: z.object({ bodyBytes: z.int(), rows: z.int(), cellLength: z.int() }),
})
/** `unit` and a unit's name, or an office of the plan's county. `post`: 科室岗位, never a person's name. */
export const CreateKey = z.object({ role: Role, unit: z.optional(name), post: line.check(z.maxLength(100)) })
/** The only time that the key itself is shown. */
export const KeyCreated = z.object({ id, key: z.string(), role: Role, unit: z.optional(name), post: z.string() })

// ---- rows, submissions ----------------------------------------------------------------------

export const ServerRow = z.object({
  rowId: id,
  ver: z.int(),
  cells,
  spans: z.optional(spans),
  spansConfirmed: z.boolean(),
  /** How the asking actor stands to this row. */
  role: z.enum(['lead', 'supporting', 'none']),
  /** Columns that the asking actor may write now. */
  writable: z.array(columnKey),
  lead: z.array(name),
  supporting: z.array(name),
  openConflicts: z.int(),
})
export const RowList = z.object({ planId: id, state: Plan.shape.state, seq: z.int(), rows: z.array(ServerRow) })

export const SubmittedRow = z.object({
  rowId: id,
  /** Version the row was pulled at; 0 for a new row. */
  baseVer: z.int().check(z.gte(0)),
  cells,
  spans: z.optional(spans),
})
export const Submission = z.object({
  form: z.literal('breakdown'),
  specVersion: z.int(),
  rows: z.array(SubmittedRow).check(z.maxLength(MAX_ROWS)),
  /** Clearings that the submitter confirmed. */
  clears: z.optional(z.array(cellRef).check(z.maxLength(100_000))),
  /** Rows that the submitter deleted explicitly. */
  deletes: z.optional(z.array(z.object({ rowId: id, baseVer: z.int().check(z.gte(1)) })).check(z.maxLength(MAX_ROWS))),
  /** Reasons for warnings that were left as they are. */
  reasons: z.optional(
    z
      .array(
        z.object({
          rowId: id,
          column: z.optional(columnKey),
          code: z.string().check(z.maxLength(100)),
          reason: prose.check(z.minLength(1)),
        }),
      )
      .check(z.maxLength(MAX_ROWS)),
  ),
})

const nullableText = z.nullable(text)
export const CellChange = z.object({
  rowId: id,
  column: columnKey,
  old: nullableText,
  new: nullableText,
  spans: z.optional(z.tuple([z.int(), z.int()])),
})
/** Why a warning is left as it is; it lapses when the text that it was given for changes. */
export const IssueReason = z.object({ text: z.string(), by: name, at: z.string() })
export const IssueBody = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'hint', 'ask']),
  rowId: z.optional(id),
  column: z.optional(columnKey),
  index: z.optional(z.int()),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  fix: z.optional(z.array(z.object({ rowId: id, column: columnKey, from: z.string(), to: z.string() }))),
  /** In the master: the reason that stands for it. */
  reason: z.optional(IssueReason),
})

export const ConflictBody = z.object({
  id,
  kind: z.enum(['cell', 'span', 'delete-edit', 'edit-delete']),
  rowId: id,
  column: z.optional(columnKey),
  columns: z.optional(z.array(columnKey)),
  base: z.optional(z.string()),
  head: z.optional(z.string()),
  submitted: z.optional(z.string()),
  status: z.enum(['open', 'resolved']),
  /** Version of the row when read: what a resolution is guarded by. */
  ver: z.int(),
  submissionId: id,
  /** Who submitted the text that lost, and who last wrote the head. */
  submittedBy: name,
  headBy: z.optional(name),
  at: z.string(),
  /** Task text, so that a list can be read without the table. */
  task: z.string(),
  number: z.string(),
})

export const RowOutcome = z.object({
  rowId: id,
  /** Version after the submission. */
  ver: z.int(),
  outcome: z.enum(['applied', 'unchanged', 'partly', 'conflict', 'held', 'blocked', 'inserted', 'deleted']),
  applied: z.array(CellChange),
  converged: z.array(CellChange),
  conflicts: z.array(ConflictBody),
  held: z.array(z.object({ column: columnKey, columns: z.optional(z.array(columnKey)), head: z.string() })),
  notWritable: z.array(z.object({ column: columnKey, head: z.string(), submitted: z.string() })),
  /** Errors in cells that the submitter may write: the row stays out until they are mended. */
  blocked: z.array(IssueBody),
})
export const Receipt = z.object({
  submissionId: id,
  /** Printed on paper: 20231110-0007. */
  number: z.string(),
  planId: id,
  dryRun: z.boolean(),
  replayed: z.boolean(),
  at: z.string(),
  by: name,
  /** Commit that carries the changes; null when nothing changed. */
  seq: z.nullable(z.int()),
  /** SHA-256 of the submission as received, hex. */
  hash: z.string(),
  rows: z.array(RowOutcome),
  totals: z.object({
    applied: z.int(),
    converged: z.int(),
    conflicts: z.int(),
    held: z.int(),
    notWritable: z.int(),
    blocked: z.int(),
  }),
  /** Every issue of the rows after the merge, for the submitter's cells and for the commission. */
  issues: z.array(IssueBody),
})
export const SubmissionList = z.object({
  submissions: z.array(
    z.object({
      id,
      number: z.string(),
      by: name,
      at: z.string(),
      status: z.enum(['accepted', 'refused']),
      rows: z.int(),
      totals: Receipt.shape.totals,
    }),
  ),
})

export const ConflictList = z.object({ conflicts: z.array(ConflictBody) })
/** `text` is the edited text when neither version stands; for a span, the new cells and spans of its columns. */
export const Resolution = z.object({
  choose: z.enum(['head', 'submitted', 'edited']),
  text: z.optional(text),
  cells: z.optional(cells),
  spans: z.optional(spans),
  reason: z.optional(prose),
  ver: z.int(),
})

export const MasterRow = z.object({
  rowId: id,
  ver: z.int(),
  cells,
  spans: z.optional(spans),
  spansConfirmed: z.boolean(),
  lead: z.array(name),
  supporting: z.array(name),
})
export const ReportStatus = z.object({
  unit: name,
  rows: z.int(),
  /** Rows of the unit that at least one accepted submission has touched. */
  submittedRows: z.int(),
  /** Accepted submissions that named at least one row of the unit. */
  submissions: z.int(),
  lastAt: z.nullable(z.string()),
  errors: z.int(),
  warnings: z.int(),
  /** Those of the warnings for which a reason stands. */
  explained: z.optional(z.int()),
  openConflicts: z.int(),
})
export const HistoryEvent = z.object({
  seq: z.int(),
  rowId: id,
  kind: z.enum(['insert', 'update', 'delete', 'resolve', 'confirm']),
  by: name,
  at: z.string(),
  changes: z.array(
    z.object({
      column: columnKey,
      old: nullableText,
      new: nullableText,
      spans: z.optional(z.tuple([z.int(), z.int()])),
    }),
  ),
})
export const Master = z.object({
  plan: Plan,
  seq: z.int(),
  rows: z.array(MasterRow),
  status: z.array(ReportStatus),
  conflicts: z.array(ConflictBody),
  issues: z.array(IssueBody),
})
export const History = z.object({ events: z.array(HistoryEvent) })

// ---- refusals -------------------------------------------------------------------------------

/** application/problem+json, RFC 9457. `code` is stable; `params` fill the sentence of that code. */
export const RefusalBody = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** JSON pointers into the request, with what is wrong there. */
  errors: z.optional(z.array(z.object({ pointer: z.string(), detail: z.string() }))),
  requestId: z.string(),
})

export type PlanFile = z.infer<typeof PlanFile>
export type PlanRow = z.infer<typeof PlanRow>
export type PlanCreated = z.infer<typeof PlanCreated>
export type PlanDetail = z.infer<typeof PlanDetail>
export type Role = z.infer<typeof Role>
export type Me = z.infer<typeof Me>
export type CreateKey = z.infer<typeof CreateKey>
export type KeyCreated = z.infer<typeof KeyCreated>
export type ServerRow = z.infer<typeof ServerRow>
export type RowList = z.infer<typeof RowList>
export type SubmittedRow = z.infer<typeof SubmittedRow>
export type Submission = z.infer<typeof Submission>
export type ConflictBody = z.infer<typeof ConflictBody>
export type RowOutcome = z.infer<typeof RowOutcome>
export type Receipt = z.infer<typeof Receipt>
export type SubmissionList = z.infer<typeof SubmissionList>
export type ConflictList = z.infer<typeof ConflictList>
export type Resolution = z.infer<typeof Resolution>
export type MasterRow = z.infer<typeof MasterRow>
export type IssueReason = z.infer<typeof IssueReason>
export type ReportStatus = z.infer<typeof ReportStatus>
export type HistoryEvent = z.infer<typeof HistoryEvent>
export type Master = z.infer<typeof Master>
export type History = z.infer<typeof History>
export type RefusalBody = z.infer<typeof RefusalBody>
