/** A name for a new sheet: nothing that the person has is replaced. */

/** `base`, or with the first number behind it that makes a name nobody has; Excel does not tell A from a. */
export function freeName(base: string, taken: readonly string[]): string {
  const known = new Set(taken.map((name) => name.toLowerCase()))
  let name = base
  for (let n = 2; known.has(name.toLowerCase()); n++) name = `${base}${n}`
  return name
}
