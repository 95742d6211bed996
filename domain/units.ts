/**
 * Units in words, resolved through a registry. An alias may resolve silently; a typo never does,
 * it only suggests.
 */

export type UnitRegistry = {
  units: {
    id: string
    name: string
    aliases?: string[]
    formerNames?: string[]
    from?: string
    to?: string
    successor?: string
  }[]
  /** members: unit names; absent where the county never listed them. */
  groups?: { name: string; aliases?: string[]; members?: string[] }[]
}

/** One mention in a unit cell; offsets are UTF-16 positions in the text. `unit` and `group` are names, not ids. */
export type UnitMention = {
  text: string
  start: number
  end: number
  unit?: string
  group?: string
  via: 'name' | 'alias' | 'former-name' | 'group' | 'placeholder' | 'ambiguous' | 'unknown'
  candidates?: string[]
}
