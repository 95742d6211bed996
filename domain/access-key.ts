/**
 * Access keys that were pasted where texts belong: whoever reads the table could act for their unit. Only the form is
 * known here; whether such a key exists is for the server alone.
 */

/** As a key is issued, and as slips print it, four characters at a time (key-slips.ts). */
const KEY = /mt\s*_(?:\s*[0-9A-Za-z]){8}\s*_(?:\s*[0-9A-Za-z]){30}\s*_(?:\s*[0-9A-Za-z]){6}/g

/** Whether an access key stands anywhere in the text. */
export function holdsAccessKey(text: string): boolean {
  // Of all cells nearly none goes further.
  return text.includes('mt') && text.search(KEY) >= 0
}

/** The text with each access key put out of sight. */
export function withoutAccessKeys(text: string): string {
  return text.replace(KEY, 'mt_…')
}
