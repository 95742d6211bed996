/** Texts of 报送单 and of what became of a submission. */
import type { Text } from './text.ts'

export const PAPER = {} as const satisfies Record<string, Text>
