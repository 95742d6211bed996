/**
 * The two ways in which a sealed line may differ from its seal: a text in it was blacked out, or it was a
 * refused key of long ago. Both are written in the record itself, and so are sealed.
 */

/** Erased lines by table and rowid: hashes before and after, oldest first. */
export type ErasedLines = Map<string, { before: string | null; after: string | null }[]>
export type Excuses = { erased: ErasedLines; pruned: Set<number> }

export function lineKey(table: string, line: string | number): string {
  return `${table}\n${line}`
}

/** Reads them: the statements, and what their rows say. */
export const readExcuses = {
  statements: [
    'SELECT tbl, line, old_leaf, new_leaf FROM erasure ORDER BY id',
    "SELECT detail FROM auth_event WHERE kind = 'record-pruned' ORDER BY id",
  ],
  from([erasures = [], prunings = []]: Record<string, unknown>[][]): Excuses {
    const erased: ErasedLines = new Map()
    for (const { tbl, line, old_leaf, new_leaf } of erasures) {
      const key = lineKey(String(tbl), Number(line))
      const steps = erased.get(key) ?? []
      steps.push({ before: old_leaf as string | null, after: new_leaf as string | null })
      erased.set(key, steps)
    }
    const pruned = prunings.flatMap(({ detail }) => readRanges((JSON.parse(String(detail)) as { ids: string }).ids))
    return { erased, pruned: new Set(pruned) }
  },
}

/** 3, 4, 5, 9 → '3-5,9'. In rising order. */
export function writeRanges(ids: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const id of ids) {
    const last = ranges.at(-1)
    if (last && last[1] === id - 1) last[1] = id
    else ranges.push([id, id])
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',')
}

/** The ids that writeRanges wrote down. */
export function readRanges(text: string): number[] {
  return text.split(',').flatMap((range) => {
    const [from = 0, to = from] = range.split('-').map(Number)
    return Array.from({ length: to - from + 1 }, (_, i) => from + i)
  })
}
