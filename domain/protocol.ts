/**
 * The wire: every request and answer of the API, once, for the Worker that validates them, the
 * OpenAPI document made from them, and the clients that send them. With its parts the only files of
 * the domain that use zod; `zod/mini` and jitless, because the pane's CSP forbids eval.
 */

export * from './protocol-annotations.ts'
export * from './protocol-changes.ts'
export * from './protocol-drafts.ts'
export { ILLEGAL_CHARACTER, MAX_BODY_BYTES, MAX_CELL_LENGTH, MAX_ROWS } from './protocol-fields.ts'
export * from './protocol-keys.ts'
export * from './protocol-master.ts'
export * from './protocol-plans.ts'
export * from './protocol-pull.ts'
export * from './protocol-record.ts'
export * from './protocol-review.ts'
export * from './protocol-submissions.ts'
