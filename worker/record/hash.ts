/**
 * How the record is hashed: lines to leaves, leaves to a seal, seals to a chain. WebCrypto alone, so that
 * the Worker and the command that verifies compute with the very same code. Everything is hashed as JSON
 * of a list that begins with what it is, so that no two things can be taken for each other.
 */
import { sha256 } from '../keys.ts'
import { SEAL_FORMAT, type Value } from './tables.ts'

export const LEAF_DIGITS = 64
export const SALT_DIGITS = 32

/** Lines of one table under a seal, as stored in seal_page. */
export type Page = {
  tbl: string
  page: number
  first: number
  last: number
  ids: string
  salts: string
  leaves: string
}

/** A seal as stored. `marks`: JSON of the last mark for each table. */
export type StoredSeal = {
  n: number
  format: number
  at: string
  marks: string
  content_hash: string
  previous_hash: string
  hash: string
  size: number
}

async function hashJson(value: unknown[]): Promise<string> {
  return sha256(new TextEncoder().encode(JSON.stringify(value)))
}

/** Hash of one line of a table, 64 hex digits. */
export async function hashLine(table: string, salt: string, values: readonly Value[]): Promise<string> {
  return hashJson(['line', SEAL_FORMAT, table, salt, values])
}

/** Hash over all pages of a seal. Salts are left out: they go with what is erased. */
export async function hashContent(pages: readonly Page[]): Promise<string> {
  return hashJson([
    'content',
    ...pages.map(({ tbl, page, first, last, ids, leaves }) => [tbl, page, first, last, ids, leaves]),
  ])
}

/** A seal's own hash, which the next one holds. */
export async function hashSeal(seal: Omit<StoredSeal, 'hash' | 'size'>): Promise<string> {
  const { format, n, at, marks, content_hash, previous_hash } = seal
  return hashJson(['seal', format, n, at, marks, content_hash, previous_hash])
}

/** The pieces of a text of equal length: the leaves or the salts of a page. */
export function cutDigits(text: string, digits: number): string[] {
  return Array.from({ length: Math.ceil(text.length / digits) }, (_, i) => text.slice(i * digits, (i + 1) * digits))
}

/** A new salt. `random`: as Services.randomBytes. */
export function drawSalt(random: (count: number) => Uint8Array): string {
  return [...random(SALT_DIGITS / 2)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
