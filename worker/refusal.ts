/** A refused request, and how it is told: application/problem+json (RFC 9457). */
import type { RefusalBody } from '../domain/protocol.ts'
import { REFUSALS } from './refusals.ts'

export type RefusalCode = keyof typeof REFUSALS
type Params = Record<string, string | number>
type Pointers = { pointer: string; detail: string }[]

/** A refused request. Thrown anywhere below a route; the app turns it into the answer. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly params: Params
  readonly errors: Pointers | undefined

  constructor(code: RefusalCode, params: Params = {}, errors?: Pointers) {
    super(code)
    this.code = code
    this.params = params
    this.errors = errors
  }

  get status(): number {
    return REFUSALS[this.code].status
  }

  /** The body, in Chinese unless English is asked for. */
  toBody(requestId: string, language: 'zh' | 'en' = 'zh'): RefusalBody {
    const [title, detail] = REFUSALS[this.code][language]
    return {
      type: `/problems/${this.code}`,
      title,
      status: this.status,
      code: this.code,
      detail: detail.replace(/\{(\w+)\}/g, (_, name: string) => String(this.params[name] ?? '')),
      params: this.params,
      ...(this.errors ? { errors: this.errors } : {}),
      requestId,
    }
  }
}

/** The language of an Accept-Language header: English only where it stands first. */
export function languageOf(header: string | undefined): 'zh' | 'en' {
  return header?.trim().toLowerCase().startsWith('en') ? 'en' : 'zh'
}
