/** The wire of keys: issued to one or to all units, listed, replaced. The key itself is shown once. */
import * as z from 'zod/mini'
import { day, id, line, MAX_ROWS, name, names } from './protocol-fields.ts'
import { Role } from './protocol-plans.ts'

/** 经办 saves, 审核 releases; without sign-off in the plan both submit. */
export const Duty = z.enum(['handler', 'reviewer'])

const keyFields = {
  /** 科室岗位, never a person's name. */
  post: line.check(z.maxLength(100)),
  duty: z.optional(Duty),
  /** Rows that the key may write, where not all of its unit's. */
  rows: z.optional(z.array(id).check(z.minLength(1), z.maxLength(MAX_ROWS))),
  /** Last day on which the key works, in Beijing. */
  expiresOn: z.optional(day),
}
/** `unit` and a unit's name, or an office of the plan's county. */
export const CreateKey = z.object({ role: Role, unit: z.optional(name), ...keyFields })
/** A key for each unit: those named, or all that answer for a row and have no working key. */
export const CreateUnitKeys = z.object({
  units: z.optional(names),
  post: keyFields.post,
  duty: keyFields.duty,
  expiresOn: keyFields.expiresOn,
})
/** With `rows`: the plan that they are of. */
const planId = z.optional(id)

/** The only time that the key itself is shown. */
export const KeyCreated = z.object({
  id,
  key: z.string(),
  role: Role,
  unit: z.optional(name),
  post: z.string(),
  duty: z.optional(Duty),
  rows: z.optional(z.array(id)),
  planId,
  expiresOn: z.optional(day),
})
export const UnitKeysCreated = z.object({
  keys: z.array(KeyCreated),
  /** Units that were not named and got none, because they have a working key. */
  skipped: z.array(name),
})
/** The old key works `overlapHours` longer; 0 or absent: not a moment. */
export const RotateKey = z.object({
  overlapHours: z.optional(z.int().check(z.gte(0), z.lte(168))),
  expiresOn: z.optional(day),
})
export const KeyInfo = z.object({
  id,
  role: Role,
  /** Name of the unit or office. */
  holder: name,
  post: z.string(),
  duty: Duty,
  rows: z.nullable(z.array(id)),
  planId,
  createdAt: z.string(),
  /** To the hour; null: never used. */
  lastUsedAt: z.nullable(z.string()),
  expiresOn: z.nullable(day),
  revokedAt: z.nullable(z.string()),
  replacedBy: z.nullable(id),
  state: z.enum(['active', 'expired', 'revoked']),
})
export const KeyList = z.object({ keys: z.array(KeyInfo) })

export type Duty = z.infer<typeof Duty>
export type CreateKey = z.infer<typeof CreateKey>
export type CreateUnitKeys = z.infer<typeof CreateUnitKeys>
export type KeyCreated = z.infer<typeof KeyCreated>
export type UnitKeysCreated = z.infer<typeof UnitKeysCreated>
export type RotateKey = z.infer<typeof RotateKey>
export type KeyInfo = z.infer<typeof KeyInfo>
export type KeyList = z.infer<typeof KeyList>
