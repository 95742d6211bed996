/**
 * The only place of the pane that fetches. Every answer is parsed with the schemas of the wire, so
 * that screens never meet a half-understood one.
 */
import type * as z from 'zod/mini'
import {
  type AdjustPlan,
  AnnotationList,
  type ArchivePlan,
  type AskVersions,
  type ChangeUnits,
  type ConfirmSpans,
  ConflictList,
  type CreateKey,
  type CreateUnitKeys,
  Desk,
  DraftDetail,
  DraftInfo,
  DraftList,
  History,
  type IssuePlan,
  KeyCreated,
  KeyList,
  Master,
  Me,
  type NewAnnotations,
  PlanChanged,
  PlanCreated,
  PlanDetail,
  type PlanFile,
  type PlanSettings,
  Receipt,
  RefusalBody,
  type Resolution,
  ResolutionOutcomes,
  type Resolutions,
  type ReturnDraft,
  type RotateKey,
  RowList,
  RowOutcome,
  RowVersions,
  ServerRow,
  type Submission,
  SubmissionList,
  UnitKeysCreated,
} from '../domain/protocol.ts'
import type { Locale } from './messages.ts'

/** The server refused: `body.detail` is a sentence in the asked language, `body.code` is stable. */
export class Refusal extends Error {
  readonly body: RefusalBody
  /** How long the server asks to wait before the next attempt. */
  readonly retryAfterMs: number | undefined
  constructor(body: RefusalBody, retryAfterMs?: number) {
    super(body.code)
    this.name = 'Refusal'
    this.body = body
    this.retryAfterMs = retryAfterMs
  }
}

/** No answer came; the same attempt may be sent again. */
export class Offline extends Error {
  constructor() {
    super('offline')
    this.name = 'Offline'
  }
}

/** An answer came that is not what the wire promises: a bug, or something between us and the server. */
export class Unreadable extends Error {
  readonly status: number
  readonly retryAfterMs: number | undefined
  constructor(status: number, retryAfterMs?: number) {
    super(`unreadable answer, HTTP ${status}`)
    this.name = 'Unreadable'
    this.status = status
    this.retryAfterMs = retryAfterMs
  }
}

/** Answers that mean "not now" rather than "no". */
const PASSING = [408, 425, 429]

/** Whether the same request may succeed later: no answer, one that is not the server's, or its own "not now". */
export function isPassing(error: unknown): boolean {
  if (error instanceof Refusal) return error.body.status >= 500 || PASSING.includes(error.body.status)
  return error instanceof Offline || error instanceof Unreadable
}

export type Api = ReturnType<typeof createApi>

type Ask = {
  method?: 'GET' | 'POST' | 'DELETE'
  body?: unknown
  /** Made once for an attempt and sent again with every retry of it. */
  idempotencyKey?: string
  signal?: AbortSignal
}

/**
 * A client for one key and language. `fetch` is an argument so that tests answer in its place.
 * Every call rejects with Refusal, Offline or Unreadable, or with an AbortError where aborted.
 */
export function createApi(options: { fetch: typeof fetch; key: string; locale: Locale; base?: string }) {
  const base = options.base ?? '/api'

  async function send(path: string, ask: Ask): Promise<Response> {
    const headers: Record<string, string> = {
      Accept: 'application/json',
      'Accept-Language': options.locale === 'zh' ? 'zh-CN' : 'en',
      Authorization: `Bearer ${options.key}`,
    }
    if (ask.body !== undefined) headers['Content-Type'] = 'application/json'
    if (ask.idempotencyKey) headers['Idempotency-Key'] = ask.idempotencyKey
    let response: Response
    try {
      response = await options.fetch(`${base}${path}`, {
        method: ask.method ?? 'GET',
        headers,
        body: ask.body === undefined ? undefined : JSON.stringify(ask.body),
        signal: ask.signal,
        cache: 'no-store',
        credentials: 'omit',
      })
    } catch (error) {
      if (ask.signal?.aborted) throw error
      throw new Offline()
    }
    if (!response.ok) throw await readRefusal(response)
    return response
  }

  async function ask<Schema extends z.ZodMiniType>(
    schema: Schema,
    path: string,
    request: Ask = {},
  ): Promise<z.infer<Schema>> {
    const response = await send(path, request)
    const parsed = schema.safeParse(await readJson(response))
    if (!parsed.success) throw new Unreadable(response.status)
    return parsed.data
  }

  const plan = (planId: string) => `/plans/${encodeURIComponent(planId)}`
  const accessKey = (keyId: string) => `/keys/${encodeURIComponent(keyId)}`
  const draft = (draftId: string) => `/drafts/${encodeURIComponent(draftId)}`
  const post = (body: unknown, idempotencyKey: string): Ask => ({ method: 'POST', body, idempotencyKey })

  return {
    /** The key that this client speaks with. */
    key: options.key,
    me: () => ask(Me, '/me'),
    plan: (planId: string) => ask(PlanDetail, plan(planId)),
    rows: (planId: string) => ask(RowList, `${plan(planId)}/rows`),
    /** Rows as they were at these versions; writes nothing. */
    versions: (planId: string, asked: AskVersions) =>
      ask(RowVersions, `${plan(planId)}/rows/versions`, { method: 'POST', body: asked }),
    /** The same body twice: once to see what would happen, once to do it. */
    createPlan: (file: PlanFile, dryRun: boolean, key: string) =>
      ask(PlanCreated, `/plans${dryRun ? '?dryRun=1' : ''}`, post(file, key)),
    submit: (planId: string, submission: Submission, dryRun: boolean, key: string, signal?: AbortSignal) =>
      ask(Receipt, `${plan(planId)}/submissions${dryRun ? '?dryRun=1' : ''}`, { ...post(submission, key), signal }),
    master: (planId: string) => ask(Master, `${plan(planId)}/master`),
    masterFile: async (planId: string, signal?: AbortSignal) =>
      (await send(`${plan(planId)}/master.xlsx`, { signal })).blob(),
    /** What waits for the commission. */
    desk: (planId: string) => ask(Desk, `${plan(planId)}/desk`),
    conflicts: (planId: string) => ask(ConflictList, `${plan(planId)}/conflicts`),
    resolve: (conflictId: string, resolution: Resolution, key: string) =>
      ask(RowOutcome, `/conflicts/${encodeURIComponent(conflictId)}/resolution`, post(resolution, key)),
    resolveSeveral: (planId: string, decisions: z.infer<typeof Resolutions>, key: string) =>
      ask(ResolutionOutcomes, `${plan(planId)}/resolutions`, post(decisions, key)),
    annotate: (planId: string, said: NewAnnotations, key: string) =>
      ask(AnnotationList, `${plan(planId)}/annotations`, post(said, key)),
    /** Every change of a row, its conflicts, and what the commission said in reviewing it. */
    history: (planId: string, rowId: string) =>
      ask(History, `${plan(planId)}/rows/${encodeURIComponent(rowId)}/history`),
    confirmSpans: (planId: string, rowId: string, spans: z.infer<typeof ConfirmSpans>, key: string) =>
      ask(ServerRow, `${plan(planId)}/rows/${encodeURIComponent(rowId)}/spans`, post(spans, key)),
    /** Of a dry run the answer says only that it would be taken. */
    adjust: (planId: string, body: AdjustPlan, key: string, dryRun = false) =>
      ask(PlanChanged, `${plan(planId)}/adjustments${dryRun ? '?dryRun=1' : ''}`, post(body, key)),
    archive: (planId: string, body: z.infer<typeof ArchivePlan>, key: string) =>
      ask(PlanChanged, `${plan(planId)}/archive`, post(body, key)),
    changeUnits: (planId: string, body: ChangeUnits, key: string) =>
      ask(PlanChanged, `${plan(planId)}/units`, post(body, key)),
    issue: (planId: string, document: z.infer<typeof IssuePlan>, key: string) =>
      ask(PlanDetail, `${plan(planId)}/issue`, post(document, key)),
    /** The last ones; further back from the `next` of an earlier answer. */
    changeSettings: (planId: string, settings: PlanSettings, key: string) =>
      ask(PlanChanged, `${plan(planId)}/settings`, post(settings, key)),
    submissions: (planId: string, cursor?: string) =>
      ask(
        SubmissionList,
        `${plan(planId)}/submissions${cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`}`,
      ),
    receipt: (submissionId: string) => ask(Receipt, `/submissions/${encodeURIComponent(submissionId)}`),
    drafts: (planId: string) => ask(DraftList, `${plan(planId)}/drafts`),
    draft: (draftId: string) => ask(DraftDetail, draft(draftId)),
    /** A draft is released once, whatever the key: the same receipt comes again. */
    releaseDraft: (draftId: string) => ask(Receipt, `${draft(draftId)}/release`, post({}, draftId)),
    returnDraft: (draftId: string, returned: ReturnDraft) =>
      ask(DraftInfo, `${draft(draftId)}/return`, post(returned, draftId)),
    keys: (planId: string) => ask(KeyList, `${plan(planId)}/keys`),
    /** These three show keys once: where the answer was lost, the same request would make others. */
    createKey: (planId: string, body: CreateKey) => ask(KeyCreated, `${plan(planId)}/keys`, { method: 'POST', body }),
    createUnitKeys: (planId: string, body: z.infer<typeof CreateUnitKeys>) =>
      ask(UnitKeysCreated, `${plan(planId)}/unit-keys`, { method: 'POST', body }),
    rotateKey: (keyId: string, body: z.infer<typeof RotateKey>) =>
      ask(KeyCreated, `${accessKey(keyId)}/rotate`, { method: 'POST', body }),
    revokeKey: async (keyId: string) => {
      await send(accessKey(keyId), { method: 'DELETE' })
    },
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    throw new Unreadable(response.status)
  }
}

async function readRefusal(response: Response): Promise<Error> {
  const retryAfterMs = readRetryAfter(response.headers.get('retry-after'))
  let body: unknown
  try {
    body = await response.json()
  } catch {
    return new Unreadable(response.status, retryAfterMs)
  }
  const parsed = RefusalBody.safeParse(body)
  return parsed.success ? new Refusal(parsed.data, retryAfterMs) : new Unreadable(response.status, retryAfterMs)
}

/** Seconds, as our server writes it; a date, as something in between may, counts from its own clock and is left alone. */
function readRetryAfter(header: string | null): number | undefined {
  return header !== null && /^\d{1,5}$/.test(header) ? Number(header) * 1000 : undefined
}
