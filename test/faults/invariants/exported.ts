/** What leaves as a workbook and comes back as a plan is the same table. */
import type { Case, Finding } from '../checker.ts'
import type { Exported } from '../evidence.ts'
import { canonical } from '../timeline.ts'

export function checkExported({ evidence: { exports } }: Case): Finding[] {
  const { json, workbook, reimportedJson, reimportedWorkbook } = exports
  return [
    ...compare('the workbook', workbook, json),
    ...compare('the plan made from the workbook', reimportedJson, json),
    ...compare('the workbook of the plan made from the workbook', reimportedWorkbook, json),
  ]
}

function compare(name: string, found: Exported[], expected: Exported[]): Finding[] {
  const lost = expected.filter((row) => !found.some((other) => canonical(other) === canonical(row)))
  const moved = found.map(({ rowId }) => rowId).join() !== expected.map(({ rowId }) => rowId).join()
  return [
    ...lost.map((row) => ({
      message: `${name} has ${canonical(found.find(({ rowId }) => rowId === row.rowId))} for ${canonical(row)}`,
      about: { rowId: row.rowId },
    })),
    ...(moved ? [{ message: `${name} has its rows in another order`, about: {} }] : []),
  ]
}
