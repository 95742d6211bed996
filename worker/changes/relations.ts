/** Who leads and supports rows: changed from a day on, and told for any day. */
import type { Plan } from '../../domain/plan.ts'
import type { ChangeRelations, PlanChanged, RelationList } from '../../domain/protocol.ts'
import { day as daySchema } from '../../domain/protocol-fields.ts'
import type { UnitRegistry } from '../../domain/units.ts'
import { beijingDate } from '../beijing-date.ts'
import type { Call } from '../endpoint.ts'
import { groupBy } from '../group-by.ts'
import { Refusal } from '../refusal.ts'
import { readPlan, readRegistry, selectPlan, selectRegistry, sheetIdOf } from '../store/plans.ts'
import { type RecordedRelation, readRecorded, replaceRelations, selectRecorded } from '../store/relations.ts'
import { type Relation, readRows, selectSomeRows } from '../store/rows.ts'
import { changePlan } from './change-plan.ts'
import { createPartyFinder, type PartyError } from './parties.ts'
import { refuseAt, requireRows } from './refuse-rows.ts'

/**
 * Gives rows new relations from a day on, absent: today. Nothing that an actor read before can be
 * committed after. Throws row-not-found, duplicate-row-id, lead-missing, unit-not-found, invalid.
 */
export async function changeRelations(call: Call<ChangeRelations>): Promise<PlanChanged> {
  const { db, body, params } = call
  const rowIds = body.rows.map(({ rowId }) => rowId)
  return changePlan(call, {
    select: (sheetId) => [
      selectSomeRows(db, sheetId, JSON.stringify(rowIds)),
      ...selectRegistry(db, params.plan ?? ''),
    ],
    prepare: ({ plan, sheetId }, [rows, ...registry], now) => {
      const today = beijingDate(now)
      const effectiveOn = body.effectiveOn ?? today
      refuseDay(plan, effectiveOn, today)
      const heads = requireRows(rowIds, readRows(rows), (i) => `/rows/${i}/rowId`)
      const relations = resolveRelations(body.rows, 'rows', readRegistry(registry), effectiveOn)
      return {
        kind: 'relations',
        why: { reason: body.reason, documentNumber: body.documentNumber, effectiveOn },
        raisesEpoch: true,
        statements: replaceRelations(db, sheetId, effectiveOn, rowIds, relations),
        // Who answers for a row is no text of it: its version stays.
        rows: heads.map(({ row, ver }) => ({ rowId: row.rowId, ver })),
      }
    },
  })
}

/** A day that the plan has to do with: a slip such as 2203 would hide a relation for good. */
export function refuseDay(plan: Plan, day: string, today: string): void {
  const first = firstDay(plan)
  const lastYear = Math.max(plan.year, Number(today.slice(0, 4))) + 1
  if (day < first) refuseAt('invalid', ['/effectiveOn'], {}, 'too-early')
  if (day > `${lastYear}-12-31`) refuseAt('invalid', ['/effectiveOn'], {}, 'too-late')
}

/** The first day of a plan: of its year, or of its first period. */
export function firstDay({ year, periods }: Plan): string {
  return [`${year}-01-01`, ...periods.map(({ from }) => from)].sort()[0] ?? ''
}

/** Who is meant by the units of rows. `list`: their name in the request. Throws lead-missing, unit-not-found. */
export function resolveRelations(
  rows: readonly ChangeRelations['rows'][number][],
  list: string,
  registry: UnitRegistry,
  day: string,
): Relation[] {
  refuseAt(
    'lead-missing',
    rows.flatMap(({ lead }, i) => (lead.length === 0 ? [`/${list}/${i}/lead`] : [])),
  )
  const find = createPartyFinder(registry, day)
  const wrong: { pointer: string; detail: PartyError; name: string }[] = []
  const relations = rows.flatMap((row, i) =>
    (['lead', 'supporting'] as const).flatMap((role) =>
      row[role].flatMap((name, n): Relation[] => {
        const found = find(name, role)
        if (!('wrong' in found)) return [{ rowId: row.rowId, role, ...found }]
        wrong.push({ pointer: `/${list}/${i}/${role}/${n}`, detail: found.wrong, name })
        return []
      }),
    ),
  )
  const [first] = wrong
  if (first) {
    const errors = wrong.slice(0, 20).map(({ pointer, detail }) => ({ pointer, detail }))
    throw new Refusal('unit-not-found', { unit: first.name, count: wrong.length }, errors)
  }
  return relations
}

/** Who led and supported each row on the day that `?on=` asks for, today where it asks for none. */
export async function listRelations({ db, params, query, services, caller }: Call<undefined>) {
  const planId = params.plan ?? ''
  const on = query.get('on') ?? beijingDate(services.now())
  if (!daySchema.safeParse(on).success) throw new Refusal('invalid', { count: 1 }, [{ pointer: '', detail: '?on' }])
  const [plan, recorded] = await db.batch([
    selectPlan(db, planId),
    selectRecorded(db, sheetIdOf(planId), query.get('row') ?? undefined),
  ])
  readPlan(plan, planId, caller.actor)
  const byRow = groupBy(readRecorded(recorded), ({ rowId }) => rowId)
  const rows = [...byRow].map(([rowId, lines]) => ({ rowId, ...tellRow(lines, on) }))
  return { value: { on, rows } satisfies RelationList }
}

function tellRow(lines: RecordedRelation[], on: string): Omit<RelationList['rows'][number], 'rowId'> {
  const then = lines.filter(
    ({ replacedSeq, from, to }) => replacedSeq === null && (from ?? '') <= on && (to ?? '9999') >= on,
  )
  const namesOf = (role: 'lead' | 'supporting') => then.filter((line) => line.role === role).map(({ unit }) => unit)
  return {
    deleted: lines[0]?.isDeleted === 1,
    lead: namesOf('lead'),
    supporting: namesOf('supporting'),
    recorded: lines.map(({ role, unit, recordedAs, from, to, seq, at, by, reason, documentNumber, ...rest }) => ({
      role,
      unit,
      ...(recordedAs !== unit ? { recordedAs } : {}),
      from,
      to,
      seq,
      at,
      by,
      ...(reason !== null ? { reason } : {}),
      ...(documentNumber !== null ? { documentNumber } : {}),
      replacedSeq: rest.replacedSeq,
      replacedAt: rest.replacedAt,
    })),
  }
}
