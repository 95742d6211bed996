/** 示例表: a table that does not matter, checked at once, so that somebody without a key sees what the check does. */
import { Offline } from '../api.ts'
import { checkGrid } from './check.ts'
import { SAMPLE_SHEET } from './draw-beside.ts'
import { type Flow, run } from './flow.ts'
import { freeName } from './free-name.ts'

/**
 * Draws the sample as a sheet of its own (in the browser as a workbook of its own) and checks it. Where it is still
 * open, that one is checked again: nothing that was tried in it is lost.
 */
export function openSample(flow: Flow): Promise<void> {
  return run(flow, 'busy.sample', async () => {
    const taken = (await flow.host.sheets())?.names ?? []
    const known = flow.state().sampleSheet
    const sheet = known !== undefined && taken.includes(known) ? known : await drawSample(flow, taken)
    await flow.host.jump(sheet, 0, 0)
    const grid = await flow.host.read(sheet)
    if (grid) await checkGrid(flow, grid)
  })
}

async function drawSample(flow: Flow, taken: readonly string[]): Promise<string> {
  const { sampleSheet } = await import('../../domain/sample-sheet.ts').catch(() => {
    throw new Offline()
  })
  const { host } = flow
  const name = host.drawAlone ? SAMPLE_SHEET : freeName(SAMPLE_SHEET, taken)
  const model = sampleSheet(flow.now().getFullYear(), name)
  await (host.drawAlone ? host.drawAlone(model) : host.draw(model))
  flow.dispatch({ type: 'sampleDrawn', sheet: name })
  return name
}
