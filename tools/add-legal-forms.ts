/**
 * Adds to the legal forms (domain/wording/slip-legal-data.ts) what would be said wrongly about further careful prose,
 * without drawing up the rest of the data anew (see docs/decisions/017-slips.md). Run it behind make-slips.ts:
 *
 *   node tools/add-legal-forms.ts --texts FOLDER        (.txt and .md, in any depth)
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LEGAL_FORMS } from '../domain/wording/slip-legal-data.ts'
import { loadSlipModel, unfold } from '../domain/wording/slip-model.ts'
import { SLIPS } from '../domain/wording/slips.ts'
import { readArguments } from './read-arguments.ts'
import { collectFromProse } from './slips/legal-forms.ts'
import { writeLegalForms } from './slips/write-data.ts'

const OUT = join(import.meta.dirname, '../domain/wording')

const { values } = readArguments(
  { options: { texts: { type: 'string' } } },
  'node tools/add-legal-forms.ts --texts FOLDER',
)
const folder = values.texts ?? ''
const text = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(?:txt|md)$/.test(name))
  .sort()
  .map((name) => readFileSync(join(folder, name), 'utf8'))
  .join('\n')
const known = unfold(LEGAL_FORMS)
const legal = new Set(known)
collectFromProse(loadSlipModel(), text, legal)
// Laws of past years write 台帐 too.
for (const { wrong } of SLIPS) if (!known.includes(wrong)) legal.delete(wrong)
writeLegalForms(OUT, legal)
console.log(`${legal.size} legal forms, ${legal.size - known.length} of them new`)
