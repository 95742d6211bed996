/** Texts of 标记: painting what the check found into the sheet, and clearing it. */
import type { Text } from './text.ts'

export const MARKS = {} as const satisfies Record<string, Text>
