/** Texts of 收回的文件 and of handing out each unit its sheet. */
import type { Text } from './text.ts'

export const INTAKE = {} as const satisfies Record<string, Text>
