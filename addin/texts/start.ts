/** Texts of the first visit: the sample, who somebody is and what may be written, which sheet is which. */
import type { Text } from './text.ts'

export const START = {
  'home.group.todo': ['待办', 'To do'],
  'home.group.fill': ['填报', 'Fill in'],
  'home.group.send': ['报送', 'Submit'],
  'home.group.look': ['查看', 'Look up'],
  'home.group.master': ['汇总', 'Collect'],
  'home.group.plan': ['印发与调整', 'Issue and adjust'],
  'home.group.set': ['设置', 'Settings'],
} as const satisfies Record<string, Text>
