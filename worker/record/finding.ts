/** What a verification finds: which link is broken, and where. Words for it: the command's. */

export type FindingKind =
  | 'seal-missing'
  | 'seal-format'
  | 'chain-broken'
  | 'seal-changed'
  | 'content-changed'
  | 'marks-changed'
  | 'printed-differs'
  | 'printed-missing'
  | 'line-changed'
  | 'lines-swapped'
  | 'line-missing'
  | 'line-added'
  | 'erasure-differs'
  | 'body-differs'
  | 'row-differs'

/** `seal` is absent where no seal covers the place yet. `line`: rowid, or what names a relation. */
export type Finding = { kind: FindingKind; seal?: number; table?: string; line?: string; other?: string }

/** The findings of the first check that has any. */
export async function firstFinding(checks: (() => Promise<Finding[]>)[]): Promise<Finding[]> {
  for (const check of checks) {
    const found = await check()
    if (found.length > 0) return found
  }
  return []
}
