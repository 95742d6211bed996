/** A door of one's own for tests of access: a clock that stands until it is moved, a network address, the real limits. */
import { env } from 'cloudflare:workers'
import { createApp } from '../../worker/app.ts'
import type { Env } from '../../worker/env.ts'
import { type Reply, TEST_SERVICES } from './county.ts'

type Knock = {
  key?: string
  method?: string
  body?: unknown
  raw?: string
  /** Network address that the request comes from. */
  from?: string
  headers?: Record<string, string>
}

export class Door {
  /** What the Worker's clock shows; a test may make it move while a request runs. */
  now: () => Date
  /** Bindings that differ from the test project's. */
  bindings: Partial<Env> = {}
  private readonly pending: Promise<unknown>[] = []
  private readonly app = createApp({ ...TEST_SERVICES, now: () => this.now() })

  constructor(at: string) {
    this.now = () => new Date(at)
  }

  set at(moment: string) {
    this.now = () => new Date(moment)
  }

  async call(path: string, { key, method, body, raw, from, headers = {} }: Knock = {}): Promise<Reply> {
    const content = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const context = {
      waitUntil: (promise: Promise<unknown>) => void this.pending.push(promise),
      passThroughOnException: () => undefined,
      props: {},
    }
    const response = await this.app.fetch(
      new Request(`https://ledger.test${path}`, {
        method: method ?? (content === undefined ? 'GET' : 'POST'),
        headers: {
          ...(key ? { Authorization: `Bearer ${key}` } : {}),
          ...(content === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...(from ? { 'CF-Connecting-IP': from } : {}),
          ...headers,
        },
        ...(content === undefined ? {} : { body: content }),
      }),
      { ...env, ...this.bindings },
      context as unknown as ExecutionContext,
    )
    const text = await response.text()
    return { status: response.status, headers: response.headers, json: text === '' ? undefined : JSON.parse(text) }
  }

  /** Waits for what the Worker does after its answers. */
  async settle(): Promise<void> {
    await Promise.all(this.pending)
  }
}

/** Acts recorded about a key, oldest first. */
export async function eventsOf(keyId: string): Promise<Record<string, unknown>[]> {
  const { results } = await env.DB.prepare('SELECT * FROM auth_event WHERE key_id = ?1 ORDER BY id').bind(keyId).run()
  return results
}
