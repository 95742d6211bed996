/** The one table that the bench prints. */

export type Line = {
  what: string
  size: string
  ours: string
  /** The floor or the peer measured in the same rounds; '—' where there is none. */
  other: string
  ratio: string
  goal: string
  /** Undefined where this run cannot tell. */
  met?: boolean
}

/** Rounds and minimal length of one measurement in ms. */
export type Effort = { rounds: number; shotMs: number }

/** Measures one part of the bench. */
export type Part = (effort: Effort) => Promise<Line[]>

export const NONE = '—'

export function formatMs(ms: number): string {
  return `${formatNumber(ms)} ms`
}

/** Three significant digits, and whole numbers from 100 on. */
export function formatNumber(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)))
}

export function formatRatio(ratio: number): string {
  return `${ratio >= 10 ? Math.round(ratio) : ratio.toFixed(2)}×`
}

/** How much faster or slower than a peer we are; `ratio` is the peer's time over ours. */
export function formatSpeed(ratio: number): string {
  return ratio >= 1 ? `快 ${formatRatio(ratio)}` : `慢 ${formatRatio(1 / ratio)}`
}

/** The table as text, columns aligned where a Chinese character is two columns wide. */
export function formatTable(lines: readonly Line[]): string {
  const header = ['项目', '规模', '本次', '下限或同类', '比值', '目标', '达到']
  const rows = lines.map(({ what, size, ours, other, ratio, goal, met }) => [
    what,
    size,
    ours,
    other,
    ratio,
    goal,
    met === undefined ? NONE : met ? '是' : '否',
  ])
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => widthOf(row[column] ?? ''))))
  const rule = widths.map((width) => '-'.repeat(width))
  return [header, rule, ...rows].map((row) => formatRow(row, widths)).join('\n')
}

/** Columns of figures, aligned at the right. */
const FIGURES = new Set([2, 3, 4])

function formatRow(row: string[], widths: number[]): string {
  const cells = row.map((text, column) => {
    const room = ' '.repeat((widths[column] ?? 0) - widthOf(text))
    return FIGURES.has(column) ? room + text : text + room
  })
  return cells.join('  ').trimEnd()
}

/** Terminal columns of a text: East Asian characters and punctuation take two, the dash among them one. */
function widthOf(text: string): number {
  return [...text].reduce(
    (width, char) =>
      width + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/.test(char) ? 2 : 1),
    0,
  )
}
