/**
 * Laws of reporting as properties over the real Worker and D1, with shrinking: fast-check draws what
 * units do, and tells the shortest list of edits that breaks a law. Larger and meaner runs, with
 * faults, are those of test/faults, which replay but do not shrink.
 */
import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { beforeAll, expect, test, vi } from 'vitest'
import { foldText } from '../../domain/fold.ts'
import type { Master, Receipt, ServerRow } from '../../domain/protocol.ts'
import { call, createPlan, expectRebuildable, type Keys, pull, receiptOf, seedKeys } from './county.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

const seconds = Number((env as unknown as { FAULTS_SECONDS: string }).FAULTS_SECONDS || 0)
/**
 * Few runs, because each makes a plan or two in a real database; always the same ones, but for those
 * of `npm run check:faults` (docs/decisions/006).
 */
const RUNS =
  seconds > 0 ? { numRuns: 100_000, interruptAfterTimeLimit: (seconds * 1000) / 3 } : { numRuns: 30, seed: 2023 }
vi.setConfig({ testTimeout: (seconds + 120) * 1000 })

const WHO = ['edu', 'health', 'water', 'commission'] as const

/** One cell that somebody edits, mostly that of two units, no task like another's (that would be refused as shifted); `fresh`: on what stands now, not on what was there at the beginning. */
const anEdit = fc
  .record({
    who: fc.constantFrom(...WHO),
    rowId: fc.constantFrom('r2', 'r2', 'r2', 'r1', 'r3', 'r4'),
    column: fc.constantFrom('milestone.P1', 'milestone.P1', 'milestone.P1', 'milestone.P2', 'milestone.P3', 'task'),
    text: fc.constantFrom('完成选址', '完成选址 ', '改造2所', '——', '', '新增10个', '开工。。'),
    confirmed: fc.boolean(),
    fresh: fc.boolean(),
  })
  .map((edit) => (edit.column === 'task' ? { ...edit, text: `${edit.text}${edit.rowId}` } : edit))
type Edit = {
  who: (typeof WHO)[number]
  rowId: string
  column: string
  text: string
  confirmed: boolean
  fresh: boolean
}

/** What the sheet of whoever pulled `rows` sends after one edit: that cell, and what merged it if anything did. */
function toSubmission(rows: ServerRow[], { rowId, column, text, confirmed }: Edit) {
  const row = rows.find((candidate) => candidate.rowId === rowId)!
  const sent = { rowId, baseVer: row.ver, cells: { [column]: text } }
  return { rows: [sent], more: confirmed ? { clears: [{ rowId, column }] } : {} }
}

/** A receipt, and the texts that were there: at the base, and before the edit came. */
type Sent = { receipt: Receipt; known: (string | undefined)[] }

async function send(planId: string, pulled: ServerRow[], edit: Edit): Promise<Sent> {
  // The commission sees every row, also those that a unit knows from a mailed file only.
  const now = await pull(planId, keys.commission)
  const rows = edit.fresh ? now : pulled
  const { rows: sent, more } = toSubmission(rows, edit)
  const known = [rows, now].map((list) => list.find(({ rowId }) => rowId === edit.rowId)?.cells[edit.column])
  return { receipt: await receiptOf(planId, keys[edit.who], sent, more), known }
}

async function readMaster(planId: string): Promise<Master> {
  return (await call(`/api/plans/${planId}/master`, { key: keys.commission })).json as Master
}

/** Where a receipt says that an edit is: never nowhere. */
function placesOf({ receipt, known }: Sent, edit: Edit): string[] {
  const { rowId, column } = edit
  const outcome = receipt.rows.find((row) => row.rowId === rowId)!
  const names = (list: { column?: string; columns?: string[] }[]) =>
    list.some((one) => one.column === column || one.columns?.includes(column))
  return [
    ...(names(outcome.applied) ? ['applied'] : []),
    ...(names(outcome.converged) ? ['converged'] : []),
    ...(names(outcome.conflicts) ? ['conflict'] : []),
    ...(names(outcome.held) ? ['held'] : []),
    ...(names(outcome.notWritable) ? ['notWritable'] : []),
    ...(outcome.blocked.length > 0 ? ['blocked'] : []),
    // No edit: over the base, or into another unit's cell what stands there anyway. A covered cell is as good as blank.
    ...(known.some((text) => foldText(text ?? '') === foldText(edit.text)) ? ['no edit'] : []),
  ]
}

test('every edit is somewhere, the events give the state, and no text is there that nobody wrote', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anEdit, { minLength: 1, maxLength: 8 }), async (edits) => {
      const planId = await createPlan(keys)
      const pulled = await pull(planId, keys.commission)
      const known = new Set(pulled.flatMap(({ cells }) => Object.values(cells)))
      for (const edit of edits) {
        expect(placesOf(await send(planId, pulled, edit), edit)).not.toEqual([])
        known.add(edit.text)
      }
      await expectRebuildable(planId)
      const { rows, conflicts } = await readMaster(planId)
      expect(rows.flatMap(({ cells }) => Object.values(cells)).filter((text) => !known.has(text))).toEqual([])
      const disputed = conflicts.filter(({ kind }) => kind === 'cell').map(({ submitted = '' }) => submitted)
      expect(disputed.filter((text) => !known.has(text))).toEqual([])
    }),
    RUNS,
  )
})

test('sent again from the same base, a submission changes nothing and adds no conflict', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anEdit, { minLength: 1, maxLength: 4 }), async (edits) => {
      const planId = await createPlan(keys)
      const pulled = await pull(planId, keys.commission)
      for (const edit of edits) await send(planId, pulled, edit)
      const before = await readMaster(planId)
      const last = edits.at(-1)!
      // What the last one changed is the head by now; an edit over it by another text would be a new one.
      const { rows, more } = toSubmission(pulled, last)
      const once = await receiptOf(planId, keys[last.who], rows, more)
      const again = await receiptOf(planId, keys[last.who], rows, more)
      const after = await readMaster(planId)
      if (!last.fresh) expect(after.rows).toEqual(before.rows)
      expect(again.totals.applied).toBe(0)
      expect(again.rows.flatMap((row) => row.conflicts.map(({ id }) => id))).toEqual(
        once.rows.flatMap((row) => row.conflicts.map(({ id }) => id)),
      )
    }),
    RUNS,
  )
})

// Of two texts that fold to the same, the first to come stays.
test('two submissions from one base give the same master in either order, but where they are in dispute', async () => {
  await fc.assert(
    fc.asyncProperty(anEdit, anEdit, async (first, second) => {
      const [one, other] = [
        { ...first, fresh: false },
        { ...second, fresh: false },
      ]
      const outcomes = []
      for (const order of [
        [one, other],
        [other, one],
      ]) {
        const planId = await createPlan(keys)
        const pulled = await pull(planId, keys.commission)
        const receipts = []
        for (const edit of order) receipts.push((await send(planId, pulled, edit)).receipt)
        outcomes.push({ master: await readMaster(planId), receipts })
      }
      const open = new Set(
        outcomes.flatMap(({ master, receipts }) => [
          ...master.conflicts.flatMap(({ rowId, column, columns }) => (columns ?? [column]).map((key) => rowId + key)),
          ...receipts.flatMap(({ rows }) =>
            rows.flatMap(({ rowId, held, blocked }) => [
              ...held.flatMap(({ column, columns }) => (columns ?? [column]).map((key) => rowId + key)),
              ...(blocked.length > 0 ? [one, other].map(({ column }) => rowId + column) : []),
            ]),
          ),
        ]),
      )
      const settled = ({ rows }: Master) =>
        rows.flatMap(({ rowId, cells }) =>
          Object.entries(cells)
            .filter(([column]) => !open.has(rowId + column))
            .map(([column, text]) => [rowId, column, foldText(text)]),
        )
      expect(settled(outcomes[0]!.master)).toEqual(settled(outcomes[1]!.master))
    }),
    RUNS,
  )
})
