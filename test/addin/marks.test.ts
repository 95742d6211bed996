// What 标记 paints: only when asked, what is open for this person, and whether it still holds.

import { beforeEach, describe, expect, test } from 'vitest'
import { checkSheet } from '../../addin/flows/check.ts'
import { drawMySheet } from '../../addin/flows/draw-my-sheet.ts'
import type { Flow } from '../../addin/flows/flow.ts'
import { clearSheetMarks, markSheet, marksOf, readMarks } from '../../addin/flows/marks.ts'
import { signIn } from '../../addin/flows/session.ts'
import { LEDGER_SHEET, ledgerSheet, readLedger } from '../../domain/carrier.ts'
import { readMarkLines } from '../../domain/marks.ts'
import { FakeServer, serveUnit, startFlow } from '../support/fake-server.ts'
import { MemoryHost } from '../support/memory-host.ts'
import { modelToGrid } from '../support/model-grid.ts'
import { AT, circulatedSheet, PLAN, REGISTRY, ROWS, SHEET } from '../support/unit-sheet.ts'

let host: MemoryHost
let flow: Flow

beforeEach(async () => {
  host = new MemoryHost([circulatedSheet()])
  const server = new FakeServer()
  serveUnit(server, PLAN, REGISTRY, ROWS)
  flow = startFlow(host, server).flow
  await signIn(flow, 'key')
  // One text of this unit that is left blank, and one of another's.
  host.type(SHEET, AT.r2, AT.p2, '')
  host.type(SHEET, AT.r3, AT.p2, '')
  await checkSheet(flow)
})

const lines = () => host.painted.get(SHEET)?.lines.map(([key, value]) => `${key} ${value}`) ?? []

describe('marking', () => {
  test('is never done by checking', () => {
    expect(host.painted.size).toBe(0)
    expect(host.writes).toEqual([])
  })

  test('paints what is open in cells of this person, as the sheet stands now', async () => {
    await markSheet(flow, SHEET, false)
    expect(lines().filter((line) => line.includes('!error'))).toEqual([`${SHEET}!error|#${AT.r2 + 1} ,${AT.p2},`])
    host.type(SHEET, AT.r2, AT.p2, '开发公益性岗位2000个。')
    await markSheet(flow, SHEET, false)
    expect(lines().filter((line) => line.includes('!error'))).toEqual([])
  })

  test('shades what others fill in only where that is asked for', async () => {
    await markSheet(flow, SHEET, false)
    expect(lines().some((line) => line.includes('!readonly'))).toBe(false)
    await markSheet(flow, SHEET, true)
    expect(lines()).toContain(`${SHEET}!readonly|#${AT.r1 + 1} ,0,1,4,5,`)
    expect(lines()).toContain(`${SHEET}!readonly|#${AT.r3 + 1} ,0,1,2,3,4,5,`)
  })

  test('says of when the marks are, and whether the findings have changed since', async () => {
    await markSheet(flow, SHEET, false)
    const marks = flow.state().marks?.[SHEET]
    expect(marks?.at).toBe(flow.now().toISOString())
    expect(marks?.of).toBe(marksOf(flow.state().check?.issues ?? []))
    host.type(SHEET, AT.r2, AT.p2, '开发公益性岗位2000个。')
    await checkSheet(flow)
    expect(marks?.of).not.toBe(marksOf(flow.state().check?.issues ?? []))
  })

  test('is taken back by clearing', async () => {
    await markSheet(flow, SHEET, true)
    await clearSheetMarks(flow, SHEET)
    expect(host.painted.size).toBe(0)
    expect(flow.state().marks).toEqual({})
  })

  test('of an earlier visit is found again, and outlives what is written about tables', async () => {
    await markSheet(flow, SHEET, false)
    const painted = host.painted.get(SHEET)?.lines ?? []
    host.grids.set(LEDGER_SHEET, modelToGrid(ledgerSheet([], painted)))
    await readMarks(flow)
    expect(Object.keys(flow.state().marks ?? {})).toEqual([SHEET])
    await drawMySheet(flow)
    const ledger = host.grids.get(LEDGER_SHEET)
    expect(ledger && readLedger(ledger)).toHaveLength(1)
    expect(ledger && readMarkLines(ledger)).toEqual(painted)
  })
})
