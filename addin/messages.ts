/**
 * Every text of the pane, Chinese first, English beside it. {name} is filled from the parameters, and
 * {name|row|rows} is the one form or the other, by the number that the parameter is.
 * Sentences for issues are in domain/messages.ts, for host failures in host-messages.ts, and
 * refusals bring their own.
 */
import { formFor } from '../domain/message.ts'
import { ADJUST } from './texts/adjust.ts'
import { COMMON } from './texts/common.ts'
import { CONFLICTS } from './texts/conflicts.ts'
import { DESK } from './texts/desk.ts'
import { DRAFTS } from './texts/drafts.ts'
import { INTAKE } from './texts/intake.ts'
import { ISSUES } from './texts/issues.ts'
import { KEYS } from './texts/keys.ts'
import { MARKS } from './texts/marks.ts'
import { OUTBOX } from './texts/outbox.ts'
import { PAPER } from './texts/paper.ts'
import { PLAN } from './texts/plan.ts'
import { PULL } from './texts/pull.ts'
import { START } from './texts/start.ts'
import { TARGETS } from './texts/targets.ts'
import { UNIT } from './texts/unit.ts'

export type Locale = 'zh' | 'en'
export type Params = Record<string, string | number>

export const MESSAGES = {
  ...COMMON,
  ...UNIT,
  ...ISSUES,
  ...TARGETS,
  ...OUTBOX,
  ...DRAFTS,
  ...PLAN,
  ...CONFLICTS,
  ...KEYS,
  ...START,
  ...MARKS,
  ...PULL,
  ...DESK,
  ...PAPER,
  ...INTAKE,
  ...ADJUST,
}

export type MessageKey = keyof typeof MESSAGES
export type Translate = (key: MessageKey, params?: Params) => string

const HOLE = /\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g

/** Whether a key made from a code has a text. */
export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(MESSAGES, key)
}

/** The texts of one language. A parameter that is missing leaves its name in the text, where a test finds it. */
export function createTranslate(locale: Locale): Translate {
  const index = locale === 'zh' ? 0 : 1
  return (key, params = {}) =>
    MESSAGES[key][index].replace(HOLE, (hole, name: string, one?: string, other?: string) => {
      const value = params[name]
      return value === undefined ? hole : other === undefined ? String(value) : formFor(value, one ?? '', other)
    })
}
