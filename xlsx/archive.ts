/**
 * A workbook file is a zip archive of parts. Unpacked here by our own reading of the directory, under caps: a part that
 * inflates beyond the size its entry states is stopped there and then, so that neither a bomb nor a lying header costs
 * more than a moment.
 */
import { Inflate, zipSync } from 'fflate'
import { WorkbookRefused } from './refused.ts'

/** Name of a part → its bytes, in the order of the archive. */
export type Parts = Map<string, Uint8Array>

const MAX_UNPACKED_BYTES = 50 * 1024 * 1024
const MAX_PARTS = 500
/** So much is fed to the inflater at a time: no more than a thousand times as much can come out before we look. */
const STEP_BYTES = 8 * 1024

const DIRECTORY_END = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const LOCAL_ENTRY = 0x04034b50
const STORED = 0
const DEFLATED = 8

type Entry = {
  name: string
  method: number
  encrypted: boolean
  crc: number
  packedSize: number
  size: number
  offset: number
}

/** The parts of an archive. Throws WorkbookRefused: too large, encrypted or damaged. */
export function unpackParts(bytes: Uint8Array): Parts {
  const entries = readDirectory(bytes)
  if (entries.length > MAX_PARTS || sum(entries) > MAX_UNPACKED_BYTES) throw new WorkbookRefused('too-large-unpacked')
  if (entries.some(({ encrypted }) => encrypted)) throw new WorkbookRefused('encrypted')
  const parts: Parts = new Map()
  for (const entry of entries) {
    if (entry.name.endsWith('/')) continue
    if (parts.has(entry.name)) throw new WorkbookRefused('damaged')
    parts.set(entry.name, unpackEntry(bytes, entry))
  }
  return parts
}

/** An archive of these parts: deflated to be saved, or stored for a reader that unpacks it at once. */
export function packParts(parts: Parts, how: 'deflated' | 'stored'): Uint8Array {
  const isPacked = (name: string) => how === 'stored' || /\.(?:png|jpe?g|gif)$/i.test(name)
  return zipSync(
    Object.fromEntries([...parts].map(([name, part]) => [name, [part, { level: isPacked(name) ? 0 : 6 }]])),
    { mtime: new Date(1980, 0, 1) },
  )
}

function sum(entries: Entry[]): number {
  return entries.reduce((total, { size }) => total + size, 0)
}

function readDirectory(bytes: Uint8Array): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const end = findDirectoryEnd(view)
    const entries: Entry[] = []
    let at = view.getUint32(end + 16, true)
    for (let left = view.getUint16(end + 10, true); left > 0; left--) {
      if (view.getUint32(at, true) !== DIRECTORY_ENTRY) throw new WorkbookRefused('damaged')
      const nameLength = view.getUint16(at + 28, true)
      const extraLength = view.getUint16(at + 30, true)
      const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
      const extra = new DataView(view.buffer, view.byteOffset + at + 46 + nameLength, extraLength)
      entries.push({
        // Some programs write the separators of Windows.
        name: name.replaceAll('\\', '/'),
        encrypted: (view.getUint16(at + 8, true) & 1) === 1,
        method: view.getUint16(at + 10, true),
        crc: view.getUint32(at + 16, true),
        ...longSizes(extra, {
          size: view.getUint32(at + 24, true),
          packedSize: view.getUint32(at + 20, true),
          offset: view.getUint32(at + 42, true),
        }),
      })
      at += 46 + nameLength + extraLength + view.getUint16(at + 32, true)
    }
    return entries
  } catch (error) {
    if (error instanceof RangeError) throw new WorkbookRefused('damaged', error)
    throw error
  }
}

/** The record that ends the archive; a comment of up to 64 KB may follow it. */
function findDirectoryEnd(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at--) {
    if (view.getUint32(at, true) === DIRECTORY_END) return at
  }
  throw new WorkbookRefused('damaged')
}

/** Streaming writers put sizes of 64 bits behind the entry, in this order, where the short field is all ones. */
function longSizes<Sizes extends { size: number; packedSize: number; offset: number }>(
  extra: DataView,
  short: Sizes,
): Sizes {
  const sizes = { ...short }
  for (let at = 0; at + 4 <= extra.byteLength; at += 4 + extra.getUint16(at + 2, true)) {
    if (extra.getUint16(at, true) !== 1) continue
    let field = at + 4
    for (const key of ['size', 'packedSize', 'offset'] as const) {
      if (short[key] !== 0xffffffff) continue
      sizes[key] = Number(extra.getBigUint64(field, true))
      field += 8
    }
  }
  return sizes
}

function unpackEntry(bytes: Uint8Array, { method, size, packedSize, offset, crc }: Entry): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== LOCAL_ENTRY) throw new WorkbookRefused('damaged')
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  const packed = bytes.subarray(start, start + packedSize)
  if (packed.length !== packedSize) throw new WorkbookRefused('damaged')
  if (method !== STORED && method !== DEFLATED) throw new WorkbookRefused('damaged')
  const part = method === STORED ? packed : inflate(packed, size)
  if (part.length !== size || crcOf(part) !== crc) throw new WorkbookRefused('damaged')
  return part
}

/** Inflates to exactly `size` bytes, or throws as soon as there are more. */
function inflate(packed: Uint8Array, size: number): Uint8Array {
  const part = new Uint8Array(size)
  let filled = 0
  const stream = new Inflate((chunk) => {
    if (filled + chunk.length > size) throw new WorkbookRefused('damaged')
    part.set(chunk, filled)
    filled += chunk.length
  })
  try {
    for (let at = 0; at < packed.length; at += STEP_BYTES) {
      stream.push(packed.subarray(at, at + STEP_BYTES), at + STEP_BYTES >= packed.length)
    }
  } catch (error) {
    throw error instanceof WorkbookRefused ? error : new WorkbookRefused('damaged', error)
  }
  if (filled !== size) throw new WorkbookRefused('damaged')
  return part
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1
  return rest
})

/** CRC-32 as the archive states it of each part: a flipped bit is named, not read. */
function crcOf(part: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of part) crc = (CRC_TABLE[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}
