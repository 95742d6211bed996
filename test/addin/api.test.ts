import { expect, test } from 'vitest'
import { createApi, Offline, Refusal, Unreadable } from '../../addin/api.ts'
import { FakeServer, refusal } from '../support/fake-server.ts'

const ROWS = { planId: 'p', state: 'collecting', seq: 1, rows: [] }

function apiOver(server: FakeServer) {
  return createApi({ fetch: server.fetch, key: 'secret', locale: 'en' })
}

test('the key travels in the bearer header and nowhere else', async () => {
  const server = new FakeServer().on('/api/plans/p/rows', () => ROWS)
  await apiOver(server).rows('p')
  expect(server.asked).toMatchObject([{ path: '/api/plans/p/rows', key: 'secret', attempt: undefined }])
})

test('ids are escaped in addresses', async () => {
  const server = new FakeServer().on('/api/plans/a%2Fb/rows', () => ROWS)
  await expect(apiOver(server).rows('a/b')).resolves.toEqual(ROWS)
})

test('a refusal keeps its code and sentence', async () => {
  const server = new FakeServer().on('/api/me', () => refusal('key-unknown', 401, 'Unknown key.'))
  const failure = await apiOver(server)
    .me()
    .catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(Refusal)
  expect(failure).toMatchObject({ body: { code: 'key-unknown', detail: 'Unknown key.' } })
})

test.each([
  ['an answer of another shape', () => ({ rows: 'none' })],
  ['a page of something between us and the server', () => new Response('<html>', { status: 200 })],
  ['an error page', () => new Response('Bad Gateway', { status: 502 })],
])('%s is unreadable, not half understood', async (_name, answer) => {
  const server = new FakeServer().on('/api/plans/p/rows', answer)
  await expect(apiOver(server).rows('p')).rejects.toBeInstanceOf(Unreadable)
})

test('no answer is told apart from a bad one', async () => {
  const server = new FakeServer().on('/api/me', () => 'offline')
  await expect(apiOver(server).me()).rejects.toBeInstanceOf(Offline)
})
