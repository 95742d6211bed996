/** Parts of the pane that are fetched when they are needed. */
import { expect, test } from 'vitest'
import { loadOnce } from '../../addin/load-once.ts'

test('fetches once for all who ask, also at the same time, and again only after a failure', async () => {
  let asked = 0
  const answers = [Promise.reject(new Error('no network')), Promise.resolve('part')]
  const load = loadOnce(() => answers[asked++] ?? Promise.reject(new Error('asked too often')))
  const first = [load(), load()]
  for (const one of first) await expect(one).rejects.toThrow('no network')
  expect(await Promise.all([load(), load()])).toEqual(['part', 'part'])
  expect(await load()).toBe('part')
  expect(asked).toBe(2)
})
