/** Who is meant by a name in a relation, and by which names nobody is. */
import { expect, test } from 'vitest'
import type { UnitRegistry } from '../../domain/units.ts'
import { createPartyFinder } from '../../worker/changes/parties.ts'

const REGISTRY: UnitRegistry = {
  units: [
    { id: 'u-edu', name: '县教委', aliases: ['教委', '县教育局'], formerNames: ['县教体局'] },
    { id: 'u-school', name: '县教育局', from: '2023-03-01', to: '2023-06-30' },
    { id: 'u-party', name: '县委教育工委', aliases: ['教委'] },
  ],
  groups: [{ name: '各乡镇（街道）', aliases: ['相关街道'], members: [] }],
}
const find = createPartyFinder(REGISTRY, '2023-05-01')

test('a unit’s own name goes before another’s alias, and an alias of two names nobody', () => {
  expect(find('县教育局', 'lead')).toEqual({ party: '县教育局', unitId: 'u-school' })
  expect(find('教委', 'lead')).toEqual({ wrong: 'ambiguous' })
})

test('a unit answers from its first day to its last, both included', () => {
  const on = (day: string) => createPartyFinder(REGISTRY, day)('县教育局', 'lead')
  expect([on('2023-02-28'), on('2023-07-01')]).toEqual([{ wrong: 'not-valid-then' }, { wrong: 'not-valid-then' }])
  for (const day of ['2023-03-01', '2023-06-30']) expect(on(day)).toMatchObject({ unitId: 'u-school' })
})

test('a group supports by its name or alias and never leads; former and unknown names are told apart', () => {
  expect(find('相关街道', 'supporting')).toEqual({ party: '各乡镇（街道）' })
  expect(find('相关街道', 'lead')).toEqual({ wrong: 'group-cannot-lead' })
  expect(find('县教体局', 'lead')).toEqual({ wrong: 'former-name' })
  expect(find('县某局', 'lead')).toEqual({ wrong: 'unknown' })
})
