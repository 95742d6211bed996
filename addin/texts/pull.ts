/** Texts of 更新本表: what the master has newer than the sheet, brought in place. */
import type { Text } from './text.ts'

export const PULL = {} as const satisfies Record<string, Text>
