/**
 * 实时校验: the results follow the sheet while it is edited. Nothing is ever written to the workbook, no work that
 * somebody asked for is disturbed, and what is on the screen stays as it is but for what really changed.
 */
import type { Area } from '../../domain/grid.ts'
import { Offline } from '../api.ts'
import type { CheckResult } from '../checking-state.ts'
import { createTranslate } from '../messages.ts'
import { HostFailure, PASSING_FAILURES } from '../sheet-host.ts'
import { foundNotice, markIssues, resultOf } from './check.ts'
import { readForCheck } from './check-reading.ts'
import { noteClearings } from './clearings.ts'
import { combineSafe } from './fix.ts'
import { type Flow, notice, runQuietly } from './flow.ts'

/** An edit is looked at once the person has stopped; every event on its own would read the sheet anew. */
export const EDIT_PAUSE_MS = 600
/** After quiet as long as this the whole sheet is read: merging and formulas tell nobody what they change. */
export const QUIET_MS = 4000
/** Excel answers nothing while a cell is being edited. */
const RETRY_MS = 2000
/** Counts are told once they have settled, or a reader would hear each cell of a whole column. */
export const TELL_MS = 1500
/** More edited areas than this are read no faster than the sheet. */
const MOST_AREAS = 20

export type LiveCheck = {
  /** The person turned to the pane: what no event told is looked for. */
  look(): void
  stop(): void
}

/** Watches the checked sheet, with a key or without one. Results are those of a check of the sheet as it stands. */
export function startLiveCheck(flow: Flow): LiveCheck {
  // Areas that were edited since the sheet was last read; undefined: nobody knows where.
  let changed: Area[] | undefined = []
  let current = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const teller = createTeller(flow)

  /** Whatever is under way is for nothing: what it reads is no longer so, or will be read again. */
  const schedule = (ms: number, isWhole = false) => {
    clearTimeout(timer)
    const mine = ++current
    timer = setTimeout(() => void runQuietly(flow, () => look(mine, isWhole)), ms)
  }
  const look = async (mine: number, isWhole: boolean): Promise<void> => {
    const isOver = () => mine !== current
    const { check, busy } = flow.state()
    if (!check) return
    if (busy) return schedule(EDIT_PAUSE_MS, isWhole)
    const areas = isWhole ? undefined : changed
    try {
      const result = await checkAgain(flow, check, areas)
      if (isOver()) return
      // Work that began meanwhile may write to the sheet, and what it found is newer.
      if (flow.state().busy || flow.state().check !== check) return schedule(EDIT_PAUSE_MS, isWhole)
      changed = []
      show(flow, check, result, teller)
      if (areas) schedule(QUIET_MS, true)
    } catch (error) {
      if (isOver()) return
      if (isPassing(error)) return schedule(RETRY_MS, isWhole)
      // Said where it was asked for; here the results only no longer follow.
      if (!(error instanceof HostFailure)) throw error
      changed = undefined
      markStale(flow, check)
    }
  }
  const unwatch = flow.host.watch((sheet, area) => {
    if (flow.state().check?.sheet !== sheet) return
    changed = changed && area && changed.length < MOST_AREAS ? [...changed, area] : undefined
    schedule(EDIT_PAUSE_MS)
  })
  return {
    look: () => {
      if (flow.state().check) schedule(EDIT_PAUSE_MS, true)
    },
    stop: () => {
      unwatch()
      clearTimeout(timer)
      current++
      teller.stop()
    },
  }
}

/** The check of the sheet as it stands; undefined where it can no longer be read as a table. */
async function checkAgain(flow: Flow, { sheet, plannedFix }: CheckResult, changed: readonly Area[] | undefined) {
  const grid = await flow.host.read(sheet, changed)
  const found = grid && (await readForCheck(flow, grid, changed && []))
  if (!found) return undefined
  const checking = await flow.checking()
  const result = resultOf(checking.check, found)
  if (plannedFix) result.plannedFix = combineSafe(checking, result.issues, found)
  return { result, table: found.reading.table }
}

function show(flow: Flow, before: CheckResult, again: Awaited<ReturnType<typeof checkAgain>>, tell: Teller): void {
  if (!again) {
    markStale(flow, before)
    return
  }
  const { result, table } = again
  // A mark goes with the text that it was on, and the same may be wrong with the next one.
  markIssues(flow, result)
  if (isSameResult(before, result)) return
  noteClearings(flow, result.sheet, table)
  flow.dispatch({ type: 'checked', check: result, stays: true })
  tell.changed(before)
}

function markStale(flow: Flow, { sheet, stale }: CheckResult): void {
  if (!stale) flow.dispatch({ type: 'sheetEdited', sheet })
}

/** Whether nothing on the screen would change. */
function isSameResult({ told: _, ...one }: CheckResult, other: CheckResult): boolean {
  return JSON.stringify({ ...one, plannedFix: undefined }) === JSON.stringify({ ...other, plannedFix: undefined })
}

function isPassing(error: unknown): boolean {
  return error instanceof Offline || (error instanceof HostFailure && PASSING_FAILURES.includes(error.code))
}

type Teller = { changed(before: CheckResult): void; stop(): void }

/**
 * Tells new counts once, briefly, after they have settled: in place of the notice with the former ones, or only to
 * those who hear the screen. A bar that came and went would push the list about.
 */
function createTeller(flow: Flow): Teller {
  let timer: ReturnType<typeof setTimeout> | undefined
  let before: string | undefined
  const wordsOf = (check: CheckResult) => {
    const { text, params } = foundNotice(flow, check)
    return createTranslate(flow.state().locale)(text, params)
  }
  const tell = () => {
    const { check, notice: said } = flow.state()
    const was = before
    before = undefined
    if (!check || check.stale || wordsOf(check) === was) return
    if (said?.text === 'check.found' || said?.text === 'check.clean') notice(flow, foundNotice(flow, check))
    else flow.dispatch({ type: 'countsTold', told: wordsOf(check) })
  }
  return {
    changed: (check) => {
      before ??= wordsOf(check)
      clearTimeout(timer)
      timer = setTimeout(tell, TELL_MS)
    },
    stop: () => clearTimeout(timer),
  }
}
