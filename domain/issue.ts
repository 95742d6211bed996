/**
 * Issue: something wrong with a table, as data. No prose here: `domain/messages` turns codes into
 * sentences, and hosts turn row and column into an address.
 */

/**
 * error: keeps the row out of the master until mended. warning: mend it or give a reason.
 * hint: advice. ask: a question; nothing is concluded.
 */
export type Severity = 'error' | 'warning' | 'hint' | 'ask'

/** Replacements that are made only where the cell still reads `from`; swapping from and to undoes them. */
export type Fix = { rowId: string; column: string; from: string; to: string }[]

export type Issue = {
  /** scope/kind, for example cell/required. */
  code: string
  severity: Severity
  rowId?: string
  column?: string
  /** Index in `table.rows`: rowId alone cannot tell two rows apart that carry the same one. */
  index?: number
  params: Record<string, string | number>
  fix?: Fix
}

/** The fix that puts back what this one changed. */
export function invertFix(fix: Fix): Fix {
  return fix.map(({ rowId, column, from, to }) => ({ rowId, column, from: to, to: from }))
}
