/** Texts about issues: what to do next, why, and what is said of those that stay. */
import type { Text } from './text.ts'

export const ISSUES = {
  'busy.annotate': ['正在登记说明', 'Noting what you say'],
  'busy.withdraw': ['正在撤回说明', 'Taking it back'],
  'annotation.saved': ['已登记说明，并已重新校验。', 'Noted, and checked again.'],
  'annotation.keptHere': [
    '已登记说明。本表未与计划对应，说明只在本次打开期间保留，关闭后失效。',
    'Noted. The sheet is not matched with a plan, so this is kept only until the pane is closed.',
  ],
  'annotation.withdrawn': ['已撤回说明，并已重新校验。', 'Taken back, and checked again.'],
  'annotation.changed': [
    '表格内容已有变化，说明未登记；已重新校验，请核对后再作说明。',
    'The sheet has changed meanwhile, so nothing was noted; it was checked again. Look once more, then say it.',
  ],
} as const satisfies Record<string, Text>
