// What Excel's object model contains, read from the debug source of office.js itself: the wire name and requirement
// set of every member. With it the host can tell "we do not emulate this" from "Excel has no such member", and
// refuse members above the emulated ExcelApi version, which the library itself does not do.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export const OFFICE_JS = join(
  dirname(createRequire(import.meta.url).resolve('@microsoft/office-js/package.json')),
  'dist',
)
export const EXCEL_DEBUG_JS = join(OFFICE_JS, 'excel-win32-16.01.debug.js')

export interface ExcelClassSchema {
  /** Scalar properties: name as in JavaScript → name on the wire; in the library's order. */
  scalars: Map<string, string>
  /** Everything else that a path or an action can name on the wire → name as in JavaScript. */
  members: Map<string, string>
  /** JavaScript name → 'ExcelApi 1.9'. Absent: ExcelApi 1.1. */
  requires: Map<string, string>
  /** '_RegisterDataChangedEvent' → the number and name of the event it registers. */
  events: Map<string, { type: number; name: string }>
}

const camel = (wire: string): string => (wire.startsWith('_') ? wire : wire.charAt(0).toLowerCase() + wire.slice(1))
const names = (list: string | undefined): string[] => [...(list ?? '').matchAll(/"(\w+)"/g)].map((m) => m[1] as string)

function parseClass(body: string): ExcelClassSchema {
  const list = (property: string) =>
    names(new RegExp(`"${property}", \\{\\s*get: function \\(\\) \\{\\s*return \\[(.*?)\\]`).exec(body)?.[1])
  const wires = list('_scalarPropertyOriginalNames')
  const schema: ExcelClassSchema = {
    scalars: new Map(list('_scalarPropertyNames').map((name, i) => [name, wires[i] ?? name])),
    members: new Map(),
    requires: new Map(),
    events: new Map(),
  }
  for (const [name, wire] of schema.scalars) schema.members.set(wire, name)
  for (const [, wire] of body.matchAll(/(?:_createPropertyObject|_createMethodObject)\(\w+\.\w+, this, "(\w+)"/g))
    schema.members.set(wire as string, camel(wire as string))
  for (const [, wire] of body.matchAll(/_invokeMethod\(this, "(\w+)"/g))
    schema.members.set(wire as string, camel(wire as string))
  for (const [, member, set, version] of body.matchAll(
    /_throwIfApiNotSupported\("\w+\.(\w+)", (\w+|"\w+"), "([\d.]+)"/g,
  ))
    schema.requires.set(
      member as string,
      `${set === '_defaultApiSetName' ? 'ExcelApi' : (set as string).slice(1, -1)} ${version}`,
    )
  for (const [, event, rest] of body.matchAll(/prototype, "(on\w+)", \{([\s\S]*?)enumerable/g)) {
    const type = /eventType: (\d+)/.exec(rest as string)?.[1]
    const register = /_this\.(_Register\w+)\(/.exec(rest as string)?.[1]
    if (type && register) schema.events.set(register, { type: Number(type), name: event as string })
  }
  return schema
}

let cached: Map<string, ExcelClassSchema> | undefined

export function excelSchema(): Map<string, ExcelClassSchema> {
  if (cached) return cached
  const source = readFileSync(EXCEL_DEBUG_JS, 'utf8').replaceAll('\r\n', '\n')
  const excel = source.slice(source.indexOf('var _defaultApiSetName = "ExcelApi"'))
  cached = new Map()
  const starts = [...excel.matchAll(/\n {4}var (\w+) = \(function \(_super\) \{/g)]
  for (const [i, start] of starts.entries())
    cached.set(start[1] as string, parseClass(excel.slice(start.index, starts[i + 1]?.index)))
  // A few setters are written by hand and have a wire name of their own: showGridlines is set as 'Gridlines'.
  const setters = /function (\w+?)_(\w+)_Set\(thisObj, value\) \{[^}]*?_invokeSetProperty\(thisObj, "(\w+)"/g
  for (const [, className, property, wire] of excel.matchAll(setters))
    cached.get(className as string)?.members.set(wire as string, camel(property as string))
  return cached
}
