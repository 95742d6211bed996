/** Texts of 任务调整, 勘误, and of confirming units, aliases and groups. */
import type { Text } from './text.ts'

export const ADJUST = {} as const satisfies Record<string, Text>
