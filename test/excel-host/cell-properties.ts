// getCellProperties, setCellProperties and their kin: trees of properties read from or laid over one range.

import { Gap } from './errors.ts'

export function assign(target: object, properties: unknown): void {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (!(name in target)) throw new Gap(`setting ${name} through cell properties`)
    const child: unknown = Reflect.get(target, name)
    if (typeof value === 'object' && value !== null) assign(child as object, value)
    else Reflect.set(target, name, value)
  }
}

export function pick(target: object, wanted: unknown): Record<string, unknown> {
  const picked: Record<string, unknown> = {}
  for (const [name, want] of Object.entries(wanted ?? {})) {
    if (want === false) continue
    if (!(name in target)) throw new Gap(`reading ${name} through cell properties`)
    const value: unknown = Reflect.get(target, name)
    picked[name] = want === true ? value : pick(value as object, want)
  }
  return picked
}
