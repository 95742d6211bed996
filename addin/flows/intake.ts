/**
 * 收回的文件: files that came back by mail or on a stick are read in the browser, previewed by the server as their
 * unit's, and submitted in its place. None of them is put into the open workbook or kept in the outbox.
 */
import { Offline } from '../api.ts'
import { type Flow, notice, run, type Step } from './flow.ts'
import { markEarlier, readEarlier } from './intake-earlier.ts'
import { type IntakeItem, stepOf } from './intake-item.ts'
import { changeItem, contextOf, findItem, itemsOf, refreshRows } from './intake-items.ts'
import { type ReturnedFile, readReturned, recogniseFor } from './intake-read.ts'
import { previewItem, previewWaiting, sendItem } from './intake-send.ts'

/** Reads the files one by one and previews what needs no question; one that cannot be read stops no other. */
export function takeFiles(flow: Flow, files: readonly ReturnedFile[]): Promise<void> {
  const left = [...files]
  return run(
    flow,
    'busy.intake',
    async (step) => {
      await loadReader()
      await refreshRows(flow)
      const earlier = await readEarlier(flow)
      const total = left.length
      for (let file = left[0]; file; file = left[0]) {
        step.signal.throwIfAborted()
        const items = await readReturned(file, itemsOf(flow), contextOf(flow))
        flow.dispatch({ type: 'intakeAdded', items: await markEarlier(flow, items, earlier) })
        left.shift()
        step.progress(total - left.length, total)
      }
      await previewWaiting(flow, step)
      tellFound(flow)
    },
    { cancellable: true },
  )
}

/** A missing network must not look like a damaged file. */
async function loadReader(): Promise<void> {
  try {
    await Promise.all([import('../file/open-file.ts'), import('../../xlsx/edit.ts'), import('../../xlsx/guard.ts')])
  } catch {
    throw new Offline()
  }
}

function tellFound(flow: Flow): void {
  const steps = itemsOf(flow).map(stepOf)
  const count = (...wanted: (typeof steps)[number][]) => steps.filter((step) => wanted.includes(step)).length
  notice(flow, {
    tone: 'info',
    text: 'intake.read',
    params: { clean: count('clean'), look: count('confirm', 'look', 'preview', 'refused'), problem: count('problem') },
  })
}

/** Another unit than was proposed: which rows are asked about changes with it. */
export function chooseUnit(flow: Flow, item: IntakeItem, unit: string): void {
  const recognition = unit === '' ? undefined : recogniseFor(item, unit, contextOf(flow))
  changeItem(flow, item.id, {
    unit: unit === '' ? undefined : unit,
    recognition,
    isConfirmed: false,
    preview: undefined,
  })
}

/** Which row of the plan an open row is, as the person says. */
export function chooseRow(flow: Flow, item: IntakeItem, index: number, choice: string): void {
  if (!item.recognition) return
  const open = item.recognition.open.map((row) => (row.index === index ? { ...row, choice } : row))
  changeItem(flow, item.id, { recognition: { ...item.recognition, open } })
}

/** 确认: unit and rows are as shown; previews it. */
export function confirmItem(flow: Flow, item: IntakeItem): Promise<void> {
  return runSteps(flow, 'busy.preview', async (step) => {
    await refreshRows(flow)
    const [{ earlier } = item] = await markEarlier(flow, [{ ...item, isConfirmed: true }], await readEarlier(flow))
    changeItem(flow, item.id, { isConfirmed: true, failure: undefined, earlier })
    if (earlier) openItem(flow, undefined)
    else await previewItem(flow, item.id, step)
  })
}

/** Asks the server anew what it would do. */
export function previewAgain(flow: Flow, item: IntakeItem): Promise<void> {
  return confirmItem(flow, item)
}

/** 已核对: the person has seen file against master, and everything that is not plain. */
export function submitItem(flow: Flow, item: IntakeItem): Promise<void> {
  return runSteps(flow, 'busy.submit', async () => {
    changeItem(flow, item.id, { isSeen: true })
    await sendItem(flow, item.id)
    await refreshRows(flow)
  })
}

/** 全部报送: those that hold plain changes only. Where one of them has become doubtful meanwhile it waits for a person. */
export function submitClean(flow: Flow): Promise<void> {
  return runSteps(flow, 'busy.submit', async (step) => {
    const clean = itemsOf(flow).filter((item) => stepOf(item) === 'clean')
    let sent = 0
    for (const [i, { id }] of clean.entries()) {
      step.signal.throwIfAborted()
      // What went before it may have changed the same rows.
      if (i > 0) await previewItem(flow, id, step)
      const item = findItem(flow, id)
      if (item && stepOf(item) === 'clean') {
        await sendItem(flow, id)
        if (findItem(flow, id)?.receipt) sent++
      }
      step.progress(i + 1, clean.length)
    }
    await refreshRows(flow)
    const isWhole = sent === clean.length
    notice(flow, {
      tone: isWhole ? 'success' : 'warning',
      text: isWhole ? 'intake.sent' : 'intake.sentPartly',
      params: { count: sent, left: clean.length - sent },
    })
  })
}

export function removeItem(flow: Flow, { id }: IntakeItem): void {
  flow.dispatch({ type: 'intakeRemoved', id })
}

/** Opens one of them, or with none given the list. */
export function openItem(flow: Flow, item: IntakeItem | undefined): void {
  flow.dispatch({ type: 'intakeOpened', id: item?.id })
}

/** Opens the receipt of a file that was handed in before. */
export function openEarlier(flow: Flow, item: IntakeItem): Promise<void> {
  return runSteps(flow, 'busy.receipt', async () => {
    if (item.earlier) changeItem(flow, item.id, { receipt: await flow.api.receipt(item.earlier.submissionId) })
  })
}

/** Confirms a clearing, or keeps the master's text in a cell, or takes that back. */
export function toggleCell(flow: Flow, item: IntakeItem, which: 'clears' | 'kept', cell: string): void {
  const { preview } = item
  if (!preview) return
  const had = preview[which].includes(cell)
  const cells = had ? preview[which].filter((known) => known !== cell) : [...preview[which], cell]
  changeItem(flow, item.id, { preview: { ...preview, [which]: cells } })
}

/** Work that may be sent again as it was: each part of it that is done is not done twice. */
function runSteps(flow: Flow, text: Parameters<typeof run>[1], work: (step: Step) => Promise<void>): Promise<void> {
  return run(flow, text, work, { cancellable: true })
}
