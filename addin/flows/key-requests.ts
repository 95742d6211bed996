/** What the pane asks of keys, and what a request that met no answer has made all the same. Pure. */
import type { CreateKey, CreateUnitKeys, KeyInfo, PlanDetail, RowList } from '../../domain/protocol.ts'

/** One key, keys for named units, or one in the place of another that works `overlapHours` longer. */
export type KeyRequest =
  | { kind: 'one'; planId: string; body: CreateKey }
  | { kind: 'units'; planId: string; body: CreateUnitKeys & { units: string[] } }
  | { kind: 'replace'; planId: string; old: KeyInfo; overlapHours: number }

/** Keys of a list that a request may have made: not among the ids `before`, and as it asked for. */
export function findMade(request: KeyRequest, keys: readonly KeyInfo[], before: readonly string[]): KeyInfo[] {
  if (request.kind === 'replace') {
    const successor = keys.find(({ id }) => id === request.old.id)?.replacedBy
    return keys.filter(({ id, state }) => id === successor && state === 'active')
  }
  const { body } = request
  return keys.filter(
    (key) =>
      !before.includes(key.id) &&
      key.state === 'active' &&
      key.lastUsedAt === null &&
      key.post === body.post &&
      key.expiresOn === (body.expiresOn ?? null) &&
      (request.kind === 'units'
        ? request.body.units.includes(key.holder)
        : key.role === request.body.role && (key.role !== 'unit' || key.holder === request.body.unit)),
  )
}

/** The request for other keys in the place of those that it made and nobody holds. */
export function askAgain(request: KeyRequest, made: readonly KeyInfo[]): KeyRequest {
  if (request.kind === 'units')
    return { ...request, body: { ...request.body, units: made.map(({ holder }) => holder) } }
  const [successor] = made
  if (request.kind === 'one' || !successor) return request
  const { role, holder, post, duty, rows, planId, expiresOn } = successor
  return {
    kind: 'one',
    planId: planId ?? request.planId,
    body: {
      role,
      ...(role === 'unit' && { unit: holder, duty }),
      post,
      ...(rows && { rows }),
      ...(expiresOn !== null && { expiresOn }),
    },
  }
}

/** Units of the county that still exist, with those that lead or support a task, themselves or in a group, marked. */
export function listUnits(
  plan: PlanDetail | undefined,
  rows: RowList | undefined,
): { name: string; answers: boolean }[] {
  const { units = [], groups = [] } = plan?.registry ?? {}
  const named = new Set(rows?.rows.flatMap(({ lead, supporting }) => [...lead, ...supporting]))
  const members = new Set(groups.filter(({ name }) => named.has(name)).flatMap((group) => group.members ?? []))
  return units
    .filter(({ to }) => to === undefined)
    .map(({ name }) => ({ name, answers: named.has(name) || members.has(name) }))
}

/** Units that answer for a task and have no key that works. */
export function unitsWithoutKey(
  plan: PlanDetail | undefined,
  rows: RowList | undefined,
  keys: readonly KeyInfo[],
): string[] {
  const served = new Set(
    keys
      .filter(({ role, state, replacedBy }) => role === 'unit' && state === 'active' && !replacedBy)
      .map(({ holder }) => holder),
  )
  return listUnits(plan, rows).flatMap(({ name, answers }) => (answers && !served.has(name) ? [name] : []))
}
