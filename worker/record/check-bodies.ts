/** Whether bodies that were kept as received still have the hash that was taken of them on arrival. */
import { ERASED_HASH } from '../erased.ts'
import { sha256 } from '../keys.ts'
import { type Excuses, lineKey } from './excuses.ts'
import type { Finding } from './finding.ts'
import { type Line, recordTable } from './tables.ts'

/** Pieces of bodies whose own line has not come yet; they stand before it. */
export type BodyCheck = { pieces: Map<string, { n: number; text: string }[]> }

export function newBodyCheck(): BodyCheck {
  return { pieces: new Map() }
}

/** Checks the bodies among some lines of the record, by table; `seal`: the last that covers them. */
export async function checkBodies(
  check: BodyCheck,
  lines: Map<string, Line[]>,
  excuses: Excuses,
  seal: number | undefined,
): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const kind of ['submission', 'draft'] as const) {
    const chunk = cells(`${kind}_chunk`)
    for (const line of lines.get(`${kind}_chunk`) ?? []) {
      if (chunk(line, 'part') !== 'body') continue
      const key = `${kind}\n${chunk(line, `${kind}_id`)}`
      const pieces = check.pieces.get(key) ?? []
      pieces.push({ n: Number(chunk(line, 'n')), text: String(chunk(line, 'text')) })
      check.pieces.set(key, pieces)
    }
    const cell = cells(kind)
    for (const line of lines.get(kind) ?? []) {
      const key = `${kind}\n${cell(line, 'id')}`
      const pieces = (check.pieces.get(key) ?? []).sort((a, b) => a.n - b.n).map(({ text }) => text)
      check.pieces.delete(key)
      const body = (kind === 'submission' ? String(cell(line, 'body')) : '') + pieces.join('')
      const hash = String(cell(line, 'body_sha256'))
      const isErased = hash === ERASED_HASH && excuses.erased.has(lineKey(kind, line.id))
      if (isErased || (await isBodyOf(hash, body))) continue
      findings.push({
        kind: 'body-differs',
        ...(seal === undefined ? {} : { seal }),
        table: kind,
        line: String(line.id),
      })
    }
  }
  return findings
}

/** A byte order mark is hashed, as it arrived, but not kept. */
async function isBodyOf(hash: string, body: string): Promise<boolean> {
  const encoder = new TextEncoder()
  return hash === (await sha256(encoder.encode(body))) || hash === (await sha256(encoder.encode(`\ufeff${body}`)))
}

function cells(name: string): (line: Line, column: string) => Line['values'][number] {
  const { columns } = recordTable(name)
  const index = new Map(columns.map((column, i) => [column, i]))
  return ({ values }, column) => values[index.get(column) ?? -1] ?? null
}
