// A file whose sheet in front carries every id is worked on at once: after its changes were restored as on every opening.
import { beforeEach, describe, expect, test } from 'vitest'
import type { Flow } from '../../addin/flows/flow.ts'
import { confirmRecognition, recogniseSheet } from '../../addin/flows/recognise.ts'
import { openPlan, signIn } from '../../addin/flows/session.ts'
import { readTables } from '../../addin/flows/tables.ts'
import { takeInFront } from '../../addin/flows/take-in-front.ts'
import { FakeServer, serveUnit, startFlow } from '../support/fake-server.ts'
import { MemoryHost } from '../support/memory-host.ts'
import { AT, circulatedSheet, PLAN, REGISTRY, ROWS, SHEET } from '../support/unit-sheet.ts'

async function openMarked(kind: 'file' | 'excel'): Promise<{ flow: Flow; host: MemoryHost }> {
  const host = new MemoryHost([circulatedSheet()], kind)
  const server = new FakeServer()
  serveUnit(server, PLAN, REGISTRY, ROWS)
  const { flow } = startFlow(host, server)
  await signIn(flow, 'key')
  await recogniseSheet(flow)
  await confirmRecognition(flow)
  // As in a file that was opened later: nothing is in use.
  await openPlan(flow, PLAN.id)
  expect(flow.state().sheet).toBeUndefined()
  return { flow, host }
}

async function look(flow: Flow): Promise<string | undefined> {
  await readTables(flow)
  await takeInFront(flow)
  return flow.state().sheet
}

describe('a sheet in front', () => {
  let flow: Flow
  let host: MemoryHost
  beforeEach(async () => {
    ;({ flow, host } = await openMarked('file'))
  })

  test('is in use where every row carries its id, and nothing is written for that', async () => {
    const before = host.writes.length
    expect(await look(flow)).toBe(SHEET)
    expect([host.writes.length, flow.state().notice]).toEqual([before, undefined])
  })

  test('is not while a row could still be asked about', async () => {
    host.type(SHEET, AT.r1, AT.carrier, '')
    expect(await look(flow)).toBeUndefined()
  })

  test('does not take the place of one that was chosen', async () => {
    await recogniseSheet(flow, SHEET)
    host.grids.set('另一张', structuredClone(host.grids.get(SHEET)!))
    host.active = '另一张'
    expect(await look(flow)).toBe(SHEET)
  })
})

test('in Excel it is chosen', async () => {
  const { flow } = await openMarked('excel')
  expect(await look(flow)).toBeUndefined()
})
