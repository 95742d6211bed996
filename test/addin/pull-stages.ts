/** Stages of 更新本表 for the screens in a browser: updates, conflicts, merged cells, new, gone and kept rows. */

import type { Flow } from '../../addin/flows/flow.ts'
import { applyPull, previewPull } from '../../addin/flows/pull.ts'
import { findNewer } from '../../addin/flows/pull-newer.ts'
import { confirmRecognition, recogniseSheet } from '../../addin/flows/recognise.ts'
import { signIn } from '../../addin/flows/session.ts'
import type { AskVersions } from '../../domain/protocol.ts'
import { type FakeServer, serveUnit } from '../support/fake-server.ts'
import type { MemoryHost } from '../support/memory-host.ts'
import { AT, PLAN, REGISTRY, ROWS, SHEET, serverRow } from '../support/unit-sheet.ts'

type Stage = { flow: Flow; host: MemoryHost; server: FakeServer }

/** The sheet that the person works on, and a master that has gone on since. */
async function behind({ flow, host, server }: Stage): Promise<void> {
  serveUnit(server, PLAN, REGISTRY, ROWS)
  await signIn(flow, 'key')
  await recogniseSheet(flow)
  await confirmRecognition(flow)
  for (const [i, { rowId, ver }] of ROWS.entries()) host.type(SHEET, AT.r1 + i, AT.carrier, `${rowId}@${ver}`)
  host.type(SHEET, AT.r1, AT.p1, '新增就业2700人，开展“春风行动”专场招聘会8场，组织返乡就业。')
  host.type(SHEET, AT.r2, AT.p2, '开发公益性岗位1200个，全部上岗。')
  host.type(SHEET, AT.r3 + 1, AT.carrier, 'r7@2')
  host.type(SHEET, AT.r3 + 1, 1, '已调整给其他单位的任务。')
  const [r1, r2, r3] = ROWS
  if (!r1 || !r2 || !r3) throw new Error('no rows')
  const { 'milestone.P2': _, ...merged } = r3.cells
  const heads = [
    {
      ...r1,
      ver: 8,
      cells: {
        ...r1.cells,
        number: '1.1',
        'milestone.P1': '新增就业2600人，开展“春风行动”专场招聘会6场。',
        'milestone.P2': '新增就业5200人。',
      },
    },
    {
      ...r2,
      ver: 9,
      cells: { ...r2.cells, 'milestone.P1': '制定并印发工作方案。', 'milestone.P2': '开发公益性岗位1100个。' },
    },
    { ...r3, ver: 9, cells: { ...merged, 'milestone.P1': '参保率达到95%。' }, spans: { 'milestone.P1': 2 } },
    serverRow('r9', '新增托位100个。', ['完成选址。', '建成托位100个。'], true, 9),
  ]
  const at = '2023-11-10T01:02:03Z'
  server
    .on(`/api/plans/${PLAN.id}/rows`, () => ({ planId: PLAN.id, state: PLAN.state, seq: 9, rows: heads }))
    .on(`POST /api/plans/${PLAN.id}/rows/versions`, ({ body }) => ({
      planId: PLAN.id,
      rows: (body as AskVersions).rows.flatMap(({ rowId, ver }) => {
        const row = ROWS.find((candidate) => candidate.rowId === rowId)
        const changed = ['number', 'milestone.P1', 'milestone.P2'].map((column) => ({ column, by: '县发展改革委', at }))
        return row ? [{ rowId, ver, cells: row.cells, changed }] : []
      }),
    }))
}

export const PULL_STAGES: Record<string, (stage: Stage) => Promise<void>> = {
  pull: async (stage) => {
    await behind(stage)
    await previewPull(stage.flow)
    await opened()
  },
  pullKept: async (stage) => {
    await behind(stage)
    stage.host.grids.get(SHEET)?.formulas.push({ row: AT.r1, column: AT.p2 })
    stage.host.type(SHEET, AT.r2, AT.carrier, 'r2@0')
    await previewPull(stage.flow)
    await opened()
  },
  pullNothing: async (stage) => {
    serveUnit(stage.server, PLAN, REGISTRY, ROWS.slice(0, 2))
    await signIn(stage.flow, 'key')
    await recogniseSheet(stage.flow)
    await confirmRecognition(stage.flow)
    await previewPull(stage.flow)
    await opened()
  },
  pulled: async (stage) => {
    await behind(stage)
    await previewPull(stage.flow)
    stage.flow.dispatch({ type: 'pullAdding', isAdding: true })
    await applyPull(stage.flow)
    await opened()
  },
  newer: async (stage) => {
    await behind(stage)
    await previewPull(stage.flow)
    await findNewer(stage.flow)
    stage.flow.dispatch({ type: 'went', screen: 'home' })
  },
}

/** Until the screen's code has arrived, with its details open. */
async function opened(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise((done) => setTimeout(done, 30))
  for (const details of document.querySelectorAll('main details')) (details as HTMLDetailsElement).open = true
}
