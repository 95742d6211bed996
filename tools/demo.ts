/** The demo: both counties, and a key for every office and for some of the units that lead tasks. */
import type { PlanFile } from '../domain/protocol.ts'
import type { SeedActor } from '../worker/keys.ts'

export const COMMISSION_NAME = '县发展改革委'
export const SUPERVISION_NAME = '县政府督查办'
const ADMIN: Omit<SeedActor, 'key'> = { role: 'admin', county: '*', name: '系统管理员', post: '演示' }

/** Offices of one county and the units that lead the most rows, most first. */
export function demoActors(file: PlanFile, units = 4): Omit<SeedActor, 'key'>[] {
  const { county } = file.plan
  const post = '演示'
  return [
    { role: 'commission', county, name: COMMISSION_NAME, post },
    { role: 'supervision', county, name: SUPERVISION_NAME, post },
    ...leadUnits(file)
      .slice(0, units)
      .map(({ id, name }) => ({ role: 'unit' as const, county, name, unitId: id, post })),
  ]
}

export function adminActor(): Omit<SeedActor, 'key'> {
  return ADMIN
}

/** Units that lead rows, those with the most rows first. */
export function leadUnits(file: PlanFile): { id: string; name: string; rows: number }[] {
  return file.registry.units
    .map(({ id, name }) => ({ id, name, rows: file.rows.filter(({ lead }) => lead.includes(name)).length }))
    .filter(({ rows }) => rows > 0)
    .sort((a, b) => b.rows - a.rows)
}

/** Creates the plan unless it is there. Throws with the refusal's text. */
export async function loadPlan(url: string, adminKey: string, file: PlanFile): Promise<'created' | 'kept'> {
  const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' }
  const known = await fetch(`${url}/api/plans/${file.plan.id}`, { headers })
  if (known.ok) return 'kept'
  const answer = await fetch(`${url}/api/plans`, {
    method: 'POST',
    headers: { ...headers, 'idempotency-key': `seed-${file.plan.id}` },
    body: JSON.stringify(file),
  })
  if (!answer.ok) throw new Error(`${file.plan.id}: ${answer.status} ${await answer.text()}`)
  return 'created'
}
