/** In which order 报送情况 shows the units, and which of them have not reported. Pure. */
import type { ReportStatus } from '../../domain/protocol.ts'

export const STATUS_ORDERS = ['silent', 'returned', 'pending', 'errors', 'latest', 'name'] as const
export type StatusOrder = (typeof STATUS_ORDERS)[number]

/** What asks for attention first: the greater comes earlier. */
const WEIGHTS: Record<StatusOrder, (unit: ReportStatus) => number> = {
  silent: ({ submissions, rows, submittedRows }) =>
    rows === 0 ? 0 : submissions === 0 ? 2 : submittedRows < rows ? 1 : 0,
  returned: ({ returned = 0 }) => returned,
  pending: ({ pending = 0 }) => pending,
  errors: ({ errors }) => errors,
  latest: ({ lastAt }) => (lastAt === null ? 0 : Date.parse(lastAt)),
  name: () => 0,
}

/** A new list; units that weigh the same come by name. */
export function orderUnits(status: readonly ReportStatus[], order: StatusOrder): ReportStatus[] {
  const weigh = WEIGHTS[order]
  return [...status].sort((one, other) => weigh(other) - weigh(one) || one.unit.localeCompare(other.unit, 'zh'))
}

/** Names of the units that have something to report and sent nothing, in the order of names. */
export function silentUnits(status: readonly ReportStatus[]): string[] {
  return orderUnits(status, 'name')
    .filter(({ submissions, rows }) => submissions === 0 && rows > 0)
    .map(({ unit }) => unit)
}
