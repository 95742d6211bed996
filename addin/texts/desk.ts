/** Texts of 审核台 and 变更记录: what waits for the commission, sending back, accepting, history. */
import type { Text } from './text.ts'

export const DESK = {} as const satisfies Record<string, Text>
