/**
 * Makes a screenshot small enough to keep in the repository: 256 colours of its own instead of millions. A page is
 * few colours and the shades between letters and paper, so nobody sees the difference. PNG needs only zlib.
 */
import { crc32, deflateSync, inflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const MOST_COLORS = 256

type Picture = { width: number; height: number; colors: Uint32Array }

/** `png`: 8 bits a channel, RGB or RGBA without transparency, not interlaced, as Chromium and poppler write them. */
export function shrinkPng(png: Uint8Array): Uint8Array {
  const { width, height, colors } = readPng(Buffer.from(png))
  const { palette, indexOf } = choosePalette(colors)
  const lines = Buffer.alloc(height * (width + 1))
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1)
      lines[row * (width + 1) + 1 + column] = indexOf(colors[row * width + column] as number)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255]))),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Steps of a channel are widened until the colours are few; each step then shows its most frequent colour. */
function choosePalette(colors: Uint32Array): { palette: number[]; indexOf: (color: number) => number } {
  const counts = new Map<number, number>()
  for (const color of colors) counts.set(color, (counts.get(color) ?? 0) + 1)
  for (let bits = 0; ; bits += 1) {
    const mask = ((0xff << bits) & 0xff) * 0x010101
    const best = new Map<number, number>()
    for (const [color, count] of counts) {
      const shown = best.get(color & mask)
      if (shown === undefined || count > (counts.get(shown) as number)) best.set(color & mask, color)
    }
    if (best.size > MOST_COLORS) continue
    const places = new Map([...best.keys()].map((step, at) => [step, at]))
    return { palette: [...best.values()], indexOf: (color) => places.get(color & mask) as number }
  }
}

function readPng(png: Buffer): Picture {
  const [width, height, type] = [png.readUInt32BE(16), png.readUInt32BE(20), png[25]]
  if (png[24] !== 8 || (type !== 2 && type !== 6) || png[28] !== 0) throw new Error('a PNG of another kind')
  const size = type === 6 ? 4 : 3
  const parts: Buffer[] = []
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  const bytes = undoFilters(inflateSync(Buffer.concat(parts)), width * size, size)
  const colors = new Uint32Array(width * height)
  for (let i = 0; i < colors.length; i += 1) colors[i] = bytes.readUIntBE(i * size, 3)
  return { width, height, colors }
}

/** Each line says in its first byte how its bytes differ from those before and above (PNG, section 9). */
function undoFilters(data: Buffer, lineBytes: number, size: number): Buffer {
  const height = data.length / (lineBytes + 1)
  const plain = Buffer.alloc(height * lineBytes)
  for (let row = 0; row < height; row += 1) {
    const filter = data[row * (lineBytes + 1)] as number
    for (let i = 0; i < lineBytes; i += 1) {
      const at = row * lineBytes + i
      const left = i >= size ? (plain[at - size] as number) : 0
      const above = row > 0 ? (plain[at - lineBytes] as number) : 0
      const corner = row > 0 && i >= size ? (plain[at - lineBytes - size] as number) : 0
      plain[at] = (data[row * (lineBytes + 1) + 1 + i] as number) + predict(filter, left, above, corner)
    }
  }
  return plain
}

function predict(filter: number, left: number, above: number, corner: number): number {
  if (filter === 0) return 0
  if (filter === 1) return left
  if (filter === 2) return above
  if (filter === 3) return (left + above) >> 1
  const [byLeft, byAbove, byCorner] = [above - corner, left - corner, left + above - 2 * corner].map(Math.abs) as [
    number,
    number,
    number,
  ]
  if (byLeft <= byAbove && byLeft <= byCorner) return left
  return byAbove <= byCorner ? above : corner
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(typed), 4)
  return Buffer.concat([frame.subarray(0, 4), typed, frame.subarray(4)])
}
