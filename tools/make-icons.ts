/**
 * Draws the add-in's icons into addin/public: a ledger sheet with a header, three rows and a tick.
 * PNG needs only deflate, which Node has. Rename the files when the drawing changes: Office caches them.
 *
 *   node tools/make-icons.ts
 */
import { writeFile } from 'node:fs/promises'
import { crc32, deflateSync } from 'node:zlib'

const SIZES = [16, 32, 64, 80]
/** Every pixel is the mean of this many squared. */
const SAMPLES = 8

type Color = readonly [red: number, green: number, blue: number, alpha: number]
const CLEAR: Color = [0, 0, 0, 0]
const RED: Color = [0xb3, 0x26, 0x1e, 255]
const PAPER: Color = [255, 255, 255, 255]
const LINE: Color = [0x6b, 0x6b, 0x6b, 255]

/** The drawing on a square from 0 to 1; later shapes lie above earlier ones. */
function colorAt(x: number, y: number): Color {
  if (onTick(x, y, 0.17)) return onTick(x, y, 0.085) ? RED : PAPER
  if (!inBox(x, y, 0.06, 0.06, 0.94, 0.94, 0.08)) return CLEAR
  if (!inBox(x, y, 0.125, 0.125, 0.875, 0.875, 0.03)) return RED
  if (y < 0.31) return RED
  const ruled = [0.5, 0.69].some((at) => Math.abs(y - at) < 0.025) || Math.abs(x - 0.36) < 0.025
  return ruled ? LINE : PAPER
}

function inBox(
  x: number,
  y: number,
  left: number,
  top: number,
  right: number,
  bottom: number,
  radius: number,
): boolean {
  const dx = Math.max(left + radius - x, x - (right - radius), 0)
  const dy = Math.max(top + radius - y, y - (bottom - radius), 0)
  return dx * dx + dy * dy <= radius * radius
}

function onTick(x: number, y: number, thickness: number): boolean {
  return distance(x, y, 0.5, 0.72, 0.64, 0.86) < thickness / 2 || distance(x, y, 0.64, 0.86, 0.9, 0.5) < thickness / 2
}

function distance(x: number, y: number, x1: number, y1: number, x2: number, y2: number): number {
  const t = Math.min(1, Math.max(0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / ((x2 - x1) ** 2 + (y2 - y1) ** 2)))
  return Math.hypot(x - x1 - t * (x2 - x1), y - y1 - t * (y2 - y1))
}

/** A square PNG of the drawing, RGBA, 8 bits a channel. */
function iconPng(size: number): Uint8Array {
  const lines = Buffer.alloc(size * (1 + size * 4))
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1)
      pixel(size, row, column).forEach((value, channel) => {
        lines[row * (1 + size * 4) + 1 + column * 4 + channel] = value
      })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function pixel(size: number, row: number, column: number): number[] {
  const sum = [0, 0, 0, 0]
  for (let sample = 0; sample < SAMPLES * SAMPLES; sample += 1) {
    const x = (column + ((sample % SAMPLES) + 0.5) / SAMPLES) / size
    const y = (row + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES) / size
    const [red, green, blue, alpha] = colorAt(x, y)
    for (const [i, value] of [red * alpha, green * alpha, blue * alpha, alpha].entries()) sum[i] = (sum[i] ?? 0) + value
  }
  const alpha = sum[3] ?? 0
  const mean = (value: number) => (alpha === 0 ? 0 : Math.round(value / alpha))
  return [mean(sum[0] ?? 0), mean(sum[1] ?? 0), mean(sum[2] ?? 0), Math.round(alpha / SAMPLES ** 2)]
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([size, body, sum])
}

for (const size of SIZES) await writeFile(new URL(`../addin/public/icon-${size}.png`, import.meta.url), iconPng(size))
