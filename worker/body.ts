/**
 * Request bodies: capped before anything is parsed, then bytes → text → JSON → schema, each step
 * with its own refusal. The bytes and their hash stay with the value, because a submission keeps
 * what was received.
 */
import type * as z from 'zod/mini'
import { holdsAccessKey } from '../domain/access-key.ts'
import { ILLEGAL_CHARACTER, MAX_BODY_BYTES } from '../domain/protocol.ts'
import { sha256 } from './keys.ts'
import { Refusal } from './refusal.ts'

/** No request of the API nests deeper than eight. */
const MAX_DEPTH = 32
/** Enough to mend by; a refusal must not grow with what it refuses. */
const MAX_POINTERS = 20

/** With a charset it must be the one that all JSON has (RFC 8259): the bytes are never read as another. */
const JSON_TYPE = /^application\/json\s*(;\s*charset="?utf-?8"?\s*)?;?\s*$/i

/** What arrived: the text as received and the hash of its bytes, hex. */
export type RawBody = { text: string; sha256: string }

/** Reads a body. Throws body-too-large, content-type-unsupported, malformed. */
export async function readBody(request: Request): Promise<RawBody> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) throw tooLarge()
  const type = request.headers.get('content-type') ?? ''
  const encoding = request.headers.get('content-encoding') ?? 'identity'
  if (!JSON_TYPE.test(type) || !/^identity$/i.test(encoding)) {
    throw new Refusal('content-type-unsupported')
  }
  const bytes = await readCapped(request)
  const text = decode(bytes)
  return { text, sha256: await sha256(bytes) }
}

/** Content-Length may be absent or lie, so the stream is counted too. */
async function readCapped(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let length = 0
  if (request.body) {
    const reader = request.body.getReader()
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      length += next.value.byteLength
      if (length > MAX_BODY_BYTES) {
        await reader.cancel()
        throw tooLarge()
      }
      chunks.push(next.value)
    }
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.byteLength
  }
  return bytes
}

function tooLarge(): Refusal {
  return new Refusal('body-too-large', { megabytes: MAX_BODY_BYTES / 1024 / 1024 })
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    throw new Refusal('malformed')
  }
}

/** Parses and validates a body. Throws malformed, invalid, illegal-character, access-key-in-text. */
export function parseBody<T>(text: string, schema: z.ZodMiniType<T>): T {
  if (depthOf(text) > MAX_DEPTH) throw new Refusal('malformed')
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Refusal('malformed')
  }
  const bad = findBadText(json, [])
  if (bad) throw new Refusal(bad.code, {}, [{ pointer: toPointer(bad.path), detail: bad.code }])
  const parsed = schema.safeParse(json)
  if (!parsed.success) {
    const { issues } = parsed.error
    const illegal = issues.filter(({ message }) => message === ILLEGAL_CHARACTER)
    const errors = (illegal.length > 0 ? illegal : issues).slice(0, MAX_POINTERS)
    throw new Refusal(
      illegal.length > 0 ? 'illegal-character' : 'invalid',
      { count: illegal.length || issues.length },
      errors.map((issue) => ({ pointer: toPointer(issue.path), detail: issue.message })),
    )
  }
  return parsed.data
}

/** No field of the wire has a longer name; what a request made up itself is cut. */
const MAX_KEY = 200

/** A list of keys as a JSON pointer (RFC 6901). */
export function toPointer(path: readonly PropertyKey[]): string {
  const encode = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1')
  return path.map((key) => `/${encode(String(key).slice(0, MAX_KEY))}`).join('')
}

/** How deep the text nests, counted without parsing it. */
function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (inString) {
      if (code === 0x5c) i++
      else if (code === 0x22) inString = false
    } else if (code === 0x22) inString = true
    else if (code === 0x7b || code === 0x5b) deepest = Math.max(deepest, ++depth)
    else if (code === 0x7d || code === 0x5d) depth--
  }
  return deepest
}

/**
 * SQLite ends a text at NUL, and half a surrogate pair comes back as three other characters. The
 * schemas refuse names such as `constructor`, but zod drops a key `__proto__` without a word. An access
 * key in a text would be kept for good, and shown to whoever reads the table.
 */
function findBadText(
  value: unknown,
  path: PropertyKey[],
): { code: 'illegal-character' | 'access-key-in-text' | 'invalid'; path: PropertyKey[] } | undefined {
  if (typeof value === 'string') {
    if (!isStorable(value)) return { code: 'illegal-character', path }
    return holdsAccessKey(value) ? { code: 'access-key-in-text', path } : undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, inner] of Object.entries(value)) {
    const at = [...path, key]
    if (key === '__proto__') return { code: 'invalid', path: at }
    if (!isStorable(key)) return { code: 'illegal-character', path }
    if (holdsAccessKey(key)) return { code: 'access-key-in-text', path }
    const bad = findBadText(inner, at)
    if (bad) return bad
  }
  return undefined
}

function isStorable(text: string): boolean {
  return !text.includes('\u0000') && !/\p{Surrogate}/u.test(text)
}
