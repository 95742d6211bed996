/** After one last sealing every line of the record is under a seal that holds, here and in every copy. */

import type { Case, Finding } from '../checker.ts'
import { canonical } from '../timeline.ts'

export function checkSealed({ evidence }: Case): Finding[] {
  const { record, master } = evidence
  const databases = [{ name: 'the database', record, master }, ...evidence.copies]
  return databases.flatMap((database) => {
    const { findings, sealed, unsealed, lines, lastHash, seals } = database.record
    const wrong = [
      ...findings.map((finding) => `the record does not hold: ${finding}`),
      ...(sealed === lines && unsealed === 0 && seals > 0 ? [] : [`${sealed} of ${lines} lines are sealed`]),
      ...(lastHash === record.lastHash ? [] : [`the last seal is ${lastHash}, and ${record.lastHash} in the original`]),
      ...(canonical(database.master) === canonical(master) ? [] : ['the master is another']),
    ]
    return wrong.map((message) => ({ message: `${database.name}: ${message}`, about: {} }))
  })
}
