/**
 * Access keys that were pasted where texts belong: whoever reads the table could act for their unit. Only the form is
 * known here; whether such a key exists is for the server alone.
 */

/** Between its characters: as slips print it, four at a time (key-slips.ts); in JSON line breaks are escaped. */
const GAP = String.raw`(?:\s|\\[nrt])*`
const some = (count: number) => `(?:${GAP}[0-9A-Za-z]){${count}}`
const KEY = new RegExp(['mt', some(8), some(30), some(6)].join(`${GAP}_`), 'g')

/** Whether an access key stands anywhere in the text. */
export function holdsAccessKey(text: string): boolean {
  // Of all cells nearly none goes further.
  return text.includes('mt') && text.search(KEY) >= 0
}

/** The text with each access key put out of sight. */
export function withoutAccessKeys(text: string): string {
  return text.replace(KEY, 'mt_…')
}
