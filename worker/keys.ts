/**
 * Access keys: `mt_<id 8>_<random 30>_<checksum 6>`, all base62. The checksum lets a mistyped key be
 * refused without asking the database; only an HMAC of the key is ever stored. WebCrypto alone, so
 * that tools on Node can import this file.
 */

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const SHAPE = /^mt_([0-9A-Za-z]{8})_[0-9A-Za-z]{30}_([0-9A-Za-z]{6})$/

/** Random bytes, as many as asked for. */
export type RandomBytes = (count: number) => Uint8Array

/** A new key and the id inside it. */
export function mintKey(random: RandomBytes): { id: string; key: string } {
  const id = randomDigits(8, random)
  return { id, key: finishKey(id, randomDigits(30, random)) }
}

/**
 * The key of a demo actor: derived from the pepper and the id alone, so that every local start
 * prints the same. `keyId`: 8 base62 characters. A deployed Worker has no demo keys.
 */
export async function demoKey(pepper: string, keyId: string): Promise<string> {
  if (!/^[0-9A-Za-z]{8}$/.test(keyId)) throw new Error(`a key id has 8 base62 characters: ${keyId}`)
  const bytes = await hmac(pepper, `demo key ${keyId}`)
  // 32 bytes for 30 digits: the slight preference of `% 62` for low digits leaves over 170 bits.
  return finishKey(keyId, [...bytes.slice(0, 30)].map((byte) => DIGITS[byte % 62]).join(''))
}

/** The id of a well-formed key; undefined for anything else, typos included. */
export function parseKey(text: string): { id: string } | undefined {
  const match = SHAPE.exec(text)
  if (!match?.[1] || match[2] !== checksum(text.slice(0, -7))) return undefined
  return { id: match[1] }
}

/** HMAC-SHA-256 of a key, hex. The keys are long and random, so a slow hash would add nothing. */
export async function hashKey(pepper: string, key: string): Promise<string> {
  return toHex(await hmac(pepper, key))
}

/**
 * HMAC-SHA-256 of the network that an address belongs to, hex: an address itself is personal data. Of
 * an IPv6 address the first 64 bits, because whoever has one has all that begin so.
 */
export async function hashSource(pepper: string, address: string): Promise<string> {
  return toHex(await hmac(pepper, `source ${address.includes(':') ? networkOf(address) : address}`))
}

/** 2001:db8::1 → 2001:db8:0:0 */
function networkOf(address: string): string {
  const [start = '', end = ''] = address.toLowerCase().split('::')
  const groups = start === '' ? [] : start.split(':')
  const zeros = 8 - groups.length - (end === '' ? 0 : end.split(':').length)
  const all = address.includes('::')
    ? [...groups, ...Array<string>(Math.max(zeros, 0)).fill('0'), ...end.split(':')]
    : groups
  return all.slice(0, 4).join(':')
}

/** Compares two hex digests in time that does not depend on where they differ. */
export function equalDigests(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i)
  return difference === 0
}

/** SHA-256 as hex, of bytes as received. */
export async function sha256(bytes: BufferSource): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}

/** Id of an actor: the same office or unit has the same id, whoever inserts it first. */
export async function actorId(role: string, county: string, unitId = ''): Promise<string> {
  const digest = await sha256(new TextEncoder().encode(`${role}\n${county}\n${unitId}`))
  return `${role}-${digest.slice(0, 16)}`
}

export type SeedActor = {
  role: 'unit' | 'commission' | 'supervision' | 'admin'
  /** '*' for an admin. */
  county: string
  /** Name of the office or unit. */
  name: string
  /** With role unit: its id in the county's registry. */
  unitId?: string
  /** 科室岗位. */
  post: string
  key: string
}

/**
 * SQL statements that insert an actor (and its unit) where missing, and its key: for a first admin
 * key, and for the demo of a local start. Run again, they change nothing. `at`: now, ISO.
 * Throws where the key is malformed.
 */
export async function seedActorsSql(actors: SeedActor[], pepper: string, at: string): Promise<string[]> {
  const statements: string[] = []
  for (const actor of actors) {
    const parsed = parseKey(actor.key)
    if (!parsed) throw new Error('malformed key')
    const unitId = actor.role === 'unit' ? actor.unitId : undefined
    const id = await actorId(actor.role, actor.county, unitId)
    if (unitId !== undefined) {
      statements.push(insertOnce('unit', { county: actor.county, id: unitId, name: actor.name }))
    }
    const { role, name, county } = actor
    statements.push(insertOnce('actor', { id, role, name, county, unit_id: unitId ?? null }))
    const hmacHex = await hashKey(pepper, actor.key)
    const keyRow = { id: parsed.id, actor_id: id, hmac: hmacHex, post: actor.post, created_at: at }
    statements.push(insertOnce('access_key', keyRow))
  }
  return statements
}

function insertOnce(table: string, values: Record<string, string | null>): string {
  const quoted = Object.values(values).map((value) => (value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`))
  return `INSERT INTO ${table} (${Object.keys(values).join(', ')}) VALUES (${quoted.join(', ')}) ON CONFLICT DO NOTHING;`
}

function finishKey(id: string, random: string): string {
  const start = `mt_${id}_${random}`
  return `${start}_${checksum(start)}`
}

/** Bytes from 248 on are thrown away, so that every digit is equally likely. */
function randomDigits(count: number, random: RandomBytes): string {
  let digits = ''
  while (digits.length < count) {
    for (const byte of random(count)) if (byte < 248 && digits.length < count) digits += DIGITS[byte % 62]
  }
  return digits
}

/** CRC-32 in six base62 digits. */
function checksum(text: string): string {
  let crc = 0xffffffff
  for (let i = 0; i < text.length; i++) {
    crc ^= text.charCodeAt(i)
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  let rest = ~crc >>> 0
  let digits = ''
  for (let i = 0; i < 6; i++) {
    digits = DIGITS[rest % 62] + digits
    rest = Math.floor(rest / 62)
  }
  return digits
}

async function hmac(pepper: string, text: string): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  const options = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(pepper), options, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text)))
}

function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
