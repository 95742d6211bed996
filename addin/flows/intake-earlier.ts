/** Whether a returned file was handed in before: each table of a file has one Idempotency-Key, whoever hands it in. */
import type { Flow } from './flow.ts'
import type { IntakeItem } from './intake-item.ts'
import { contextOf } from './intake-items.ts'
import { hashOf } from './intake-read.ts'

/** Files that were submitted before under the keys that this program gives them, by key. */
export type Earlier = Map<string, NonNullable<IntakeItem['earlier']>>

/** Every accepted submission of the plan that has a key of its own. */
export async function readEarlier(flow: Flow): Promise<Earlier> {
  const earlier: Earlier = new Map()
  let cursor: string | undefined
  do {
    const page = await flow.api.submissions(contextOf(flow).plan.plan.id, cursor)
    for (const { attempt, id, number, at, status } of page.submissions)
      if (attempt !== undefined && status === 'accepted') earlier.set(attempt, { submissionId: id, number, at })
    cursor = page.next
  } while (cursor !== undefined)
  return earlier
}

/**
 * Looked up under the unit that it is, or seems to be. Where nothing in it differs from the master any more, the
 * person may have said another unit the first time.
 */
export async function markEarlier(flow: Flow, items: IntakeItem[], earlier: Earlier): Promise<IntakeItem[]> {
  if (earlier.size === 0) return items
  return Promise.all(
    items.map(async (item) => {
      const { found, unit, proposed, isConfirmed } = item
      if (!found) return item
      const isSpent = !isConfirmed && proposed.every(({ edited }) => edited === 0)
      const units = [...(unit === undefined ? [] : [unit]), ...(isSpent ? proposed.map((one) => one.unit) : [])]
      for (const one of units) {
        const known = earlier.get(await attemptOf(flow, { ...item, unit: one }))
        if (known) return { ...item, unit: one, earlier: known }
      }
      return item
    }),
  )
}

/** The Idempotency-Key of a table: the same of the same file always, so that handing it in twice makes one submission. */
export async function attemptOf(flow: Flow, { hash, unit = '', found }: IntakeItem): Promise<string> {
  const planId = contextOf(flow).plan.plan.id
  return `file-${await hashOf(JSON.stringify([planId, unit, found?.sheet ?? '', hash]))}`
}
