/**
 * A small picture of how figures come to a target over the periods: steps or a line, and the target as a
 * dashed line. Told apart by shape, and put into words for those who do not see it.
 */
import { useElementId } from './use-element-id.ts'

type Point = { at: number; value: number; label: string }

const WIDTH = 300
const LEFT = 8
const RIGHT = 292
const TOP = 24
const BOTTOM = 76
const HEIGHT = 96

/** `points`: in order of `at` (0 to 1); their labels are the words beside the first and the last of them. */
export function FigurePath(props: {
  kind: 'sum' | 'level'
  points: readonly Point[]
  goal: { value: number; label: string }
  title: string
  about: string
}) {
  const { kind, points, goal, title, about } = props
  const id = useElementId()
  const [first, last] = [points[0], points.at(-1)]
  const most = Math.max(goal.value, ...points.map(({ value }) => value))
  if (!first || !last || most <= 0) return null
  const x = (at: number) => round(LEFT + at * (RIGHT - LEFT))
  const y = (value: number) => round(BOTTOM - (value / most) * (BOTTOM - TOP))
  return (
    <svg class="path" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby={`${id}-title ${id}-about`}>
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-about`}>{about}</desc>
      <line class="ground" x1={LEFT} x2={RIGHT} y1={BOTTOM} y2={BOTTOM} />
      <line class="goal" x1={LEFT} x2={RIGHT} y1={y(goal.value)} y2={y(goal.value)} />
      <path class="way" d={kind === 'sum' ? stairs(points, x, y) : polyline(points, x, y)} />
      {points.map(({ at, value }) => (
        <circle key={at} class={value < goal.value ? 'below' : 'there'} cx={x(at)} cy={y(value)} r={4} />
      ))}
      <g>
        <text x={LEFT} y={y(goal.value) - 8}>
          {goal.label}
        </text>
        <text x={LEFT} y={HEIGHT - 4}>
          {first.label}
        </text>
        <text x={RIGHT} y={HEIGHT - 4} text-anchor="end">
          {last.label}
        </text>
      </g>
    </svg>
  )
}

type Scale = (value: number) => number

function polyline(points: readonly Point[], x: Scale, y: Scale): string {
  return points.map(({ at, value }, i) => `${i === 0 ? 'M' : 'L'}${x(at)} ${y(value)}`).join('')
}

/** What is done is done by the end of its period: up there, then level to the next. */
function stairs(points: readonly Point[], x: Scale, y: Scale): string {
  return `M${x(0)} ${y(0)}${points.map(({ at, value }) => `H${x(at)}V${y(value)}`).join('')}`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
