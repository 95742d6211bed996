/** An access key in a cell: it goes wherever the table goes. The finding never repeats it. */
import { holdsAccessKey } from '../access-key.ts'
import { cellRule } from './rule.ts'

export const textAccessKey = cellRule({
  level: 'cell',
  per: 'cell',
  codes: { 'text/access-key': 'error' },
  check: ({ text }) => (holdsAccessKey(text) ? [{ code: 'text/access-key' }] : []),
})
