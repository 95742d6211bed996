/** Texts of the first visit: the sample, who somebody is and what may be written, which sheet is which. */
import type { Text } from './text.ts'

export const START = {} as const satisfies Record<string, Text>
