// Which events the add-in has registered, and how happenings in the workbook look on the wire.

import { parseAddress } from './address.ts'
import type { RangeLike } from './excel-object.ts'
import { ExcelRange } from './range.ts'
import { valueType } from './range-cells.ts'
import type { Happening } from './workbook.ts'

const RICH_API_EVENT = 65536
const TYPE = { changed: 10, activated: 11, deactivated: 12, added: 13, selectionChanged: 14, deleted: 15 }

export type WireEvent = [kind: number, type: number, target: string, args: string, sequence: number, isRemote: boolean]

export class Registrations {
  #registered = new Set<string>()
  #sequence = 0
  #hasTriggerSource: boolean

  constructor(hasTriggerSource: boolean) {
    this.#hasTriggerSource = hasTriggerSource
  }

  /** False when this host never fires the event. */
  set(type: number, target: string, on: boolean): boolean {
    if (!(Object.values(TYPE) as number[]).includes(type)) return false
    if (on) this.#registered.add(`${type} ${target}`)
    else this.#registered.delete(`${type} ${target}`)
    return true
  }

  clear(): void {
    this.#registered.clear()
  }

  /** Each happening goes to the handlers of its sheet and to those of the collection. */
  wire(happenings: readonly Happening[], byAddin: boolean, keep: (range: RangeLike) => string): WireEvent[] {
    return happenings.flatMap((happening) =>
      [happening.sheet.id, 'Workbook']
        .filter((target) => this.#registered.has(`${TYPE[happening.kind]} ${target}`))
        .map((target): WireEvent => {
          this.#sequence++
          const args = JSON.stringify(argumentsOf(happening, byAddin, this.#hasTriggerSource, keep))
          return [RICH_API_EVENT, TYPE[happening.kind], target, args, this.#sequence, false]
        }),
    )
  }
}

function argumentsOf(
  happening: Happening,
  byAddin: boolean,
  hasTriggerSource: boolean,
  keep: (range: RangeLike) => string,
): Record<string, unknown> {
  const worksheetId = happening.sheet.id
  if (happening.kind === 'selectionChanged') return { worksheetId, address: happening.address }
  if (happening.kind !== 'changed') return { worksheetId, source: 'Local' }
  const { sheet, address, changeType, shiftDirection, before, after } = happening
  const oneCell = 'before' in happening
  return {
    worksheetId,
    address,
    changeType,
    shiftDirection,
    source: 'Local',
    // ExcelApi 1.14; absent before.
    ...(hasTriggerSource ? { triggerSource: byAddin ? 'ThisLocalAddin' : 'Unknown' } : {}),
    referenceId: keep(new ExcelRange(sheet, parseAddress(address).rect)),
    ...(oneCell
      ? {
          valueBefore: before ?? '',
          valueAfter: after ?? '',
          valueTypeBefore: valueType(before),
          valueTypeAfter: valueType(after),
        }
      : {}),
  }
}
