/** How long wrong keys count. */
import { beforeAll, expect, test } from 'vitest'
import { mintKey } from '../../worker/keys.ts'
import { MAX_FAILURES } from '../../worker/store/auth-failures.ts'
import { Door } from './access-door.ts'
import { codeOf, type Keys, seedKeys } from './county.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

test('wrong keys count for a quarter of an hour from the first of them, however many follow', async () => {
  const from = '203.0.113.9'
  const { key } = mintKey((count) => crypto.getRandomValues(new Uint8Array(count)))
  const door = new Door('2023-11-10T01:00:00.000Z')
  const knock = async (minute: string, guess = key) => {
    door.at = `2023-11-10T01:${minute}.000Z`
    return codeOf(await door.call('/api/me', { key: guess, from }))
  }
  for (let i = 0; i < MAX_FAILURES; i++) {
    expect(await knock(`${String(i).padStart(2, '0')}:00`)).toBe('key-unknown')
  }
  expect(await knock('14:59')).toBe('key-locked')
  expect(await knock('15:01')).toBe('key-unknown')
  door.at = '2023-11-10T01:16:00.000Z'
  expect((await door.call('/api/me', { key: keys.edu, from })).status).toBe(200)
})
