/** The request that makes the chosen changes, the one that takes them back, and what they mean for units. Pure. */
import { foldText } from '../../domain/fold.ts'
import type { AdjustPlan, PlanChanged, RowList, ServerRow } from '../../domain/protocol.ts'
import { milestoneKeys, type SheetSpec } from '../../domain/sheet-spec.ts'
import { type AddedRow, type Adjustment, itemKey, type RefusedPart } from './adjustment.ts'
import { rowsById } from './submission.ts'

/** What is sent of a draft; lists that are empty are left out. */
export function adjustmentBody(adjustment: Adjustment, rows: RowList): AdjustPlan {
  const { chosen, paper } = adjustment
  const sequence = adjustment.sequence.map(({ rowId }) => rowId)
  const keys = new Set(chosen)
  const isChosen = (kind: Parameters<typeof itemKey>[0]) => (rowId: string) => keys.has(itemKey(kind, rowId))
  const removed = adjustment.removed.filter(({ rowId }) => isChosen('removed')(rowId))
  const added = adjustment.added.filter(({ row }) => isChosen('added')(row.rowId))
  const gone = new Set(removed.map(({ rowId }) => rowId))
  // Of a task that ends nothing else is sent, whatever is ticked of it.
  const stays = adjustment.rows.filter(({ rowId }) => !gone.has(rowId))
  const moved = adjustment.moved.filter((rowId) => isChosen('moved')(rowId) && !gone.has(rowId))
  const units = stays.filter(({ rowId, units }) => units && isChosen('units')(rowId))
  const there = new Set(rows.rows.map(({ rowId }) => rowId).filter((rowId) => !gone.has(rowId)))
  const arrived = new Set(added.map(({ row }) => row.rowId))
  const behind = (rowId: string, others: ReadonlySet<string>) => {
    const before = sequence
      .slice(0, sequence.indexOf(rowId))
      .filter((other) => there.has(other) || others.has(other))
      .at(-1)
    return before === undefined ? {} : { after: before }
  }
  return {
    ...paperOf(paper, units.length + added.length > 0),
    rows: stays
      .filter(({ rowId }) => isChosen('text')(rowId))
      .map(({ rowId, ver, cells, spans }) => ({ rowId, baseVer: ver, cells, ...(spans && { spans }) })),
    ...filled(
      'removed',
      removed.map(({ rowId, ver }) => ({ rowId, baseVer: ver })),
    ),
    // In the order of the sheet, so that whatever a row goes behind is there already.
    ...filled(
      'moved',
      moved.map((rowId) => ({ rowId, ...behind(rowId, new Set()) })),
    ),
    ...filled(
      'added',
      added.map((one) => ({ ...toAdded(one), ...behind(one.row.rowId, arrived) })),
    ),
    ...filled(
      'units',
      units.map(({ rowId, units }) => ({ rowId, ...unitsOf(units) })),
    ),
  }
}

function paperOf(paper: Adjustment['paper'], hasUnits: boolean): Omit<AdjustPlan, 'rows'> {
  const { kind, reason, documentNumber, effectivePeriod, effectiveOn } = paper
  return {
    kind,
    reason: reason.trim(),
    ...(documentNumber.trim() !== '' && { documentNumber: documentNumber.trim() }),
    ...(kind === 'adjustment' && effectivePeriod !== '' && { effectivePeriod }),
    ...(hasUnits && effectiveOn !== '' && { effectiveOn }),
  }
}

function toAdded({ row: { rowId, cells, spans }, baseVer, ...units }: AddedRow) {
  return { rowId, baseVer, cells, ...(spans && { spans }), ...unitsOf(units) }
}

function unitsOf(units: { lead: string[]; supporting: string[] } | undefined) {
  return { lead: units?.lead ?? [], supporting: units?.supporting ?? [] }
}

function filled<Key extends string, Item>(key: Key, items: Item[]): { [K in Key]?: Item[] } {
  return (items.length > 0 ? { [key]: items } : {}) as { [K in Key]?: Item[] }
}

/**
 * What takes `body` back, as 勘误: `before` are the rows as they were, `done` what the server answered. Its reason
 * is for the person to say.
 */
export function undoBody(
  spec: SheetSpec,
  { body, before, done }: { body: AdjustPlan; before: RowList; done: PlanChanged },
): Omit<AdjustPlan, 'reason'> {
  const heads = rowsById(before)
  const versions = new Map(done.rows.map(({ rowId, ver }) => [rowId, ver]))
  const verOf = (rowId: string) => versions.get(rowId) ?? 0
  const order = before.rows.map(({ rowId }) => rowId)
  const fresh = new Set((body.added ?? []).map(({ rowId }) => rowId))
  // In the old order, so that whatever a row goes behind stands where it stood.
  const sorted = <Item extends { rowId: string }>(items: Item[] = []) =>
    [...items].sort((a, b) => order.indexOf(a.rowId) - order.indexOf(b.rowId))
  const removedOnes = new Set((body.removed ?? []).map(({ rowId }) => rowId))
  const behind = (rowId: string, isThere: (other: string) => boolean) => {
    const after = order.slice(0, order.indexOf(rowId)).filter(isThere).at(-1)
    return after === undefined ? {} : { after }
  }
  return {
    kind: 'erratum',
    ...(body.effectiveOn !== undefined && { effectiveOn: body.effectiveOn }),
    rows: body.rows.flatMap(({ rowId, cells }) => {
      const head = heads.get(rowId)
      return head ? [{ rowId, baseVer: verOf(rowId), ...oldTexts(spec, head, Object.keys(cells)) }] : []
    }),
    ...filled(
      'removed',
      [...fresh].map((rowId) => ({ rowId, baseVer: verOf(rowId) })),
    ),
    // Rows that ended are not there yet when the others go back to their places.
    ...filled(
      'moved',
      sorted(body.moved).map(({ rowId }) => ({ rowId, ...behind(rowId, (other) => !removedOnes.has(other)) })),
    ),
    ...filled(
      'added',
      sorted(body.removed).flatMap(({ rowId }) => {
        const head = heads.get(rowId)
        if (!head) return []
        const { cells, spans, lead, supporting } = head
        const row = { rowId, baseVer: verOf(rowId), cells, ...(spans && { spans }), lead, supporting }
        return [{ ...row, ...behind(rowId, () => true) }]
      }),
    ),
    ...filled(
      'units',
      (body.units ?? []).flatMap(({ rowId }) => {
        const head = heads.get(rowId)
        return head ? [{ rowId, ...unitsOf(head) }] : []
      }),
    ),
  }
}

/** The texts that these columns had; of milestones all, because what is merged covers its neighbours. */
function oldTexts(spec: SheetSpec, head: ServerRow, columns: string[]) {
  const milestones = milestoneKeys(spec)
  const isTold = columns.some((column) => milestones.includes(column))
  const told = new Set(isTold ? [...columns, ...milestones] : columns)
  const only = <Value>(values: Record<string, Value>) =>
    Object.fromEntries(Object.entries(values).filter(([column]) => told.has(column)))
  const spans = only(head.spans ?? {})
  return { cells: only(head.cells), ...(Object.keys(spans).length > 0 && { spans }) }
}

export const SHARES = ['gainsLead', 'gainsSupporting', 'losesLead', 'losesSupporting'] as const

/** A unit, and the tasks (rowIds) that it leads or supports anew, or no longer. */
export type UnitShare = { unit: string } & Record<(typeof SHARES)[number], string[]>

/** Whose tasks change, in the order in which the units are named. */
export function unitShares({ units = [], added = [], removed = [] }: AdjustPlan, rows: RowList): UnitShare[] {
  const heads = rowsById(rows)
  const shares = new Map<string, UnitShare>()
  const note = (names: readonly string[], kind: (typeof SHARES)[number], rowId: string) => {
    for (const unit of names) {
      const share = shares.get(unit) ?? { unit, gainsLead: [], gainsSupporting: [], losesLead: [], losesSupporting: [] }
      share[kind].push(rowId)
      shares.set(unit, share)
    }
  }
  const ended = removed.map(({ rowId }) => ({ rowId, lead: [], supporting: [] }))
  for (const { rowId, lead, supporting } of [...units, ...added, ...ended]) {
    const { lead: led = [], supporting: supported = [] } = heads.get(rowId) ?? {}
    const without = (names: readonly string[], others: readonly string[]) =>
      names.filter((name) => !others.includes(name))
    note(without(lead, led), 'gainsLead', rowId)
    note(without(supporting, supported), 'gainsSupporting', rowId)
    note(without(led, lead), 'losesLead', rowId)
    note(without(supported, supporting), 'losesSupporting', rowId)
  }
  return [...shares.values()]
}

/** 序号 that more than one task would have afterwards; a number may be blank. */
export function doubledNumbers({ rows: texts, added = [], removed = [] }: AdjustPlan, rows: RowList): string[] {
  const gone = new Set(removed.map(({ rowId }) => rowId))
  const given = new Map(texts.map(({ rowId, cells }) => [rowId, cells.number]))
  const kept = rows.rows.filter(({ rowId }) => !gone.has(rowId))
  const after = [
    ...kept.map(({ rowId, cells }) => given.get(rowId) ?? cells.number ?? ''),
    ...added.map(({ cells }) => cells.number ?? ''),
  ].map((number) => foldText(number))
  const before = rows.rows.map(({ cells }) => foldText(cells.number ?? ''))
  const count = (numbers: string[], number: string) => numbers.filter((other) => other === number).length
  // A plan that goes on numbering each of its parts from 1 had them before.
  return [...new Set(after)].filter(
    (number) => number !== '' && count(after, number) > Math.max(1, count(before, number)),
  )
}

/** What a refusal is about, by itemKey; '' where it is about the paper. */
export function refusedParts(
  body: AdjustPlan,
  errors: readonly { pointer: string; detail: string }[],
): Record<string, RefusedPart[]> {
  const kinds = { rows: 'text', units: 'units', added: 'added', removed: 'removed', moved: 'moved' } as const
  const parts: Record<string, RefusedPart[]> = {}
  for (const { pointer, detail } of errors) {
    const [, list = '', index, field, cell] = pointer.split('/')
    const kind = list in kinds ? kinds[list as keyof typeof kinds] : undefined
    const rowId = kind && body[list as keyof typeof kinds]?.[Number(index)]?.rowId
    const key = kind && rowId !== undefined ? itemKey(kind, rowId) : ''
    // Of the paper the field is told in the place of a column.
    const column = field === 'cells' ? cell : kind ? undefined : list
    const part = column !== undefined ? { column, detail } : { detail }
    parts[key] = [...(parts[key] ?? []), part]
  }
  return parts
}
