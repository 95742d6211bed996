// Executes one request of office.js against the emulated workbook: actions in order over object paths that are
// evaluated on first use. What is not emulated fails by name and is remembered in `gaps`.

import { ExcelError, Gap } from './errors.ts'
import { Registrations } from './events.ts'
import { type ExcelObject, isExcelObject, isRangeLike, type RangeLike } from './excel-object.ts'
import { type ArgumentInfo, Batch, type Evaluator, type ObjectPath } from './object-paths.ts'
import { type ExcelClassSchema, excelSchema } from './schema.ts'
import type { Workbook } from './workbook.ts'
import { ExcelWorkbook } from './worksheet.ts'

interface Action {
  Id: number
  ActionType: number
  Name: string
  ObjectPathId: number
  ArgumentInfo?: ArgumentInfo
  QueryInfo?: { Select?: string[]; Top?: number; Skip?: number }
}

export interface Request {
  Actions: Action[]
  ObjectPaths: Record<string, ObjectPath>
}

const INSTANTIATE = 1
const QUERY = 2
const CALL = 3
const SET = 4
const TRACE = 5

const LIBRARY_SERVICE = 'Microsoft.InternalService.AddinInternalService'
const HOUSEKEEPING = ['NotifyActionHandlerReady', '_RemoveReference']

export function isHousekeeping({ Actions }: Request): boolean {
  const work = Actions.filter(({ ActionType }) => ActionType !== INSTANTIATE)
  return work.length > 0 && work.every(({ Name }) => HOUSEKEEPING.includes(Name))
}

type Json = Record<string, unknown>

export class Executor implements Evaluator {
  readonly gaps: string[] = []
  /** Calls by 'Range.merge', writes by 'Range.values='. */
  readonly byMethod: Record<string, number> = {}
  readonly registrations: Registrations
  #root: ExcelWorkbook
  #excelApi: string
  /** Ranges that outlive their batch, by reference id. */
  #kept = new Map<string, RangeLike>()
  #idOf = new Map<ExcelObject, string>()
  #lastReference = 0

  constructor(workbook: Workbook, excelApi: string) {
    this.#root = new ExcelWorkbook(workbook)
    this.#excelApi = excelApi
    this.registrations = new Registrations(Number(excelApi.split('.')[1]) >= 14)
  }

  execute({ Actions, ObjectPaths }: Request): Json {
    const batch = new Batch(ObjectPaths, this)
    const answer: { Results: Json[]; TraceIds: number[]; Error?: Json } = { Results: [], TraceIds: [] }
    for (const [ActionIndex, action] of Actions.entries()) {
      try {
        const Value = this.#act(action, batch)
        if (action.ActionType === TRACE) answer.TraceIds.push(action.Id)
        answer.Results.push({ ActionId: action.Id, Value })
      } catch (error) {
        answer.Error = { ...this.#refusal(error), ActionIndex, HttpStatusCode: 400 }
        break
      }
    }
    batch.end(this.#idOf)
    return answer
  }

  #act(action: Action, batch: Batch): unknown {
    if (action.ActionType === TRACE) return null
    const object = batch.open(action.ObjectPathId)
    switch (action.ActionType) {
      case INSTANTIATE:
        return object && { ...object.identity?.(), _ReferenceId: this.#idOf.get(object) }
      case QUERY:
        if (action.QueryInfo?.Top || action.QueryInfo?.Skip) throw new Gap('load with top or skip')
        return object && this.#load(object, action.QueryInfo?.Select ?? [])
      case CALL: {
        // The library asks to keep every range it opens, before it can know that it is a null object.
        if (!object && action.Name === '_KeepReference') return null
        if (!object) throw new ExcelError('InvalidObjectPath', `${action.Name} on a null object`)
        const result = this.call(object, action.Name, batch.arguments(action.ArgumentInfo))
        return result === undefined || isExcelObject(result) ? null : result
      }
      case SET:
        if (!object) throw new ExcelError('InvalidObjectPath', `${action.Name} of a null object`)
        return this.#set(object, action.Name, batch.arguments(action.ArgumentInfo)[0])
      default:
        throw new Gap(`action type ${action.ActionType}`)
    }
  }

  /** Turns what was thrown into Excel's error; anything unknown is a fault of the host itself and surfaces as such. */
  #refusal(error: unknown): Json {
    if (error instanceof ExcelError) return { Code: error.code, Message: error.message }
    const message =
      error instanceof Gap ? error.message : `excel-host: ${String(error instanceof Error ? error.stack : error)}`
    this.addGap(message)
    return { Code: 'ExcelHostGap', Message: message }
  }

  addGap(message: string): void {
    if (!this.gaps.includes(message)) this.gaps.push(message)
    console.error(message)
  }

  /** The library announces itself to the host here at every start; nothing else of its services is emulated. */
  service(name: string): ExcelObject {
    if (name !== LIBRARY_SERVICE) throw new Gap(`the service ${name}`)
    return { excelClass: 'AddinInternalService' }
  }

  root(): ExcelObject {
    return this.#root
  }

  reference(id: string): ExcelObject {
    const range = this.#kept.get(id)
    if (!range) throw new ExcelError('InvalidReference', `no reference ${id}`)
    return range
  }

  keep(range: RangeLike): string {
    const known = this.#idOf.get(range)
    if (known) return known
    this.#lastReference++
    const id = `ref${this.#lastReference}`
    range.hold()
    this.#kept.set(id, range)
    this.#idOf.set(range, id)
    return id
  }

  property(object: ExcelObject, wire: string): unknown {
    return Reflect.get(object, this.#member(object, wire))
  }

  call(object: ExcelObject, wire: string, args: unknown[]): unknown {
    if (wire === 'NotifyActionHandlerReady') return undefined
    if (wire === '_KeepReference' && isRangeLike(object)) return void this.keep(object)
    if (wire === '_RemoveReference') return this.#forget(String(args[0]))
    if (/^_GetRange(OrNullObject)?ForEventByReferenceId$/.test(wire)) return this.reference(String(args[0]))
    if (/^_(Un)?[Rr]egister\w*Event/.test(wire)) return this.#register(object, wire)
    const name = this.#member(object, wire)
    const method: unknown = Reflect.get(object, name)
    if (typeof method !== 'function') throw new Gap(`calling ${object.excelClass}.${name}`)
    this.#count(`${object.excelClass}.${name}`)
    // An omitted optional argument arrives as null.
    return Reflect.apply(
      method,
      object,
      args.map((arg) => arg ?? undefined),
    )
  }

  #set(object: ExcelObject, wire: string, value: unknown): null {
    const name = this.#member(object, wire)
    this.#count(`${object.excelClass}.${name}=`)
    if (!Reflect.set(object, name, value)) throw new Gap(`setting ${object.excelClass}.${name}`)
    return null
  }

  #count(name: string): void {
    this.byMethod[name] = (this.byMethod[name] ?? 0) + 1
  }

  #forget(id: string): void {
    const range = this.#kept.get(id)
    if (!range) return
    range.release()
    this.#kept.delete(id)
    this.#idOf.delete(range)
  }

  #register(object: ExcelObject, wire: string): void {
    const schema = this.#schemaOf(object)
    const event = schema.events.get(wire.replace('_Unregister', '_Register'))
    const target = object.eventTarget
    if (!event || target === undefined) throw new Gap(`${object.excelClass}.${wire}`)
    this.#checkSupported(object, schema, event.name)
    if (!this.registrations.set(event.type, target, wire.startsWith('_Register')))
      throw new Gap(`${object.excelClass}.${event.name}`)
  }

  #schemaOf(object: ExcelObject): ExcelClassSchema {
    const schema = excelSchema().get(object.excelClass)
    if (!schema) throw new Error(`no class ${object.excelClass} in the office.js source`)
    return schema
  }

  #checkSupported(object: ExcelObject, schema: ExcelClassSchema, name: string): void {
    const [set, version] = (schema.requires.get(name) ?? 'ExcelApi 1.1').split(' ') as [string, string]
    const supported = set === 'ExcelApi' && Number(version.split('.')[1]) <= Number(this.#excelApi.split('.')[1])
    if (!supported)
      throw new ExcelError(
        'ApiNotFound',
        `${object.excelClass}.${name} needs ${set} ${version}, this Excel has ${this.#excelApi}`,
      )
  }

  /** The JavaScript name of a wire member that exists, is supported by this Excel, and is emulated. */
  #member(object: ExcelObject, wire: string): string {
    const schema = this.#schemaOf(object)
    const name = schema.members.get(wire)
    if (name === undefined) throw new Gap(`${object.excelClass}.${wire} (not found in the office.js source)`)
    this.#checkSupported(object, schema, name)
    if (!(name in object)) throw new Gap(`${object.excelClass}.${name}`)
    return name
  }

  #load(object: ExcelObject, select: string[]): Json {
    const value: Json = { ...object.identity?.() }
    if (object.items) value._Items = object.items.map((item) => ({ ...item.identity?.() }))
    for (const path of select.length === 0 ? ['*'] : select) this.#loadPath(object, path.split('/'), value)
    return value
  }

  #loadPath(object: ExcelObject, [name = '*', ...rest]: string[], value: Json): void {
    const schema = this.#schemaOf(object)
    if (object.items && !schema.scalars.has(name)) {
      value._Items ??= object.items.map((item) => ({ ...item.identity?.() }))
      const path = name === 'items' ? rest : [name, ...rest]
      for (const [i, item] of object.items.entries()) this.#loadPath(item, path, (value._Items as Json[])[i] as Json)
      return
    }
    if (name === '$none') return
    if (name === '*' || name === '$all') {
      this.#loadAll(object, schema, value)
      return
    }
    const wire = schema.scalars.get(name) ?? [...schema.members].find(([, member]) => member === name)?.[0]
    if (wire === undefined) throw new ExcelError('InvalidArgument', `${object.excelClass} has no property ${name}`)
    const property = this.property(object, wire)
    if (!isExcelObject(property)) {
      value[wire] = property
      return
    }
    value[wire] ??= { ...property.identity?.() }
    this.#loadPath(property, rest, value[wire] as Json)
  }

  /** load() without names: every scalar that is emulated; the others fail in the add-in as "not loaded". */
  #loadAll(object: ExcelObject, schema: ExcelClassSchema, value: Json): void {
    for (const [name, wire] of schema.scalars) {
      if (!(name in object)) continue
      try {
        value[wire] = this.property(object, wire)
      } catch (error) {
        if (!(error instanceof ExcelError && error.code === 'ApiNotFound')) throw error
      }
    }
  }
}
