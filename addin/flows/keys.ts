/**
 * Access keys as the commission issues, replaces and revokes them. The server shows a key once and
 * cannot repeat an answer that was lost: then the list tells what was made, and that is revoked and
 * asked for anew. Keys go into the slips that the person saves, never into the open workbook.
 */
import { drawKeySlips, type KeySlip } from '../../domain/key-slips.ts'
import type { KeyCreated, KeyInfo } from '../../domain/protocol.ts'
import { isPassing } from '../api.ts'
import { XLSX_TYPE } from '../save-file.ts'
import type { IssuedKeys, State } from '../state.ts'
import { beijingDay } from '../ui/time.ts'
import { type Flow, notice, run } from './flow.ts'
import { askAgain, findMade, type KeyRequest } from './key-requests.ts'

/** Reads the county's keys and opens their screen. */
export function pullKeys(flow: Flow): Promise<void> {
  return run(flow, 'busy.keys', async () => {
    await refreshKeys(flow)
    flow.dispatch({ type: 'went', screen: 'keys' })
  })
}

async function refreshKeys(flow: Flow): Promise<KeyInfo[]> {
  const planId = flow.state().plan?.plan.id
  if (planId === undefined) return []
  const { keys } = await flow.api.keys(planId)
  flow.dispatch({ type: 'keysPulled', keys })
  return keys
}

/** Asks for keys, shows them and saves their slips at once. */
export function issueKeys(flow: Flow, request: KeyRequest): Promise<void> {
  return run(flow, 'busy.key', () => issue(flow, request))
}

async function issue(flow: Flow, request: KeyRequest): Promise<void> {
  // Before any key is made: what cannot be loaded afterwards must not cost one.
  await loadWriter()
  const before = (await refreshKeys(flow)).map(({ id }) => id)
  let made: { keys: KeyCreated[]; skipped: string[] }
  try {
    made = await send(flow, request)
  } catch (error) {
    if (!isPassing(error)) throw error
    flow.dispatch({ type: 'keysLost', lost: { request, before } })
    // Without a network the person looks again later: 核对.
    await lookForLost(flow).catch((again) => {
      if (!isPassing(again)) throw again
    })
    return
  }
  showIssued(flow, { ...made, own: false })
  await saveIssued(flow)
  // The list is behind; what was issued stays in sight if it cannot be renewed.
  await refreshKeys(flow).catch(() => undefined)
}

async function send({ api }: Flow, request: KeyRequest): Promise<{ keys: KeyCreated[]; skipped: string[] }> {
  if (request.kind === 'units') return api.createUnitKeys(request.planId, request.body)
  const key =
    request.kind === 'one'
      ? await api.createKey(request.planId, request.body)
      : await api.rotateKey(request.old.id, { overlapHours: request.overlapHours })
  return { keys: [key], skipped: [] }
}

/** Brings keys in sight that the server has just shown, and makes their slips. */
export function showIssued(flow: Flow, made: Pick<IssuedKeys, 'keys' | 'skipped' | 'own'>): void {
  const state = flow.state()
  const { county = '', title: planTitle = '' } = state.plan?.plan ?? {}
  const slips = made.keys.map((key) => toSlip(state, key))
  flow.dispatch({ type: 'keysIssued', issued: { ...made, slips, heading: { county, planTitle } } })
}

/** 核对: what became of the request that met no answer. */
export function checkLostKeys(flow: Flow): Promise<void> {
  return run(flow, 'busy.keys', () => lookForLost(flow))
}

async function lookForLost(flow: Flow): Promise<void> {
  const { lostKeys } = flow.state()
  if (!lostKeys) return
  const found = findMade(lostKeys.request, await refreshKeys(flow), lostKeys.before)
  flow.dispatch({ type: 'keysLost', lost: found.length > 0 ? { ...lostKeys, found } : undefined })
  if (found.length === 0) notice(flow, { tone: 'warning', text: 'keys.noneMade' })
}

/** 停用并重新发放: ends the keys that never arrived, then asks for others in their place. */
export function reissueLostKeys(flow: Flow): Promise<void> {
  return run(flow, 'busy.key', async ({ progress }) => {
    const { lostKeys } = flow.state()
    const { request, found = [] } = lostKeys ?? {}
    if (!request || found.length === 0) return
    for (const [i, { id }] of found.entries()) {
      await flow.api.revokeKey(id)
      progress(i + 1, found.length)
    }
    flow.dispatch({ type: 'keysLost', lost: undefined })
    await issue(flow, askAgain(request, found))
  })
}

/** Leaves the keys that never arrived as they are: a colleague may have issued them. */
export function dismissLostKeys(flow: Flow): void {
  flow.dispatch({ type: 'keysLost', lost: undefined })
}

/** Ends a key at once; asked again, it is ended all the same. */
export function revokeKey(flow: Flow, { id, holder, post }: KeyInfo): Promise<void> {
  return run(flow, 'busy.revoke', async () => {
    await flow.api.revokeKey(id)
    await refreshKeys(flow)
    notice(flow, { tone: 'success', text: 'keys.revoked', params: { holder, post } })
  })
}

/** Saves the slips of the keys in sight, again too. */
export function saveSlips(flow: Flow): Promise<void> {
  return run(flow, 'busy.slips', () => saveIssued(flow))
}

const loadWriter = () => import('../../xlsx/write.ts')

async function saveIssued(flow: Flow): Promise<void> {
  const { issuedKeys } = flow.state()
  if (!issuedKeys || issuedKeys.keys.length === 0) return
  const { writeWorkbook } = await loadWriter()
  const issuedOn = beijingDay(flow.now())
  const { slips, heading } = issuedKeys
  const { county } = heading
  const models = drawKeySlips(slips, { ...heading, address: flow.address, issuedOn })
  const bytes = await writeWorkbook(models, { title: `${county}密钥通知单`, created: flow.now().toISOString() })
  flow.save(
    `${county}密钥通知单（${issuedOn}，${slips.length}把）.xlsx`,
    new Blob([new Uint8Array(bytes)], { type: XLSX_TYPE }),
  )
  flow.dispatch({ type: 'keysSaved' })
}

const OFFICE_NAMES = { unit: '', commission: '县发展改革委', supervision: '县政府督查机构', admin: '管理员' }

function toSlip(
  { rows, keys, me }: State,
  { id, key, role, unit, post, duty, rows: covered, expiresOn }: KeyCreated,
): KeySlip {
  const tasks = covered?.map((rowId) => {
    const { number = '', task = rowId } = rows?.rows.find((row) => row.rowId === rowId)?.cells ?? {}
    return `${number} ${task.length > 24 ? `${task.slice(0, 24)}…` : task}`.trim()
  })
  const known = me?.actor.role === role ? { holder: me.actor.name } : keys?.find((other) => other.role === role)
  return {
    id,
    key,
    holder: unit ?? known?.holder ?? OFFICE_NAMES[role],
    post,
    ...(role === 'unit' && { duty: duty ?? 'reviewer' }),
    ...(tasks && { tasks }),
    ...(expiresOn !== undefined && { expiresOn }),
  }
}
