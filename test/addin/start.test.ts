/** 示例表: what somebody without a key can try. */
import { describe, expect, test } from 'vitest'
import { FileSheetHost } from '../../addin/file/file-sheet-host.ts'
import { drawMySheet } from '../../addin/flows/draw-my-sheet.ts'
import type { Flow } from '../../addin/flows/flow.ts'
import { openSample } from '../../addin/flows/sample.ts'
import { signIn } from '../../addin/flows/session.ts'
import { openTargets } from '../../addin/flows/targets.ts'
import type { SheetHost } from '../../addin/sheet-host.ts'
import { issueText } from '../../domain/messages.ts'
import { FakeServer, serveUnit, startFlow } from '../support/fake-server.ts'
import { MemoryHost } from '../support/memory-host.ts'
import { circulatedSheet, PLAN, REGISTRY, ROWS, SHEET } from '../support/unit-sheet.ts'

/** What is wrong in the sample on purpose; a rule that is added may find more, none of these may be missed. */
const PLANTED = [
  'target/falls-short',
  'units/alias',
  'punctuation/doubled',
  'text/slip',
  'milestone/blank',
  'punctuation/unbalanced',
  'text/full-width',
]

test('the sample is a sheet of its own beside those of the person, and the check finds in it what was planted', async () => {
  const host = new MemoryHost([circulatedSheet()])
  const before = structuredClone(host.grids.get(SHEET))
  const server = new FakeServer()
  const { flow } = startFlow(host, server)
  await openSample(flow)
  const { check, sampleSheet, screen } = flow.state()
  expect([screen, check?.sheet, sampleSheet, host.active]).toEqual(['check', '示例表', '示例表', '示例表'])
  const codes = check?.issues.map(({ issue }) => issue.code) ?? []
  expect(codes).toEqual(expect.arrayContaining(PLANTED))
  expect(codes.filter((code) => !PLANTED.includes(code))).toEqual([])
  expect(host.grids.get(SHEET)).toEqual(before)
  expect([...host.grids.keys()]).toEqual([SHEET, '示例表'])
  expect(server.asked).toEqual([])
})

test('the figures of the sample can be looked at row by row, and only one row falls short', async () => {
  const { flow } = startFlow(new MemoryHost([]), new FakeServer())
  await openSample(flow)
  openTargets(flow)
  expect(flow.state().screen).toBe('targets')
  const short = flow.state().check?.issues.filter(({ issue }) => issue.code.startsWith('target/')) ?? []
  expect(short.map(({ issue }) => issueText(issue, flow.state().check!.spec))).toEqual([
    expect.stringContaining('少50个'),
  ])
})

test('a sample that is still open is gone back to, not drawn over what was tried in it', async () => {
  const host = new MemoryHost([circulatedSheet()])
  const { flow } = startFlow(host, new FakeServer())
  await openSample(flow)
  const at = flow.state().check?.issues.find(({ issue }) => issue.code === 'milestone/blank')
  host.type('示例表', at?.row ?? 0, at?.column ?? 0, '建成3个。')
  host.active = SHEET
  await openSample(flow)
  expect(host.active).toBe('示例表')
  expect([...host.grids.keys()]).toEqual([SHEET, '示例表'])
  expect(flow.state().check?.issues.some(({ issue }) => issue.code === 'milestone/blank')).toBe(false)
})

test('a sheet that has the name of the sample already keeps it', async () => {
  const own = { ...circulatedSheet(), name: '示例表' }
  const host = new MemoryHost([own])
  const { flow } = startFlow(host, new FakeServer())
  await openSample(flow)
  expect(flow.state().check?.sheet).toBe('示例表2')
  expect(host.grids.get('示例表')).toEqual(own)
})

describe('beside the sample', () => {
  async function tried(host: SheetHost): Promise<Flow> {
    const server = new FakeServer()
    serveUnit(server, PLAN, REGISTRY, ROWS)
    const { flow } = startFlow(host, server)
    await openSample(flow)
    const at = flow.state().check?.issues.find(({ issue }) => issue.code === 'milestone/blank')
    await host.write('示例表', [{ row: at?.row ?? 0, column: at?.column ?? 0, text: '建成3个。' }])
    await signIn(flow, 'key')
    return flow
  }

  test('in the browser a unit’s sheet starts a workbook of its own, although the sample was tried', async () => {
    const host = new FileSheetHost()
    await drawMySheet(await tried(host))
    expect(host.tabs()).toEqual(['我的任务分解表'])
    expect([host.fileName, host.unsaved]).toEqual(['我的任务分解表.xlsx', true])
  })

  test('in Excel it goes into the same workbook', async () => {
    const host = new MemoryHost()
    await drawMySheet(await tried(host))
    expect((await host.sheets())?.names).toEqual(['示例表', '我的任务分解表'])
  })

  test('a table that somebody put in the sample’s place is not closed for it', async () => {
    const host = new FileSheetHost()
    const flow = await tried(host)
    const { texts } = (await host.read('示例表'))!
    await host.write(
      '示例表',
      texts.flatMap((line, row) =>
        line.flatMap((text, column) => (row > 2 && text !== '' ? [{ row, column, text: `本单位${text}` }] : [])),
      ),
    )
    await drawMySheet(flow)
    expect(host.tabs()).toEqual(['示例表', '我的任务分解表'])
  })
})
